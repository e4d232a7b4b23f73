"""Findings for GitLab's Code Quality: the merge request's widget and the marks in its diff."""

from __future__ import annotations

from afterword.check.fingerprint import fingerprints
from afterword.model.finding import Finding, Level
from afterword.report.json import json_text
from afterword.report.one_line import within_line
from afterword.report.outcome import Outcome, level_of

_SEVERITIES = {Level.ERROR: "major", Level.WARNING: "minor", Level.INFO: "info"}


def gitlab_report(outcome: Outcome) -> str:
    """Give a Code Quality report, whose form is GitLab's part of the Code Climate specification; paths are relative to the repository's root."""
    named = fingerprints(outcome.findings, outcome.lines_of)
    return json_text([_issue(finding, name) for finding, name in zip(outcome.findings, named, strict=True)])


def _issue(finding: Finding, fingerprint: str) -> dict[str, object]:
    hint = f"; {finding.hint}" if finding.hint else ""
    return {
        "description": within_line(finding.message + hint),
        "check_name": finding.rule,
        # GitLab shows one finding of those that share a fingerprint, and tells new from old ones by it.
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[level_of(finding)],
        "location": {
            "path": finding.path.removeprefix("./"),
            "lines": {"begin": finding.span.line, "end": max(finding.span.line, _last_line(finding))},
        },
    }


def _last_line(finding: Finding) -> int:
    """Give the last line of which a finding covers anything: the end of a span is exclusive."""
    return finding.span.end_line - (finding.span.end_column == 1)

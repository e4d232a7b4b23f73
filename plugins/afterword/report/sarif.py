"""Findings as SARIF 2.1.0, for code scanning and for viewers."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from afterword.check.fingerprint import fingerprints
from afterword.check.reference import rule_page
from afterword.check.rule import Rule
from afterword.check.table import RULES
from afterword.model.finding import Edit, Finding, Level
from afterword.model.span import Span
from afterword.report.json import json_text
from afterword.report.one_line import within_line
from afterword.report.outcome import Outcome, level_of, severity

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST_RESULTS = 25_000
"""GitHub refuses a run with more; it shows the 5,000 that are most severe."""

LONGEST_DESCRIPTION = 1_000
"""GitHub takes 1,024 characters."""

FINGERPRINT = "afterwordFinding/v1"
"""Not GitHub's own `primaryLocationLineHash`: its upload action computes that, and warns of every one that is not as it would have it."""

_BASE = "%SRCROOT%"
_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}
_INDEX = {rule.id: index for index, rule in enumerate(RULES)}

Object = dict[str, object]


def sarif_report(outcome: Outcome) -> str:
    """Give a log of one run, most severe findings first; paths are relative to the repository's root.

    Where there are more findings than GitHub takes, the least severe are left out, and a notification in the log says how many.
    """
    named = fingerprints(outcome.findings, outcome.lines_of)
    told = sorted(zip(outcome.findings, named, strict=True), key=lambda pair: severity(pair[0]))[
        :MOST_RESULTS
    ]
    run = {
        "tool": {"driver": _driver()},
        "invocations": [_invocation(left_out(outcome.findings))],
        "originalUriBaseIds": {_BASE: {"description": {"text": "The root of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, fingerprint) for finding, fingerprint in told],
    }
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def left_out(findings: Sequence[Finding]) -> int:
    """Count the findings that a log has no place for."""
    return max(0, len(findings) - MOST_RESULTS)


def _driver() -> Object:
    version = importlib.metadata.version("afterword")
    return {
        "name": "Afterword",
        "version": version,
        "semanticVersion": version,
        "rules": [_rule(rule) for rule in RULES],
    }


def _rule(rule: Rule) -> Object:
    summary = f"Reports {rule.summary}."
    return {
        "id": rule.id,
        "shortDescription": {"text": _described(summary)},
        "fullDescription": {"text": _described(f"{summary} {rule.why}")},
        "help": {"text": f"{summary}\n\n{rule.why}", "markdown": rule_page(rule)},
        # A rule has no level of its own: the record's status and the settings decide, and each result says what they decided.
        "defaultConfiguration": {"level": "warning"},
        "properties": {"tags": ["post-mortem"]},
    }


def _described(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_DESCRIPTION else f"{line[: LONGEST_DESCRIPTION - 1]}…"


def _invocation(missing: int) -> Object:
    invocation: Object = {"executionSuccessful": True}
    if missing:
        text = f"{missing:,} of the least severe findings are left out: a log holds {MOST_RESULTS:,} at most"
        invocation["toolExecutionNotifications"] = [{"level": "warning", "message": {"text": text}}]
    return invocation


def _result(finding: Finding, fingerprint: str) -> Object:
    hint = f"\nhint: {within_line(finding.hint)}" if finding.hint else ""
    result: Object = {
        "ruleId": finding.rule,
        **({"ruleIndex": _INDEX[finding.rule]} if finding.rule in _INDEX else {}),
        "level": _LEVELS[level_of(finding)],
        "message": {"text": _message(within_line(finding.message) + hint)},
        "locations": [
            {"physicalLocation": {"artifactLocation": _file(finding), "region": _region(finding.span)}}
        ],
        "partialFingerprints": {FINGERPRINT: fingerprint},
    }
    if finding.edits:
        result["fixes"] = [{"artifactChanges": [_change(finding)]}]
    return result


def _message(text: str) -> str:
    """Give a message in which nothing is a link: `[text](target)` would be one, whatever a record has for a target."""
    return text.replace("](", "] (")


def _file(finding: Finding) -> Object:
    # As bytes: the name of a file may be no text. `quote` writes the colon, too, or what stands before it would be a scheme.
    return {"uri": quote(finding.path.encode("utf-8", "surrogatepass"), safe="/"), "uriBaseId": _BASE}


def _change(finding: Finding) -> Object:
    return {"artifactLocation": _file(finding), "replacements": [*_replacements(finding.edits)]}


def _replacements(edits: Sequence[Edit]) -> Iterator[Object]:
    for edit in edits:
        yield {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}


def _region(span: Span) -> Object:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }

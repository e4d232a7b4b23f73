"""Findings for GitHub Actions: annotations of the changed files, and the summary of a job."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from afterword.check.wording import counted
from afterword.model.finding import Finding, Level
from afterword.report.one_line import printable, within_line
from afterword.report.outcome import Outcome, level_of, severity
from afterword.report.statistics import statistics_lines
from afterword.report.text import concise_line, summary_line

MOST_OF_A_LEVEL = 10
"""Errors, warnings and notices that GitHub shows of one step; it drops the next without a word."""

MOST_IN_SUMMARY = 500
"""Findings in a job's summary, of which GitHub takes 1 MiB: so many lines of `_LONGEST_LINE` characters fit."""

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}
_LONGEST_LINE = 400


def github_report(outcome: Outcome) -> str:
    """Give a workflow command for each finding that GitHub shows, most severe first, all others as lines of the log, and a count.

    Where there are more than GitHub shows, a last notice says how many.
    """
    by_level: dict[Level, list[Finding]] = defaultdict(list)
    for finding in sorted(outcome.findings, key=severity):
        by_level[level_of(finding)].append(finding)
    overflowing = any(len(found) > MOST_OF_A_LEVEL for found in by_level.values())
    shown: list[Finding] = []
    others: list[Finding] = []
    for level, found in by_level.items():
        most = MOST_OF_A_LEVEL - (overflowing and level is Level.INFO)
        shown += found[:most]
        others += found[most:]
    lines = [*map(_annotation, shown), *map(concise_line, others)]
    if others:
        lines.append(_left_out(others))
    return "\n".join([*lines, summary_line(outcome.findings, len(outcome.records))]) + "\n"


def job_summary(outcome: Outcome) -> str:
    """Give the outcome as Markdown: what comes from records stands in a code block, longer fenced than anything in it."""
    found = sorted(outcome.findings, key=severity)
    parts = ["## afterword check", summary_line(found, len(outcome.records))]
    if found:
        lines = [concise_line(finding)[:_LONGEST_LINE] for finding in found[:MOST_IN_SUMMARY]]
        parts += [_fenced(lines), _fenced(list(statistics_lines(found)))]
    if len(found) > MOST_IN_SUMMARY:
        parts.append(f"{counted(len(found) - MOST_IN_SUMMARY, 'more finding')} in the log.")
    return "\n\n".join(parts) + "\n"


def _annotation(finding: Finding) -> str:
    hint = f"\nhint: {within_line(finding.hint)}" if finding.hint else ""
    properties = ",".join(f"{name}={_property(value)}" for name, value in _properties(finding))
    return f"::{_COMMANDS[level_of(finding)]} {properties}::{_text(concise_line(finding) + hint)}"


def _properties(finding: Finding) -> Iterator[tuple[str, str]]:
    span = finding.span
    last_line = max(span.line, span.end_line - (span.end_column == 1))
    yield "file", finding.path
    yield "line", str(span.line)
    yield "endLine", str(last_line)
    # GitHub refuses columns where an annotation has several lines; its last column is the last that is meant.
    if last_line == span.line:
        yield "col", str(span.column)
        yield "endColumn", str(max(span.column, span.end_column - 1 if span.end_line == span.line else 0))
    yield "title", finding.rule


def _left_out(findings: Sequence[Finding]) -> str:
    levels = [level_of(finding) for finding in findings]
    names = ((Level.ERROR, "error"), (Level.WARNING, "warning"), (Level.INFO, "info"))
    counts = ", ".join(
        counted(levels.count(level), f"more {name}") for level, name in names if level in levels
    )
    return f"::notice title=afterword::{counts} in the log of this step: GitHub shows {MOST_OF_A_LEVEL} of a kind"


def _text(text: str) -> str:
    """Escape the text of a command, as `@actions/core` does."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape a property of a command, as `@actions/core` does, and leave out what a terminal obeys."""
    return printable(_text(text).replace(":", "%3A").replace(",", "%2C"))


def _fenced(lines: Sequence[str]) -> str:
    longest = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([f"{fence}text", *lines, fence])

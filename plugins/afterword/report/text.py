"""Findings for people at a terminal and in a log."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from afterword.check.table import SEARCHED_RULES
from afterword.check.wording import counted
from afterword.model.finding import Finding, Level
from afterword.report.excerpt import excerpt
from afterword.report.one_line import one_line, within_line
from afterword.report.outcome import Outcome, level_of
from afterword.report.statistics import statistics_lines

_COLOURS = {Level.ERROR: "bold red", Level.WARNING: "yellow", Level.INFO: "cyan"}

FIXABLE = "[*]"
"""Stands behind a finding that `--fix` mends."""

Paint = Callable[[str, str], str]


def text_report(outcome: Outcome) -> str:
    """Give one line a finding, with its hint indented below, and a last line that counts them.

    On a terminal the source line stands below each, with marks under the place.
    """
    paint = _painter() if outcome.screen and outcome.screen.colour else _plain
    # A secret is not shown once more: what is on a screen is shared, recorded and copied.
    hidden = {(each.path, each.span.line) for each in outcome.findings if each.rule in SEARCHED_RULES}
    lines = [line for finding in outcome.findings for line in _lines(finding, outcome, paint, hidden)]
    return "\n".join([*lines, *_ending(outcome)]) + "\n"


def concise_report(outcome: Outcome) -> str:
    """Give one line a finding and nothing else, and a last line that counts them."""
    lines = [_marked(finding, _plain) for finding in outcome.findings]
    return "\n".join([*lines, *_ending(outcome)]) + "\n"


def concise_line(finding: Finding) -> str:
    """Give a finding as one line, which neither a terminal nor a build service obeys."""
    return _said(finding, _plain)


def summary_line(findings: Iterable[Finding], records: int) -> str:
    """Count findings by level, in the words of their lines."""
    levels = [finding.level for finding in findings]
    names = ((Level.ERROR, "error"), (Level.WARNING, "warning"), (Level.INFO, "info"))
    counts = [counted(levels.count(level), name) for level, name in names if level in levels]
    return f"{', '.join(counts) or 'no findings'} in {counted(records, 'record')}"


def _ending(outcome: Outcome) -> Iterator[str]:
    if outcome.statistics and outcome.findings:
        yield from ("", *statistics_lines(outcome.findings), "")
    fixable = sum(bool(finding.edits) for finding in outcome.findings)
    said = f"; {fixable:,} {FIXABLE} can be mended with --fix" if fixable else ""
    yield summary_line(outcome.findings, len(outcome.records)) + said


def _lines(
    finding: Finding, outcome: Outcome, paint: Paint, hidden: Collection[tuple[str, int]]
) -> Iterator[str]:
    yield _marked(finding, paint)
    if outcome.screen and (finding.path, finding.span.line) not in hidden:
        yield from _excerpt(finding, outcome.lines_of(finding.path), outcome.screen.width, paint)
    if finding.hint:
        yield f"    {paint('hint:', 'dim')} {within_line(finding.hint)}"


def _marked(finding: Finding, paint: Paint) -> str:
    return f"{_said(finding, paint)} {paint(FIXABLE, 'dim')}" if finding.edits else _said(finding, paint)


def _said(finding: Finding, paint: Paint) -> str:
    level = level_of(finding)
    place = f"{finding.path}:{finding.span.line}:{finding.span.column}:"
    said = f"{paint(f'{level.value}:', _COLOURS[level])} {within_line(finding.message)}"
    return f"{one_line(place)} {said} {paint(f'[{finding.rule}]', 'dim')}"


def _excerpt(finding: Finding, lines: Sequence[str], width: int, paint: Paint) -> Iterator[str]:
    number = f"{finding.span.line:>4}"
    shown = excerpt(finding.span, lines, width - len(number) - len(" | "))
    if shown:
        blank = " " * len(number)
        yield f"{paint(f'{number} |', 'dim')} {shown.source}"
        yield f"{paint(f'{blank} |', 'dim')} {shown.indent}{paint(shown.marks, _COLOURS[level_of(finding)])}"


def _plain(text: str, style: str) -> str:
    return text


def _painter() -> Paint:
    # Imported here: most runs are in pipes, and start faster without it.
    from rich.style import Style

    return lambda text, style: Style.parse(style).render(text)

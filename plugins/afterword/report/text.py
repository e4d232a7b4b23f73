"""Findings for people at a terminal and in a log."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from afterword.check.wording import counted
from afterword.model.finding import Finding, Level

_COLOURS = {Level.ERROR: "bold red", Level.WARNING: "yellow", Level.INFO: "cyan"}
# Terminals obey control characters, and file names and records may hold any.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ue0ff]+")

Paint = Callable[[str, str], str]


def text_report(findings: Sequence[Finding], records: int, colour: bool = False) -> str:
    """Give one line a finding, with its hint indented below, and a last line that counts them.

    `records` is the number of records that were judged; `colour` adds the escape sequences of a terminal.
    """
    paint = _painter() if colour else _plain
    lines = [line for finding in findings for line in _lines(finding, paint)]
    return "\n".join([*lines, summary_line(findings, records)]) + "\n"


def summary_line(findings: Iterable[Finding], records: int) -> str:
    """Count findings by level, in the words of their lines."""
    levels = [finding.level for finding in findings]
    names = ((Level.ERROR, "error"), (Level.WARNING, "warning"), (Level.INFO, "info"))
    counts = [counted(levels.count(level), name) for level, name in names if level in levels]
    return f"{', '.join(counts) or 'no findings'} in {counted(records, 'record')}"


def _lines(finding: Finding, paint: Paint) -> Iterable[str]:
    level = finding.level or Level.WARNING
    place = f"{finding.path}:{finding.span.line}:{finding.span.column}:"
    said = f"{paint(f'{level.value}:', _COLOURS[level])} {_safe(finding.message)}"
    yield f"{one_line(place)} {said} {paint(f'[{finding.rule}]', 'dim')}"
    if finding.hint:
        yield f"    {paint('hint:', 'dim')} {_safe(finding.hint)}"


def one_line(text: str) -> str:
    """Give any text, such as a file's name, as a line of its own that neither a terminal nor a build service obeys."""
    plain = _safe(text)
    # Build services look for their commands behind the blanks at the start of a line.
    return f"./{plain.lstrip()}" if plain.lstrip().startswith(":") else plain


def _safe(text: str) -> str:
    """Give text for the middle of a line."""
    return _UNPRINTABLE.sub(" ", text).replace("##[", "# #[")


def _plain(text: str, style: str) -> str:
    return text


def _painter() -> Paint:
    # Imported here: most runs are in pipes, and start faster without it.
    from rich.style import Style

    return lambda text, style: Style.parse(style).render(text)

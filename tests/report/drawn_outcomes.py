"""Outcomes to report: ordinary, hostile, and far too many."""

from __future__ import annotations

from collections.abc import Sequence

from afterword.model.finding import Edit, Finding, Level
from afterword.model.span import START, Span
from afterword.report.outcome import Outcome

ERROR = Finding(
    "unknown-severity",
    "severity 'P1' is not one of sev0, sev1 (did you mean 'sev1'?)",
    Span(4, 11, 4, 13),
    hint="write sev1",
    path="postmortems/2026-03-14-a.md",
    level=Level.ERROR,
    edits=(Edit(Span(4, 11, 4, 13), "sev1"),),
)
WARNING = Finding("few-positives", "1 item, expected 3", Span(7, 1, 9, 1), path="b.md", level=Level.WARNING)
INFO = Finding("unknown-section", "section 'X' is kept", Span(9, 1, 9, 5), path="b.md", level=Level.INFO)

HOSTILE = (
    "::error::x",
    "a\n::set-output name=x::y",
    "a\r::x",
    "\x1b]0;title\x07",
    "x ##[error]y",
    "\u202egnp.exe",
    "100% of #1: a, b & <c> \"d\" 'e' ]]> -->",
    "emoji 🔥 in a folder/ü ñ 漢字",
    "[see](https://elsewhere.example) {0} `````",
    "nul\x00 escape\x1b next\x85 not\ufffe half\ud800",
)
"""Texts that a terminal, a build service, a URI or an XML parser could take for something else."""


def lines_of(path: str) -> Sequence[str]:
    """Give the lines of any file."""
    return ["---", "title: x", "date: 2026-03-14", "severity: P1", "---", "", "text", "more", "## X"]


def hostile_outcome() -> Outcome:
    """Give an outcome in which every text of a finding is hostile, at every level."""
    levels = (Level.ERROR, Level.WARNING, Level.INFO)
    findings = [
        Finding(
            "unknown-key", text, Span.at(1 + number, 2, 3), hint=text, path=text, level=levels[number % 3]
        )
        for number, text in enumerate(HOSTILE)
    ]
    whole_file = Finding("file-name", "x", START, path=HOSTILE[1], level=Level.ERROR)
    edit = Edit(Span(1, 2, 3, 4), HOSTILE[-1])
    fixable = Finding("bad-date", "x", START, path=HOSTILE[6], level=Level.INFO, edits=(edit,))
    return Outcome([*findings, whole_file, fixable], [*HOSTILE, "clean.md"], lines_of)


def large_outcome(number: int = 30_000) -> Outcome:
    """Give an outcome of many findings: an error in every tenth, the rest warnings and information."""
    levels = [Level.INFO, *[Level.WARNING] * 8, Level.ERROR]
    findings = [
        Finding(
            "unknown-key",
            f"key 'key-{index}' is not known",
            Span.at(1 + index % 100, 1, 8),
            hint="leave it out",
            path=f"postmortems/2026-01-01-{index // 100}.md",
            level=levels[index % 10],
        )
        for index in range(number)
    ]
    return Outcome(findings, [f"postmortems/2026-01-01-{each}.md" for each in range(number // 100)], lines_of)

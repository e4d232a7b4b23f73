"""Findings as text and as JSON."""

from __future__ import annotations

import json

import pytest

from afterword.model.finding import Finding, Level
from afterword.model.span import Span
from afterword.report.table import REPORTERS

ERROR = Finding(
    "unknown-severity",
    "severity 'P1' is not one of sev0, sev1 (did you mean 'sev1'?)",
    Span(4, 11, 4, 13),
    hint="write sev1",
    path="postmortems/2026-03-14-a.md",
    level=Level.ERROR,
)
INFO = Finding("unknown-section", "section 'X' is kept", Span(9, 1, 9, 5), path="b.md", level=Level.INFO)


def test_text_gives_a_line_each_and_a_summary() -> None:
    """A finding is one line with its hint indented below; the last line counts."""
    assert REPORTERS["text"]([ERROR, INFO, INFO], 12, False) == (
        "postmortems/2026-03-14-a.md:4:11: error: severity 'P1' is not one of sev0, sev1 (did you mean 'sev1'?) [unknown-severity]\n"
        "    hint: write sev1\n"
        "b.md:9:1: info: section 'X' is kept [unknown-section]\n"
        "b.md:9:1: info: section 'X' is kept [unknown-section]\n"
        "1 error, 2 infos in 12 records\n"
    )


def test_text_says_that_nothing_was_found() -> None:
    """Without findings there is the summary alone."""
    assert REPORTERS["text"]([], 1, False) == "no findings in 1 record\n"


def test_text_has_colour_only_when_asked() -> None:
    """Escape sequences are in the coloured report, whose words are the same."""
    plain, coloured = (REPORTERS["text"]([ERROR], 1, colour) for colour in (False, True))
    assert "\x1b[" not in plain
    assert "\x1b[" in coloured
    assert "error:" in coloured


@pytest.mark.parametrize(
    "hostile",
    ["::error::x", "a\n::set-output x", "\x1b]0;title\x07", "x ##[error]y", "\u202egnp.exe", "a\r::x"],
)
def test_text_obeys_no_record(hostile: str) -> None:
    """No path, message or hint begins a line with a build service's command, or reaches the terminal as control characters."""
    finding = Finding("unknown-key", hostile, Span.at(1), hint=hostile, path=hostile, level=Level.ERROR)
    report = REPORTERS["text"]([finding], 1, False)
    assert len(report.splitlines()) == 3
    assert not any(line.lstrip().startswith("::") for line in report.splitlines())
    assert "##[" not in report
    assert report.replace("\n", "").isprintable()


def test_json_holds_every_field() -> None:
    """The JSON report is a list of objects with exactly the documented names."""
    first, second = json.loads(REPORTERS["json"]([ERROR, INFO], 2, True))
    assert first == {
        "path": "postmortems/2026-03-14-a.md",
        "line": 4,
        "column": 11,
        "end_line": 4,
        "end_column": 13,
        "rule": "unknown-severity",
        "level": "error",
        "message": "severity 'P1' is not one of sev0, sev1 (did you mean 'sev1'?)",
        "hint": "write sev1",
    }
    assert second["hint"] is None
    assert json.loads(REPORTERS["json"]([], 0, False)) == []


def test_json_reaches_a_terminal_without_controls() -> None:
    """The name of a file comes back whole, and nothing in the text of the report is obeyed by a terminal."""
    name = "a\x1b[31m\x9b31m\x7f\u202eé\u2066.md"
    finding = Finding("file-name", name, Span.at(1), path=name, level=Level.ERROR)
    report = REPORTERS["json"]([finding], 1, False)
    assert json.loads(report)[0]["path"] == name
    assert report.replace("\n", "").isprintable()
    assert "é" in report

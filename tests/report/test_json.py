"""Findings as JSON."""

from __future__ import annotations

import json

from afterword.model.finding import Finding, Level
from afterword.model.span import Span
from afterword.report.json import json_report
from afterword.report.outcome import Outcome
from tests.report.drawn_outcomes import ERROR, INFO


def test_json_holds_every_field() -> None:
    """The JSON report is a list of objects with exactly the documented names."""
    first, second = json.loads(json_report(Outcome([ERROR, INFO])))
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
        "edits": [{"line": 4, "column": 11, "end_line": 4, "end_column": 13, "text": "sev1"}],
    }
    assert (second["hint"], second["edits"]) == (None, [])
    assert json.loads(json_report(Outcome([]))) == []


def test_statistics_make_it_an_object() -> None:
    """With statistics the list stands beside the counts."""
    counted = json.loads(json_report(Outcome([INFO, ERROR, ERROR], statistics=True)))
    assert [each["rule"] for each in counted["findings"]] == [
        "unknown-section",
        "unknown-severity",
        "unknown-severity",
    ]
    assert counted["statistics"] == [
        {"level": "error", "rule": "unknown-severity", "findings": 2, "files": 1},
        {"level": "info", "rule": "unknown-section", "findings": 1, "files": 1},
    ]


def test_json_reaches_a_terminal_without_controls() -> None:
    """The name of a file comes back whole, and nothing in the text of the report is obeyed by a terminal."""
    name = "a\x1b[31m\x9b31m\x7f\u202eé\u2066.md"
    finding = Finding("file-name", name, Span.at(1), path=name, level=Level.ERROR)
    report = json_report(Outcome([finding]))
    assert json.loads(report)[0]["path"] == name
    assert report.replace("\n", "").isprintable()
    assert "é" in report

"""Findings as text, for people."""

from __future__ import annotations

import dataclasses

import pytest

from afterword.model.finding import Finding, Level
from afterword.model.span import START, Span
from afterword.report.outcome import Outcome, Screen
from afterword.report.table import FORMS
from tests.report.drawn_outcomes import ERROR, HOSTILE, INFO, WARNING, large_outcome, lines_of

TWELVE = tuple(f"{number}.md" for number in range(12))


def text(outcome: Outcome, form: str = "text") -> str:
    """Give the report of an outcome."""
    return FORMS[form].report(outcome)


def test_text_gives_a_line_each_and_a_summary() -> None:
    """A finding is one line with its hint indented below; the last line counts."""
    assert text(Outcome([ERROR, INFO, INFO], TWELVE)) == (
        "postmortems/2026-03-14-a.md:4:11: error: severity 'P1' is not one of sev0, sev1 (did you mean 'sev1'?) [unknown-severity] [*]\n"
        "    hint: write sev1\n"
        "b.md:9:1: info: section 'X' is kept [unknown-section]\n"
        "b.md:9:1: info: section 'X' is kept [unknown-section]\n"
        "1 error, 2 infos in 12 records; 1 [*] can be mended with --fix\n"
    )


def test_concise_is_one_line_each() -> None:
    """The concise form has no hints."""
    assert text(Outcome([ERROR, INFO], TWELVE), "concise") == (
        "postmortems/2026-03-14-a.md:4:11: error: severity 'P1' is not one of sev0, sev1 (did you mean 'sev1'?) [unknown-severity] [*]\n"
        "b.md:9:1: info: section 'X' is kept [unknown-section]\n"
        "1 error, 1 info in 12 records; 1 [*] can be mended with --fix\n"
    )


@pytest.mark.parametrize("form", ["text", "concise"])
def test_nothing_found_is_said(form: str) -> None:
    """Without findings there is the summary alone, also where rules are to be counted."""
    assert text(Outcome([], ["a.md"], statistics=True), form) == "no findings in 1 record\n"


def test_statistics_stand_between_findings_and_summary() -> None:
    """Errors come before warnings, and of one level the most frequent rule first; files are counted once."""
    elsewhere = dataclasses.replace(ERROR, path="c.md", rule="bad-date")
    found = [INFO, WARNING, ERROR, ERROR, elsewhere]
    assert text(Outcome(found, TWELVE, statistics=True), "concise").splitlines()[5:] == [
        "",
        "findings   files  level    rule",
        "       2       1  error    unknown-severity",
        "       1       1  error    bad-date",
        "       1       1  warning  few-positives",
        "       1       1  info     unknown-section",
        "",
        "3 errors, 1 warning, 1 info in 12 records; 3 [*] can be mended with --fix",
    ]


def test_a_terminal_shows_the_line_and_the_place() -> None:
    """Below a finding stands its source line with marks under the span, then the hint; what concerns a whole file has neither."""
    whole = Finding("file-name", "x", START, path="a.md", level=Level.INFO)
    assert text(Outcome([ERROR, whole], ["a.md"], lines_of, screen=Screen())).splitlines()[1:] == [
        "   4 | severity: P1",
        "     |           ^^",
        "    hint: write sev1",
        "a.md:1:1: info: x [file-name]",
        "1 error, 1 info in 1 record; 1 [*] can be mended with --fix",
    ]


def test_a_terminal_does_not_show_the_line_of_a_secret() -> None:
    """Neither below the secret nor below another finding on the same line."""
    secret = dataclasses.replace(ERROR, rule="secret")
    report = text(Outcome([ERROR, secret], ["a.md"], lines_of, screen=Screen()))
    assert "severity: P1" not in report and "unknown-severity" in report


def test_colour_only_when_asked() -> None:
    """Escape sequences are in the coloured report, whose words are the same."""
    plain, coloured = (
        text(Outcome([ERROR], ["a.md"], screen=Screen(80, colour))) for colour in (False, True)
    )
    assert "\x1b[" not in plain
    assert "\x1b[" in coloured
    assert "error:" in coloured


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("form", ["text", "concise"])
def test_text_obeys_no_record(hostile: str, form: str) -> None:
    """No path, message or hint begins a line with a build service's command, or reaches the terminal as control characters."""
    finding = Finding("unknown-key", hostile, Span.at(1), hint=hostile, path=hostile, level=Level.ERROR)
    report = text(Outcome([finding], ["a.md"]), form)
    assert len(report.splitlines()) == (3 if form == "text" else 2)
    assert not any(line.lstrip().startswith("::") for line in report.splitlines())
    assert "##[" not in report
    assert report.replace("\n", "").replace("\ufffe", "").replace("\ud800", "").isprintable()


def test_thirty_thousand_findings_are_lines() -> None:
    """However many there are, each is told."""
    assert text(large_outcome(), "concise").count("\n") == 30_001

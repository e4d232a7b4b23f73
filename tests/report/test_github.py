"""Findings as GitHub's annotations and job summary."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter

import pytest

from afterword.model.finding import Level
from afterword.model.span import Span
from afterword.report.github import MOST_IN_SUMMARY, github_report, job_summary
from afterword.report.outcome import Outcome
from tests.report.drawn_outcomes import ERROR, INFO, WARNING, hostile_outcome, large_outcome

_COMMAND = re.compile(r"::(?P<name>[a-z-]+) (?P<properties>[^:]*)::(?P<text>.*)")
_ESCAPES = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))


def commands(report: str) -> list[tuple[str, dict[str, str], str]]:
    """Read a log as GitHub's runner does: name, properties and text of each line that is a command."""
    found = []
    for line in re.split(r"\r\n|\n|\r", report):
        match = _COMMAND.fullmatch(line.lstrip())
        if match:
            pairs = (pair.partition("=") for pair in match["properties"].split(","))
            properties = {name: _plain(value) for name, _, value in pairs}
            found.append((match["name"], properties, _plain(match["text"])))
        assert match or not line.lstrip().startswith("::"), line
    return found


def _plain(text: str) -> str:
    for escape, character in _ESCAPES:
        text = text.replace(escape, character)
    return text


def test_a_finding_is_an_annotation() -> None:
    """Level, file, place, rule and text; the last line and column are the last that are meant."""
    assert commands(github_report(Outcome([ERROR]))) == [
        (
            "error",
            {
                "file": "postmortems/2026-03-14-a.md",
                "line": "4",
                "endLine": "4",
                "col": "11",
                "endColumn": "12",
                "title": "unknown-severity",
            },
            "postmortems/2026-03-14-a.md:4:11: error: severity 'P1' is not one of sev0, sev1 (did you mean 'sev1'?) [unknown-severity]\nhint: write sev1",
        )
    ]
    assert github_report(Outcome([ERROR], ["a.md"])).splitlines()[-1] == "1 error in 1 record"


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Span(4, 1, 7, 3), {"line": "4", "endLine": "7"}),
        (Span(4, 2, 5, 1), {"line": "4", "endLine": "4", "col": "2", "endColumn": "2"}),
        (Span(4, 2, 4, 2), {"line": "4", "endLine": "4", "col": "2", "endColumn": "2"}),
    ],
    ids=["several-lines", "whole-line", "empty"],
)
def test_columns_only_on_one_line(span: Span, expected: dict[str, str]) -> None:
    """GitHub takes no columns of an annotation of several lines, and no end before the beginning."""
    ((_, properties, _),) = commands(github_report(Outcome([dataclasses.replace(ERROR, span=span)])))
    assert {name: value for name, value in properties.items() if name not in ("file", "title")} == expected


def test_hostile_texts_are_no_commands() -> None:
    """Paths come back whole where they can be printed, and nothing in a record is a command of its own."""
    outcome = hostile_outcome()
    found = commands(github_report(outcome))
    assert [name for name, _, _ in found].count("error") == sum(
        each.level is Level.ERROR for each in outcome.findings
    )
    assert {name for name, _, _ in found} == {"error", "warning", "notice"}
    paths = {properties["file"] for _, properties, _ in found}
    assert {"100% of #1: a, b & <c> \"d\" 'e' ]]> -->", "a\n::set-output name=x::y", "::error::x"} <= paths
    assert not any("\x1b" in path for path in paths)


def test_the_worst_are_annotated_and_the_others_told() -> None:
    """GitHub shows ten of a kind of one step: those are the first, the others are lines, and a last notice counts them."""
    outcome = large_outcome(1_000)
    report = github_report(outcome)
    found = commands(report)
    assert Counter(name for name, _, _ in found) == {"error": 10, "warning": 10, "notice": 10}
    assert [name for name, _, _ in found] == ["error"] * 10 + ["warning"] * 10 + ["notice"] * 10
    assert found[-1][2].startswith("90 more errors, 790 more warnings, 91 more infos in the log of this step")
    plain = [line for line in report.splitlines() if not line.startswith("::")]
    assert len(plain) == 1_000 - 29 + 1


def test_few_findings_need_no_notice() -> None:
    """Where all are shown, nothing more is said."""
    found = commands(github_report(Outcome([ERROR] * 10 + [WARNING] * 10 + [INFO] * 10)))
    assert Counter(name for name, _, _ in found) == {"error": 10, "warning": 10, "notice": 10}
    assert "more" not in found[-1][2]


def test_the_summary_keeps_records_in_a_fence() -> None:
    """Markdown of a record stays text in a job's summary: the fence is longer than any in it."""
    summary = job_summary(hostile_outcome())
    fences = [line for line in summary.splitlines() if line.startswith("``````")]
    assert fences[:2] == ["``````text", "``````"]
    inside = summary.split("``````text\n")[1].split("\n``````\n")[0]
    assert "[see](https://elsewhere.example)" in inside
    assert "[see](https://elsewhere.example)" not in summary.replace(inside, "")


def test_the_summary_is_not_too_long() -> None:
    """Of 30,000 findings the worst are listed, within the 1 MiB that GitHub takes, and rules are counted over all."""
    summary = job_summary(large_outcome())
    assert len(summary.encode()) < 1024 * 1024
    assert summary.count(": error:") == MOST_IN_SUMMARY
    assert f"{30_000 - MOST_IN_SUMMARY:,} more findings in the log." in summary
    assert "24,000     300  warning  unknown-key" in summary


def test_the_summary_says_that_nothing_was_found() -> None:
    """Without findings there is a line that says so."""
    assert job_summary(Outcome([], ["a.md"])) == "## afterword check\n\nno findings in 1 record\n"

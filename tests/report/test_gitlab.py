"""Findings as GitLab's Code Quality report, held against what its documentation asks for."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from afterword.model.finding import Finding, Level
from afterword.model.span import Span
from afterword.report.gitlab import gitlab_report
from afterword.report.outcome import Outcome
from tests.report.drawn_outcomes import (
    ERROR,
    HOSTILE,
    INFO,
    WARNING,
    hostile_outcome,
    large_outcome,
    lines_of,
)

# "Code Quality report format" in GitLab's documentation: an array, these fields, a path relative to the repository and without `./`.
DOCUMENTED = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]+$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "not": {"pattern": "^(\\./|/)"}},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def issues(outcome: Outcome) -> list[dict[str, Any]]:
    """Give the entries of a report that is as documented."""
    found = json.loads(gitlab_report(outcome))
    jsonschema.Draft202012Validator(DOCUMENTED).validate(found)
    return list(found)


def test_a_finding_is_an_issue() -> None:
    """Text with hint, rule, severity, path and lines."""
    error, warning, info = issues(Outcome([ERROR, WARNING, INFO], (), lines_of))
    assert error.pop("fingerprint")
    assert error == {
        "description": f"{ERROR.message}; write sev1",
        "check_name": "unknown-severity",
        "severity": "major",
        "location": {"path": "postmortems/2026-03-14-a.md", "lines": {"begin": 4, "end": 4}},
    }
    assert (warning["severity"], warning["location"]["lines"]) == ("minor", {"begin": 7, "end": 8})
    assert info["severity"] == "info"


def test_nothing_found_is_an_empty_list() -> None:
    """GitLab takes an empty array for a merge request without findings."""
    assert issues(Outcome([])) == []


def test_hostile_texts_are_strings() -> None:
    """Paths come back as they are, descriptions on one line."""
    found = issues(hostile_outcome())
    assert {each["location"]["path"] for each in found} >= set(HOSTILE[:-1])
    assert not any("\n" in each["description"] for each in found)


def test_paths_have_no_dot_before_them() -> None:
    """GitLab finds no file by `./a.md`."""
    finding = Finding("bad-date", "x", Span.at(1), path="./a.md", level=Level.ERROR)
    assert issues(Outcome([finding]))[0]["location"]["path"] == "a.md"


@pytest.mark.parametrize("outcome", [hostile_outcome(), large_outcome()], ids=["hostile", "large"])
def test_fingerprints_are_unique(outcome: Outcome) -> None:
    """GitLab shows one finding of those that share a fingerprint."""
    found = json.loads(gitlab_report(outcome))
    assert len({each["fingerprint"] for each in found}) == len(outcome.findings)

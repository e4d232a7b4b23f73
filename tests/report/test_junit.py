"""Findings as JUnit results, held against the schema of Jenkins."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
import xmlschema

from afterword.report.junit import junit_report
from afterword.report.outcome import Outcome
from tests.conftest import REPOSITORY
from tests.report.drawn_outcomes import ERROR, INFO, WARNING, hostile_outcome, large_outcome

SCHEMA = xmlschema.XMLSchema(REPOSITORY / "tests/report/schemas/junit-10.xsd")


def suites(outcome: Outcome) -> list[ET.Element]:
    """Give the suites of a report that is valid, whose sums are right."""
    report = junit_report(outcome).encode("utf-8", "strict")
    SCHEMA.validate(report.decode())
    root = ET.fromstring(report)  # noqa: S314 - our own
    for each in (root, *root):
        assert each.attrib["tests"] == str(len(list(each.iter("testcase"))))
        assert each.attrib["failures"] == str(len(list(each.iter("failure"))))
    return list(root)


def test_a_file_is_a_suite_and_a_rule_a_case() -> None:
    """An error fails; a warning passes with what was found as output; a file without findings has a case that passes."""
    clean, found, wrong = suites(Outcome([ERROR, WARNING, INFO], ["a.md", "b.md"]))
    assert [each.attrib["name"] for each in (clean, found, wrong)] == ["a.md", "b.md", ERROR.path]
    (failed,) = wrong
    assert failed.attrib == {
        "classname": "postmortems/2026-03-14-a",
        "name": "unknown-severity",
        "time": "0",
    }
    (failure,) = failed
    assert failure.attrib == {"type": "unknown-severity", "message": ERROR.message}
    assert failure.text == (
        f"postmortems/2026-03-14-a.md:4:11: error: {ERROR.message} [unknown-severity]\n    hint: write sev1"
    )
    assert [(case.attrib["name"], [part.tag for part in case]) for case in found] == [
        ("few-positives", ["system-out"]),
        ("unknown-section", ["system-out"]),
    ]
    assert [(case.attrib["name"], list(case)) for case in clean] == [("no findings", [])]


def test_warnings_fail_when_strict() -> None:
    """With `--strict` a warning fails as an error does, information still passes."""
    (found,) = suites(Outcome([WARNING, INFO], ["b.md"], strict=True))
    assert [case.find("failure") is not None for case in found] == [True, False]


def test_findings_of_a_rule_fail_as_one_case() -> None:
    """Two findings of a rule in a file are one failure that tells both, so that names stay when lines move."""
    ((case,),) = suites(Outcome([ERROR, ERROR]))
    failure = case.find("failure")
    assert failure is not None
    assert failure.attrib["message"].endswith(" (and 1 more)")
    assert (failure.text or "").count("hint: write sev1") == 2


@pytest.mark.parametrize("outcome", [Outcome([]), hostile_outcome()], ids=["empty", "hostile"])
def test_it_is_xml_whatever_records_hold(outcome: Outcome) -> None:
    """Characters that XML cannot hold are replaced, and markup stays text."""
    names = {suite.attrib["name"] for suite in suites(outcome)}
    assert len(names) == len(outcome.records)
    assert not names or "100% of #1: a, b & <c> \"d\" 'e' ]]> -->" in names


def test_thirty_thousand_findings_are_read() -> None:
    """A large report can be read, and counts what was found."""
    root = ET.fromstring(junit_report(large_outcome()))  # noqa: S314 - our own
    assert (root.attrib["tests"], root.attrib["failures"]) == ("300", "300")

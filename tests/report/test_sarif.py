"""Findings as SARIF, held against the schema of OASIS and the limits of GitHub."""

from __future__ import annotations

import dataclasses
import gzip
import json
from collections import Counter
from typing import Any
from urllib.parse import unquote, urlsplit

import jsonschema
import pytest

from afterword.check.table import RULES
from afterword.model.span import Span
from afterword.report.outcome import Outcome
from afterword.report.sarif import FINGERPRINT, sarif_report
from tests.conftest import REPOSITORY
from tests.report.drawn_outcomes import (
    ERROR,
    HOSTILE,
    INFO,
    WARNING,
    hostile_outcome,
    large_outcome,
    lines_of,
)

SCHEMA = json.loads((REPOSITORY / "tests/report/schemas/sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft4Validator(SCHEMA)


def run_of(outcome: Outcome) -> dict[str, Any]:
    """Give the one run of a log that is valid."""
    log = json.loads(sarif_report(outcome))
    VALIDATOR.validate(log)
    (run,) = log["runs"]
    return dict(run)


@pytest.mark.parametrize(
    "outcome", [Outcome([]), Outcome([ERROR, WARNING, INFO], ["b.md"], lines_of), hostile_outcome()]
)
def test_it_is_valid(outcome: Outcome) -> None:
    """Whatever texts it holds, and where there is nothing to say, a log fits the schema."""
    assert len(run_of(outcome)["results"]) == len(outcome.findings)


def test_a_result_has_level_place_and_text() -> None:
    """Lines and columns are those of the finding, columns in code points; the hint follows the message."""
    run = run_of(Outcome([INFO, WARNING, ERROR], (), lines_of))
    error, warning, note = run["results"]
    assert [each["level"] for each in (error, warning, note)] == ["error", "warning", "note"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert error["message"]["text"] == f"{ERROR.message}\nhint: write sev1"
    (location,) = error["locations"]
    place = location["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "postmortems/2026-03-14-a.md", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 4, "startColumn": 11, "endLine": 4, "endColumn": 13}
    assert run["originalUriBaseIds"].keys() == {"%SRCROOT%"}
    assert run["tool"]["driver"]["rules"][error["ruleIndex"]]["id"] == error["ruleId"] == "unknown-severity"


def test_edits_are_fixes() -> None:
    """A finding that can be mended has one fix with all its edits; another has none."""
    error, note = run_of(Outcome([ERROR, INFO], (), lines_of))["results"]
    ((change,),) = [fix["artifactChanges"] for fix in error["fixes"]]
    assert change["artifactLocation"]["uri"] == "postmortems/2026-03-14-a.md"
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 4, "startColumn": 11, "endLine": 4, "endColumn": 13},
            "insertedContent": {"text": "sev1"},
        }
    ]
    assert "fixes" not in note


def test_every_rule_is_described_within_githubs_limits() -> None:
    """All rules are there, with their page as help; descriptions and tags are as short as GitHub asks."""
    rules = run_of(Outcome([]))["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.id for rule in RULES]
    for rule in rules:
        assert len(rule["shortDescription"]["text"]) <= 1024
        assert len(rule["fullDescription"]["text"]) <= 1024
        assert len(rule["properties"]["tags"]) <= 20
        assert rule["help"]["markdown"].startswith(f"# {rule['id']}\n")
        assert rule["help"]["text"]


def test_paths_are_relative_uris() -> None:
    """A URI leads back to the path, has no scheme whatever stands before a colon, and holds ASCII alone."""
    run = run_of(hostile_outcome())
    uris = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run["results"]
    }
    assert all(uri.isascii() and not urlsplit(uri).scheme and "\n" not in uri for uri in uris)
    assert {unquote(uri, errors="surrogatepass") for uri in uris} == set(HOSTILE)


def test_no_message_holds_a_link() -> None:
    """`[text](target)` in a record would be a link of the message."""
    texts = [result["message"]["text"] for result in run_of(hostile_outcome())["results"]]
    assert any("[see] (https://elsewhere.example)" in text for text in texts)
    assert not any("](" in text for text in texts)


def test_a_moved_finding_keeps_its_fingerprint() -> None:
    """With a line inserted above it, a finding has the fingerprint that it had; no two findings share one."""
    below = dataclasses.replace(ERROR, span=Span.at(5, 11, 2), edits=())
    before, after = (
        run_of(outcome)["results"][0]["partialFingerprints"]
        for outcome in (
            Outcome([ERROR], (), lines_of),
            Outcome([below], (), lambda path: ["new", *lines_of(path)]),
        )
    )
    assert before == after
    many = [result["partialFingerprints"][FINGERPRINT] for result in run_of(hostile_outcome())["results"]]
    assert len(many) == len(set(many))


@pytest.mark.slow
def test_what_github_refuses_is_left_out_and_said() -> None:
    """Of 30,000 findings the 25,000 that are most severe are in the log, which says so and is small enough to upload."""
    outcome = large_outcome()
    report = sarif_report(outcome)
    run = json.loads(report)["runs"][0]
    VALIDATOR.validate({"version": "2.1.0", "runs": [{**run, "results": run["results"][:50]}]})
    assert Counter(result["level"] for result in run["results"]) == {"error": 3_000, "warning": 22_000}
    assert run["results"][0]["level"] == "error"
    ((notification,),) = [each["toolExecutionNotifications"] for each in run["invocations"]]
    assert notification["message"]["text"].startswith("5,000 of the least severe findings are left out")
    assert len(gzip.compress(report.encode())) < 10_000_000

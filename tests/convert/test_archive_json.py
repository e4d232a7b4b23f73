"""`afterword export`: the archive as one JSON document, and the schema that describes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.conftest import REPOSITORY, afterword

RECORD = """\
---
title: Checkout down
date: 2026-03-14
severity: sev3
status: final
kind: outage
services: [checkout]
failure_class: [capacity]
authors: [Petra Vellumworth, {name: Hollis Quillfeather, role: commander}]
timezone: Europe/Berlin
duration: 1h 22m
published: 2026-03-20
x-channel: "#inc-1"
---

## Summary

Customers could not pay. A batch used **all** connections. It was stopped.

## Impact

One in four.

## Timeline

- 14:03 [TRIGGER] The batch starts
- ~14:09 [DETECTED] Page
- 14:25–14:30 [MITIGATED] Back to normal

## Contributing factors

- The pool is small -> A1

## Root cause analysis

Method: hybrid

- Checkout was down
  - Pool exhausted (AND)
    - Leak (root cause) -> A1
    - Size -- accepted: cheap (lead, 2026-09-30)

1. Why was it down?
   Because the pool was exhausted -> A1

## Action items

| ID | Action | Owner | Due | Ticket | Category | Status | Team |
|---|---|---|---|---|---|---|---|
| A1 | Return connections </script> | Petra Vellumworth | 2026-03-28 | PAY-1 | prevent | open | shop |
"""
LATER = RECORD.replace("2026-03-14", "2026-04-14").replace("Checkout down", "Checkout down again")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Draw an archive of two records, the second a recurrence of the first."""
    (tmp_path / "afterword.yml").write_text("timezone: UTC\n")
    for name, text in (("2026-03-14-checkout-down", RECORD), ("2026-04-14-checkout-again", LATER)):
        place = tmp_path / "postmortems" / "2026" / f"{name}.md"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return tmp_path


def exported(folder: Path, day: str = "2026-05-01") -> Any:
    """Export an archive as on a day and read the document."""
    return json.loads(afterword("export", "json", "--as-of", day, folder=folder).stdout)


def schema() -> Any:
    """Give the published schema, as the command prints it."""
    return json.loads(afterword("export", "schema", folder=REPOSITORY).stdout)


def test_coverage_is_counted(folder: Path) -> None:
    """A record says how many of its leaves and factors are answered on the day; a review that is past answers nothing."""
    counts = exported(folder)["records"][0]["coverage"]
    assert counts["leaves"] == {
        "total": 3,
        "addressed": 2,
        "accepted": 1,
        "unaddressed": 0,
        "not_judged": 0,
    }
    assert counts["factors"]["addressed"] == counts["factors"]["total"] == 1
    later = exported(folder, "2026-10-01")["records"][0]["coverage"]
    assert (later["leaves"]["accepted"], later["leaves"]["unaddressed"]) == (0, 1)


def test_own_archive_fits_the_schema() -> None:
    """The export of this repository's archive is what the schema says, which is itself a valid schema."""
    published = schema()
    jsonschema.Draft202012Validator.check_schema(published)
    document = exported(REPOSITORY)
    jsonschema.Draft202012Validator(published).validate(document)
    assert len(document["records"]) >= 8
    assert any(record["causal_tree"] for record in document["records"])


def test_tickets_carry_what_their_tracker_says(folder: Path) -> None:
    """As of the day on which it was asked, and what of it stands against the record; it fits the schema with and without."""
    validator = jsonschema.Draft202012Validator(schema())
    before = [each["ticket"] for each in exported(folder)["records"][0]["actions"] if each["ticket"]]
    assert before[0]["tracker"] is None and before[0]["says"] is None and before[0]["drift"] == []
    settings = folder / "afterword.yml"
    settings.write_text(
        settings.read_text("utf-8") + "\ntrackers: [{name: Board, key: PAY-#, kind: jira}]\n", "utf-8"
    )
    state = {"key": "PAY-1", "gone": True}
    snapshot = {"format": 1, "trackers": {"Board": {"as_of": "2026-01-01", "tickets": {"pay-1": state}}}}
    (folder / "tickets.json").write_text(json.dumps(snapshot), "utf-8")
    document = exported(folder)
    validator.validate(document)
    (ticket,) = (each["ticket"] for each in document["records"][0]["actions"] if each["ticket"])
    assert (ticket["tracker"], ticket["as_of"], ticket["says"]["gone"]) == ("Board", "2026-01-01", True)
    assert [each["kind"] for each in ticket["drift"]] == ["gone"]


def test_schema_refuses_what_is_not_described() -> None:
    """A record with a key too many or one too few does not fit, so the schema describes all of it."""
    document = exported(REPOSITORY)
    validator = jsonschema.Draft202012Validator(schema())
    document["records"][0]["surprise"] = 1
    assert not validator.is_valid(document)
    del document["records"][0]["surprise"], document["records"][0]["events"]
    assert not validator.is_valid(document)


def test_header_stands_flat_in_the_record(folder: Path) -> None:
    """Header fields keep their keys: days in ISO form, durations in seconds, keys of the author's own in `extra`."""
    record = exported(folder)["records"][0]
    assert record["id"] == "2026-03-14-checkout-down"
    assert record["path"] == "postmortems/2026/2026-03-14-checkout-down.md"
    assert record["address"] == "postmortems/2026/2026-03-14-checkout-down/"
    assert (record["title"], record["date"], record["severity"]) == ("Checkout down", "2026-03-14", "sev3")
    assert record["authors"][1] == {"name": "Hollis Quillfeather", "role": "commander"}
    assert (record["duration"], record["published"]) == (4920, "2026-03-20")
    assert record["extra"] == {"x-channel": "#inc-1"}
    assert (
        record["sections"][0]["text"]
        == "Customers could not pay. A batch used all connections. It was stopped."
    )


def test_words_outside_sections_are_there(folder: Path) -> None:
    """What stands before the first section and the footnotes belong to no section, and to the record all the same."""
    place = folder / "postmortems" / "2026" / "2026-05-01-mails-late.md"
    place.write_text(
        "---\ntitle: Mails late\n---\n\nMails *came* late.[^1]\n\n[^1]: By a day.\n", encoding="utf-8"
    )
    document = exported(folder)
    jsonschema.Draft202012Validator(schema()).validate(document)
    record = document["records"][2]
    assert record["lead"] == "Mails came late."
    assert record["footnotes"] == [{"name": "1", "text": "By a day."}]


def test_visibility_is_that_of_the_folder_where_none_is_stated(folder: Path) -> None:
    """A record that does not say is as visible as the settings make its folder."""
    assert exported(folder)["records"][0]["visibility"] == "internal"
    (folder / "afterword.yml").write_text("archives: [{folder: postmortems, visibility: public}]\n")
    assert exported(folder)["records"][0]["visibility"] == "public"


def test_address_is_that_of_the_site(folder: Path) -> None:
    """Where the archive is the documents folder of the site beside it, records stand at the site's root."""
    (folder / "mkdocs.yml").write_text("site_name: A\ndocs_dir: postmortems\nx: !!python/name:os.system\n")
    assert exported(folder)["records"][0]["address"] == "2026/2026-03-14-checkout-down/"


def test_events_are_in_utc_and_in_local_time(folder: Path) -> None:
    """An event has its moment twice, its marks, and its place in the file."""
    trigger, detected, mitigated = exported(folder)["records"][0]["events"]
    assert (trigger["at"], trigger["local"]) == ("2026-03-14T13:03:00Z", "2026-03-14T14:03:00+01:00")
    assert (trigger["written"], trigger["marks"], trigger["text"]) == (
        "14:03",
        ["TRIGGER"],
        "The batch starts",
    )
    assert trigger["span"]["line"] == 26
    assert detected["approximate"]
    assert mitigated["until"] == "2026-03-14T13:30:00Z"


def test_figures_name_their_ends(folder: Path) -> None:
    """A figure says from which mark to which it runs, and whether it is only about right."""
    figures = {figure["id"]: figure for figure in exported(folder)["records"][0]["figures"]}
    assert figures["customer-impact"] == {
        "incident": None,
        "id": "customer-impact",
        "seconds": 1320,
        "about": False,
        "from": "TRIGGER",
        "to": "MITIGATED",
        "target": None,
        "within_target": None,
    }
    assert figures["time-to-detect"]["about"]
    assert "time-to-resolve" not in figures


def test_figures_are_compared_with_their_target(folder: Path) -> None:
    """A figure stands beside the target of its severity, and says whether it is kept."""
    (folder / "afterword.yml").write_text(
        "policy: {sev3: {targets: {customer-impact: 20m, time-to-mitigate: 1h}}}\n"
    )
    figures = {figure["id"]: figure for figure in exported(folder)["records"][0]["figures"]}
    told = {name: (figure["target"], figure["within_target"]) for name, figure in figures.items()}
    assert told["customer-impact"] == (1200, False)
    assert told["time-to-mitigate"] == (3600, True)
    assert told["time-to-detect"] == (None, None)


def test_tree_is_nested_with_gates_and_states(folder: Path) -> None:
    """The tree keeps its shape; a gate that is not stated is null; states are those of the day."""
    tree = exported(folder)["records"][0]["causal_tree"]
    pool = tree["children"][0]
    leak, size = pool["children"]
    assert (tree["label"], tree["gate"], pool["gate"]) == ("Checkout was down", None, "AND")
    assert (leak["root_cause"], leak["actions"], leak["state"]) == (True, ["A1"], "action overdue")
    assert size["accepted"] == {"reason": "cheap", "role": "lead", "review": "2026-09-30"}
    assert size["state"] == "risk accepted"
    assert (
        exported(folder, "2026-12-01")["records"][0]["causal_tree"]["children"][0]["children"][1]["state"]
        == "review past"
    )


def test_whys_factors_and_actions_are_there(folder: Path) -> None:
    """Questions with their answers, factors with their marks, actions with what the day makes of them."""
    record = exported(folder)["records"][0]
    assert record["five_whys"][0]["question"] == "Why was it down?"
    assert record["five_whys"][0]["answer"]["actions"] == ["A1"]
    assert (record["factors"][0]["text"], record["factors"][0]["actions"]) == ("The pool is small", ["A1"])
    action = record["actions"][0]
    assert (action["state"], action["days_overdue"], action["status"]) == ("overdue", 34, "open")
    assert (action["ticket"]["key"], action["columns"]) == ("PAY-1", [{"head": "Team", "text": "shop"}])


def test_recurrence_is_told_by_the_later_record(folder: Path) -> None:
    """A record lists the earlier ones of its class and service."""
    first, second = exported(folder)["records"]
    assert first["earlier"] == []
    assert [(each["id"], each["days"]) for each in second["earlier"]] == [("2026-03-14-checkout-down", 31)]


def test_findings_are_those_of_check(folder: Path) -> None:
    """What `check` finds stands in the export, without the edits that mend it, and does not make it fail."""
    (folder / "postmortems" / "2026" / "2026-05-05-broken.md").write_text("---\ntitle: [\n---\n\n\x00")
    said = afterword("check", "--format", "json", "--as-of", "2026-05-01", folder=folder, code=1).stdout
    found = [{name: each[name] for name in each if name != "edits"} for each in json.loads(said)]
    assert exported(folder)["findings"] == found


def test_a_record_is_named_as_on_its_page(folder: Path) -> None:
    """By its title, else by its heading, else by its id; `title` stays what the header says."""
    for day, heading in (("2026-05-01", "# Search was slow\n\n"), ("2026-05-02", "")):
        untitled = RECORD.replace("2026-03-14", day).replace("title: Checkout down\n", "")
        (folder / "postmortems" / f"{day}-slow.md").write_text(
            untitled.replace("## Summary", f"{heading}## Summary")
        )
    records = exported(folder)["records"]
    assert [(each["name"], each["title"]) for each in (records[0], *records[2:])] == [
        ("Checkout down", "Checkout down"),
        ("Search was slow", ""),
        ("2026-05-02-slow", ""),
    ]


def test_unreadable_record_still_fits_the_schema(folder: Path) -> None:
    """A file beyond the limits, and one that is no text, are records that say so."""
    (folder / "postmortems" / "2026-06-01-deep.md").write_text("> " * 5000 + "x")
    (folder / "postmortems" / "2026-06-02-binary.md").write_bytes(bytes(range(256)) * 20)
    document = exported(folder)
    jsonschema.Draft202012Validator(schema()).validate(document)
    assert [record["readable"] for record in document["records"]][2] is False


def test_output_is_written_whole_and_twice_the_same(folder: Path) -> None:
    """Two exports of one day are equal byte for byte, in a file as on standard output, and nothing else is left behind."""
    target = folder / "archive.json"
    for fresh in (False, True):
        afterword("export", "json", "-o", target, "--as-of", "2026-05-01", folder=folder, fresh=fresh)
        assert (
            target.read_text(encoding="utf-8")
            == afterword("export", "json", "--as-of", "2026-05-01", folder=folder, fresh=not fresh).stdout
        )
    assert sorted(each.name for each in folder.iterdir()) == ["afterword.yml", "archive.json", "postmortems"]


def test_export_that_cannot_be_written_says_so(folder: Path) -> None:
    """A folder that does not exist is one line on standard error, with the name that was asked for, and exit code 2."""
    done = afterword("export", "json", "-o", folder / "no" / "a.json", folder=folder, code=2)
    asked = folder / "no" / "a.json"
    assert f"cannot write {asked}: the folder {asked.parent} does not exist" in done.stderr
    assert "Traceback" not in done.stderr

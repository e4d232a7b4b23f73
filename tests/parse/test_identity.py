"""Which files are records, and what their ids are."""

from __future__ import annotations

import datetime as dt

import pytest

from afterword.model.settings import Settings
from afterword.parse.record import parse_record
from afterword.parse.values.identity import MAX_ID, identify, is_meant_as_record, settle

HEADER = "---\ntitle: Errors\nseverity: sev1\n---\ntext\n"


@pytest.mark.parametrize(
    "text",
    [
        HEADER,
        HEADER.replace("\n", "\r\n"),
        HEADER.replace("\n", "\r"),
        "\ufeff" + HEADER,
        HEADER.replace("---\n", "--- \t\n"),
        HEADER.replace("\n---\n", "\n...\n"),
        HEADER.replace("severity", "services"),
        HEADER.replace("severity", '"severity"'),
        "---\n{title: Errors, severity: sev1}\n---\n",
        "---\nseverity: sev1\ntitle: never closed\n",
        "---\nseverity: sev1\nx-notes: " + "a" * 100_000 + "\n---\n",
    ],
)
def test_a_header_with_severity_or_services_makes_a_record(text: str) -> None:
    """However the header is written, and whatever ends its lines."""
    assert is_meant_as_record("checkout.md", text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "# Handbook\n\nseverity: how we choose it\n",
        "---\ntitle: Handbook\n---\nseverity: how we choose it\n",
        "---\ntitle: Handbook\nwords:\n  severity: how bad\n---\n",
        "---\ntitle: Handbook\nx-severity: none\n---\n",
        "---\n\nA rule, and then text.\n\nservices: all of them\n",
        "",
    ],
)
def test_other_pages_are_no_records(text: str) -> None:
    """A page that only speaks of severities stays an ordinary page."""
    assert not is_meant_as_record("handbook.md", text.encode())


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("2026-03-14-errors.md", True),
        ("2026-03-14", True),
        ("2026-03-14 errors.markdown", True),
        ("2026-03-14-shot.png", False),
        ("errors.md", False),
    ],
)
def test_a_date_before_the_name_makes_a_record(name: str, meant: bool) -> None:
    """Of Markdown files, and of files without extension."""
    assert is_meant_as_record(name, b"text") is meant


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("2026-03-14-Bad Name.md", "2026-03-14-bad-name"),
        ("2026-03-14.md", "2026-03-14-record"),
        ("Errors.md", "2026-03-15-errors"),
        ("2026-13-14-errors.md", "2026-03-15-2026-13-14-errors"),
        (f"2026-03-14-{'a' * 80}.md", f"2026-03-14-{'a' * 69}"),
    ],
)
def test_an_id_is_made_from_a_name_that_is_none(name: str, made: str) -> None:
    """The finding's hint is the id under which the record is published."""
    record_id, findings = identify(name, dt.date(2026, 3, 15))
    assert record_id == made
    assert [finding.hint for finding in findings] == [f"rename the file to {made}.md"]


def test_the_hint_for_a_name_without_any_day_asks_for_one() -> None:
    """An id without a real day would be refused again, so it is not proposed as a name."""
    record_id, (finding,) = identify("pool ran dry.md", None)
    assert record_id == "0000-00-00-pool-ran-dry"
    assert (
        finding.hint
        == "rename the file to YYYY-MM-DD-pool-ran-dry.md, with the day on which the incident started"
    )


def test_of_two_records_with_one_id_the_first_path_keeps_it() -> None:
    """The others are numbered, and stay within the length of an id."""
    name = f"2026-03-14-{'a' * 69}.md"
    drawn = [parse_record(b"text", f"{folder}/{name}", Settings(), archive="x") for folder in "cab"]
    ids = [record.id for record in settle(drawn)]
    assert ids == [name.removesuffix(".md"), f"2026-03-14-{'a' * 67}-2", f"2026-03-14-{'a' * 67}-3"]
    assert all(len(each) <= MAX_ID for each in ids)

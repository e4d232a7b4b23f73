"""Snapshots of tickets as they are written, merged and broken."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.model.action import Status
from afterword.model.ticket import Tickets, TicketState
from afterword.parse.beside.ticket_snapshot import MAX_BYTES, MAX_FINDINGS, read_tickets

OPEN = {"key": "PAY-12", "status": "in progress", "state": "Doing", "title": "Double the pool", "owner": "Juno Papercliff", "login": "juno", "due": "2026-04-28", "url": "https://tracker.example/PAY-12"}  # fmt: skip


def read(content: object) -> tuple[Tickets, list[str]]:
    """Give what is read of a snapshot and what is found in it, `line:column message`."""
    text = content if isinstance(content, str) else json.dumps(content, indent=1)
    found, findings = read_tickets(text.encode(), "tickets.json")
    assert all(each.path == "tickets.json" and each.hint and not each.edits for each in findings)
    return found, [f"{each.span.line}:{each.span.column} {each.message}" for each in findings]


def of_tickets(**tickets: object) -> dict[str, object]:
    """Draw a snapshot of one tracker."""
    return {"format": 1, "trackers": {"Tickets": {"as_of": "2026-03-20", "problem": "", "tickets": tickets}}}


def test_a_ticket_is_read_whole() -> None:
    """By its key in small letters, with what the tracker calls it."""
    found, findings = read(of_tickets(**{"PAY-12": OPEN}))
    assert findings == []
    tracker = found.trackers["Tickets"]
    assert (tracker.name, tracker.as_of, tracker.problem) == ("Tickets", date(2026, 3, 20), "")
    assert tracker.tickets == {
        "pay-12": TicketState("PAY-12", Status.IN_PROGRESS, "Doing", "Double the pool", "Juno Papercliff", "juno", date(2026, 4, 28), None, "https://tracker.example/PAY-12")
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "1:1 no JSON: expecting value; none of it is used"),
        ('{"format": 1,\n "trackers" {}}', "2:13 no JSON: expecting ':' delimiter; none of it is used"),
        ('{"format": 1,\n<<<<<<< HEAD\n', "2:1 the marks of a merge conflict; none of it is used"),
        ('{"format": 2}', "1:2 format 2 is newer than this version reads, expected 1; none of it is used"),
        ('{"name": "site"}', "1:1 no snapshot, expected an object with `format` and `trackers`; none of it is used"),
        ("[]", "1:1 no snapshot, expected an object with `format` and `trackers`; none of it is used"),
        ('{"format": 1, "trackers": []}', "1:15 trackers is no object, expected one by the trackers' names; none of it is used"),
        ('{"format": true}', "1:1 no snapshot, expected an object with `format` and `trackers`; none of it is used"),
        ("[" * 100_000, "1:1 no JSON that can be read; none of it is used"),
        ('{"format": ' + "9" * 10_000 + "}", "1:1 no JSON that can be read; none of it is used"),
        ("\x00" * 100, "1:1 no text in UTF-8; none of it is used"),
    ],
)  # fmt: skip
def test_what_is_no_snapshot_is_one_finding(text: str, expected: str) -> None:
    """None of it is used: half of it would pass for all."""
    found, findings = read(text)
    assert (found.trackers, findings) == ({}, [expected])


def test_too_large_a_snapshot_is_not_read() -> None:
    """The size is that of the file, of which the beginning is enough."""
    found, findings = read_tickets(b"{", "tickets.json", MAX_BYTES + 1)
    assert found.trackers == {}
    assert [each.message for each in findings] == [
        "the snapshot has 16,777,217 bytes, expected at most 16,777,216; none of it is used"
    ]


@pytest.mark.parametrize(
    ("ticket", "expected", "left"),
    [
        ([], ["8:5 ticket 'PAY-1' is no object, expected such as {status: open}"], None),
        ({"status": "shipped"}, ["9:6 status 'shipped' of ticket 'PAY-1' is not one of candidate, open, in progress, in review, done, cancelled"], TicketState("PAY-1")),
        ({"due": "28.04.2026"}, ["9:6 due '28.04.2026' of ticket 'PAY-1' is no date, expected YYYY-MM-DD"], TicketState("PAY-1")),
        ({"owner": 7}, ["9:6 owner of ticket 'PAY-1' is no text"], TicketState("PAY-1")),
        ({"gone": "yes"}, ["9:6 gone of ticket 'PAY-1' is not true or false"], TicketState("PAY-1")),
        ({"url": "javascript:alert(1)"}, ["9:6 url 'javascript:alert(1)' of ticket 'PAY-1' is no web address, expected https://…"], TicketState("PAY-1")),
        ({"votes": 3}, [], TicketState("PAY-1")),
        ({"title": "a\u202eb\n c\ud800" + "x" * 2000}, [], TicketState("PAY-1", title=("ab c?" + "x" * 2000)[:1000])),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_left_out_alone(
    ticket: object, expected: list[str], left: TicketState | None
) -> None:
    """The other tickets are read, and the place is that of the value's name."""
    found, findings = read(of_tickets(**{"PAY-1": ticket, "PAY-2": {"gone": True}}))
    assert findings == expected
    tickets = found.trackers["Tickets"].tickets
    assert (tickets.get("pay-1"), tickets["pay-2"]) == (left, TicketState("PAY-2", gone=True))


def test_many_faults_are_not_all_looked_for() -> None:
    """Each is looked for in the text, which would take the square of the time."""
    _, findings = read(of_tickets(**{f"PAY-{number}": {"status": "x"} for number in range(2 * MAX_FINDINGS)}))
    assert len(findings) == MAX_FINDINGS


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["as_of", "tickets", "status", "due", "url", "key", "x"]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(_JSON)
def test_no_snapshot_raises(content: object) -> None:
    """Whatever stands where a tracker is expected."""
    read({"format": 1, "trackers": {"a": content, "b": {"tickets": {"PAY-1": content}}}})

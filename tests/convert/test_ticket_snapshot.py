"""Snapshots of tickets as they are written."""

from __future__ import annotations

from datetime import date

from afterword.convert.ticket_snapshot import snapshot_text
from afterword.model.action import Status
from afterword.model.ticket import Tickets, TicketState, TrackerSnapshot
from afterword.parse.beside.ticket_snapshot import read_tickets

OPEN = TicketState("PAY-12", Status.OPEN, "To do", "Größer \u202e", due=date(2026, 4, 28))
GONE = TicketState("PAY-2", gone=True)


def snapshot(*tickets: TicketState) -> Tickets:
    """Draw a snapshot of one tracker."""
    by_key = {each.key.lower(): each for each in tickets}
    return Tickets("tickets.json", {"Pay": TrackerSnapshot("Pay", date(2026, 3, 20), "", by_key)})


def test_it_is_sorted_and_a_value_a_line() -> None:
    """The order in which tickets came says nothing; what is empty is left out."""
    text = snapshot_text(snapshot(GONE, OPEN))
    assert text == snapshot_text(snapshot(OPEN, GONE))
    assert (
        text
        == """\
{
 "format": 1,
 "trackers": {
  "Pay": {
   "as_of": "2026-03-20",
   "problem": "",
   "tickets": {
    "pay-12": {
     "key": "PAY-12",
     "status": "open",
     "state": "To do",
     "title": "Größer \\u202e",
     "due": "2026-04-28"
    },
    "pay-2": {
     "key": "PAY-2",
     "gone": true
    }
   }
  }
 }
}
"""
    )


def test_what_is_written_is_read() -> None:
    """Save for what would turn the text of a page around."""
    written = snapshot(GONE, TicketState("PAY-12", Status.DONE, "Done", "A", "Juno", "juno", None, date(2026, 4, 1), "https://t.example/1", "OPS-1"))  # fmt: skip
    found, findings = read_tickets(snapshot_text(written).encode(), "tickets.json")
    assert (found, findings) == (written, ())

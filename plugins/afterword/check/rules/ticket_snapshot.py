"""`ticket-snapshot`: something in `tickets.json` that cannot be read; found while reading."""

from __future__ import annotations

from afterword.check.rule import Rule

RULE = Rule(
    id="ticket-snapshot",
    summary="a snapshot of tickets that cannot be read, or a ticket in it that does not fit",
    why="""\
Whether a ticket and its record tell the same is seen in the snapshot alone. Where it cannot be read, or holds the marks of a merge conflict, nothing contradicts an action that was given up in the tracker months ago.

[The snapshot](trackers.md#the-snapshot) is written by `afterword sync`, and is not written by hand. After a conflict take either side and run it again. One of more than 16 MB, or of a format that this version does not know, is not used at all.""",
    bad="""\
{"format": 1, "trackers": {"Tickets": {"as_of": "2026-03-20", "problem": "", "tickets": {
 "pay-4411": {"key": "PAY-4411", "status": "shipped"}
}}}}""",
    better="""\
{"format": 1, "trackers": {"Tickets": {"as_of": "2026-03-20", "problem": "", "tickets": {
 "pay-4411": {"key": "PAY-4411", "status": "done", "state": "Shipped"}
}}}}""",
)

"""Merges that are not finished."""

from __future__ import annotations

from afterword.model.finding import Finding
from afterword.model.settings import Settings
from afterword.model.span import Span
from afterword.parse.record import parse_record

CONFLICT = "<<<<<<< HEAD\nOne.\n||||||| base\nNone.\n=======\nTwo.\n>>>>>>> other\n"


def conflicts(text: str) -> list[Finding]:
    """Read a record, and give what it says of merges."""
    record = parse_record(text.encode(), "postmortems/2026-03-14-a.md", Settings())
    return [finding for finding in record.findings if finding.rule == "merge-conflict"]


def test_each_conflict_is_reported_where_it_begins() -> None:
    """In the header and in the body, with the line on which it ends."""
    found = conflicts(f"---\n{CONFLICT}---\n\n## Impact\n\n{CONFLICT}")
    assert [each.span for each in found] == [Span(2, 1, 2, 13), Span(13, 1, 13, 13)]
    assert [each.message.rpartition(" ")[2] for each in found] == ["8", "19"]


def test_what_looks_like_a_part_of_one_is_none() -> None:
    """A heading underlined so, markers in a code block, and markers without the others are text of the record."""
    assert not conflicts("Impact\n=======\n\nMany.\n")
    assert not conflicts(f"## Timeline\n\n```diff\n{CONFLICT}```\n")
    assert not conflicts("<<<<<<< HEAD\n\n>>>>>>> other\n")

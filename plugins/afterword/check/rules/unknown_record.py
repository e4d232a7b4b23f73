"""`unknown-record`: a record is named that the archive does not have."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from afterword.check.context import Context, is_reported
from afterword.check.marks import action_refs
from afterword.check.rule import Rule
from afterword.model.finding import Finding, Nature
from afterword.model.record import Postmortem
from afterword.model.span import Span


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report ids in `recurrence_of`, `distinct_from` and references to actions that no record has, as id or alias."""
    for name, place in _named(record):
        if context.archive.find(name) or is_reported(record, place):
            continue
        close = get_close_matches(name.lower(), sorted(context.archive.by_id), n=1, cutoff=0.7)
        guess = f" (did you mean '{close[0]}'?)" if close else ", expected the id of a record of this archive"
        yield Finding("unknown-record", f"record '{name}' does not exist{guess}", place, Nature.UNREADABLE)


def _named(record: Postmortem) -> Iterator[tuple[str, Span]]:
    header = record.header
    for position, name in enumerate(header.recurrence_of):
        yield name, header.span(f"recurrence_of[{position}]")
    for position, distinction in enumerate(header.distinct_from):
        if distinction.id:
            yield distinction.id, header.span(f"distinct_from[{position}].id")
    for ref in action_refs(record):
        if ref.record:
            yield ref.record, ref.span


RULE = Rule(
    id="unknown-record",
    summary="the id of a record that does not exist",
    why="""\
`recurrence_of` is how readers learn that something happened before, and what was promised then. A wrong id breaks that chain without a sound.""",
    bad="""\
---
recurrence_of: [2026-03-14-chekout-errors]
---""",
    better="""\
---
recurrence_of: [2026-03-14-checkout-errors]
---""",
    check=check,
)

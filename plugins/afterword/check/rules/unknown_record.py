"""`unknown-record`: a record is named that the archive does not have."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import ArchiveContext
from afterword.check.marks import action_refs
from afterword.check.rule import Rule
from afterword.check.wording import MOST_GUESSES, shown
from afterword.model.finding import Finding, Nature
from afterword.model.record import Postmortem
from afterword.model.span import Span
from afterword.parse.source.guesses import nearest


def check(record: Postmortem, context: ArchiveContext) -> Iterator[Finding]:
    """Report ids in `recurrence_of`, `distinct_from` and references to actions that no record has, as id or alias, and in the first two the record's own."""
    guesses: dict[str, str | None] = {}
    for name, place, is_other in _named(record):
        found = context.archive.find(name)
        if found is not None and not (is_other and found is record):
            continue
        if name not in guesses:
            many = len(guesses) >= MOST_GUESSES
            guesses[name] = None if many else _guess(name, record if is_other else None, context)
        what = "does not exist" if found is None else "is this one"
        of = "another" if is_other else "a"
        close = guesses[name]
        guess = (
            f" (did you mean '{close}'?)" if close else f", expected the id of {of} record of this archive"
        )
        yield Finding("unknown-record", f"record '{shown(name)}' {what}{guess}", place, Nature.UNREADABLE)


def _guess(name: str, but: Postmortem | None, context: ArchiveContext) -> str | None:
    known = (each for each, record in context.archive.by_id.items() if record is not but)
    return nearest(name.lower(), known, cutoff=0.7)


def _named(record: Postmortem) -> Iterator[tuple[str, Span, bool]]:
    """Yield what is named, where, and whether it has to be another record."""
    header = record.header
    for position, name in enumerate(header.recurrence_of):
        yield name, header.span(f"recurrence_of[{position}]"), True
    for position, distinction in enumerate(header.distinct_from):
        if distinction.id:
            yield distinction.id, header.span(f"distinct_from[{position}].id"), True
    for ref in action_refs(record):
        if ref.record:
            yield ref.record, ref.span, False


RULE = Rule(
    id="unknown-record",
    summary="the id of a record that does not exist, or of the record itself where another is meant",
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
    check_among=check,
)

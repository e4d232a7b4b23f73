"""A digest for executives: what the gravest incidents cost, whether promises are kept, what came back; no names, and one screen long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from afterword.check.wording import counted
from afterword.derive.digest import COMING, Digest
from afterword.derive.timing.calendar import format_day
from afterword.derive.words.labels import severity_id, severity_label
from afterword.model.record import Postmortem
from afterword.model.settings import Settings
from afterword.render.digest.digest_outline import Line, Outline, Part, Places
from afterword.render.digest.digest_words import (
    again_words,
    as_title,
    lead,
    rates,
    record_body,
    record_facts,
    title_of,
)

GRAVE = 1
"""The rank up to which a severity is told in full: by default sev0 and sev1."""

MOST = 5
"""Entries of a list."""


def executive_outline(
    summed: Digest,
    settings: Settings,
    places: Places,
    team: str = "",
    service: str = "",
    most: int | None = None,
) -> Outline:
    """Set it out; lists are of `MOST` entries, or fewer where `most` is."""
    longest = MOST if most is None else min(most, MOST)
    grave = [each for each in summed.published if _is_grave(each, settings)]
    others = [each for each in summed.published if not _is_grave(each, settings)]
    in_full = (
        places.line(each, as_title(each), record_facts(each, settings), record_body(each)) for each in grave
    )
    listed = (places.line(each, as_title(each), record_facts(each, settings)) for each in others)
    again = (
        places.line(each.record, as_title(each.record), again_words(each, settings, with_note=False))
        for each in summed.again
    )
    parts = (
        Part.of("Published", in_full, longest),
        Part.of(_also(others, settings, alone=not grave), listed, longest),
        Part.of("Promises", (*(Line(head, (told,)) for head, told in rates(summed)), *_counts(summed))),
        Part.of("Seen again", again, longest),
    )
    return Outline(title_of(summed, team, service), lead(summed), tuple(each for each in parts if each.lines))


def _is_grave(record: Postmortem, settings: Settings) -> bool:
    rank = settings.rank(severity_id(record, settings))
    return rank is not None and rank <= GRAVE


def _also(records: list[Postmortem], settings: Settings, *, alone: bool) -> str:
    found = Counter(severity_label(settings, each.header.severity) or "no severity" for each in records)
    counts = ", ".join(f"{number:,} {label}" for label, number in found.items())
    return f"{'Published' if alone else 'Also published'}: {counts}"


def _counts(summed: Digest) -> Iterator[Line]:
    if summed.overdue:
        teams = Counter(view.team or "no team" for view in summed.overdue)
        listed = ", ".join(f"{team} {number:,}" for team, number in sorted(teams.items()))
        longest = counted(max(view.days_overdue for view in summed.overdue), "day")
        yield Line(f"Overdue: {len(summed.overdue):,}", (f"the longest by {longest}", listed))
    often = sum(len(each.slips) for each in summed.put_off)
    if often:
        several = (
            (f"{often:,} times since {format_day(summed.since)}",) if often > len(summed.put_off) else ()
        )
        yield Line(f"Put off: {len(summed.put_off):,}", several)
    if summed.removed:
        yield Line(f"Taken out while open: {len(summed.removed):,}")
    if summed.otherwise:
        yield Line(f"Tickets that tell otherwise: {len(summed.otherwise):,}")
    if summed.coming:
        yield Line(f"Due within {COMING} days: {len(summed.coming):,}")

"""Judged causes of records, cached between builds. They are judged again where the record, or one that it names, has changed, and on a day that matters to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from afterword.derive.causes.record_causes import CauseSummary, RecordCauses, records_named
from afterword.model.archive import Archive
from afterword.model.asked_day import AskedDay
from afterword.model.record import Postmortem
from afterword.model.value import plain_value
from afterword.operations.program import program_marks, settings_mark
from afterword.operations.slot import Slot
from afterword.sources.cache import Cache
from afterword.sources.kept_pages import KeptPages

Facts = Callable[[str], str]
"""Gives the hash of what is said of the record at a path."""


@plain_value()
class _Judged:
    """The causes of one record, valid from `since` to `until`, with the hash of its `facts` and those of the records that it names, by the names that it uses."""

    facts: str
    named: tuple[tuple[str, str], ...]
    since: date
    until: date
    causes: CauseSummary

    def holds(self, facts: str, named: Callable[[str], str], day: date) -> bool:
        """Tell whether judging it on a day would give the same."""
        return (
            self.facts == facts
            and self.since <= day <= self.until
            and all(named(name) == mark for name, mark in self.named)
        )


def kept_causes(archive: Archive, facts: Facts, day: date, kept: KeptPages) -> Mapping[str, CauseSummary]:
    """Give what `causes_of` gives, from the cache where it is the same, and update that."""
    place = Cache.key("causes", archive.settings.path or "")
    key = Cache.key(*program_marks(), settings_mark(archive.settings))
    slot = Slot(place, key, dict, kept)
    before: Mapping[str, _Judged] = slot.value() or {}
    now: dict[str, _Judged] = {}
    asked = AskedDay.of(day)

    def named(name: str) -> str:
        found = archive.find(name)
        return "" if found is None else facts(found.path)

    def judged(record: Postmortem) -> _Judged:
        asked.begin()
        causes = RecordCauses.of(record, archive, asked).summary
        names = tuple((name, named(name)) for name in dict.fromkeys(records_named(record)))
        return _Judged(facts(record.path), names, day, asked.until, causes)

    for record in archive.records:
        known = before.get(record.path)
        if known is None or not known.holds(facts(record.path), named, day):
            known = judged(record)
        now[record.path] = known
    if any(before.get(path) is not each for path, each in now.items()) or len(before) != len(now):
        slot.keep(now)
    return {record.id: now[record.path].causes for record in archive.records}

"""Records before which there were others of one class on one service, too many within some days."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from afterword.derive.again.recurrence import is_near_miss
from afterword.derive.catalogue.index import RecordIndex, day_and_id
from afterword.derive.promises.follow_through import is_owed_here
from afterword.derive.timing.calendar import record_day
from afterword.model.record import Postmortem


@dataclass(frozen=True, slots=True)
class Crowd:
    """A record with how many earlier ones share a failure class and a service with it within some days, and the latest of them."""

    record: Postmortem
    failure_class: str
    service: str
    count: int
    latest: tuple[Postmortem, ...]


def crowds(index: RecordIndex, days: int, at_least: int, most: int) -> Iterator[Crowd]:
    """Yield every record before which there were `at_least` others of one class on one service within the days up to its own, with at most so many of them.

    They are counted as recurrences are: not those of the same day, pairs in `distinct_from`, or two records of one incident. Near misses are counted
    among themselves, and retold records not at all. The others are counted without being looked at: in a large archive they are hundreds.
    """
    for (failure_class, service), all_records in index.by_both.items():
        for near_misses in (False, True):
            records = [
                each
                for each in all_records
                if is_near_miss(each) == near_misses and is_owed_here(each) and record_day(each)
            ]
            if len(records) <= at_least:
                continue
            places = {each.id: place for place, each in enumerate(records)}
            ordinals = [day_and_id(each)[0].toordinal() for each in records]
            for record, day in zip(records, ordinals, strict=True):
                first, end = bisect_left(ordinals, day - days), bisect_left(ordinals, day)
                if end - first < at_least:
                    continue
                none = index.no_recurrence(record)
                count = end - first - sum(first <= places.get(each, end) < end for each in none)
                if count >= at_least:
                    counted = (records[at] for at in range(end - 1, first - 1, -1))
                    latest = islice((each for each in counted if each.id not in none), most)
                    yield Crowd(record, failure_class, service, count, tuple(latest))

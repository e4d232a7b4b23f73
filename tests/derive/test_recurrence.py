"""Recurrence (docs/format.md, section 8)."""

from __future__ import annotations

import random
from typing import Any

import pytest

from afterword.derive.again.recurrence import (
    RecurrenceRate,
    is_near_miss,
    latest_recurrences,
    recurrence_within,
    recurrences,
)
from afterword.derive.catalogue.index import RecordIndex
from afterword.model.archive import Archive
from afterword.model.header import Distinction, RecurrenceEntry
from afterword.model.record import Postmortem
from afterword.model.settings import Entry, Settings
from tests.derive.drawn_records import a_record, an_archive, day

TODAY = day("2026-12-31")


def pool(id: str, **header: Any) -> Postmortem:
    """Make a record of the api that ran out of capacity."""
    return a_record(id, **{"services": ("api",), "failure_class": ("capacity",), **header})


def earlier_ids(record: Postmortem, *others: Postmortem, settings: Settings | None = None) -> list[str]:
    """Give the ids of the records that a record recurs from."""
    return [each.earlier.id for each in recurrences(record, an_archive(record, *others, settings=settings))]


def test_class_and_service_must_both_be_shared() -> None:
    """An earlier record with the same failure class and service is one that recurs; with one of the two it is not."""
    record = a_record("2026-03-14-now", services=("api", "web"), failure_class=("capacity", "config-change"))
    same = a_record("2026-01-13-same", services=("web", "db"), failure_class=("config-change",))
    older = pool("2025-03-14-older")
    service = a_record("2026-01-02-service", services=("api",), failure_class=("certificate",))
    class_ = a_record("2026-01-03-class", services=("db",), failure_class=("capacity",))
    later = pool("2026-03-15-later")
    found = recurrences(record, an_archive(record, same, older, service, class_, later))
    assert [(each.earlier.id, each.classes, each.services, each.stated, each.days) for each in found] == [
        ("2026-01-13-same", ("config-change",), ("web",), False, 60),
        ("2025-03-14-older", ("capacity",), ("api",), False, 365),
    ]


def test_same_day_is_not_earlier_unless_stated() -> None:
    """Earlier is by date: of two on one day neither recurs from the other, save where the author says so."""
    morning = pool("2026-03-14-a")
    assert earlier_ids(pool("2026-03-14-b"), morning) == []
    assert earlier_ids(pool("2026-03-14-b", recurrence_of=("2026-03-14-a",)), morning) == ["2026-03-14-a"]


def test_stated_recurrence_needs_nothing_shared() -> None:
    """A record in `recurrence_of` counts, by alias too, whatever it shares; a later one, itself and an unknown one do not."""
    old = a_record("2025-01-01-old", services=("db",), aliases=("2025-01-01-former",))
    later = a_record("2026-05-05-later")
    stating = pool(
        "2026-03-14-now",
        recurrence_of=("2025-01-01-former", "2026-05-05-later", "2026-03-14-now", "2020-01-01-gone"),
    )
    found = recurrences(stating, an_archive(stating, old, later))
    assert [(each.earlier.id, each.classes, each.services, each.stated) for each in found] == [
        ("2025-01-01-old", (), (), True)
    ]


@pytest.mark.parametrize("says_it", ["earlier", "later"])
def test_distinct_pair_does_not_recur(says_it: str) -> None:
    """A pair in `distinct_from` is none, whichever of the two says so, and by alias."""
    one = {"distinct_from": (Distinction("2026-03-14-NOW", "another cause"),)} if says_it == "earlier" else {}
    two = (
        {"distinct_from": (Distinction("2026-01-01-former", "another cause"),)} if says_it == "later" else {}
    )
    before = pool("2026-01-01-before", aliases=("2026-01-01-former",), **one)
    third = pool("2026-02-01-third")
    assert earlier_ids(pool("2026-03-14-now", **two), before, third) == ["2026-02-01-third"]


def test_two_tellings_of_one_incident_do_not_recur() -> None:
    """Records that share an incident tell of the same thing, unless the author states a recurrence."""
    first = pool("2026-03-13-first", incidents=("INC-1",))
    assert earlier_ids(pool("2026-03-14-second", incidents=("inc-1", "INC-2")), first) == []
    stated = pool("2026-03-14-second", incidents=("INC-1",), recurrence_of=("2026-03-13-first",))
    assert earlier_ids(stated, first) == ["2026-03-13-first"]


def test_aliases_of_the_catalogue_are_the_same_service() -> None:
    """A renamed service is the same one."""
    settings = Settings(
        services=(Entry("api", renamed_from=("gateway",)),),
        failure_classes=(Entry("capacity", aliases=("load",)),),
    )
    before = pool("2026-01-01-before", services=("gateway",), failure_class=("load",))
    assert earlier_ids(pool("2026-03-14-now"), before, settings=settings) == ["2026-01-01-before"]
    assert earlier_ids(pool("2026-03-14-now"), before) == []


def rate(archive: Archive, as_of: str = "2026-12-31") -> tuple[int, int, int]:
    """Give incidents, recurred and too young, within 90 days."""
    found = recurrence_within(archive, day(as_of))
    return found.incidents, found.recurred, found.too_young


def test_recurrence_on_day_90_counts() -> None:
    """An incident is followed by one if the other comes up to 90 days later; on day 91 it is not."""
    first = pool("2026-01-01-first")
    assert rate(an_archive(first, pool("2026-04-01-on-day-90"))) == (2, 1, 0)
    assert rate(an_archive(first, pool("2026-04-02-on-day-91"))) == (2, 0, 0)


def test_incidents_younger_than_90_days_are_left_out_and_counted() -> None:
    """An incident 90 days old is counted, a younger one is too young even where it already recurred."""
    archive = an_archive(pool("2026-01-01-a"), pool("2026-01-02-b"), pool("2026-01-20-c"))
    assert rate(archive, "2026-04-01") == (1, 1, 2)
    assert rate(archive, "2026-03-31") == (0, 0, 3)
    assert recurrence_within(archive, day("2026-03-31")).share is None
    assert recurrence_within(archive, day("2026-04-01")).share == 1.0


@pytest.mark.parametrize("lacking", ["services", "failure_class"])
def test_where_no_record_has_a_class_and_a_service_nothing_is_known(lacking: str) -> None:
    """Such incidents count as not followed among others; alone they make no rate, unless one is said to have come back."""
    bare = pool("2026-01-01-a", **{lacking: ()}), pool("2026-01-02-b", **{lacking: ()})
    assert rate(an_archive(*bare)) == (2, 0, 0)
    assert recurrence_within(an_archive(*bare), TODAY).percent is None
    assert recurrence_within(an_archive(*bare, pool("2026-01-03-c")), TODAY).percent == 0
    stated = pool("2026-01-03-c", **{lacking: ()}, recurrence_of=("2026-01-01-a",))
    assert recurrence_within(an_archive(*bare, stated), TODAY).percent == pytest.approx(100 / 3)


def test_entries_of_recurrences_count() -> None:
    """An entry below the threshold within 90 days is a recurrence; one after that, or without a day, is none."""
    seen = (RecurrenceEntry(day("2026-02-01")),)
    late = (RecurrenceEntry(day("2026-04-02")), RecurrenceEntry(None))
    assert rate(
        an_archive(pool("2026-01-01-a", recurrences=seen), pool("2025-01-01-b", recurrences=late))
    ) == (2, 1, 0)


def test_near_misses_are_counted_apart() -> None:
    """A near miss is no recurrence of an incident; what follows a near miss is counted on its own."""
    archive = an_archive(
        pool("2026-01-01-incident"),
        pool("2026-02-01-near", severity="near-miss"),
        pool("2026-04-20-incident"),
        pool("2025-01-01-near", severity="near-miss"),
    )
    assert recurrence_within(archive, TODAY) == RecurrenceRate(
        90, 2, 0, 0, near_misses=2, near_misses_recurred=1
    )
    (latest,) = [record for record in archive.records if record.id == "2026-04-20-incident"]
    assert [each.near_miss for each in recurrences(latest, archive)] == [True, False, True]


def test_incident_of_two_records_counts_once_in_the_rate() -> None:
    """Two records of one incident are one incident; a record with one more incident stands for that."""
    archive = an_archive(
        pool("2026-01-01-a", incidents=("INC-1",)),
        pool("2026-01-01-b", incidents=("inc-1",)),
        pool("2026-01-01-c", incidents=("INC-1", "INC-2")),
    )
    assert rate(archive) == (2, 0, 0)


def test_what_follows_the_second_record_of_an_incident_follows_the_incident() -> None:
    """An incident was followed if any of the records that tell it was; what follows a near miss says nothing of it."""
    first = pool("2026-01-01-a", services=("web",), incidents=("INC-1",))
    later = pool("2026-02-01-c", incidents=("INC-2",))
    second = pool("2026-01-02-b", incidents=("inc-1",))
    assert rate(an_archive(first, second, later)) == (2, 1, 0)
    near = pool("2026-01-02-b", incidents=("inc-1",), severity="near-miss")
    assert rate(an_archive(first, near, later)) == (2, 0, 0)


def test_retold_incidents_count_in_no_rate() -> None:
    """What happened to others neither recurs nor is a recurrence."""
    retold = pool("2026-01-10-b", retold_from="https://status.example/1")
    assert rate(an_archive(pool("2026-01-01-a"), retold)) == (1, 0, 0)


def drawn(seed: int, *, of_one_incident: bool) -> Archive:
    """Draw many records of few days, classes and services, some near misses, some told apart or stated; some of one incident where that is wanted."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    ids = [f"2026-{draw.randint(1, 4):02}-{draw.randint(1, 28):02}-r{number}" for number in range(60)]

    def distinct() -> tuple[Distinction, ...]:
        return (Distinction(draw.choice(ids), "another cause"),) if draw.random() < 0.3 else ()

    return an_archive(
        *(
            a_record(
                each,
                services=tuple(draw.sample(["api", "web", "db"], draw.randint(0, 2))),
                failure_class=tuple(draw.sample(["capacity", "certificate"], draw.randint(0, 2))),
                severity=draw.choice(["sev1", "near-miss"]),
                incidents=(f"INC-{draw.randint(1, 30)}",) if of_one_incident and draw.random() < 0.4 else (),
                recurrence_of=(draw.choice(ids),) if draw.random() < 0.2 else (),
                distinct_from=distinct(),
            )
            for each in ids
        )
    )


@pytest.mark.parametrize("seed", range(10))
def test_the_newest_are_those_of_all(seed: int) -> None:
    """The newest recurrences and their number are those of the whole list."""
    archive = drawn(seed, of_one_incident=True)
    index = RecordIndex.of(archive)
    for record in archive.records:
        whole = recurrences(record, archive)
        assert latest_recurrences(record, archive, index, 3) == (whole[:3], len(whole))
        assert recurrences(record, archive, within=20) == tuple(each for each in whole if each.days <= 20)


@pytest.mark.parametrize("seed", range(10))
def test_followed_is_what_another_recurs_from(seed: int) -> None:
    """The rate counts the incidents of which a later record is a recurrence, though it looks for them from the other end."""
    archive = drawn(seed, of_one_incident=False)
    followed = {
        each.earlier.id
        for record in archive.records
        for each in recurrences(record, archive, within=20)
        if not is_near_miss(record) or is_near_miss(each.earlier)
    }
    found = recurrence_within(archive, TODAY, 20)
    assert found.recurred + found.near_misses_recurred == len(followed) > 0

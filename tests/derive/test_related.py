"""Which records are related, why, and in which order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from afterword.derive.likeness.likeness import Likeness
from afterword.derive.likeness.related import MOST_RELATED, RelatedIndex, RelatedRecord, related_records
from afterword.model.archive import Archive
from afterword.model.header import Distinction
from afterword.model.record import Postmortem, Reference
from afterword.model.settings import Entry, Settings
from afterword.model.span import START
from tests.derive.drawn_records import a_record, an_archive, section, tree

POOL = """
    Payments fail
      Batch job leaked connections of the pool
      Runbook names no restart command
"""
CERTIFICATE = """
    Sign-in fails
      The certificate expired on the proxy
      Nobody watches the renewal of certificates
"""


def related(record: Postmortem, archive: Archive, without: tuple[str, ...] = ()) -> tuple[RelatedRecord, ...]:
    """Relate a record of an archive."""
    return related_records(record, RelatedIndex.of(archive), without)


def ids(found: tuple[RelatedRecord, ...]) -> list[str]:
    """Give the ids of what was found."""
    return [each.record.id for each in found]


def crowd(count: int, year: int = 2020) -> tuple[Postmortem, ...]:
    """Make records that have nothing to do with any other: an archive of some size, in which words can be rare."""
    return tuple(
        a_record(
            f"{year}-01-{n:02}-other",
            title=f"Word{chr(96 + n)}{chr(96 + n)}",
            services=(f"s{n}",),
            failure_class=(f"c{n}",),
        )
        for n in range(1, count + 1)
    )


def test_a_later_recurrence_is_related_where_the_archive_is_small() -> None:
    """The earlier of two records of one class and service leads to the later."""
    earlier = a_record("2026-01-10-a", services=("api",), failure_class=("capacity",))
    later = a_record("2026-03-10-b", services=("api",), failure_class=("capacity",))
    found = related(earlier, an_archive(earlier, later))
    assert ids(found) == ["2026-03-10-b"]
    assert (found[0].services, found[0].classes) == (("api",), ("capacity",))


def test_a_service_alone_relates_nothing() -> None:
    """Two records that have but a service in common stand on its page, not beside each other."""
    records = [
        a_record(f"2026-01-{n:02}-n", services=("api",), failure_class=(f"c{n}",)) for n in range(1, 9)
    ]
    assert related(records[0], an_archive(*records)) == ()


def test_similar_causes_relate_records_without_any_word_of_the_catalogue_in_common() -> None:
    """A certificate that expires elsewhere, in another class, is found by what the tree tells, and its statement is the reason."""
    here = a_record("2026-01-10-a", title="Sign-in fails", services=("login",), tree=tree(CERTIFICATE))
    there = a_record(
        "2025-01-10-b",
        title="Mail is not sent",
        services=("mail",),
        tree=tree("Mail is not sent\n  Expired certificates on the proxy\n  The queue has no alarm"),
    )
    pool = a_record("2025-02-10-c", title="Payments fail", services=("pay",), tree=tree(POOL))
    found = related(here, an_archive(here, there, pool, *crowd(20)))
    assert ids(found) == ["2025-01-10-b"]
    assert (found[0].cause, found[0].same) == ("Expired certificates on the proxy", False)


def test_the_same_cause_is_said_to_be_the_same() -> None:
    """Case, a leading `Because` and a final stop make no other cause."""
    here = a_record("2026-01-10-a", tree=tree(CERTIFICATE))
    there = a_record(
        "2025-01-10-b", tree=tree("Mail is late\n  Because the certificate expired on the proxy.")
    )
    found = related(here, an_archive(here, there, *crowd(20)))
    assert (found[0].cause, found[0].same) == ("Because the certificate expired on the proxy.", True)


def test_without_a_common_cause_the_words_are_the_reason() -> None:
    """Records that only tell of the same things name the rare words, as they are written here."""
    text = "The mempool of Traefik drops farmers, and each mempool drops the farmer again."
    here = a_record("2026-01-10-a", title="Mempool full", sections=(section("summary", text),))
    there = a_record("2025-01-10-b", title="Mempools and Traefik", sections=(section("summary", text),))
    found = related(here, an_archive(here, there, *crowd(20)))
    assert found[0].cause == ""
    assert found[0].words == ("mempool", "Traefik", "drops", "farmers")


def test_narrower_classes_of_one_broader_class_count_less_than_one_class() -> None:
    """A class above both is a reason where they share none, and not enough alone."""
    settings = Settings(
        failure_classes=(
            Entry("capacity"),
            Entry("pool", broader="capacity"),
            Entry("disk", broader="capacity"),
        )
    )
    here = a_record("2026-01-10-a", failure_class=("pool",), tree=tree(POOL))
    like = a_record("2025-01-10-b", failure_class=("disk",), tree=tree(POOL))
    other = a_record("2025-02-10-c", failure_class=("disk",), title="Zebra")
    archive = Archive.of(settings, [here, like, other, *crowd(20)])
    found = related(here, archive)
    assert ids(found) == ["2025-01-10-b"]
    assert (found[0].classes, found[0].broader) == ((), ("capacity",))


def test_one_incident_told_twice_comes_first_then_what_the_author_names() -> None:
    """The same incident, without regard to case, comes before a link, a link before a recurrence."""
    here = a_record(
        "2026-01-10-a",
        services=("api",),
        failure_class=("x",),
        incidents=("INC-7",),
        recurrence_of=("2025-01-10-b",),
    )
    named = a_record("2025-01-10-b")
    twin = a_record("2026-01-10-c", incidents=("inc-7",))
    again = a_record("2026-02-10-d", services=("api",), failure_class=("x",))
    archive = an_archive(here, named, twin, again)
    found = related(here, archive)
    assert ids(found) == ["2026-01-10-c", "2025-01-10-b", "2026-02-10-d"]
    assert found[0].incidents == ("INC-7",)
    assert found[1].named


def test_a_link_in_the_text_relates_both_ways() -> None:
    """The record that is linked leads back to the one that links to it."""
    here = a_record("2026-01-10-a", path="postmortems/2026/2026-01-10-a.md")
    here = _linking(here, "../2025/2025-01-10-b.md#causes")
    there = a_record("2025-01-10-b", path="postmortems/2025/2025-01-10-b.md")
    archive = an_archive(here, there)
    assert ids(related(archive.records[1], archive)) == ["2025-01-10-b"]
    assert ids(related(archive.records[0], archive)) == ["2026-01-10-a"]


def _linking(record: Postmortem, target: str) -> Postmortem:
    return replace(record, references=(Reference(target, START),))


@pytest.mark.parametrize("who", ["here", "there"])
def test_distinct_records_are_not_related_whoever_says_so(who: str) -> None:
    """`distinct_from` of either silences the pair, whatever they share."""
    shared = {"services": ("api",), "failure_class": ("capacity",), "tree": tree(POOL)}
    ours = (Distinction("2025-01-10-b", "another pool"),) if who == "here" else ()
    theirs = (Distinction("2026-01-10-a", "another pool"),) if who == "there" else ()
    here = a_record("2026-01-10-a", **shared, distinct_from=ours)
    there = a_record("2025-01-10-b", **shared, distinct_from=theirs)
    archive = an_archive(here, there, *crowd(20))
    assert related(here, archive) == ()
    assert related(there, archive) == ()


def test_what_the_reader_sees_anyway_is_left_out() -> None:
    """Ids that stand above are not repeated."""
    records = [a_record(f"2026-01-{n:02}-n", services=("api",), failure_class=("x",)) for n in (1, 2, 3)]
    found = related(records[1], an_archive(*records), ("2026-01-01-n",))
    assert ids(found) == ["2026-01-03-n"]


def test_of_equals_the_nearest_come_first_and_no_more_than_fit() -> None:
    """Among many of one class and service the nearest in time are listed."""
    records = [a_record(f"2026-01-{n:02}-n", services=("api",), failure_class=("x",)) for n in range(1, 29)]
    found = ids(related(records[10], an_archive(*records)))
    assert len(found) == MOST_RELATED
    assert sorted(found) == [f"2026-01-{n:02}-n" for n in (8, 9, 10, 12, 13, 14)]


def test_a_distant_record_more_leaves_the_others_as_they_are() -> None:
    """What others lead to does not change with a record that has nothing to do with them, as long as no power of two is passed."""
    here = a_record("2026-01-10-a", tree=tree(CERTIFICATE))
    there = a_record("2025-01-10-b", tree=tree("Mail is late\n  Expired certificates on the proxy"))
    before = an_archive(here, there, *crowd(20))
    after = an_archive(here, there, *crowd(21))
    assert [(each.points, each.cause) for each in related(here, before)] == [
        (each.points, each.cause) for each in related(here, after)
    ]


def test_frequent_words_make_nothing_alike() -> None:
    """A word of every record is no likeness, a rare one is, and the more of it the more."""
    texts = ("cluster node kafka broker", "cluster node kafka broker", "cluster node", "cluster node")
    records = [a_record(f"2026-01-{n:02}-n", title=text) for n, text in enumerate(texts * 2, start=1)]
    records[4] = a_record("2026-01-05-n", title="cluster node raft")
    records[5] = a_record("2026-01-06-n", title="cluster node raft")
    likeness = Likeness.of(records)
    assert likeness.alike(0).keys() == {1}
    assert likeness.alike(4).keys() == {5}
    assert likeness.alike(0)[1] > likeness.alike(4)[5]
    assert likeness.alike(2) == {}

"""What stands below records, kept between builds: what is taken from before is what would be found anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from afterword.derive.likeness.likeness import Likeness
from afterword.derive.places.address import record_address
from afterword.derive.words.plain_text import plain_text
from afterword.model.archive import Archive
from afterword.model.header import Distinction
from afterword.model.record import Postmortem
from afterword.operations.site.kept_related import KeptRelated
from afterword.render.page.links import Links, SiteIndex
from afterword.render.page.related import Related, related
from afterword.sources.cache import NOWHERE
from afterword.sources.kept_pages import KeptPages
from tests.derive.drawn_records import a_record, an_archive, day, section

RECORDS, WORDS = 100, 500
MEANT: dict[str, str] = {}
"""What each hash stands for, in all tests."""

SERVICES, CLASSES = ("api", "mail", "pay"), ("capacity", "network", "storage", "process")


def _dice(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - words, not secrets


def _records(count: int, seed: int = 1) -> list[Postmortem]:
    random = _dice(seed)
    return [_record(number, random) for number in range(count)]


def _record(number: int, random: Random) -> Postmortem:
    written = day("2024-01-01").fromordinal(day("2024-01-01").toordinal() + 3 * number)
    return a_record(
        f"{written}-n{number}",
        date=written,
        title=_text(random, 3),
        services=(random.choice(SERVICES),),
        failure_class=(random.choice(CLASSES),),
        sections=(section("summary", _text(random, 12)),),
    )


def _text(random: Random, count: int) -> str:
    """Say words of which each is in some records."""
    return " ".join(
        f"w{chr(97 + n // 26)}{chr(97 + n % 26)}rd" for n in random.choices(range(WORDS), k=count)
    )


def _told_anew(random: Random, record: Postmortem) -> Postmortem:
    """Let a record say another word in the place of its first, and end with that."""
    told = plain_text(record.sections[0].blocks).split()[1:]
    told.append(next(word for _ in told if (word := _text(random, 1)) not in told))
    return replace(record, sections=(section("summary", " ".join(told)),))


def _digests(archive: Archive) -> Mapping[str, str]:
    return {record.path: sha256(repr(record).encode()).hexdigest() for record in archive.records}


def _built(archive: Archive, folder: Path) -> tuple[dict[str, str], set[str]]:
    """Give the hashes of what stands below all records, as a build comes by them, and the ids of those that were known; each is compared with what is found."""
    index = SiteIndex.of(archive)
    below = KeptRelated.of(archive, index, _digests(archive).__getitem__, KeptPages(folder))
    first = KeptRelated.of(archive, index, _digests(archive).__getitem__, KeptPages(NOWHERE))
    told, known = {}, set()
    for record in archive.records:
        found = _related(record, archive, index)
        said = below.known(record)
        if said is None:
            said = below.note(record, found)
        else:
            known.add(record.id)
        assert said == first.note(record, found), record.id
        assert MEANT.setdefault(said, repr(found)) == repr(found)
        told[record.id] = said
    below.keep()
    return told, known


def _related(record: Postmortem, archive: Archive, index: SiteIndex) -> Related:
    return related(record, archive, Links(archive, record, record_address(record, archive.settings)), index)


@pytest.mark.parametrize("seed", range(4))
def test_after_edits_of_words_what_is_known_is_what_would_be_found(seed: int, tmp_path: Path) -> None:
    """That holds for the records to which an edited one was alike, or is now, too; most others are known."""
    records, random = _records(RECORDS, seed), _dice(seed)
    before, known = _built(an_archive(*records), tmp_path)
    assert not known
    moved = all_known = 0
    for _ in range(20):
        at = random.randrange(RECORDS)
        records[at] = _told_anew(random, records[at])
        now, known = _built(an_archive(*records), tmp_path)
        assert records[at].id not in known
        moved += sum(now[record] != before[record] for record in now if record != records[at].id)
        all_known += len(known)
        before = now
    assert moved, "edits are to change what stands below other records"
    assert all_known > 20 * RECORDS / 5
    assert _built(an_archive(*records), tmp_path) == (before, {record.id for record in records})


@pytest.mark.parametrize("seed", range(4))
def test_whatever_comes_goes_and_comes_again_what_is_known_is_what_would_be_found(
    seed: int, tmp_path: Path
) -> None:
    """Records come, go, come again and have another's text, between edits of words: rows shift, and who is alike to whom."""
    records, random = _records(RECORDS // 2, seed), _dice(seed)
    gone: list[Postmortem] = []
    all_known = 0
    for number in range(30):
        at = random.randrange(len(records))
        match random.randrange(5):
            case 0:
                gone.append(records.pop(at))
            case 1 if gone:
                records.insert(at, gone.pop(random.randrange(len(gone))))
            case 2:
                records.append(_record(RECORDS + number, random))
            case 3:
                records[at] = replace(records[at], sections=records[at - 1].sections)
            case _:
                records[at] = _told_anew(random, records[at])
        all_known += len(_built(an_archive(*records), tmp_path)[1])
    assert all_known > RECORDS


@pytest.mark.parametrize("seed", range(4))
def test_of_two_records_each_is_alike_to_the_other(seed: int) -> None:
    """That is what is gone by where one of them changes."""
    likeness = Likeness.of(_records(RECORDS, seed))
    found = {(row, other): value for row in range(RECORDS) for other, value in likeness.alike(row, 1).items()}
    assert found
    assert all(found[other, row] == value for (row, other), value in found.items())


@pytest.mark.parametrize(
    "change",
    [
        {"date": day("2023-05-01")},
        {"severity": "sev1"},
        {"services": ("mail", "pay")},
        {"failure_class": ("unheard-of",)},
        {"incidents": ("INC-1",)},
        {"aliases": ("2024-01-01-n0",)},
        {"recurrence_of": ("2024-01-01-n0",)},
        {"distinct_from": (Distinction("2024-01-01-n0", "another disk"),)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_nothing_is_known_when_a_record_stands_elsewhere_among_others(
    change: Mapping[str, object], tmp_path: Path
) -> None:
    """All that others go by and say of it beside its words."""
    records = _records(20)
    _built(an_archive(*records), tmp_path)
    records[7] = replace(records[7], header=replace(records[7].header, **change))
    assert not _built(an_archive(*records), tmp_path)[1]


def test_another_title_is_seen_where_it_stands(tmp_path: Path) -> None:
    """Of the records that name it another hash is known, of most others the same."""
    records = _records(RECORDS)
    before, _ = _built(an_archive(*records), tmp_path)
    records[50] = replace(records[50], header=replace(records[50].header, title="Something else"))
    now, known = _built(an_archive(*records), tmp_path)
    index = SiteIndex.of(an_archive(*records))
    naming = {
        record.id
        for record in records
        if records[50].id in {line.id for line in _related(record, an_archive(*records), index).lines}
    }
    assert {records[49].id, records[51].id} <= naming
    assert all(now[each] != before[each] for each in naming)
    assert len(known & naming) > 1 and len(known) > RECORDS / 4


def test_nothing_is_known_of_an_archive_of_more_or_fewer_records(tmp_path: Path) -> None:
    """Each stands between two others."""
    records = _records(20)
    _built(an_archive(*records[:-1]), tmp_path)
    assert not _built(an_archive(*records), tmp_path)[1]
    assert not _built(an_archive(*records[1:]), tmp_path)[1]


def test_records_of_one_id_are_looked_for_each_time(tmp_path: Path) -> None:
    """What stands below them differs, and they are kept by their id."""
    records = _records(20)
    records.append(replace(records[3], path="postmortems/elsewhere.md"))
    _built(an_archive(*records), tmp_path)
    assert not _built(an_archive(*records), tmp_path)[1]


def test_nothing_is_kept_nowhere() -> None:
    """As with the cache switched off."""
    records = _records(5)
    assert not _built(an_archive(*records), NOWHERE)[1]
    assert not _built(an_archive(*records), NOWHERE)[1]

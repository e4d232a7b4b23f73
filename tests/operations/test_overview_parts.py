"""An overview is kept in parts, each until something that it shows is another."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks.committed import git
from benchmarks.generate import write_archive

from afterword.model.archive import Archive
from afterword.model.markup import Kind, Node
from afterword.model.record import Postmortem
from afterword.model.unpickling import pickled
from afterword.operations.overview.kept_overview import Overview
from afterword.operations.overview.overview import overview
from afterword.operations.overview.overview_basis import OverviewBasis
from afterword.operations.overview.overview_parts import APART, CARDS, DATED, PARTS, ArchiveParts
from afterword.operations.reading.archive_reading import ArchiveReading
from afterword.operations.reading.found import find
from afterword.operations.reading.ledger import on_day
from afterword.operations.reading.opening import Opened
from afterword.operations.settings_file import load_settings
from afterword.operations.timings import Timings
from afterword.render.page.planned import ListedPage, PlannedFile
from afterword.render.page.site_url import SiteUrl
from afterword.sources.cache import NOWHERE, Cache
from afterword.sources.kept_pages import NAME, KeptPages

DAY = dt.date(2026, 11, 1)
ELSEWHERE = {
    "summary-words": pickled("Something else altogether."),
    "summary-blocks": pickled((Node(Kind.TEXT, text="Something else altogether."),)),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Generate an archive whose lists are of some records and of many, in a repository."""
    folder = tmp_path_factory.mktemp("parts")
    write_archive(folder, 40)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=x", day=dt.date(2026, 5, 1))
    return folder


def basis_of(folder: Path, kept: Path = NOWHERE) -> OverviewBasis:
    """Read an archive; what is kept of its overview is in a folder."""
    settings, root = load_settings(None, folder)
    reading = ArchiveReading(find(start=root, settings=settings, root=root.resolve()), DAY, processes=1)
    loaded = on_day(reading.loaded(), DAY, Cache(NOWHERE))
    opened = Opened(loaded, folder / "postmortems", reading, folder / "afterword.yml")
    return OverviewBasis(
        opened, loaded.archive, {}, None, SiteUrl.of("https://example.org/"), KeptPages(kept)
    )


def parts_of(basis: OverviewBasis) -> Mapping[str, Overview]:
    """Make all parts of an archive."""
    folder = basis.archive.settings.archives[0]
    archive = ArchiveParts(basis, folder, lambda archive, name: PARTS[name](archive), ())
    return {name: archive.part(name) for name in PARTS}


def told_otherwise(archive: Archive, record: Postmortem) -> Archive:
    """Give an archive in which the summary of a record says something else, and nothing has another hash."""
    changed = replace(record, known={**record.known, **ELSEWHERE})
    records = tuple(changed if each is record else each for each in archive.records)
    return replace(archive, records=records, by_id={**archive.by_id, record.id.lower(): changed})


def shown(part: Overview) -> dict[str, tuple[object, tuple[str, ...]]]:
    """Give all that a part shows by its address, with the records whose summaries that names."""
    made = {
        page.address: (page.made(), page.summaries if isinstance(page, ListedPage) else ())
        for page in part.pages
    }
    files = {
        file.address: (file.content, file.summaries if isinstance(file, PlannedFile) else ())
        for file in part.files
    }
    return {**made, **files, "beside": ((part.home_blocks, part.feeds, part.lost), ())}


@pytest.mark.parametrize("place", [0, 20, -1], ids=["the oldest", "one between", "the latest"])
def test_a_summary_stands_only_where_it_is_named(folder: Path, place: int) -> None:
    """No other page or file has another byte, whatever the summary says; a key cannot be wrong by accident."""
    basis = basis_of(folder)
    record = basis.archive.records[place]
    before = parts_of(basis)
    after = parts_of(replace(basis, archive=told_otherwise(basis.archive, record)))
    others: dict[str, set[str]] = {}
    for name in PARTS:
        was, now = shown(before[name]), shown(after[name])
        assert {address: named for address, (_, named) in was.items()} == {
            address: named for address, (_, named) in now.items()
        }
        cards = {each.path for each in CARDS[name](basis.archive)} if name in CARDS else set()
        named = {address for address, (_, paths) in was.items() if record.path in paths}
        others[name] = {address for address in was if was[address] != now[address]}
        if record.path not in cards:
            assert others[name] == named
    assert others["facets"] and others["feeds"]
    assert bool(others["home"]) == (place == -1)


def test_a_commit_that_changes_no_action_stands_in_feeds_and_calendars_alone(folder: Path) -> None:
    """No other page or file has another byte, or another key, when one more version of a record is there, and another commit is the last."""
    basis = basis_of(folder)
    record, history = basis.archive.records[20], basis.archive.history
    life = history.record(record.id)
    assert life is not None and history.until is not None
    later = replace(life.versions[-1], at=history.until + dt.timedelta(1), commit="c" * 40, status="draft")
    lives = {
        **history.records,
        record.id.lower(): replace(life, versions=(*life.versions, later, replace(later, status="final"))),
    }
    committed = replace(history, records=lives, head="c" * 40, until=later.at)
    after = replace(basis, archive=replace(basis.archive, history=committed))
    assert after.key == basis.key and after.dated_key != basis.dated_key
    was, now = parts_of(basis), parts_of(after)
    for name in PARTS:
        is_same = shown(was[name]) == shown(now[name]) and keys_of(was[name]) == keys_of(now[name])
        assert is_same == (name not in DATED), name


def keys_of(part: Overview) -> list[str]:
    """Give the keys of what is planned."""
    return [page.key for page in part.pages if isinstance(page, ListedPage)] + [
        file.key for file in part.files
    ]


def test_both_marks_of_a_record_tell_all(folder: Path) -> None:
    """What is no summary is in the facts; a summary is in its own mark alone, and both stay with line numbers."""
    path = next(iter(sorted((folder / "postmortems").rglob("20*.md"))))
    text = path.read_text("utf-8")
    number = next(each for each in basis_of(folder).archive.records if each.path.endswith(path.name)).path

    def marks() -> tuple[str, str]:
        reading = basis_of(folder).opened.reading
        return reading.facts(number), reading.summary(number)

    facts, summary = marks()
    path.write_text(re.sub(r"(## Summary\n\n)", r"\1Before that: ", text), "utf-8")
    assert (marks()[0] == facts, marks()[1] == summary) == (True, False)
    path.write_text(re.sub(r"(?m)^title: .*", "title: Another", text), "utf-8")
    assert (marks()[0] == facts, marks()[1] == summary) == (False, True)
    path.write_text(text, "utf-8")
    assert marks() == (facts, summary)


def _rewrite(place: int, pattern: str, text: str) -> Callable[[Path], None]:
    """Change the first place that fits in one of the records, by day."""

    def change(folder: Path) -> None:
        path = sorted((folder / "postmortems").rglob("20*.md"))[place]
        new, number = re.subn(pattern, text, path.read_text("utf-8"), count=1, flags=re.MULTILINE)
        assert number
        path.write_text(new, "utf-8")

    return change


def _lay_beside(folder: Path) -> None:
    """Lay a file beside the records, to which a summary may link."""
    (folder / "postmortems" / "graph.png").write_bytes(b"A graph")


SUMMARIES = (r"^## Summary\n\n", "## Summary\n\nThis comes first. ")


def _committed(change: Callable[[Path], None]) -> Callable[[Path], None]:
    def committed(folder: Path) -> None:
        change(folder)
        git(folder, "commit", "--quiet", "--all", "--message=y", day=dt.date(2026, 6, 1))

    return committed


EDITS: Mapping[str, tuple[Callable[[Path], None], int]] = {
    "nothing": (lambda _: None, 0),
    "an old summary": (_rewrite(0, *SUMMARIES), 0),
    "the latest summary": (_rewrite(-1, *SUMMARIES), len(CARDS)),
    "lessons": (_rewrite(20, r"\Z", "\nOne more sentence.\n"), 0),
    "a title": (_rewrite(20, r"^title: .*", "title: Quite another thing"), len(PARTS)),
    "an attachment": (_lay_beside, len(PARTS)),
    "an action": (_rewrite(20, r"^\| A1 \| ", "| A1 | Above all: "), len(PARTS)),
    "an old summary, committed": (_committed(_rewrite(0, *SUMMARIES)), len(DATED)),
    "lessons, committed": (_committed(_rewrite(20, r"\Z", "\nOne more sentence.\n")), len(DATED)),
    "an action, committed": (
        _committed(_rewrite(20, r"^\| A1 \| ", "| A1 | Above all: ")),
        len(PARTS),
    ),
}


@pytest.mark.parametrize(("change", "again"), EDITS.values(), ids=EDITS)
def test_after_an_edit_an_overview_is_that_of_a_first_build(
    folder: Path, tmp_path: Path, change: Callable[[Path], None], again: int
) -> None:
    """Only the parts in which an edit can show are made `again`, and causes are judged only for a change of facts."""
    edited = tmp_path / "edited"
    shutil.copytree(folder, edited)
    overview(basis_of(edited, tmp_path))
    before = kept_in(tmp_path)
    change(edited)
    basis = basis_of(edited, tmp_path)
    warm = overview(basis)
    judges = again == len(PARTS)
    assert ("causes" in vars(basis)) == judges
    # What is answered of causes is kept apart, and is another only where a fact of a record is.
    assert again <= len(kept_in(tmp_path) - before) <= again + judges
    assert told(warm) == told(overview(basis_of(edited)))


def test_what_is_made_apart_is_the_same(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It comes from another process, counts as time of this one, and is kept as if it had been made here."""
    monkeypatch.setenv("AFTERWORD_PROCESSES", "2")
    timings = Timings()
    apart = overview(basis_of(folder, tmp_path), timings, is_split=True)
    assert told(apart) == told(overview(basis_of(folder)))
    assert timings.spent["lists and figures"].processor > 0
    assert not any(
        isinstance(each, ListedPage | PlannedFile) for name in APART for each in made_in(folder, name)
    )
    kept = overview(basis_of(folder, tmp_path), again := Timings(), is_split=True)
    assert told(kept) == told(apart)
    assert not again.spent


def made_in(folder: Path, name: str) -> tuple[object, ...]:
    """Give the pages and files of a part."""
    part = parts_of(basis_of(folder))[name]
    return (*part.pages, *part.files)


@pytest.mark.parametrize("which", ["first", "second"])
def test_of_two_records_of_one_id_both_count(folder: Path, tmp_path: Path, which: str) -> None:
    """What changes in either is shown."""
    edited = tmp_path / "edited"
    shutil.copytree(folder, edited)
    one = sorted((edited / "postmortems").rglob("20*.md"))[20]
    places = {
        "first": edited / "postmortems" / "a" / one.name,
        "second": edited / "postmortems" / "b" / one.name,
    }
    for place in places.values():
        place.parent.mkdir()
        shutil.copy(one, place)
    one.unlink()
    overview(basis_of(edited, tmp_path))
    text = places[which].read_text("utf-8")
    places[which].write_text(re.sub(r"(?m)^title: .*", "title: Another thing", text), "utf-8")
    warm = overview(basis_of(edited, tmp_path))
    assert told(warm) == told(overview(basis_of(edited)))
    assert "Another thing" in repr(told(warm))


def kept_in(folder: Path) -> set[tuple[str, bytes]]:
    """Give all that is kept in a folder, by its places."""
    with closing(sqlite3.connect(folder / NAME)) as database:
        return set(database.execute("SELECT key, content FROM pages"))


def told(made: Overview) -> dict[str, object]:
    """Give all that an overview shows by its address, with the keys."""
    pages = {page.address: (page.key, page.made()) for page in made.pages}
    files = {file.address: (file.key, file.content) for file in made.files}
    return {**pages, **files, "beside": (made.home_blocks, made.feeds, made.lost)}


def test_progress_is_told_of_each_part(folder: Path, tmp_path: Path) -> None:
    """Once each, whether it is made or kept."""
    for _ in ("made", "kept"):
        told: list[tuple[int, int]] = []
        overview(
            basis_of(folder, tmp_path), progress=lambda done, total, told=told: told.append((done, total))
        )
        assert told == [(number, len(PARTS)) for number in range(1, len(PARTS) + 1)]

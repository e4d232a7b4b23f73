"""However records are read, by how many processes and with what is kept of them, the site is the same."""

from __future__ import annotations

import datetime as dt
import gc
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from benchmarks.generate import write_archive

from afterword.model.unpickling import pickled
from afterword.operations.collecting import not_collecting
from afterword.operations.reading.archive_reading import ArchiveReading
from afterword.operations.reading.found import find
from afterword.operations.reading.loading import Progress
from afterword.operations.reading.opening import Opened
from afterword.operations.settings_file import load_settings
from afterword.operations.site.site import Site
from afterword.operations.site.site_building import build_site
from afterword.operations.site.site_request import SiteRequest
from afterword.render.page.planned import AnyPage
from afterword.sources.kept_pages import NAME, KeptPages
from tests.conftest import drawn
from tests.drawn_record import complete_record

DAY = dt.date(2026, 6, 1)
ACTIONS = """\
| ID | Action | Owner | Due | Status |
|---|---|---|---|---|
| A1 | Make the **pool** larger | Platform | 2026-05-01 | open |
| A2 | Mend the batch | Platform | 2026-04-01 | done 2026-03-30 |"""
ANALYSIS = """
## Root cause analysis

Method: causal tree

- Checkout returned errors
  - The `pool` is small -> A1
  - The batch leaks -> A2

## Timeline

| Time (UTC) | Event |
|---|---|
| 2026-03-14 09:00 | [TRIGGER] The batch began |
| 09:10 | [DETECTED] An alert |
| 09:22 | [RESOLVED] It was restarted |

## What went well

- The alert was *there*
"""
RECORD = complete_record(actions=ACTIONS) + ANALYSIS
NOTED = RECORD.replace("2026-03-14", "2026-02-01").replace("used up the pool", "used up the pool[^1]")
TREE = {
    "afterword.yml": "archive: postmortems\nservices: [{ id: checkout, name: Checkout }]\nholidays: [2026-12-25, 2026-12-26]\n",
    "postmortems/2026-03-14-checkout.md": RECORD,
    "postmortems/2026-02-01-noted.md": NOTED + "\n[^1]: In *another* life.\n",
    "postmortems/2026-02-02-linked.md": RECORD.replace("2026-03-14", "2026-02-02")
    + "\n\n## Background\n\n[The other](2026-03-14-checkout.md#a1), [gone](nowhere.md), ![picture](seen.png)\n",
    "postmortems/2026-02-03-broken.md": "---\ntitle: [\n---\nText\n",
    "postmortems/2026-02-04-named.md": RECORD.replace("2026-03-14", "2026-02-04").replace(
        "-> A1", "-> 2026-03-14-checkout#A1"
    ),
}


def site_of(
    folder: Path,
    kept: KeptPages | None = None,
    processes: int | None = None,
    *,
    whole: bool = False,
    progress: Progress | None = None,
    day: dt.date = DAY,
) -> Site:
    """Make the site of an archive on a day; `progress` is told of each record that is read."""
    settings, root = load_settings(None, folder)
    found = find(start=root, settings=settings, root=root.resolve())
    reading = ArchiveReading(found, day, kept, processes, whole=whole)
    opened = Opened(reading.loaded(progress), folder / "postmortems", reading, folder / "afterword.yml")
    return build_site(opened, SiteRequest(folder, url="https://example.org/"))


def shown(site: Site) -> dict[str, object]:
    """Give all that a site shows, by address."""
    pages: dict[str, object] = {page.address: page for page in site.made(site.pages)}
    files, notes = (*site.files, *site.search.released()), (*site.notes, *site.search.notes())
    site.close()
    return pages | {file.address: file.content for file in files} | {"notes": notes, "": site.findings}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Draw an archive with notes, links, a record that is broken and one that names another's action."""
    with drawn(tmp_path_factory.mktemp("read"), dict(TREE)) as place:
        return place


def test_without_their_texts_records_make_the_same_site(folder: Path) -> None:
    """Lists, figures, feeds, search and every record's own page are those that are made of whole records, by one process or by three."""
    whole = shown(site_of(folder, whole=True))
    assert len(whole) > 30
    assert shown(site_of(folder, processes=1)) == whole
    assert shown(site_of(folder, processes=3)) == whole


def test_side_by_side_the_same_site_is_made(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a large archive has done by processes of their own is what one process makes of it, notes and findings too."""
    alone = shown(site_of(folder, processes=1))
    monkeypatch.setattr("afterword.operations.site.site_building.FEWEST_APART", 1)
    monkeypatch.setenv("AFTERWORD_PROCESSES", "2")
    assert shown(site_of(folder, processes=1)) == alone


def test_what_is_kept_of_a_record_is_used_until_something_changes(folder: Path, tmp_path: Path) -> None:
    """A record is read again where its text, or what lies where it links to, is another; the site is that of a first reading."""
    read: list[int] = []

    def site() -> dict[str, object]:
        read.clear()
        return shown(site_of(folder, KeptPages(tmp_path), progress=lambda done, _: read.append(done)))

    first = site()
    assert read == [1, 2, 3, 4, 5]
    assert site() == first
    assert read == []
    record = folder / "postmortems" / "2026-03-14-checkout.md"
    record.write_text(RECORD.replace("returned errors", "stood still"), "utf-8")
    (folder / "postmortems" / "nowhere.md").write_text("# Now here\n", "utf-8")
    changed = site()
    assert changed != first
    assert changed == shown(site_of(folder))
    assert read == [4, 5]
    assert site() == changed
    assert read == []


def _found_on(day: dt.date, folder: Path, kept: KeptPages | None) -> tuple[object, int]:
    """Give what is found in an archive on a day, and how many records were read for it."""
    settings, root = load_settings(None, folder)
    read: list[int] = []
    reading = ArchiveReading(find(start=root, settings=settings, root=root.resolve()), day, kept, 1)
    archive = reading.loaded(lambda done, _: read.append(done)).archive
    found = archive.records, reading.findings(archive)
    reading.close()
    return found, len(read)


def test_on_another_day_records_are_read_again_that_the_day_matters_to(tmp_path: Path) -> None:
    """Of generated records most are the same as on the day before; on each day there is what a first reading finds."""
    write_archive(tmp_path / "archive", 60)
    again = []
    for days in (0, 20, 400, -3):
        day = DAY + dt.timedelta(days)
        found, _ = _found_on(day, tmp_path / "archive", KeptPages(tmp_path / "kept"))
        assert found == _found_on(day, tmp_path / "archive", None)[0]
        assert _found_on(day, tmp_path / "archive", KeptPages(tmp_path / "kept")) == (found, 0)
        _, read = _found_on(day + dt.timedelta(1), tmp_path / "archive", KeptPages(tmp_path / "kept"))
        again.append(read)
    assert max(again) < 15
    assert any(again), "of a draft it is told every day how late it is"


def test_a_pack_that_another_state_has_taken_is_made_again(tmp_path: Path) -> None:
    """Two archives that share what is kept, and whose records have the same paths, never show each other's."""
    first, second, kept = tmp_path / "first", tmp_path / "second", tmp_path / "kept"
    other = {path: text.replace("returned errors", "stood still") for path, text in TREE.items()}
    with drawn(first, dict(TREE)), drawn(second, other):
        alone = shown(site_of(first)), shown(site_of(second))
        assert alone[0] != alone[1]
        for _ in range(2):
            assert shown(site_of(first, KeptPages(kept))) == alone[0]
            assert shown(site_of(second, KeptPages(kept))) == alone[1]


def test_a_pack_that_holds_anything_else_is_not_taken(folder: Path, tmp_path: Path) -> None:
    """What somebody put into the place of readings costs time, and nothing else."""
    first = shown(site_of(folder, KeptPages(tmp_path)))
    for content in (b"", b"nonsense", pickled(["no", "pack"]), pickled({"key": "no reading"})):
        with closing(sqlite3.connect(tmp_path / NAME)) as database:
            keys = [key for (key,) in database.execute("SELECT key FROM pages")]
        kept = KeptPages(tmp_path)
        for key in keys:
            kept.put(key, content)
        kept.close()
        assert shown(site_of(folder, KeptPages(tmp_path))) == first


def test_what_is_changed_while_others_are_read_is_kept_as_what_it_is(tmp_path: Path) -> None:
    """A record that is written to between the look at what is kept and its reading, and then is what it was, is shown as it is."""
    kept = tmp_path / "kept"
    with drawn(tmp_path / "it", dict(TREE)) as folder:
        expected = shown(site_of(folder))

        def edit(done: int, _: int) -> None:
            for path, text in TREE.items() if done == 1 else ():
                (folder / path).write_text(text.replace("returned errors", "stood still"), "utf-8")

        during = shown(site_of(folder, KeptPages(kept), 1, progress=edit))
        assert during != expected
        for path, text in TREE.items():
            (folder / path).write_text(text, "utf-8")
        assert shown(site_of(folder, KeptPages(kept), 1)) == expected


@pytest.mark.parametrize("processes", [1, 2])
def test_a_page_of_a_record_that_was_changed_meanwhile_is_known(
    folder: Path, tmp_path: Path, processes: int
) -> None:
    """It shows the file as it is now, and whoever keeps pages is told that it is not that of the text that was read."""
    shown(site_of(folder, KeptPages(tmp_path)))
    site = site_of(folder, KeptPages(tmp_path), processes)
    (page,) = (each for each in site.pages if each.address.endswith("2026-02-04-named/"))
    other = folder / "postmortems" / "2026-02-02-linked.md"
    record = folder / page.source
    text = record.read_text("utf-8")
    record.write_text(text.replace("returned errors", "stood still"), "utf-8")
    pages = list(site.made(site.pages))
    site.close()
    record.write_text(text, "utf-8")
    assert any("stood still" in each.html for each in pages if each.address == page.address)
    assert site.records.is_overtaken(page.source)
    assert not site.records.is_overtaken(other.relative_to(folder).as_posix())


def test_pages_leave_nothing_behind(folder: Path) -> None:
    """What made a page is gone with it, though nobody looks for cycles meanwhile: those of a large archive would fill the memory."""
    site = site_of(folder, processes=1)
    pages = [page for page in site.pages if page.source]

    def left(some: Sequence[AnyPage]) -> int:
        gc.collect()
        with not_collecting():
            assert len(list(site.made(some))) == len(some)
            return gc.collect()

    left(pages)
    assert left(pages) == left(pages[-1:])
    site.close()


def test_a_page_is_planned_by_all_that_it_shows(folder: Path) -> None:
    """The key of a page stays from one process to the next, and changes with a record that is named on it."""
    before = {page.address: page.key for page in site_of(folder).pages}
    assert {page.address: page.key for page in site_of(folder).pages} == before
    record = folder / "postmortems" / "2026-03-14-checkout.md"
    record.write_text(
        record.read_text("utf-8").replace("Make the **pool** larger", "Make the pool much larger"), "utf-8"
    )
    after = {page.address: page.key for page in site_of(folder).pages}
    assert after["postmortems/2026/2026-02-04-named/"] != before["postmortems/2026/2026-02-04-named/"]

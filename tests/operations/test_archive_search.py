"""The search of a site between two builds: it finds what the records say, and is made again for what they say otherwise."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from afterword.operations.reading.archive_reading import ArchiveReading
from afterword.operations.reading.found import find
from afterword.operations.reading.loading import Progress
from afterword.operations.reading.opening import Opened
from afterword.operations.settings_file import load_settings
from afterword.operations.site.site import Site
from afterword.operations.site.site_building import build_site
from afterword.operations.site.site_request import SiteProgress, SiteRequest
from afterword.sources.cache import OFF, PLACE
from afterword.sources.cache_folder import cache_folder
from afterword.sources.kept_pages import KeptPages
from tests.drawn_record import complete_record

DAY = dt.date(2026, 5, 20)
SETTINGS = "archive: postmortems\nsearch: {engine: postings}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Draw an archive of a few records whose search is the large one."""
    (tmp_path / "postmortems").mkdir()
    (tmp_path / "afterword.yml").write_text(SETTINGS, encoding="utf-8")
    for number in range(1, 5):
        _write(tmp_path, number, "It was restarted.")
    return tmp_path


def _write(folder: Path, number: int, more: str) -> Path:
    path = folder / "postmortems" / f"2026-03-1{number}-down.md"
    record = complete_record(title=f"Checkout {number}", more=more)
    path.write_text(record.replace("2026-03-14", f"2026-03-1{number}"), encoding="utf-8")
    return path


def _built(folder: Path, progress: Progress | None = None, *, at_once: bool = False) -> Site:
    settings, root = load_settings(None, folder)
    found = find(start=root, settings=settings, root=root.resolve())
    reading = ArchiveReading(found, DAY, KeptPages(cache_folder(root)), processes=1)
    opened = Opened(reading.loaded(), folder / "postmortems", reading, folder / "afterword.yml")
    return build_site(
        opened,
        SiteRequest(folder, for_author=at_once),
        SiteProgress(search=progress),
    )


def _search_of(site: Site) -> dict[str, bytes]:
    return {file.address: file.content for file in site.search.released()}


def test_an_edit_while_the_search_is_renewed_is_found_after_the_next_build(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is indexed of the text before it is not kept as that of the text that stands there now."""
    _built(folder)
    _write(folder, 1, "A zeppelin was in the way.")
    shown = _built(folder, at_once=True)
    assert shown.search.is_stale and shown.edits
    path = _write(folder, 2, "A giraffe was in the way.")
    assert shown.edits.edited(path.relative_to(folder).as_posix())
    assert list(shown.search.renewed())
    warm = _search_of(_built(folder))
    monkeypatch.setenv(PLACE, OFF)
    assert warm == _search_of(_built(folder))


def test_other_settings_are_no_other_texts(folder: Path) -> None:
    """No text is looked into again where all records say what they said."""
    looked: list[int] = []
    _built(folder, lambda done, _: looked.append(done))
    assert looked == [1, 2, 3, 4]
    looked.clear()
    (folder / "afterword.yml").write_text(f"{SETTINGS}holidays: [2026-01-01]\n", encoding="utf-8")
    _built(folder, lambda done, _: looked.append(done))
    assert looked == []
    _write(folder, 1, "A zeppelin was in the way.")
    _built(folder, lambda done, _: looked.append(done))
    assert looked == [1]

"""Pages of records over the days: what has kept its key is what it was, and it changes on the day that matters to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest
from benchmarks.committed import git
from benchmarks.generate import write_archive

from afterword.operations.reading.archive_reading import ArchiveReading
from afterword.operations.reading.found import find
from afterword.operations.reading.opening import Opened
from afterword.operations.settings_file import load_settings
from afterword.operations.site.page_days import MadePage, PageDays
from afterword.operations.site.site_building import build_site
from afterword.operations.site.site_request import SiteRequest
from afterword.render.page.planned import PlannedPage
from afterword.sources.cache import Cache
from tests.conftest import drawn
from tests.drawn_record import complete_record

ACTIONS = """\
| ID | Action | Owner | Due | Status |
|---|---|---|---|---|
| A1 | Make the pool larger | Platform | 2026-05-01 | open |
| A2 | Mend the batch | Platform | 2026-04-01 | done 2026-03-30 |"""
ANALYSIS = """
## Root cause analysis

Method: causal tree

- Checkout returned errors
  - The pool is small -> A1
  - The batch leaks -- accepted: it is to go (platform lead, 2026-07-01)
"""
TREE = {
    "afterword.yml": "archive: postmortems\nsearch: off\n",
    "postmortems/2026-03-14-owed.md": complete_record(actions=ACTIONS) + ANALYSIS,
    "postmortems/2026-03-15-done.md": complete_record(
        actions=ACTIONS.replace("| open |", "| done 2026-04-20 |")
    ).replace("2026-03-14", "2026-03-15"),
}

Pages = Mapping[str, tuple[str, str]]
"""The key and the whole text of the page of each record, by its address."""


def _pages_on(day: dt.date, folder: Path, *, made: bool = True) -> Pages:
    settings, root = load_settings(None, folder)
    reading = ArchiveReading(find(start=root, settings=settings, root=root.resolve()), day, processes=1)
    opened = Opened(reading.loaded(), folder / "postmortems", reading, folder / "afterword.yml")
    site = build_site(opened, SiteRequest(folder))
    planned = [page for page in site.pages if isinstance(page, PlannedPage)]
    texts = [repr(page) for page in site.made(planned if made else [])] or [""] * len(planned)
    shown = {page.address: (page.key, text) for page, text in zip(planned, texts, strict=True)}
    site.close()
    return shown


def _write_settings(folder: Path, more: str) -> None:
    (folder / "afterword.yml").write_text(TREE["afterword.yml"] + more, encoding="utf-8")


def _kept_from_day_to_day(folder: Path, days: list[dt.date]) -> list[set[str]]:
    """Give the addresses of the pages that each day keeps of the day before; those of one key are compared."""
    texts: dict[str, str] = {}
    before: Pages = {}
    kept = []
    for day in days:
        now = _pages_on(day, folder)
        for key, text in now.values():
            assert texts.setdefault(key, text) == text, day
        kept.append({address for address in now if before and now[address][0] == before[address][0]})
        before = now
    return kept


def test_a_page_changes_on_the_day_that_matters_to_it(tmp_path: Path) -> None:
    """On the day after an action was due, and on that after an accepted risk was to be reviewed; a day that does not matter leaves it."""
    days = ["2026-04-25", "2026-05-01", "2026-05-02", "2026-05-20", "2026-07-01", "2026-07-02", "2030-01-01"]
    with drawn(tmp_path, dict(TREE)) as folder:
        kept = _kept_from_day_to_day(folder, [dt.date.fromisoformat(day) for day in days])
    owed, done = "postmortems/2026/2026-03-14-owed/", "postmortems/2026/2026-03-15-done/"
    assert kept == [set(), {owed, done}, {done}, {owed, done}, {owed, done}, {done}, {owed, done}]


def test_an_earlier_day_is_another(tmp_path: Path) -> None:
    """What is known of a later day says nothing of it."""
    with drawn(tmp_path, dict(TREE)) as folder:
        assert _kept_from_day_to_day(folder, [dt.date(2026, 5, 20), dt.date(2026, 4, 20)]) == [set(), set()]


def test_a_state_that_comes_back_is_known(tmp_path: Path) -> None:
    """Whoever takes back what was changed in all records finds pages that are at hand: none is made, and of each it is known until when it holds."""
    with drawn(tmp_path, dict(TREE)) as folder:
        day = dt.date(2026, 4, 25)
        first = _pages_on(day, folder)
        _write_settings(folder, "holidays: [2026-01-01]\n")
        assert not {key for key, _ in first.values()} & {key for key, _ in _pages_on(day, folder).values()}
        _write_settings(folder, "")
        assert _pages_on(day, folder, made=False) == {
            address: (key, "") for address, (key, _) in first.items()
        }
        kept = _pages_on(dt.date(2026, 5, 1), folder, made=False)
    assert {key for key, _ in kept.values()} == {key for key, _ in first.values()}


def test_what_is_kept_in_another_form_is_nothing(tmp_path: Path) -> None:
    """As another program keeps it, or what was damaged."""
    cache, place, day = Cache(tmp_path), "0" * 64, dt.date(2026, 5, 1)
    page = MadePage("found", day, dt.date.max)
    PageDays(cache, place).keep({"made": page}, 1)
    assert PageDays(cache, place).holding_on(day, "made") == page
    for text in (
        "made",
        "made found 2026-05-01",
        "made found since until",
        "made found 2026-05-01 2026-05-02 more",
    ):
        cache.put(place, text)
        assert PageDays(cache, place).holding_on(day, "made") is None


def test_of_many_states_the_latest_are_known(tmp_path: Path) -> None:
    """What is kept does not grow for good."""
    cache, place, day = Cache(tmp_path), "0" * 64, dt.date(2026, 5, 1)
    for number in range(5):
        PageDays(cache, place).keep({f"{name}{number}": MadePage("found", day, day) for name in "ab"}, 2)
    known = PageDays(cache, place)
    assert [number for number in range(5) if known.holding_on(day, f"b{number}")] == [2, 3, 4]


@pytest.mark.slow
def test_with_a_history_most_pages_stay_the_same(tmp_path: Path) -> None:
    """Of generated records, committed at once, whose actions are open, overdue, postponed or done, and drafts."""
    write_archive(tmp_path, 60)
    with (tmp_path / "afterword.yml").open("a", encoding="utf-8") as settings:
        settings.write("search: off\n")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message=x", day=dt.date(2026, 5, 1))
    first = dt.date(2026, 5, 2)
    kept = _kept_from_day_to_day(tmp_path, [first + dt.timedelta(days) for days in (0, 1, 2, 30, 400)])
    assert all(len(each) > 40 for each in kept[1:3])

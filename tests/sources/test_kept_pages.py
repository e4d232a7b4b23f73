"""Pages are kept between builds; whatever befalls them costs time and nothing else."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from afterword.sources.cache import NOWHERE
from afterword.sources.kept_pages import AHEAD, NAME, KeptPages

PAGES = {
    f"key{number}": random.Random(number).randbytes(3000) * 2  # noqa: S311 - nobody keeps a secret with it
    for number in range(450)
}


def _kept(folder: Path, pages: dict[str, bytes]) -> dict[str, bytes | None]:
    kept = KeptPages(folder)
    found = {key: kept.get(key) for key in pages}
    kept.close()
    return found


def _keep(folder: Path, pages: dict[str, bytes]) -> None:
    kept = KeptPages(folder)
    for key, page in pages.items():
        kept.put(key, page)
    kept.close()


def test_pages_are_given_back(tmp_path: Path) -> None:
    """All of them, compressed into one file; what was never kept is not found."""
    _keep(tmp_path / "cache", PAGES)
    assert _kept(tmp_path / "cache", PAGES) == PAGES
    assert _kept(tmp_path / "cache", {"another": b""}) == {"another": None}
    files = {path.name: path.stat().st_size for path in (tmp_path / "cache").iterdir()}
    assert set(files) == {NAME, ".gitignore"}
    assert files[NAME] < sum(map(len, PAGES.values())) * 0.75


@pytest.mark.parametrize("damage", [b"", b"not a database at all" * 400])
def test_a_file_that_is_no_database_is_begun_anew(tmp_path: Path, damage: bytes) -> None:
    """Nothing is found in it, and the next page is kept."""
    (tmp_path / NAME).write_bytes(damage)
    assert _kept(tmp_path, PAGES) == dict.fromkeys(PAGES)
    _keep(tmp_path, PAGES)
    assert _kept(tmp_path, PAGES) == PAGES


def test_what_is_kept_is_told_without_giving_it(tmp_path: Path) -> None:
    """Of many keys those that something is kept under; where nothing can be read, none."""
    _keep(tmp_path, PAGES)
    kept = KeptPages(tmp_path)
    assert kept.among(["key7", "another", "key449"]) == {"key7", "key449"}
    assert kept.among([]) == frozenset()
    kept.close()
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / NAME).write_bytes(b"not a database at all" * 400)
    for place in (tmp_path / "damaged", NOWHERE):
        assert KeptPages(place).among(PAGES) == frozenset()


def test_many_are_given_back_in_their_order(tmp_path: Path) -> None:
    """Those that are not kept as well; whoever stops asking leaves nothing open."""
    threads = threading.active_count()
    pages, wanted = KeptPages(tmp_path), [f"k{number}" for number in range(3 * AHEAD)]
    assert list(pages.each(wanted)) == [None] * len(wanted)
    for key in wanted[::2]:
        pages.put(key, key.encode())
    pages.close()
    kept = [key.encode() if number % 2 == 0 else None for number, key in enumerate(wanted)]
    assert list(pages.each(wanted)) == kept
    some = pages.each(wanted)
    assert [next(some), next(some)] == kept[:2]
    some.close()
    assert threading.active_count() == threads
    assert list(KeptPages(NOWHERE).each(wanted[:2])) == [None, None]


def test_a_page_that_is_not_whole_is_not_found(tmp_path: Path) -> None:
    """One flipped byte in the file costs the page that it is in; zeroes in its middle cost what they hit."""
    _keep(tmp_path, PAGES)
    database = sqlite3.connect(tmp_path / NAME)
    database.execute(
        "UPDATE pages SET content = CAST(substr(content, 1, 20) || x'00' || substr(content, 22) AS BLOB) WHERE key = 'key7'"
    )
    database.commit()
    database.close()
    assert _kept(tmp_path, PAGES) == {**PAGES, "key7": None}
    content = (tmp_path / NAME).read_bytes()
    middle = len(content) // 2
    (tmp_path / NAME).write_bytes(content[:middle] + bytes(30_000) + content[middle + 30_000 :])
    found = _kept(tmp_path, PAGES)
    assert all(found[key] in (None, PAGES[key]) for key in PAGES)
    _keep(tmp_path, PAGES)
    _keep(tmp_path, PAGES)
    assert _kept(tmp_path, PAGES) == PAGES


def test_a_file_that_somebody_holds_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is there is found all the same; what is new is not kept, and nobody waits for long."""
    monkeypatch.setattr("afterword.sources.kept_pages.PATIENCE", 0.2)
    _keep(tmp_path, PAGES)
    holder = sqlite3.connect(tmp_path / NAME, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    _keep(tmp_path, {"new": b"new"})
    assert time.monotonic() - began < 5
    assert _kept(tmp_path, {**PAGES, "new": b""}) == {**PAGES, "new": None}
    holder.execute("ROLLBACK")
    holder.close()


def test_who_could_not_write_goes_on_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody is waited for once, and neither kept nor noted is anything from there on; what is kept is found."""
    _keep(tmp_path, PAGES)
    monkeypatch.setattr("afterword.sources.kept_pages.PATIENCE", 0.01)
    holder = sqlite3.connect(tmp_path / NAME, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    kept = KeptPages(tmp_path)
    kept.put("new", b"page")
    kept.use(["key1"])
    holder.execute("ROLLBACK")
    kept.put("newer", b"page")
    kept.use(["key2"], now=time.time() + 10 * 24 * 3600)
    assert kept.get("key3") == PAGES["key3"]
    kept.close()
    (latest,) = holder.execute("SELECT MAX(used) FROM uses").fetchone()
    holder.close()
    assert latest < time.time() + 24 * 3600
    assert _kept(tmp_path, {"new": b"", "newer": b""}) == {"new": None, "newer": None}


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="whoever may do anything can write anywhere"
)
def test_a_folder_that_may_only_be_read(tmp_path: Path) -> None:
    """Nothing is kept, and nothing fails."""
    tmp_path.chmod(0o500)
    _keep(tmp_path / "cache", PAGES)
    assert _kept(tmp_path / "cache", PAGES) == dict.fromkeys(PAGES)


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    """Nothing is kept where a file stands in the folder's place, and nothing fails."""
    (tmp_path / "cache").touch()
    _keep(tmp_path / "cache", PAGES)
    assert _kept(tmp_path / "cache", PAGES) == dict.fromkeys(PAGES)


def test_what_was_not_used_for_the_longest_time_goes_first(tmp_path: Path) -> None:
    """As many pages as have to, and the file becomes smaller."""
    _keep(tmp_path, PAGES)
    kept = KeptPages(tmp_path)
    number, total = kept.size()
    used = [f"key{each}" for each in range(100)]
    kept.use(used, now=time.time() + 3 * 24 * 3600)
    before = (tmp_path / NAME).stat().st_size
    assert kept.prune(total) == 0
    assert kept.prune(total // 2) > number // 2
    kept.close()
    found = _kept(tmp_path, PAGES)
    assert all(found[key] for key in used)
    assert sum(page is not None for page in found.values()) < number // 2
    assert (tmp_path / NAME).stat().st_size < before * 0.7
    pruned = KeptPages(tmp_path)
    pruned.prune(0)
    assert pruned.size() == (0, 0)
    pruned.close()


def test_what_pages_are_made_from_goes_after_them(tmp_path: Path) -> None:
    """Though it is kept before them, and of both nothing was used since."""
    made_from = dict(list(PAGES.items())[:100])
    others = dict(list(PAGES.items())[100:])
    _keep(tmp_path, made_from)
    pages = KeptPages(tmp_path, lasting=0)
    for key, page in others.items():
        pages.put(key, page)
    number, total = pages.size()
    pages.use(others)
    assert pages.prune(total // 3) > number // 2
    pages.close()
    assert _kept(tmp_path, made_from) == made_from
    assert None in _kept(tmp_path, others).values()


def test_no_more_is_kept_than_may_stay(tmp_path: Path) -> None:
    """What goes beyond is not written, and nothing fails."""
    pages = KeptPages(tmp_path, most=50_000)
    for key, page in PAGES.items():
        pages.put(key, page)
    number, total = pages.size()
    pages.close()
    assert 0 < number < len(PAGES)
    assert 50_000 < total < 60_000
    found = _kept(tmp_path, PAGES)
    assert [key for key, page in found.items() if page] == list(PAGES)[:number]


def test_what_is_forgotten_later_takes_its_room(tmp_path: Path) -> None:
    """Pages for which what they are made from leaves no room would be written to be forgotten when the build ends."""
    _keep(tmp_path, PAGES)
    made_from = KeptPages(tmp_path)
    _, total = made_from.size()
    made_from.close()
    for room, expected in ((0, 1), (30_000, 10)):
        pages = KeptPages(tmp_path, lasting=0, most=total + room)
        for key, page in PAGES.items():
            pages.put(f"{room} {key}", page)
        number = pages.size()[0] - len(PAGES)
        pages.close()
        assert expected <= number <= expected + 1, room
    assert _kept(tmp_path, PAGES) == PAGES


def test_two_builds_at_once(tmp_path: Path) -> None:
    """Both keep their pages, those that both have too."""
    parts = [dict(list(PAGES.items())[start : start + 300]) for start in (0, 150)]
    threads = [threading.Thread(target=_keep, args=(tmp_path, part)) for part in parts]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert _kept(tmp_path, PAGES) == PAGES


@pytest.mark.skipif(os.name != "posix", reason="there is no such signal")
def test_a_build_that_is_killed_while_it_writes(tmp_path: Path) -> None:
    """Every page that is found afterwards is whole."""
    program = (
        "import itertools, random; from pathlib import Path; from afterword.sources.kept_pages import KeptPages\n"
        f"kept = KeptPages(Path({str(tmp_path)!r}))\n"
        "for number in itertools.count(): kept.put(f'key{number}', random.Random(number).randbytes(3000) * 2)"
    )
    for _ in range(3):
        writing = subprocess.Popen([sys.executable, "-c", program])
        while not (tmp_path / NAME).exists():
            time.sleep(0.01)
        time.sleep(0.3)
        writing.send_signal(signal.SIGKILL)
        writing.wait()
        kept = KeptPages(tmp_path)
        assert kept.size()[0] > 0
        assert all(kept.get(key) in (None, page) for key, page in PAGES.items())
        kept.close()

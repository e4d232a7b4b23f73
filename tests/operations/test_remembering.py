"""Findings are told again while nothing has changed, and only then."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from afterword import operations
from afterword.operations.checking.checking import Judged
from afterword.sources.cache import Cache
from tests.conftest import afterword

DAY = dt.date(2026, 6, 1)
RECORD = "---\ntitle: Checkout failed\ndate: 2026-03-14\nseverity: {severity}\n---\n## Summary\n\n[gone](gone.png)\n"


def archive(root: Path) -> Path:
    """Write an archive of one record, one page and one attachment."""
    (root / "postmortems").mkdir()
    (root / "afterword.yml").write_text("")
    (root / "postmortems/2026-03-14-a.md").write_text(RECORD.format(severity="P1"))
    (root / "postmortems/page.md").write_text("# A page\n")
    (root / "postmortems/note.txt").write_text("x")
    return root


def judged(root: Path, cache: Cache, day: dt.date = DAY) -> tuple[Judged, bool]:
    """Judge an archive, and tell whether its records were read for it."""
    read: list[int] = []
    found = operations.judge(operations.find(start=root), day, lambda done, total: read.append(done), cache)
    return found, bool(read)


def test_the_second_time_nothing_is_read(tmp_path: Path) -> None:
    """An unchanged archive has the findings it had, in all their parts, and no record is read for them."""
    root, cache = archive(tmp_path), Cache(tmp_path / ".kept")
    first, was_read = judged(root, cache)
    again, read_again = judged(root, cache)
    assert (was_read, read_again) == (True, False)
    assert again == first
    assert len(first.records) == 1 and len(first.findings) > 3


CHANGES: dict[str, Callable[[Path], object]] = {
    "a record": lambda root: (root / "postmortems/2026-03-14-a.md").write_text(RECORD.format(severity="P2")),
    "settings": lambda root: (root / "afterword.yml").write_text("rules: {dead-link: off}\n"),
    "a page": lambda root: (root / "postmortems/page.md").write_text("[note](note.txt)\n"),
    "a new file": lambda root: (root / "postmortems/gone.png").write_text("x"),
    "the trackers' snapshot": lambda root: (root / "tickets.json").write_text("{}"),
    "a file less": lambda root: (root / "postmortems/note.txt").unlink(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_has_changed_is_seen(tmp_path: Path, change: str) -> None:
    """Whatever findings depend on is looked at before they are told again."""
    root, cache = archive(tmp_path), Cache(tmp_path / ".kept")
    judged(root, cache)
    CHANGES[change](root)
    seen, was_read = judged(root, cache)
    assert was_read
    assert seen == operations.judge(operations.find(start=root), DAY)


def test_archive_and_cache_may_come_back_at_another_place(tmp_path: Path) -> None:
    """CI checks out into another folder and brings the cache back beside it: nothing that is kept names the place."""
    here, there = tmp_path / "runner-1", tmp_path / "runner-2"
    here.mkdir()
    root = archive(here)
    (root / "postmortems/2026-03-15-lost.md").symlink_to("nowhere.md")
    (root / "tickets.json").symlink_to("nowhere.json")
    first, _ = judged(root, Cache(root / ".kept"))
    here.rename(there)
    again, was_read = judged(there, Cache(there / ".kept"))
    assert not was_read
    assert (again.findings, again.records, again.root) == (first.findings, first.records, there)
    kept = [path.read_bytes() for path in (there / ".kept").rglob("*") if path.is_file()]
    assert kept and not any(str(tmp_path).encode() in content for content in kept)


def test_archives_that_share_a_cache_keep_their_findings_apart(tmp_path: Path) -> None:
    """Neither has the other's, nor takes its place, also where both are all but the same."""
    cache = Cache(tmp_path / "kept")
    roots = [tmp_path / "one", tmp_path / "other"]
    for root, severity in zip(roots, ("P8", "P9"), strict=True):
        root.mkdir()
        (archive(root) / "postmortems/2026-03-14-a.md").write_text(RECORD.format(severity=severity))
        judged(root, cache)
    for root, own in zip(roots, ("P8", "P9"), strict=True):
        seen, was_read = judged(root, cache)
        assert not was_read
        assert {one for one in ("P8", "P9") if one in str(seen.findings)} == {own}


def test_a_cache_that_comes_back_beside_another_archive_is_no_use(tmp_path: Path) -> None:
    """The way from the cache is the same, what lies there is not: it is judged."""
    for name, severity in (("one", "P8"), ("other", "P9")):
        (tmp_path / name).mkdir()
        record = archive(tmp_path / name) / "postmortems/2026-03-14-a.md"
        record.write_text(RECORD.format(severity=severity))
    judged(tmp_path / "one", Cache(tmp_path / "one/.kept"))
    (tmp_path / "one/.kept").rename(tmp_path / "other/.kept")
    seen, was_read = judged(tmp_path / "other", Cache(tmp_path / "other/.kept"))
    assert was_read
    assert "P9" in str(seen.findings) and "P8" not in str(seen.findings)


def test_another_day_is_another_question(tmp_path: Path) -> None:
    """What is overdue today was not yesterday."""
    root, cache = archive(tmp_path), Cache(tmp_path / ".kept")
    judged(root, cache)
    assert judged(root, cache, DAY + dt.timedelta(days=1))[1]


def test_a_record_of_the_same_size_and_time_is_read(tmp_path: Path) -> None:
    """Bytes count, not the time at which a file was written: git sets any."""
    root, cache = archive(tmp_path), Cache(tmp_path / ".kept")
    record = root / "postmortems/2026-03-14-a.md"
    status = record.stat()
    judged(root, cache)
    record.write_text(RECORD.format(severity="P9"))
    os.utime(record, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert any("P9" in finding.message for finding in judged(root, cache)[0].findings)


def test_between_runs_of_the_command(tmp_path: Path) -> None:
    """A second process finds what the first has kept; nothing of it lies in the archive."""
    root = archive(tmp_path)
    kept = Path(os.environ["AFTERWORD_CACHE"])
    first = afterword("check", folder=root, code=1)
    files = {path: path.stat().st_mtime_ns for path in kept.rglob("*") if path.is_file()}
    again = afterword("check", folder=root, code=1, fresh=True)
    assert again.stdout == first.stdout
    assert files and files == {path: path.stat().st_mtime_ns for path in kept.rglob("*") if path.is_file()}
    assert sorted(each.name for each in root.iterdir()) == ["afterword.yml", "postmortems"]
    assert afterword("check", "--no-cache", folder=root, code=1).stdout == first.stdout

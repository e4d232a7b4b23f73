"""Findings are told again while nothing has changed, and only then."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from afterword import operations
from afterword.operations.checking import Judged
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

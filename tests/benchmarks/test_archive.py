"""The invented archives that measurements are made on."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

from benchmarks.committed import commit_archive, git
from benchmarks.generate import write_archive
from benchmarks.services import SERVICES, draw_services

from afterword import operations
from afterword.model.finding import Level
from afterword.sources.clock import today


def _files(folder: Path) -> dict[str, bytes]:
    inside = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in inside}


def test_equal_arguments_give_equal_bytes_and_more_records_the_same_ones(tmp_path: Path) -> None:
    """Settings and records are the same to the byte; a larger archive has all records of a smaller one, and another seed others."""
    for name, count, seed in (("a", 12, 1), ("b", 12, 1), ("more", 20, 1), ("other", 12, 2)):
        write_archive(tmp_path / name, count, seed)
    small, more = _files(tmp_path / "a"), _files(tmp_path / "more")
    assert small == _files(tmp_path / "b")
    assert small.items() <= more.items()
    assert len(more) == len(small) + 8
    assert small.keys() != _files(tmp_path / "other").keys()


def test_two_hundred_services_few_of_them_busy() -> None:
    """The catalogue has two hundred services of several teams; a tenth of them has some four tenths of all incidents, and every one has some."""
    assert len(SERVICES) == 200
    assert 10 <= len({*SERVICES.values()}) <= 30
    dice = random.Random(1)  # noqa: S311 - no secret
    drawn = Counter(each for _ in range(10_000) for each in draw_services(dice, 2))
    counts = [count for _, count in drawn.most_common()]
    assert len(counts) == 200
    assert 0.35 < sum(counts[:20]) / sum(counts) < 0.5
    assert counts[0] > 20 * counts[-1]


def test_an_incident_has_no_service_twice() -> None:
    """However often the busiest is drawn, the services of a record are different ones."""
    dice = random.Random(1)  # noqa: S311 - no secret
    assert all(len({*draw_services(dice, 3)}) == 3 for _ in range(500))


def test_records_have_no_errors(tmp_path: Path) -> None:
    """The settings know all services and teams that records name, and no record breaks the format."""
    write_archive(tmp_path, 40)
    found = operations.find(start=tmp_path)
    judged = operations.judge(found, today(None)).findings
    assert [each for each in judged if each.level is Level.ERROR] == []


def test_an_archive_is_committed_record_by_record(tmp_path: Path) -> None:
    """The same files give the same commits, on days of their own; each record has its versions, the last of which is the file."""
    heads = []
    for name in ("a", "b"):
        paths = write_archive(tmp_path / name, 12)
        commit_archive(tmp_path / name, paths, 3)
        heads.append(git(tmp_path / name, "rev-parse", "HEAD"))
    assert heads[0] == heads[1]
    folder = tmp_path / "a"
    assert git(folder, "status", "--porcelain") == b""
    days = [int(line) for line in git(folder, "log", "--format=%ct").split()]
    assert days == sorted(days, reverse=True)
    assert days[-1] < days[0]
    path = paths[0].relative_to(tmp_path / "b").as_posix()
    commits = git(folder, "log", "--reverse", "--format=%H", "--", path).decode().split()
    versions = [git(folder, "show", f"{commit}:{path}") for commit in commits]
    assert [version.count(b"\nstatus: draft\n") for version in versions] == [1, 0, 0]
    assert [b"| done " in version for version in versions] == [False, False, True]

"""The measurement of builds: what a run takes, which runs are done, and what is told of them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from benchmarks.build import TIMES, Measuring, main
from benchmarks.building import ours, table
from benchmarks.building.place import ASIDE, Place, delete_cleared
from benchmarks.building.plot import plot
from benchmarks.building.report import BOTH, Told, slope_table, slopes, summed_up, targets
from benchmarks.building.report import table as size_table
from benchmarks.building.spent import CommandError, Spent, measured
from benchmarks.building.table import COLD, HUGO, NOTHING, PAGEFIND, RUNS, Run
from benchmarks.committed import git

HOLDS = "import time; held = bytearray({}_000_000); end = time.process_time() + 0.3\nwhile time.process_time() < end: pass"


def _of(code: str, folder: Path) -> Spent:
    return measured((sys.executable, "-c", code), folder, folder / "log", dict(os.environ))


def test_what_a_command_starts_is_counted(tmp_path: Path) -> None:
    """Processor time and memory are those of all processes; what they hold at once is more than the largest of them does."""
    parent = f"import subprocess, sys; more = [subprocess.Popen([sys.executable, '-c', {HOLDS.format(40)!r}]) for _ in range(2)]; [each.wait() for each in more]"
    spent = _of(parent, tmp_path)
    assert spent.processor > 0.6
    # No more can be said of it here: of a process that was split off, the system counts what it was split off from.
    assert spent.largest > 40_000_000
    if Path("/proc/self/smaps_rollup").exists():
        assert spent.together > 70_000_000
        assert 40_000_000 < spent.python < 80_000_000


def test_a_command_that_fails_is_told_with_its_words(tmp_path: Path) -> None:
    """The measurement stops, and says what the command said."""
    with pytest.raises(CommandError, match=r"ended with 3:\nno such record"):
        _of("import sys; print('no such record'); sys.exit(3)", tmp_path)


def _spent(seconds: float, megabytes: int = 100) -> Spent:
    return Spent(seconds, seconds, megabytes * 1_000_000)


def _run(name: str, most: int | None = None, missing: str = "") -> tuple[Run, list[tuple[int, int]]]:
    """Give a run that takes no time, and the list that its records and numbers go to."""
    done: list[tuple[int, int]] = []

    def measure(place: Place, number: int) -> Spent:
        done.append((place.records, number))
        return _spent(1)

    return Run(name, name, measure, lambda place: missing, most), done


def _go(measuring: Measuring, minutes: float) -> None:
    for run, records in measuring.wanted():
        measuring.take(run, records, 1)
    while measuring.repeat(minutes):
        pass


def test_everything_runs_once_then_again_while_time_is_left(tmp_path: Path) -> None:
    """Without time each run is done once, with time three times; what was done is never done again, unless it is asked for."""
    (cold, done), (zensical, of_zensical) = _run(COLD.name), _run("zensical", most=1)
    measuring = Measuring(tmp_path, (1, 2), (cold, zensical))
    _go(measuring, 0)
    assert done == [(1, 1), (2, 1)]
    assert of_zensical == [(1, 1)]
    _go(measuring, 10)
    assert sorted(done) == [(records, number) for records in (1, 2) for number in range(1, TIMES + 1)]
    assert len(of_zensical) == TIMES
    _go(measuring, 10)
    assert len(done) == 2 * TIMES
    measuring.forget([COLD.name])
    _go(measuring, 0)
    assert done[2 * TIMES :] == [(1, 1), (2, 1)]
    assert len(measuring.measured()[1]["zensical"]) == TIMES


def test_what_is_missing_is_left_out_and_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A peer that is not installed costs nothing but a word, and is done when it is there."""
    hugo, done = _run("hugo", missing="hugo is not installed: `apt-get install hugo`")
    measuring = Measuring(tmp_path, (1,), (hugo,))
    _go(measuring, 10)
    assert done == []
    assert "hugo is left out: hugo is not installed" in capsys.readouterr().err


def test_unknown_runs_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """The message names what there is."""
    with pytest.raises(SystemExit):
        main(["jekyll"])
    assert "no run jekyll, expected mkdocs, hugo, pagefind" in capsys.readouterr().err


def _told(seconds: Callable[[str, int], float]) -> Told:
    return summed_up(
        {size: {run.name: [_spent(seconds(run.name, size))] for run in RUNS} for size in (100, 1000, 10_000)}
    )


def test_several_runs_are_put_together() -> None:
    """Of the clock the middle counts, of the processor the least, of memory the most; Hugo and Pagefind are added."""
    told = summed_up(
        {
            1000: {
                HUGO.name: [_spent(1, 10), _spent(9, 30), _spent(2, 20)],
                PAGEFIND.name: [_spent(5, 50)],
                COLD.name: [],
            },
            10_000: {COLD.name: []},
        }
    )
    assert list(told) == [1000]
    hugo, both = told[1000][HUGO.name], told[1000][BOTH]
    assert (hugo.wall, hugo.processor, hugo.largest, hugo.times) == (2, 1, 30_000_000, 3)
    assert (both.wall, both.processor, both.largest, both.times) == (7, 6, 50_000_000, 1)
    assert [*size_table(told, 1000)] == [
        "| 1,000 records | on the clock | processor | largest process | all processes | runs |",
        "|---|---|---|---|---|---|",
        "| Hugo | 2.00 s | 1.00 s | 30 MB | – | 3 |",
        "| Pagefind over Hugo's pages | 5.00 s | 5.00 s | 50 MB | – | 1 |",
        "| Hugo followed by Pagefind | 7.00 s | 6.00 s | 50 MB | – | 1 |",
    ]


def test_the_slope_is_the_processor_time_of_a_further_record() -> None:
    """What a start costs does not count, only what each record adds; without one of the sizes there is no slope."""
    straight = _told(lambda name, size: 5 + 0.002 * size)
    assert slopes(straight, COLD.name) == pytest.approx((0.002, 0.002))
    assert f"| {COLD.shown} | 2.00 ms | 2.00 ms | 1.00 |" in [*slope_table(straight)]
    bent = _told(lambda name, size: size**2 / 1e6)
    small, large = slopes(bent, COLD.name) or (0, 0)
    assert large / small == pytest.approx(10)
    assert slopes({size: straight[size] for size in (100, 10_000)}, COLD.name) is None
    assert [*slope_table({})] == []


def test_targets_are_ratios_to_peers() -> None:
    """Each says whether it is met, that of several of ours by the slowest; what was not measured is neither."""
    told = _told(lambda name, size: (1 if name in ("title", "nothing") else 0.1) * size / 1000)
    judged = {each.words: each for each in targets(told, 10_000)}
    cold = judged["cold, with everything, to Hugo followed by Pagefind"]
    assert (cold.measured, cold.is_met) == ("0.50 times", True)
    edited = judged["one record edited, to Hugo"]
    assert (edited.measured, edited.is_met) == ("10.00 times", False)
    assert edited.row() == "| one record edited, to Hugo | at most 1 times | 10.00 times | **not met** |"
    memory = judged["memory of our largest process, in any of these runs"]
    assert (memory.measured, memory.is_met) == ("100 MB", True)
    assert all(each.is_met for words, each in judged.items() if words.startswith("processor time"))
    assert {each.is_met for each in targets({}, 10_000)} == {None}


def test_the_plot_has_a_line_for_each_run() -> None:
    """It is well-formed, and names of lines that end at the same height do not lie on each other."""
    drawing = ElementTree.fromstring(plot(_told(lambda name, size: size / 1000)))  # noqa: S314 - our own text
    texts = [each for each in drawing.iter("{http://www.w3.org/2000/svg}text") if each.get("class")]
    assert {COLD.shown, NOTHING.shown, table.MKDOCS.shown} <= {each.text for each in texts}
    heights = sorted(float(each.get("y") or 0) for each in texts)
    assert all(after - before >= 16.9 for before, after in pairwise(heights))
    ElementTree.fromstring(plot({}))  # noqa: S314 - likewise


@pytest.fixture
def site(tmp_path: Path) -> ours.Site:
    """A copy of a committed archive, not yet built."""
    place = Place(tmp_path / "3", 3)
    place.write()
    site = ours.Site(place, has_search=True)
    site.restore()
    return site


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        (ours.edit_sentence, " M postmortems/"),
        (ours.edit_title, " M postmortems/"),
        (ours.rename_service, " M afterword.yml"),
        (ours.change_template, "?? overrides/afterword/"),
    ],
)
def test_a_change_changes_one_thing(site: ours.Site, change: ours.Change, changed: str) -> None:
    """It touches one file, another way each time, and can be taken back."""
    told = []
    for number in (1, 2, 1):
        change(site, number)
        (line,) = git(site.archive, "status", "--porcelain").decode().splitlines()
        assert line.startswith(changed)
        told.append(
            b"".join(path.read_bytes() for path in sorted(site.archive.rglob("*.*")) if path.is_file())
        )
    assert told[0] == told[2] != told[1]
    site.restore()
    assert git(site.archive, "status", "--porcelain") == b""


def test_what_is_taken_away_is_put_aside_until_the_end(site: ours.Site) -> None:
    """Emptied, so that it takes no room; what it has in common with what stays is whole, and nothing is left in the end."""
    work, clone = site.place.folder.parent, site.place.folder / "clone"
    git(site.folder, "clone", "--quiet", str(site.archive), str(clone))
    site.place.clear(clone, site.folder / "missing")
    assert not clone.exists()
    aside = [path for path in (work / ASIDE).rglob("*.md") if path.is_file()]
    assert len(aside) > site.place.records
    assert all(path.stat().st_size == 0 for path in aside)
    git(site.archive, "fsck", "--strict")
    delete_cleared(work)
    assert not (work / ASIDE).exists()


def test_without_search_the_settings_say_so(site: ours.Site) -> None:
    """The copy without search differs from the other in one line, which is committed."""
    plain = ours.Site(site.place, has_search=False)
    plain.restore()
    settings = (site.archive / "afterword.yml").read_text(encoding="utf-8")
    assert (plain.archive / "afterword.yml").read_text(encoding="utf-8") == settings + ours.SEARCH_OFF
    assert git(plain.archive, "status", "--porcelain") == b""


def test_in_ci_only_what_is_kept_is_there(site: ours.Site) -> None:
    """A clone with a sentence more builds its own site; the archive, and the site that was built from it, stay as they are."""
    site.build()
    built = site.folder / "site"
    before = {path: path.stat().st_mtime_ns for path in built.rglob("*.*")}
    site.in_ci(1)
    assert git(site.archive, "status", "--porcelain") == b""
    assert {path: path.stat().st_mtime_ns for path in built.rglob("*.*")} == before
    pages = [path.read_text("utf-8") for path in (site.place.folder / "ci").rglob("20*/*/index.html")]
    assert len(pages) == site.place.records
    assert sum("Look number 1 found" in page for page in pages) == 1

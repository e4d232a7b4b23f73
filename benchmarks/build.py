"""`python -m benchmarks build [--sizes 100 1000 10000]`: what a site of post-mortems costs to build, from nothing and again.

MkDocs with Material, Hugo, Hugo followed by Pagefind, and Zensical build from the same Markdown, and Afterword besides, cold and after one thing has changed. Each run leaves its
figures in the work folder and is not done twice: a killed measurement goes on where it was. First everything runs once, then again up to three times, the quickest runs
first, as long as the minutes last. Hugo is a program of the system (`apt-get install hugo`); where it is missing it is left out.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.building import report
from benchmarks.building.peers import versions
from benchmarks.building.place import Place, delete_cleared
from benchmarks.building.plot import plot
from benchmarks.building.spent import CommandError, Spent
from benchmarks.building.table import RUNS, Run
from benchmarks.measurement import REPOSITORY
from benchmarks.steps import Figures, Steps

SIZES = (100, 1000, 10_000)
TIMES = 3
MINUTES = 40


@dataclass(frozen=True, slots=True)
class Measuring:
    """The work folder, and how far it has come."""

    work: Path
    sizes: tuple[int, ...]
    runs: tuple[Run, ...]

    @property
    def steps(self) -> Steps:
        """Give where figures are kept."""
        return Steps(self.work / "figures")

    def place(self, records: int) -> Place:
        """Give where archives and sites of one size lie."""
        return Place(self.work / str(records), records)

    def take(self, run: Run, records: int, number: int) -> None:
        """Do one run and keep its figures, where that has not been done."""
        step = _step(run, records, number)
        if self.steps.told(step) is not None:
            return
        place = self.place(records)
        missing = run.missing(place)
        if missing:
            print(f"{run.name} is left out: {missing}", file=sys.stderr)
            return
        self.steps.do(_archive(records), lambda: _timed(place.write))
        try:
            self.steps.do(step, lambda: _timed(lambda: run.measure(place, number)))
        except CommandError as error:
            raise SystemExit(str(error)) from error

    def kept(self, run: Run, records: int) -> list[Figures]:
        """Give the figures of all runs of one kind at one size."""
        steps = (_step(run, records, number) for number in range(1, TIMES + 1))
        return [figures for step in steps if (figures := self.steps.told(step)) is not None]

    def measured(self) -> dict[int, dict[str, list[Spent]]]:
        """Give all that has been measured."""
        return {
            records: {run.name: [Spent(**each["spent"]) for each in self.kept(run, records)] for run in RUNS}
            for records in sorted({*SIZES, *self.sizes})
        }

    def seconds(self) -> float:
        """Give how long all of it took, archives and preparations included."""
        files = self.steps.folder.glob("*.json")
        return sum(each["whole"] for file in files if (each := self.steps.told(file.stem)))

    def wanted(self) -> Iterator[tuple[Run, int]]:
        """Yield what is done at all, in order."""
        for records in self.sizes:
            yield from ((run, records) for run in self.runs if run.most is None or records <= run.most)

    def repeat(self, minutes: float) -> bool:
        """Do the quickest run again that has not been done often enough and fits into what is left; False where there is none."""
        left = minutes * 60 - self.seconds()
        waiting = []
        for order, (run, records) in enumerate(self.wanted()):
            kept = self.kept(run, records)
            if 0 < len(kept) < TIMES and (lasts := max(each["whole"] for each in kept)) <= left:
                waiting.append((lasts, order, run, records, len(kept)))
        if not waiting:
            return False
        _, _, run, records, times = min(waiting, key=lambda each: each[:2])
        self.take(run, records, times + 1)
        return True

    def forget(self, names: Sequence[str]) -> None:
        """Let all runs of some kinds be done again."""
        for run in RUNS:
            for records in self.sizes if run.name in names else ():
                for number in range(1, TIMES + 1):
                    self.steps.forget(_step(run, records, number))


def _archive(records: int) -> str:
    return f"{records}-archive"


def _step(run: Run, records: int, number: int) -> str:
    return f"{records}-{run.name}-{number}"


def _timed(make: Callable[[], Spent]) -> Figures:
    """Note beside the figures how long all of it took, with what is not measured, and how busy the machine was before."""
    load, begin = os.getloadavg()[0], time.perf_counter()
    spent = make()
    return {"spent": spent.figures(), "whole": time.perf_counter() - begin, "load": load}


def _lines(measuring: Measuring) -> Iterator[str]:
    """Give what is printed, as it stands in docs/measurements.md."""
    measured = measuring.measured()
    told = report.summed_up(measured)
    yield f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, {versions(measuring.work)}; {measuring.seconds() / 60:.0f} minutes in all"
    for records in told:
        yield ""
        yield from report.table(told, records)
    largest = max(told, default=0)
    yield f"\n| at {largest:,} records | target at {report.TARGETED:,} | measured | |\n|---|---|---|---|"
    yield from (each.row() for each in report.targets(told, largest))
    slope = [*report.slope_table(told)]
    if slope:
        yield ""
        yield from slope


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what has not been done, and print what was measured; 1 where a target is not met at the number of records that it is set for."""
    names = [run.name for run in RUNS]
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks build", description=__doc__.partition("\n")[0] if __doc__ else ""
    )
    parser.add_argument("runs", nargs="*", help=f"do these only, of {', '.join(names)}")
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES, metavar="RECORDS", help="how many records (default 100 1000 10000)")  # fmt: skip
    parser.add_argument("--minutes", type=float, default=MINUTES, help=f"repeat runs as long as it takes no longer than this in all (default {MINUTES}; 0: everything once)")  # fmt: skip
    parser.add_argument("--again", nargs="+", default=(), choices=names, metavar="RUN", help="forget these runs and do them again")  # fmt: skip
    parser.add_argument("--work", type=Path, default=REPOSITORY / ".cache" / "build", help="the work folder (default .cache/build); without it everything is done anew")  # fmt: skip
    parser.add_argument("--plot", type=Path, metavar="FILE", help="where to write the plot, an SVG (default plot.svg in the work folder)")  # fmt: skip
    asked = parser.parse_args(arguments)
    if unknown := {*asked.runs} - {*names}:
        parser.error(f"no run {', '.join(sorted(unknown))}, expected {', '.join(names)}")
    runs = tuple(run for run in RUNS if not asked.runs or run.name in asked.runs)
    measuring = Measuring(asked.work.resolve(), tuple(sorted({*asked.sizes})), runs)
    measuring.forget(asked.again)
    for run, records in measuring.wanted():
        measuring.take(run, records, 1)
    while measuring.repeat(asked.minutes):
        pass
    delete_cleared(measuring.work)
    print("\n".join(_lines(measuring)))
    told = report.summed_up(measuring.measured())
    drawn = asked.plot or measuring.work / "plot.svg"
    drawn.write_text(plot(told), encoding="utf-8")
    print(f"\nthe plot: {drawn}")
    return 1 if any(each.is_met is False for each in report.targets(told, report.TARGETED)) else 0

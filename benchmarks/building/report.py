"""The figures as they stand in docs/measurements.md: a table for each size, the targets, and how the work grows."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.building.spent import Spent
from benchmarks.building.table import (
    CI,
    COLD,
    HUGO,
    MKDOCS,
    NOTHING,
    PAGEFIND,
    PLAIN_COLD,
    PLAIN_NOTHING,
    PLAIN_SENTENCE,
    PLAIN_TITLE,
    RUNS,
    SENTENCE,
    SERVICE,
    TEMPLATE,
    TITLE,
)

BOTH = "hugo-pagefind"
"""Hugo followed by Pagefind, as one."""

SHOWN = {
    name: shown
    for run in RUNS
    for name, shown in (
        (run.name, run.shown),
        *(((BOTH, "Hugo followed by Pagefind"),) if run is PAGEFIND else ()),
    )
}
"""The rows of a table, in their order."""

TARGETED = 10_000
"""The number of records that the targets are set for."""

MEMORY = 1_000_000_000
FLAT = 1.2
FLAT_OF = (COLD, PLAIN_COLD)


@dataclass(frozen=True, slots=True)
class Summary:
    """Runs of one kind together: the median of the time on the clock, the least processor time, the most memory."""

    wall: float
    processor: float
    largest: int
    python: int
    together: int
    times: int

    @classmethod
    def of(cls, runs: Sequence[Spent]) -> Summary:
        """Put them together."""
        return cls(
            statistics.median(each.wall for each in runs),
            min(each.processor for each in runs),
            max(each.largest for each in runs),
            max(each.python for each in runs),
            max(each.together for each in runs),
            len(runs),
        )

    def followed_by(self, other: Summary) -> Summary:
        """Add what runs after it."""
        return Summary(
            self.wall + other.wall,
            self.processor + other.processor,
            max(self.largest, other.largest),
            max(self.python, other.python),
            max(self.together, other.together),
            min(self.times, other.times),
        )


Told = Mapping[int, Mapping[str, Summary]]
"""By the number of records and the name of the run."""


@dataclass(frozen=True, slots=True)
class Target:
    """A ratio that must not be passed: the slowest of some of ours to a peer."""

    words: str
    ours: tuple[str, ...]
    peer: str
    limit: float


TARGETS = (
    Target("cold, with everything, to Hugo followed by Pagefind", (COLD.name,), BOTH, 1.0),
    Target("cold, without search, to Hugo", (PLAIN_COLD.name,), HUGO.name, 3.0),
    Target("cold, without search, to MkDocs", (PLAIN_COLD.name,), MKDOCS.name, 0.4),
    Target("nothing changed, to Hugo", (NOTHING.name,), HUGO.name, 0.15),
    Target("one record edited, without search, to Hugo", (PLAIN_SENTENCE.name, PLAIN_TITLE.name), HUGO.name, 0.3),
    Target("one record edited, to Hugo", (SENTENCE.name, TITLE.name), HUGO.name, 1.0),
)  # fmt: skip

OURS = (COLD, NOTHING, SENTENCE, TITLE, SERVICE, TEMPLATE, CI, PLAIN_COLD, PLAIN_NOTHING, PLAIN_SENTENCE, PLAIN_TITLE)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """A target with what was measured; None where it was not."""

    words: str
    limit: str
    measured: str
    is_met: bool | None

    def row(self) -> str:
        """Give the line of the table."""
        verdict = {True: "met", False: "**not met**", None: "not measured"}[self.is_met]
        return f"| {self.words} | {self.limit} | {self.measured} | {verdict} |"


def summed_up(measured: Mapping[int, Mapping[str, Sequence[Spent]]]) -> Told:
    """Put the runs of each kind together, and Hugo and Pagefind besides."""
    told = {
        records: {name: Summary.of(some) for name, some in runs.items() if some}
        for records, runs in measured.items()
        if any(runs.values())
    }
    for runs in told.values():
        if HUGO.name in runs and PAGEFIND.name in runs:
            runs[BOTH] = runs[HUGO.name].followed_by(runs[PAGEFIND.name])
    return told


def table(told: Told, records: int) -> Iterator[str]:
    """Give the lines of the table of one size."""
    yield f"| {records:,} records | on the clock | processor | largest process | all processes | runs |"
    yield "|---|---|---|---|---|---|"
    for name, shown in SHOWN.items():
        if name in told[records]:
            each = told[records][name]
            together = megabytes(each.together) if each.together else "–"
            yield f"| {shown} | {seconds(each.wall)} | {seconds(each.processor)} | {megabytes(each.largest)} | {together} | {each.times} |"


def targets(told: Told, records: int) -> Iterator[Judged]:
    """Judge the targets by the runs of one size."""
    runs = told.get(records, {})
    for target in TARGETS:
        ours = [runs[name].wall for name in target.ours if name in runs]
        ratio = max(ours) / runs[target.peer].wall if ours and target.peer in runs else None
        yield Judged(
            target.words,
            f"at most {target.limit:g} times",
            "–" if ratio is None else f"{ratio:.2f} times",
            None if ratio is None else ratio <= target.limit,
        )
    held = max((runs[run.name].python for run in OURS if run.name in runs), default=None)
    yield Judged(
        "memory of our largest process, in any of these runs",
        f"at most {megabytes(MEMORY)}",
        "–" if held is None else megabytes(held),
        None if held is None else held <= MEMORY,
    )
    for run in FLAT_OF:
        slope = slopes(told, run.name)
        factor = slope[1] / slope[0] if slope else None
        yield Judged(
            f"processor time of a further record, {run.shown}: from 1,000 to 10,000 records to that from 100 to 1,000",
            f"at most {FLAT:g} times",
            "–" if factor is None else f"{factor:.2f} times",
            None if factor is None else factor <= FLAT,
        )


def slopes(told: Told, name: str) -> tuple[float, float] | None:
    """Give the processor time of one further record in seconds, between 100 and 1,000 records and between 1,000 and 10,000; None where a size is missing."""
    at = [told[size][name].processor for size in (100, 1000, TARGETED) if name in told.get(size, {})]
    return ((at[1] - at[0]) / 900, (at[2] - at[1]) / 9000) if len(at) == 3 else None


def slope_table(told: Told) -> Iterator[str]:
    """Give the lines of the table of how processor time grows; none where a size is missing."""
    rows = [(shown, slope) for name, shown in SHOWN.items() if (slope := slopes(told, name))]
    if rows:
        yield "| processor time of a further record | from 100 to 1,000 | from 1,000 to 10,000 | ratio |"
        yield "|---|---|---|---|"
    for shown, (small, large) in rows:
        ratio = f"{large / small:.2f}" if small > 0 else "–"
        yield f"| {shown} | {small * 1000:.2f} ms | {large * 1000:.2f} ms | {ratio} |"


def seconds(count: float) -> str:
    """Show a time on the clock or of the processor."""
    return f"{count:.2f} s" if count < 10 else f"{count:.1f} s"


def megabytes(count: int) -> str:
    """Show memory."""
    return f"{count / 1e6:,.0f} MB"

"""Archives of causal trees of one size, and what is measured of them: `python -m benchmarks.trees ours|engine FOLDER`."""

from __future__ import annotations

import datetime as dt
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import phrases
from benchmarks.measurement import FIGURE

AS_OF = dt.date(2026, 11, 23)
FIRST_DAY = dt.date(2021, 1, 4)

HEADER = """---
title: {title}
date: {day}
severity: sev3
status: final
kind: outage
services: [checkout]
failure_class: [capacity]
authors: [Petra Vellumworth]
---

## Root cause analysis

Method: causal tree

"""
ACTIONS = """
## Action items

| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Page on the depth of the queue | Petra Vellumworth | 2026-03-01 | TCK-1 | detect | done 2026-02-20 |
| A2 | Reject a change without an owner | Petra Vellumworth | 2026-03-01 | TCK-2 | prevent | open |
| A3 | Rehearse the restart | Petra Vellumworth | 2027-03-01 | TCK-3 | respond | in progress |
"""


def write_trees(folder: Path, count: int, nodes: int, seed: int = 1) -> list[Path]:
    """Write records whose trees have so many nodes, two or three below each, all of them different, and give their paths."""
    archive = folder / "postmortems"
    archive.mkdir(parents=True, exist_ok=True)
    (folder / "afterword.yml").write_text("format: 1\ntimezone: UTC\n", encoding="utf-8")
    written = []
    for number in range(count):
        dice = random.Random(f"{seed}/{nodes}/{number}")  # noqa: S311 - invented text, not a secret
        day = FIRST_DAY + dt.timedelta(days=number)
        path = archive / f"{day}-tree-{number:04d}.md"
        text = HEADER.format(title=f"Tree {number}", day=day) + _tree(dice, nodes) + ACTIONS
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written


def _tree(dice: random.Random, nodes: int) -> str:
    """Write a tree breadth first, so that a large one is as wide as those of authors, and never deep."""
    below: list[list[int]] = [[]]
    waiting = [0]
    while len(below) < nodes:
        parent = waiting.pop(0)
        for _ in range(min(dice.choice((2, 2, 3)), nodes - len(below))):
            below[parent].append(len(below))
            waiting.append(len(below))
            below.append([])
    lines = []
    stack = [(0, 0)]
    while stack:
        number, depth = stack.pop()
        label = dice.choice(phrases.FACTORS).format(part=dice.choice(phrases.PARTS))
        mark = (
            dice.choice(("", " (AND)", " (OR)"))
            if below[number]
            else dice.choice(("", " -> A1", " -> A2, A3", " (root cause) -> A3", " -- accepted: the cost is higher than the harm (platform lead, 2030-01-01)"))
        )  # fmt: skip
        lines.append(f"{'  ' * depth}- {label}{mark}")
        stack.extend((child, depth + 1) for child in reversed(below[number]))
    # A list whose item has nothing below it is no tree, a fence of that name is.
    return "\n".join(lines if nodes > 1 else ("```tree", lines[0].removeprefix("- "), "```")) + "\n"


def ours(folder: Path) -> Callable[[], object]:
    """Go from the records to the drawings as they stand in pages, with nothing cached."""
    from afterword import operations
    from afterword.operations.collecting import not_collecting
    from afterword.operations.pages.pictures import JudgedRecord, draw_kept
    from afterword.sources.cache import Cache

    archive = operations.load(start=folder).archive

    cache = tempfile.mkdtemp(dir=folder)

    @not_collecting()
    def run() -> int:
        judged = [JudgedRecord.of(record, archive, AS_OF) for record in archive.records]
        pictures = draw_kept(judged, archive.settings, Cache(Path(cache)))
        shown = len(pictures.drawings)
        if shown < len(archive.records):
            print(f"{shown} of {len(archive.records)} drawn: {pictures.notes}", file=sys.stderr)
            raise SystemExit(2)
        return shown

    return run


def engine(folder: Path) -> Callable[[], object]:
    """Give the same DOT to the bare engine, all in one process."""
    from afterword import operations
    from afterword.derive.causes.coverage import tree_coverage
    from afterword.render.picture.dot import sketch_dot
    from afterword.render.picture.sketch import sketch_of
    from afterword.sources.layout import find_engine

    archive = operations.load(start=folder).archive
    dots = []
    for record in archive.records:
        coverage = tree_coverage(record, archive, AS_OF)
        sketch = sketch_of(record, coverage)
        if sketch is not None:
            dots.append(sketch_dot(sketch))
    found = find_engine()
    if found is None:
        raise SystemExit("there is no layout engine: pip install graphviz-pure")
    stream = "\n".join(dots).encode()
    return lambda: subprocess.run([found.program, "-Tsvg"], input=stream, capture_output=True, check=True)


RUNS = {"ours": ours, "engine": engine}


def main() -> None:
    """Prepare the named run, then time it by the clock on the wall: part of it is another process."""
    name, folder = sys.argv[1:]
    run = RUNS[name](Path(folder))
    begin = time.perf_counter()
    run()
    print(f"{FIGURE}{time.perf_counter() - begin:.6f}")


if __name__ == "__main__":
    main()

"""`python -m benchmarks serve [--sizes 100 1000 10000]`: how long a saved edit takes until it is on the page that is open.

A real `afterword serve` runs, a record is written, and a client waits as the script in an open page does, and then fetches it: the figure is the time from before the
file is written until the page has the new words, middle and 95th percentile of 20 edits. Some come while the site is built after the one before, as they do when
somebody saves often. The peer is `mkdocs serve` with Material on the same files, at the smallest size: it builds all for each edit. Each size leaves its figures in the work folder and
is not measured twice.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.generate import write_archive
from benchmarks.measurement import REPOSITORY
from benchmarks.steps import Figures, Steps

SIZES = (100, 1000, 10_000)
TARGETS = {100: 0.3, 10_000: 1.0}
"""Seconds within which an edit is to be there, by records."""

EDITS = 20
PAUSES = (0.2, 0.7, 1.6, 3.0)
"""Seconds between edits, in turn: with the longer ones the site is being built when the next comes."""

PATIENCE = 1800
OPENED = re.compile(r"livereload\((\d+), (\d+)\);")
"""What MkDocs' server gives a page that is open, and its browser asks with."""

OURS = (
    "-c",
    "from afterword.cli.main import main; main()",
    "serve",
    "--config-file",
    "mkdocs.yml",
    "--address",
)
PEER = ("-m", "mkdocs", "serve", "--config-file", "mkdocs-plain.yml", "--dev-addr")


@dataclass(frozen=True, slots=True)
class Site:
    """A site that is served."""

    folder: Path
    url: str

    def page(self, address: str) -> str:
        """Fetch a page; empty where it is not there."""
        try:
            with urllib.request.urlopen(self.url + address, timeout=PATIENCE) as answer:  # noqa: S310 - of this machine
                return str(answer.read().decode())
        except OSError:
            return ""

    def wait_for(self, address: str, words: str, page: str = "") -> str:
        """Wait until a page has some words, and give it; one that is open as `page` is told of news as a browser is."""
        until = time.monotonic() + PATIENCE
        while words not in page:
            if time.monotonic() > until:
                raise SystemExit(f"{words!r} never came at {self.url}{address}")
            opened = OPENED.search(page)
            if opened is None:
                time.sleep(0.1)
            elif int(self.news(address, *opened.groups()) or 0) <= int(opened[1]):
                continue
            page = self.page(address)
        return page

    def news(self, address: str, epoch: str, request: str) -> str:
        """Ask what a waiting browser asks."""
        asking = urllib.request.Request(  # noqa: S310 - of this machine
            f"{self.url}livereload/{epoch}/{request}", headers={"Referer": self.url + address}
        )
        with urllib.request.urlopen(asking, timeout=PATIENCE) as answer:  # noqa: S310 - likewise
            return str(answer.read().decode())


@contextmanager
def serving(folder: Path, command: Sequence[str], log: Path) -> Iterator[Site]:
    """Serve the archive in a folder, from when its pages are there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "NO_MKDOCS_2_WARNING": "1"}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, *command, address], cwd=folder, env=environment, stdout=output, stderr=output
        )
    try:
        site = Site(folder, f"http://{address}/")
        site.wait_for("", "</html>")
        yield site
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def timed(site: Site, record: Path, address: str) -> list[float]:
    """Edit a record again and again, and give how long each edit took to be on its page."""
    text = record.read_text(encoding="utf-8")
    times = []
    page = site.wait_for(address, "</html>")
    try:
        for number in range(EDITS):
            time.sleep(PAUSES[number % len(PAUSES)])
            word = f"zephyrine{number}x"
            begin = time.perf_counter()
            record.write_text(
                text.replace("## Summary\n", f"## Summary\n\nOnce more: {word}.\n"), encoding="utf-8"
            )
            page = site.wait_for(address, word, page)
            times.append(time.perf_counter() - begin)
    finally:
        record.write_text(text, encoding="utf-8")
    return times


def measure(folder: Path, command: Sequence[str], records: int, *, ours: bool) -> Figures:
    """Serve an archive of so many records, and edit the one in the middle."""
    record = sorted(write_archive(folder, records))[records // 2]
    year = f"{record.stem[:4]}/{record.stem}/"
    begin = time.perf_counter()
    with serving(folder, command, folder / f"serve-{'ours' if ours else 'peer'}.log") as site:
        started = time.perf_counter() - begin
        # Where the file lies and where Afterword puts the page are the same address here.
        return {"records": records, "started": started, "seconds": timed(site, record, year), "ours": ours}


def row(name: str, figures: Figures) -> str:
    """Give one line of the table in docs/measurements.md."""
    times = sorted(figures["seconds"])
    late = times[int(0.95 * (len(times) - 1))]
    target = TARGETS.get(figures["records"]) if figures["ours"] else None
    shown = [f"{1000 * each:,.0f} ms" for each in (statistics.median(times), late, times[-1])]
    return f"| {name} | {figures['records']:,} | {' | '.join(shown)} | {f'{target:g} s' if target else '–'} |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what has not been measured, and print the table; 1 where the middle is above its target."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks serve", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument(
        "--sizes", nargs="+", type=int, default=SIZES, help="records (default 100 1000 10000)"
    )
    parser.add_argument("--work", type=Path, default=REPOSITORY / ".cache" / "serve", help="the work folder")
    parser.add_argument("--again", action="store_true", help="measure these sizes again")
    asked = parser.parse_args(arguments)
    steps, rows, passing = Steps(asked.work / "figures"), [], True
    for records in asked.sizes:
        runs = [("afterword serve", f"ours-{records}", OURS)]
        if records == min(asked.sizes):
            runs.append(("mkdocs serve, Material", f"peer-{records}", PEER))
        for name, step, command in runs:
            if asked.again:
                steps.forget(step)
            ours, folder = command is OURS, asked.work / str(records)
            figures = steps.do(step, partial(measure, folder, command, records, ours=ours))
            rows.append(row(name, figures))
            passing &= not ours or statistics.median(figures["seconds"]) <= TARGETS.get(records, 1.0)
    print(
        f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, {EDITS} edits each\n"
    )
    print("| | records | middle | 95th percentile | longest | target |\n|---|---|---|---|---|---|")
    print("\n".join(rows))
    return 0 if passing else 1


if __name__ == "__main__":
    raise SystemExit(main())

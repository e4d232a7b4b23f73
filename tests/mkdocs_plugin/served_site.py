"""A site that is served in a process of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 90
"""Seconds after which something is held not to come any more."""


@dataclass(frozen=True)
class Running:
    """A server, with the folder of what it serves, its address and its log."""

    folder: Path
    url: str
    log: Path
    process: subprocess.Popen[bytes]

    def page(self, address: str) -> str | None:
        """Fetch a page, None where there is none."""
        try:
            with urllib.request.urlopen(self.url + address, timeout=PATIENCE) as answer:  # noqa: S310 - of this machine
                return str(answer.read().decode())
        except OSError:
            return None

    def wait_for(self, address: str, words: str | None) -> str:
        """Fetch a page until it holds some words, or until there is none where there are no words, and give it."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            page = self.page(address)
            if page is None if words is None else words in (page or ""):
                return page or ""
            time.sleep(0.05)
        raise AssertionError(f"{words!r} never came\n{self.log.read_text()}")

    def said(self, words: str) -> int:
        """Count how often the log says something."""
        return self.log.read_text().count(words)

    def wait_for_line(self, words: str, times: int = 1) -> None:
        """Wait until the log has said something so many times."""
        until = time.monotonic() + PATIENCE
        while self.said(words) < times:
            assert time.monotonic() < until, f"{words!r} was never said\n{self.log.read_text()}"
            time.sleep(0.05)

    def ended(self, by: signal.Signals) -> int:
        """Send a signal to it, as Ctrl-C does to all of its processes, and give its exit code."""
        os.killpg(self.process.pid, by)
        return self.process.wait(PATIENCE)


@contextmanager
def serving(
    folder: Path, environment: Mapping[str, str] | None = None, *, begins: bool = True
) -> Iterator[Running]:
    """Serve a site, once it is there where it `begins`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    log = folder.parent / f"{folder.name}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [Path(sys.executable).parent / "afterword", "serve", "--address", address],
            cwd=folder,
            stdout=output,
            stderr=output,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **(environment or {})},
            start_new_session=True,
        )
    # The path of `site_url` is kept when a site is served.
    running = Running(folder, f"http://{address}/docs/", log, process)
    try:
        if begins:
            running.wait_for_line("Serving on")
        yield running
    finally:
        process.kill()
        process.wait()

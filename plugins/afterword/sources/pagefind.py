"""Pagefind's program, which indexes pages for search in the browser: asked over its pipes, a message a page.

Its own Python client waits 0.1 s for each answer (17 minutes for 10,000 records); the same protocol without waiting is what stands here: JSON in
base64, a comma behind each message, in both directions.
"""

from __future__ import annotations

import base64
import contextlib
import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

WHEELS = ("pagefind-bin", "pagefind-bin-extended")
"""The distributions that bring the program along, for Linux, macOS and Windows."""

_NAMES = frozenset({"pagefind", "pagefind_extended"})
_SECONDS = 60.0
_SECONDS_PER_PAGE = 0.1
_VERSION_SECONDS = 10
_ADDING, _FILES = 2, 1
_PIECES = {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": "3000"}
"""A reader downloads whole pieces of the index: of 20,000 places of words, as they are by default, a question of three words took 283 KB at 10,000
records. A version that no longer knows the variable works, and sends more."""
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class PagefindProgram:
    """The program, and its version, which belongs into the key of any cache."""

    program: str
    version: str


class PagefindError(Exception):
    """The program did not index what it was given; says why."""


def find_pagefind() -> PagefindProgram | None:
    """Find the program of a wheel, else one on PATH; None where there is none."""
    for wheel in WHEELS:
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            distribution = importlib.metadata.distribution(wheel)
            for file in distribution.files or ():
                path = Path(str(file.locate()))
                if file.stem in _NAMES and file.suffix in ("", ".exe") and path.is_file():
                    return PagefindProgram(str(path), distribution.version)
    program = shutil.which("pagefind_extended") or shutil.which("pagefind")
    return PagefindProgram(program, _version(program)) if program else None


def index_pages(
    pagefind: PagefindProgram,
    pages: Iterable[tuple[str, str]],
    language: str,
    told: Callable[[], object] = lambda: None,
    seconds: float = _SECONDS,
) -> dict[str, bytes]:
    """Index pages, each an address and its HTML, and give the files of the index by their path; `told` is called for each page that is in.

    Pages are taken while earlier ones are being indexed. All are in the program's memory until the end: about 0.3 MB for one of 6 KB.
    Raises PagefindError, also where the program needs more than `seconds` and 0.1 s a page.
    """
    try:
        process = subprocess.Popen(  # noqa: S603 - the program of the wheel or of PATH, and no shell
            [pagefind.program, "--service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **_PIECES},
        )
    except OSError as error:
        raise PagefindError(
            f"{pagefind.program} cannot be run: {(error.strerror or str(error)).lower()}"
        ) from error
    assert process.stdin is not None  # noqa: S101 - it was asked for
    assert process.stdout is not None  # noqa: S101 - likewise
    failed: list[BaseException] = []
    added = threading.Semaphore(0)

    def feed(stdin: IO[bytes], index: int) -> None:
        try:
            count = 0
            for url, html in pages:
                count += 1
                page = {"type": "AddFile", "index_id": index, "url": url, "file_contents": html}
                stdin.write(_message(_ADDING, page))
            stdin.flush()
            for _ in range(
                count
            ):  # asked for the files in between, a later version may give what is there so far
                added.acquire()
            stdin.write(_message(_FILES, {"type": "GetFiles", "index_id": index}))
            stdin.flush()
        except OSError:
            pass  # the program has ended, and the one who reads learns it
        except BaseException as error:  # told to the one who waits for the answers
            failed.append(error)
            process.kill()

    with _ended(process):
        watch = _Watch(process, seconds)
        try:
            answers = _answers(process.stdout)
            process.stdin.write(_message(0, {"type": "NewIndex", "config": {"force_language": language}}))
            process.stdin.flush()
            made = next(answers)
            feeder = threading.Thread(target=feed, args=(process.stdin, made["index_id"]), daemon=True)
            feeder.start()
            for answer in answers:
                if answer["type"] == "GetFiles":
                    feeder.join()
                    return {file["path"]: base64.b64decode(file["content"]) for file in answer["files"]}
                added.release()
                watch.add(_SECONDS_PER_PAGE)
                told()
            raise PagefindError(watch.late or "the program ended early")
        except (OSError, StopIteration, ValueError, KeyError) as error:
            raise PagefindError(watch.late or f"the program's answer cannot be read: {error}") from error
        finally:
            watch.end()
            if failed:
                raise failed[0]


@contextlib.contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """End a program with the block, and leave nothing of it open."""
    try:
        yield
    finally:
        process.kill()
        with contextlib.suppress(BrokenPipeError), process:
            pass  # closing writes what waits to be written


class _Watch:
    """Ends a program that takes too long."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self.late = ""
        self._process = process
        self._left = seconds
        self._added = 0.0
        self._timer = self._start(seconds)

    def add(self, seconds: float) -> None:
        """Allow more time, once what there was is over."""
        self._added += seconds

    def end(self) -> None:
        """Watch no longer."""
        self._timer.cancel()

    def _start(self, seconds: float) -> threading.Timer:
        timer = threading.Timer(seconds, self._over)
        timer.daemon = True
        timer.start()
        return timer

    def _over(self) -> None:
        if self._added:
            more, self._added = self._added, 0.0
            self._left += more
            self._timer = self._start(more)
            return
        self.late = f"no answer within {self._left:g} s, the program was ended"
        self._process.kill()


def _message(number: int, payload: dict[str, Any]) -> bytes:
    text = json.dumps({"message_id": number, "payload": payload})
    return base64.b64encode(text.encode()) + b","


def _answers(stream: IO[bytes]) -> Iterator[dict[str, Any]]:
    """Yield what the program answers. Raises PagefindError where it complains."""
    waiting: list[bytes] = []
    while block := stream.read1(_BLOCK):  # type: ignore[attr-defined]  # a pipe is buffered
        *whole, rest = block.split(b",")
        for part in whole:
            payload: dict[str, Any] = json.loads(base64.b64decode(b"".join((*waiting, part))))["payload"]
            waiting.clear()
            if payload["type"] == "Error":
                raise PagefindError(str(payload.get("message", "an error without a message")))
            yield payload
        waiting.append(rest)


def _version(program: str) -> str:
    try:
        said = subprocess.run(  # noqa: S603 - likewise
            [program, "--version"], capture_output=True, text=True, timeout=_VERSION_SECONDS, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return "unknown"
    found = re.search(r"\d+\.\d+[\w.]*", said)
    return found.group() if found else "unknown"

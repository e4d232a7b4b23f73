"""Runs `afterword sync` as often as it is asked to, and kills it at the n-th thing that it does with files or the tracker.

Modules are loaded once; each run is a fork. Standard input gives a number a line (0: to its end); each answer is the number of things done, or -1 where it was killed.
"""

from __future__ import annotations

import os
import signal
import sys

from afterword.cli import sync as _command  # noqa: F401 - loaded once
from afterword.cli.main import main
from tests.trackers.drawn_tracker import register

THINGS = ("drawn.page", "open", "os.rename", "os.remove", "os.mkdir", "shutil.copymode", "os.chmod")


def _run(kill_at: int, report: int) -> None:
    done = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal done
        if event == "drawn.page" or (event in THINGS and "tickets.json" in str(arguments[0])):
            done += 1
        else:
            return
        if done == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    try:
        main(["sync"])
    finally:
        os.write(report, str(done).encode())
        os._exit(0)


def _serve() -> None:
    register()
    for line in sys.stdin:
        ours, theirs = os.pipe()
        child = os.fork()
        if not child:
            _run(int(line), theirs)
        os.close(theirs)
        os.waitpid(child, 0)
        told = os.read(ours, 100).decode()
        os.close(ours)
        sys.stdout.write(f"{told or -1}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()

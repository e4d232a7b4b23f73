"""What opens tickets in a process of its own, which may be killed at any point."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from afterword import operations
from afterword.model.settings import Tracker
from afterword.operations.actions.ticket_opening import open_tickets
from tests.operations.drawn_tracker import WithdrawingClient

TRACKER = Tracker("Tickets", "PAY-#", "https://tracker.example/PAY-#", can_open=True, kind="drawn")

_CONTEXT = multiprocessing.get_context("forkserver")
# A process is a copy of one that has loaded the modules, and has neither threads nor a server.
_CONTEXT.set_forkserver_preload(["tests.operations.opening_process"])


def start(folder: Path, address: str) -> ForkServerProcess:
    """Begin to open what is missing in the archive of a folder."""
    process = _CONTEXT.Process(target=_run, args=(folder, address))
    process.start()
    return process


def kill(process: ForkServerProcess) -> None:
    """End a process as the power does, unless it has come to its end already."""
    if process.pid is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)


def _run(folder: Path, address: str) -> None:
    loaded = operations.load(folder / "afterword.yml", folder)
    open_tickets(loaded, TRACKER, WithdrawingClient(address))

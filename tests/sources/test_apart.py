"""A piece of work that another process does meanwhile."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from pathlib import Path

import pytest

from afterword.operations.cannot_run import CannotRunError
from afterword.sources.apart import Apart
from afterword.sources.crew_errors import CrewError, EndedError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are split off on Linux alone")


class LostError(Exception):
    """An error that says less than it is made of, so that pickle cannot make it again."""

    def __init__(self, words: str, number: int) -> None:
        super().__init__(words)
        self.number = number


def fail_with(error: Exception) -> None:
    """Raise an error."""
    raise error


def test_it_gives_what_the_work_gives() -> None:
    """However much that is, and from what this process held when it began."""
    held = ["before"]
    apart = Apart(lambda: (os.getpid(), tuple(held), b"x" * 3_000_000))
    held.append("after")
    process, seen, much = apart.result()
    assert process != os.getpid()
    assert (seen, len(much)) == (("before",), 3_000_000)


def test_what_the_work_raises_is_raised() -> None:
    """As it is; one that cannot be sent is told in words."""

    def fail() -> None:
        raise CannotRunError("the package is missing")

    class UnsentError(Exception):
        pass

    def fail_oddly() -> None:
        raise UnsentError("so it is")

    with pytest.raises(CannotRunError, match=r"^the package is missing$"):
        Apart(fail).result()
    with pytest.raises(CrewError, match=r"^UnsentError: so it is$"):
        Apart(fail_oddly).result()
    with pytest.raises(CrewError, match=r"^LostError: a word$"):
        Apart(lambda: fail_with(LostError("a word", 2))).result()
    with pytest.raises(CrewError):
        Apart(lambda: lambda: None).result()
    with pytest.raises(CrewError, match="lambda"):
        Apart(lambda: ([b"x" * 3_000_000] * 3, lambda: None)).result()


def test_a_process_that_dies_is_told() -> None:
    """Nobody waits for it."""
    with pytest.raises(EndedError, match="part of the work was ended"):
        Apart(lambda: os.kill(os.getpid(), signal.SIGKILL)).result()


def test_nothing_is_left_of_one_that_nobody_asks() -> None:
    """Ending it twice is no fault."""
    apart = Apart(lambda: signal.pause())
    assert multiprocessing.active_children()
    apart.end()
    apart.end()
    assert not multiprocessing.active_children()


def test_whoever_is_asked_to_end_while_it_splits_a_process_off_ends() -> None:
    """What a signal's handler raises in what Python does after a fork is printed and lost."""

    class AskedError(Exception):
        pass

    def end(*_: object) -> None:
        raise AskedError

    asked = [True]
    os.register_at_fork(
        after_in_parent=lambda: asked and asked.pop() and os.kill(os.getpid(), signal.SIGTERM)
    )
    before = signal.signal(signal.SIGTERM, end)
    try:
        with pytest.raises(AskedError):
            Apart(lambda: 1)
        assert signal.getsignal(signal.SIGTERM) is end
    finally:
        signal.signal(signal.SIGTERM, before)


def test_a_process_that_is_asked_to_end_before_it_begins_ends(tmp_path: Path) -> None:
    """The handlers of the process that it is split off from are not its own."""
    begun, asked = tmp_path / "begun", [True]
    os.register_at_fork(after_in_child=lambda: asked and asked.pop() and os.kill(os.getpid(), signal.SIGTERM))
    before = signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        with pytest.raises(EndedError):
            Apart(begun.touch).result()
    finally:
        signal.signal(signal.SIGTERM, before)
        asked.clear()
    assert not begun.exists()

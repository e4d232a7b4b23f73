"""Splitting a process off, with all that this one holds at that moment."""

from __future__ import annotations

import gc
import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # Windows has none
    from multiprocessing.context import ForkProcess

_ENDING = (signal.SIGINT, signal.SIGTERM)
"""The signals that ask a program to end."""


def split_off(work: Callable[..., None], *args: object) -> ForkProcess:
    """Begin work in a process of its own, which whoever split it off ends; see `spare_cores` for where that can be."""
    asked: list[int] = []
    with _noting(asked):
        process = multiprocessing.get_context("fork").Process(
            target=_begin, args=(asked, work, *args), daemon=True
        )
        process.start()
    return process


def _begin(asked: list[int], work: Callable[..., None], *args: object) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if asked:
        return
    gc.freeze()
    work(*args)


@contextmanager
def _noting(asked: list[int]) -> Iterator[None]:
    """Hear at the end of the block who asks this process to end within it: what is raised in what Python does after a fork is printed, and lost.

    Handlers are called in the main thread alone, so that no other is disturbed.
    """
    is_main = threading.current_thread() is threading.main_thread()
    handlers = {each: signal.getsignal(each) for each in _ENDING if is_main}
    for each, handler in handlers.items():
        if callable(handler):
            signal.signal(each, lambda number, _: asked.append(number))
    try:
        yield
    finally:
        for each, handler in handlers.items():
            if callable(handler):
                signal.signal(each, handler)
        for number in asked:
            signal.raise_signal(number)

"""Python's search for objects that hold on to each other."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def not_collecting() -> Iterator[None]:
    """Spare what is being read, or made of that, the search for cycles: all of it stays, and walking it again and again takes a fifth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def keeping_all() -> Iterator[None]:
    """Leave what is read and made out of that search for good: walking it takes a seventh of the time of a build, and would stop the author of a served site for seconds."""
    with not_collecting():
        yield
        gc.freeze()

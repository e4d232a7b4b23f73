"""The memory of a served site is searched seldom, and then for all that builds have left."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from weakref import ref

import pytest

from afterword.mkdocs_plugin.memory import AFTER, AT_LAST, Memory


class Loop:
    """Holds on to itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def left() -> Iterator[ref[Loop]]:
    """Leave something behind that only a search finds, and spare it that of every day."""
    gc.disable()
    try:
        loop = ref(Loop())
        gc.freeze()
        gc.collect()
        assert loop() is not None
        yield loop
    finally:
        gc.unfreeze()
        gc.enable()


def test_it_is_searched_after_some_builds_when_nobody_writes(left: ref[Loop]) -> None:
    """Not before, and not while somebody may be at work."""
    busy, quiet = Memory(), Memory(quiet=0)
    for _ in range(AFTER):
        quiet.tidy()
        for each in (busy, quiet):
            each.note_build(is_whole=True)
    busy.note_edit()
    busy.tidy()
    assert left() is not None
    quiet.tidy()
    assert left() is None


def test_what_a_failed_build_has_read_is_found_when_the_next_one_has_ended(left: ref[Loop]) -> None:
    """It is as much as a whole archive, and somebody who looks for a mistake has many builds fail."""
    memory = Memory()
    memory.note_build(is_whole=False)
    assert left() is not None
    memory.note_build(is_whole=True)
    assert left() is None


def test_it_is_searched_at_last_though_somebody_always_writes(left: ref[Loop]) -> None:
    """A program that writes something every minute leaves no quiet time."""
    memory = Memory()
    for _ in range(AT_LAST - 1):
        memory.note_edit()
        memory.note_build(is_whole=True)
        memory.tidy()
    assert left() is not None
    memory.note_build(is_whole=True)
    assert left() is None

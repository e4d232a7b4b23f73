"""What was read of a text before one more keystroke: parts that are the same, in the same place, need not be read again."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from afterword.model.markup import Node

T = TypeVar("T")

BlockKey = tuple[int, int, str]
"""The first and last line of a top-level block, or the line of a table's row and how deep it stands; and what is written on them."""

Block = tuple[Node, tuple[Node, ...]]
"""A top-level block or a row, and what is notable in it."""

_DEFINITION = re.compile(r"^[ \t>*+\d.)-]*\[[^\]\n]+\]:.*$", re.MULTILINE)


MOST_ROWS = 4096
"""So many rows are kept, of the text as it is and as it was."""


class Memory:
    """The parts of one text as it was read last. Reading a text with a memory of another gives what reading it without one gives.

    A block, or a row of a table, means the same on the same lines as long as the definitions of links and footnotes are the same, wherever
    they stand; what is read from blocks, as long as they are the very same.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._basis: tuple[object, ...] = ()
        self._blocks: dict[BlockKey, Block] = {}
        self._current: dict[BlockKey, Block] = {}
        self._rows: dict[BlockKey, Block] = {}
        self._parts: dict[str, tuple[tuple[object, ...], Any]] = {}

    def begin(self, body: str, *signs: bool) -> None:
        """Turn to the next text; `signs` are what else there is in a body that decides how it is read anywhere."""
        basis = (*_DEFINITION.findall(body), *signs)
        is_same = basis == self._basis
        self._basis, self._current = basis, {}
        if not is_same:
            self._blocks = {}
        if not is_same or len(self._rows) > MOST_ROWS:
            self._rows = {}

    def block(self, key: BlockKey, make: Callable[[], Block]) -> Block:
        """Give a block as it was, or make it."""
        found = self._blocks.get(key)
        if found is None:
            found = make()
        self._current[key] = found
        return found

    def row(self, key: BlockKey, make: Callable[[], Block]) -> Block:
        """Give a row of a table that has changed as it was, or make it."""
        found = self._rows.get(key)
        if found is None:
            found = self._rows[key] = make()
        return found

    def end(self) -> None:
        """Forget the blocks that the text does not have any more."""
        self._blocks, self._current = self._current, {}

    def part(self, name: str, basis: Sequence[object], read: Callable[[], T]) -> T:
        """Give what was read under a name from the very same things and equal texts, or read it."""
        known = self._parts.get(name)
        if known is not None and len(known[0]) == len(basis):
            value: T = known[1]
            if all(_same(old, new) for old, new in zip(known[0], basis, strict=True)):
                return value
        value = read()
        self._parts[name] = tuple(basis), value
        return value


def _same(old: object, new: object) -> bool:
    """Compare texts and numbers by what they say, and all else by whether it is the very thing, which takes no time."""
    return old is new or (isinstance(old, str | int) and old == new)

"""What was read of a text before one more keystroke: parts that are the same, in the same place, need not be read again."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from afterword.model.markup import Node

T = TypeVar("T")

BlockKey = tuple[int, int, str]
"""The first and last line of a top-level block, and what is written on them."""

Block = tuple[Node, tuple[Node, ...]]
"""A top-level block, and what is notable in it."""

_DEFINITION = re.compile(r"^[ \t>*+\d.)-]*\[[^\]\n]+\]:.*$", re.MULTILINE)


class Memory:
    """The parts of one text as it was read last. Reading a text with a memory of another gives what reading it without one gives.

    A block means the same on the same lines as long as the definitions of links and footnotes are the same, wherever they stand; what is
    read from blocks, as long as they are the very same.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._definitions: list[str] = []
        self._blocks: dict[BlockKey, Block] = {}
        self._current: dict[BlockKey, Block] = {}
        self._parts: dict[str, tuple[tuple[object, ...], Any]] = {}

    def begin(self, body: str) -> None:
        """Turn to the next text."""
        definitions = _DEFINITION.findall(body)
        known = {**self._blocks, **self._current} if definitions == self._definitions else {}
        self._definitions, self._blocks, self._current = definitions, known, {}

    def block(self, key: BlockKey, make: Callable[[], Block]) -> Block:
        """Give a block as it was, or make it."""
        found = self._blocks.get(key)
        if found is None:
            found = make()
        self._current[key] = found
        return found

    def end(self) -> None:
        """Forget what the text does not have any more."""
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

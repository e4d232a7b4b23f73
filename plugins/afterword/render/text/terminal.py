"""Text for a terminal: words that it does not obey, broken to its width, painted where it has colours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import NamedTuple

from afterword.render.text.spelling import TIED, spelt_for
from afterword.render.text.wrap import columns, plain, wrap

LEAST_COLUMNS = 16
"""Text is never set narrower: what stands far to the right runs over the edge instead of down in single letters."""

_GAP = 2


class Cell(NamedTuple):
    """One cell of a row: its words, how wide it is, and how it is painted; `tied` are words painted by themselves."""

    text: str
    width: int
    style: str = ""
    tied: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where text is shown; `width` in columns, `encoding` as Python names it."""

    width: int = 80
    colour: bool = False
    encoding: str = "utf-8"

    def words(self, text: str) -> str:
        """Give a text on one line, without what a terminal obeys and in what its encoding has."""
        return spelt_for(plain(text), self.encoding)

    def code(self, line: str) -> tuple[str, str]:
        """Give the indent of a line of code, and the rest with its blanks tied."""
        expanded = line.expandtabs(4)
        bare = expanded.lstrip(" ")
        return " " * (len(expanded) - len(bare)), self.words(bare.replace(" ", TIED))

    def lines(
        self, text: str, width: int, style: str = "", tied: Mapping[str, str] | None = None
    ) -> Iterator[str]:
        """Break words that `words` gave into painted lines."""
        for line in self._broken(text, width):
            yield self._painted(line, style, tied or {})

    def hanging(
        self, first: str, following: str, text: str, style: str = "", tied: Mapping[str, str] | None = None
    ) -> Iterator[str]:
        """Set words behind `first`, and what does not fit behind `following`; both are shown dimmed."""
        width = max(self.width - max(columns(first), columns(following)), LEAST_COLUMNS)
        lines = list(self.lines(text, width, style, tied)) or [""]
        yield (self.paint(first, "dim") + lines[0]).rstrip()
        for line in lines[1:]:
            yield self.paint(following, "dim") + line

    def row(self, indent: int, cells: Sequence[Cell]) -> Iterator[str]:
        """Set cells beside each other, each wrapped under its own column."""
        broken = [self._broken(cell.text, cell.width) for cell in cells]
        for lines in zip_longest(*broken, fillvalue=""):
            last = max((position for position, line in enumerate(lines) if line), default=0)
            parts = [
                self._painted(line, cell.style, cell.tied)
                + (" " * (cell.width - columns(line) + _GAP) if position < last else "")
                for position, (line, cell) in enumerate(zip(lines, cells, strict=True))
            ]
            yield (" " * indent + "".join(parts)).rstrip()

    def paint(self, text: str, style: str) -> str:
        """Set text off by a style of rich, where there are colours."""
        if not (self.colour and style and text):
            return text
        # Imported here: most runs are in pipes, and start faster without it.
        from rich.style import Style

        return Style.parse(style).render(text)

    def _broken(self, text: str, width: int) -> list[str]:
        return [line.removeprefix(TIED) for line in wrap(text, max(width, 2))]

    def _painted(self, line: str, style: str, tied: Mapping[str, str]) -> str:
        # What stands at the start of a line has lost what sets it apart.
        styles = {form: kept for words, kept in tied.items() for form in (words, words.removeprefix(TIED))}
        parts = [line]
        if styles and self.colour:
            alternatives = "|".join(map(re.escape, sorted(styles, key=len, reverse=True)))
            parts = re.split(f"({alternatives})", line)
        painted = (self.paint(part, styles.get(part, style)) for part in parts)
        return "".join(painted).replace(TIED, " ")


def tie(text: str) -> str:
    """Keep words on one line together."""
    return text.replace(" ", TIED)


def apart(text: str) -> str:
    """Keep words on one line together, and further from the word before them than others are."""
    return TIED + tie(text)


def joined(parts: Iterable[str], between: str = " · ") -> str:
    """Join the parts that say something."""
    return between.join(part for part in parts if part)

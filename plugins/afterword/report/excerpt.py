"""The line of a file that a finding is about, for a terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from afterword.model.span import START, Span

NARROWEST = 20
"""Cells that an excerpt takes even where the terminal says that it has fewer."""

_CUT = "…"
_TAB = "    "
_PICTURES = {chr(code): chr(0x2400 + code) for code in range(0x20)} | {"\t": _TAB, "\x7f": "\u2421"}
_REORDERING = re.compile(r"[\x80-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ue0ff]")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A source line as it may be shown, the blanks that lead to the place, and the marks below it, all in cells of the terminal."""

    source: str
    indent: str
    marks: str


def excerpt(span: Span, lines: Sequence[str], width: int) -> Excerpt | None:
    """Show where a span begins, in at most `width` cells; None where there is nothing to see.

    Of a span of several lines it is the first. Characters that a terminal obeys are shown as pictures of themselves, a tab as four blanks. What concerns a
    whole file has no place in it.
    """
    if span == START or not 1 <= span.line <= len(lines) or not lines[span.line - 1].strip():
        return None
    line = lines[span.line - 1]
    begin = min(span.column - 1, len(line))
    end = len(line.rstrip()) if span.end_line > span.line else min(span.end_column - 1, len(line))
    before, marked, after = map(
        _visible, (line[:begin], line[begin : max(begin, end)], line[max(begin, end) :])
    )
    room = max(width, NARROWEST)
    if _cells(before + marked + after) > room:
        before, marked, after = _cut(before, marked, after, room)
    return Excerpt(before + marked + after, " " * _cells(before), "^" * max(1, _cells(marked)))


def _cut(before: str, marked: str, after: str, room: int) -> tuple[str, str, str]:
    """Keep the place and what stands around it."""
    if _cells(before + marked) >= room:
        before = _last(before, max(room // 3, min(room * 2 // 3, room - _cells(marked) - 1)))
    marked_room = room - _cells(before)
    if _cells(marked) > marked_room:
        return before, _first(marked, marked_room), ""
    rest = marked_room - _cells(marked)
    return before, marked, _first(after, rest) if rest else ""


def _first(text: str, room: int) -> str:
    """Give the beginning of a text in `room` cells, with a sign where something is left out."""
    if _cells(text) <= room:
        return text
    used, kept = len(_CUT), []
    for character in text:
        used += _cells(character)
        if used > room:
            break
        kept.append(character)
    return "".join(kept) + _CUT


def _last(text: str, room: int) -> str:
    """Give the end of a text in `room` cells, with a sign where something is left out."""
    if _cells(text) <= room:
        return text
    used, kept = len(_CUT), []
    for character in reversed(text):
        used += _cells(character)
        if used > room:
            break
        kept.append(character)
    return _CUT + "".join(reversed(kept))


def _visible(text: str) -> str:
    return _REORDERING.sub("\ufffd", "".join(_PICTURES.get(character, character) for character in text))


def _cells(text: str) -> int:
    # Imported here: most runs are in pipes, and start faster without it.
    from rich.cells import cell_len

    return cell_len(text)

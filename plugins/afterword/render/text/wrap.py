"""Lines of a width that the eye sees, in any script: text in a drawing is broken by us, since no layout engine does it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

_BLANKS = re.compile(r"[^\S\u00a0\u202f]+")
_NONCHARACTERS = frozenset(
    (
        *range(0xFDD0, 0xFDF0),
        *(plane + end for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF)),
    )
)
_DIRECTIONS = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)))
_TO_LOOK_AT = re.compile(
    "  |[^ -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0377\u037a-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u2190-\u23ff\u25a0-\u27bf\u3041-\u3096\u30a1-\u30ff\u4e00-\u9fff]"
)
"""Anything but letters and signs that stand for themselves: nearly every text is nothing else, and need not be looked at one by one."""

_JOINER = "\u200d"
_FIRST_WIDE = "\u1100"
_MOST_MARKS = 8
_TONES = range(0x1F3FB, 0x1F400)
_FLAGS = range(0x1F1E6, 0x1F200)
_NEVER_FIRST = frozenset("、。，．：；！？）」』】〕》〉’”…ー・,.;:!?)]}%")
_BREAK_BEHIND = frozenset("-/_.,:;=|\\–—")


def plain(text: str) -> str:
    """Give the text on one line, without what XML refuses or no eye sees: controls, lone surrogates, noncharacters, direction marks.

    Of a heap of combining marks the first are kept: engines give each of them the width of a letter.
    """
    if not _TO_LOOK_AT.search(text):
        return text.strip()
    return _BLANKS.sub(" ", "".join(_seen(text))).strip()


def is_right_to_left(text: str) -> bool:
    """Tell whether the first letter of the text is of a script that is read from right to left."""
    if text.isascii():
        return False
    for each in text:
        direction = unicodedata.bidirectional(each)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def clusters(text: str) -> Iterator[str]:
    """Yield what the reader takes for one character: a base with its combining marks, joined emoji, the two halves of a flag."""
    if text.isascii():
        yield from text
        return
    held = ""
    for each in text:
        if held and _belongs(held, each):
            held += each
            continue
        if held:
            yield held
        held = each
    if held:
        yield held


def columns(text: str) -> int:
    """Count the columns of a fixed-width terminal that the text takes: two for a wide character or an emoji, none for a mark."""
    if text.isascii():
        return len(text)
    return sum(_cluster_columns(cluster) for cluster in clusters(text))


def wrap(text: str, width: int) -> tuple[str, ...]:
    """Break plain text into lines of at most `width` columns of a terminal: at blanks, between wide characters, else inside long words. Empty text has no lines."""
    return wrap_measured(text, width, 0, columns)[0]


def wrap_measured(
    text: str, width: float, most_lines: int, size: Callable[[str], float]
) -> tuple[tuple[str, ...], float]:
    """Break plain text as `wrap` does into lines of at most `width`, as `size` measures it, and give the size of the widest line, too.

    After `most_lines` (0: any number) the rest is left out, and the last line ends in an ellipsis.
    """
    lines: list[str] = []
    line = ""
    taken = widest = 0.0
    blank = size(" ")
    for piece, measure, blank_before in _pieces(text, width, size):
        gap = blank if blank_before and line else 0.0
        if line and taken + gap + measure > width:
            lines.append(line)
            widest = max(widest, taken)
            if most_lines and len(lines) == most_lines:
                lines[-1] = _shortened(lines[-1], width, size)
                return tuple(lines), max(widest, size(lines[-1]))
            line, taken = piece, measure
        else:
            line = f"{line} {piece}" if gap else line + piece
            taken += gap + measure
    if line:
        lines.append(line)
    return tuple(lines), max(widest, taken)


def _seen(text: str) -> Iterator[str]:
    marks = 0
    for each in text:
        category = unicodedata.category(each)
        marks = marks + 1 if category in ("Mn", "Me", "Cf") else 0
        if category in ("Cc", "Zl", "Zp"):
            yield " "
        elif (
            category != "Cs"
            and marks <= _MOST_MARKS
            and each not in _DIRECTIONS
            and ord(each) not in _NONCHARACTERS
        ):
            yield each


def _belongs(held: str, following: str) -> bool:
    if following == _JOINER or held.endswith(_JOINER) or ord(following) in _TONES:
        return True
    if unicodedata.category(following).startswith("M"):
        return True
    return ord(following) in _FLAGS and len(held) == 1 and ord(held) in _FLAGS


def _cluster_columns(cluster: str) -> int:
    first = cluster[0]
    if unicodedata.category(first) in ("Mn", "Me", "Cf"):
        return 0
    wide = unicodedata.east_asian_width(first) in ("W", "F") or "\ufe0f" in cluster or ord(first) in _FLAGS
    return 2 if wide else 1


def _pieces(text: str, width: float, size: Callable[[str], float]) -> Iterable[tuple[str, float, bool]]:
    """Give what may stand at the start of a line, each no wider than a line, its size, and whether a blank stands before it."""
    if text.isascii():
        words = [(word, size(word), True) for word in text.split()]
        # Nearly always the words are short and of letters alone, and all is said.
        if all(measure <= width for _, measure, _ in words):
            return words
    return _any_pieces(text, width, size)


def _any_pieces(text: str, width: float, size: Callable[[str], float]) -> Iterator[tuple[str, float, bool]]:
    for word in _BLANKS.split(text.strip()):
        if not word:
            continue
        measure = size(word)
        if measure <= width and max(word) < _FIRST_WIDE:
            yield word, measure, True
            continue
        first = True
        for piece in _stretches(word, width, size):
            yield piece, size(piece), first
            first = False


def _stretches(word: str, width: float, size: Callable[[str], float]) -> Iterator[str]:
    """Yield the parts of one word: wide characters one by one, the others together, cut where they exceed a line."""
    held: list[str] = []
    taken = 0.0
    held_wide = False
    for cluster in clusters(word):
        measure = size(cluster)
        wide = _cluster_columns(cluster) == 2
        sticks = cluster[0] in _NEVER_FIRST or not (held_wide or wide)
        if held and (taken + measure > width or not sticks):
            cut = _cut(held) if taken + measure > width and not held_wide and not wide else len(held)
            yield "".join(held[:cut])
            held = held[cut:]
            taken = sum(map(size, held))
        held.append(cluster)
        taken += measure
        held_wide = wide
    if held:
        yield "".join(held)


def _cut(held: list[str]) -> int:
    """Find where a long word breaks best: behind its last hyphen, slash or the like in the second half, else at its end."""
    for position in range(len(held), len(held) // 2, -1):
        if held[position - 1] in _BREAK_BEHIND:
            return position
    return len(held)


def _shortened(line: str, width: float, size: Callable[[str], float]) -> str:
    kept = list(clusters(line))
    while kept and size("".join(kept)) + size("…") > width:
        kept.pop()
    return "".join(kept).rstrip() + "…"

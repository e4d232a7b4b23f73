"""The few lines of a record that are asked for, cut out before any parser sees the rest.

Only what is written as nearly everyone writes it is cut; of all else nothing is left out, so that what a parser makes of an excerpt is what it would make of it in the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

# Values on one line that need no YAML to see where they end: plain ones of ordinary signs, quoted ones without escapes, and lists and mappings of these.
_PLAIN = r"""\w(?:[]\w .,;!?/|()[{}<>+*=~$%&@'"’‘“”…–—-]|:(?=\w))*"""
_QUOTED = r""""[^"\\\n]*"|'[^'\n]*'"""
_INNER = rf"(?:\w[\w ./+_-]*|{_QUOTED})"
_PAIRS = rf"\{{\w+: {_INNER}(?:, \w+: {_INNER})*\}}"
_FLOW = rf"\[(?:(?:{_INNER}|{_PAIRS})(?:, (?:{_INNER}|{_PAIRS}))*)?\]|{_PAIRS}"
_VALUE = rf"(?:{_PLAIN}|{_QUOTED}|{_FLOW})"
_KEY = r"[A-Za-z_]\w*:"
_ITEM = rf"[ ]{{2}}-[ ](?:{_KEY}[ ]{_VALUE}\n(?:[ ]{{4}}{_KEY}[ ]{_VALUE}\n)*|{_VALUE}\n)"
_ENTRY = re.compile(
    rf"({_KEY})(?:[ ]{_VALUE}\n|\n(?:(?:{_ITEM})+|(?:[ ]{{2}}{_KEY}[ ]{_VALUE}\n)+|))(?=[A-Za-z_]|\Z)"
)
"""An entry of a header with the line end behind it."""

# They begin with the line end before them, which is found faster than the start of a line.
_UNUSUAL = re.compile(
    r"\n(?: {0,3}<(?!!--.*-->)"  # raw HTML, which may go on
    r"| {1,3}(?:#|```|~~~)"  # inside a list item or not
    r"|(?<!\n\n) {0,3}(?:=+|-+)[ \t]*(?=\n|\Z))"  # a heading by the line below it
)
_HEADING_OR_FENCE = re.compile(r"\n(?:(#{1,6}(?:[ \t].*)?)|(`{3,})([^`\n]*)|(~{3,})(.*))(?=\n|\Z)")


class Heading(NamedTuple):
    """The line of a top-level heading, and where it begins and ends in the text."""

    line: str
    start: int
    end: int


def entries_of(header: str, keys: Collection[str]) -> str:
    """Give the entries of a YAML header that have one of the keys, as they are written; all of them where one is written in an unusual way."""
    text = header + "\n"
    found: list[str] = []
    at = 0
    while at < len(text):
        entry = _ENTRY.match(text, at)
        if entry is None:
            return header
        if entry[1][:-1] in keys:
            found.append(entry[0])
        at = entry.end()
    return "".join(found)


def headings_of(body: str) -> tuple[Heading, ...] | None:
    """Give the top-level headings of a Markdown text whose parts mean the same by themselves, None where some may not."""
    # Addresses and footnotes are defined for the whole text.
    if "]:" in body or _UNUSUAL.search("\n" + body):
        return None
    return tuple(_headings("\n" + body))


def _headings(text: str) -> Iterator[Heading]:
    """Yield the headings of a body with a line end before it."""
    fence = ""
    for found in _HEADING_OR_FENCE.finditer(text):
        heading, ticks, behind_ticks, waves, behind_waves = found.groups()
        if heading is not None:
            if not fence:
                yield Heading(heading, found.start(), found.end() - 1)
            continue
        mark, behind = (ticks, behind_ticks) if ticks else (waves, behind_waves)
        if not fence:
            fence = mark
        elif mark.startswith(fence) and not behind.strip(" \t"):
            fence = ""

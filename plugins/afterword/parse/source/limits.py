"""The size of a record, checked on its lines before any parser sees them (docs/format.md, section 1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import methodcaller

from afterword.model.finding import Finding, Nature
from afterword.model.span import START, Span
from afterword.model.value import plain_value
from afterword.parse.source.rows import written_cells
from afterword.parse.source.text import split_lines

MAX_RECORD_BYTES = 256 * 1024
MAX_HEADER_BYTES = 64 * 1024
MAX_NESTING = 100
MAX_COLUMNS = 100
MAX_ROWS = 5_000
MAX_CELLS = MAX_COLUMNS * MAX_ROWS
"""Of all tables together: rows are filled up to the head's width while parsing, so 10 KB of short rows weigh as much as 500 KB."""

MAX_MARKS = 20_000
"""Characters at the start of a line that could open a block, even in what looks like code: a parser's stack hangs on it."""

_ITEM = re.compile(r"([-+*]|[0-9]{1,9}[.)])(?=[ ]|$)")
_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_DELIMITER_CHARS = re.compile(r"[-|: \t\v\f]+$")
_MARKS = re.compile(r"[ \t>*+0-9.)-]*")
_BLANKS = re.compile(r" *")
_PIPES = methodcaller("count", "|")
_MANY_MARKS = re.compile(rf"\n[ \t>*+0-9.)-]{{{MAX_NESTING // 4}}}")
"""Begins with a sign, for which a text is searched in no time."""
_QUOTE = 0


def check_size(raw_size: int) -> Finding | None:
    """Tell whether a file has more bytes than a record may have; the one limit that can be told without reading it."""
    if raw_size <= MAX_RECORD_BYTES:
        return None
    return _finding(
        f"{_kilobytes(raw_size)} in one record, at most 256 KB are read",
        START,
        "move logs and dumps into attachments",
    )


def check_limits(raw_size: int, header: str | None, body: str, body_line: int) -> Finding | None:
    """Tell the first limit that a file breaks, or None where it may be parsed.

    `raw_size` is the file's size in bytes. Nesting is counted from the lines: never too low, now and then a little too high.
    """
    too_large = check_size(raw_size)
    if too_large is not None:
        return too_large
    header_size = len(header.encode()) if header is not None else 0
    if header_size > MAX_HEADER_BYTES:
        return _finding(
            f"{_kilobytes(header_size)} of front matter, at most 64 KB are read", Span.at(1, 1, 3)
        )
    lines = split_lines(body)
    if _is_surely_small(body, lines):
        return None
    tables = _Tables()
    for number, line in enumerate(_Containers().read(lines), start=body_line):
        if line.depth > MAX_NESTING or line.marks > MAX_MARKS:
            return _finding(
                f"more than {MAX_NESTING} nested blocks",
                Span.at(number, 1, line.length),
                "end the lists and quotes",
            )
        message = None if line.is_code else tables.add(line.rest)
        if message is not None:
            return _finding(message, Span.at(number, 1, line.length), "split the table")
    return None


def _is_surely_small(body: str, lines: Sequence[str]) -> bool:
    """Tell whether no limit can be broken, without following quotes, items and tables through the lines: of ordinary records none can.

    A block takes at least one sign at the start of a line, or a blank below an item's; a tab stands for four. Every line may be a row, and every
    pipe a cell.
    """
    if _MANY_MARKS.match(f"\n{lines[0]}") or _MANY_MARKS.search(body):
        return False
    cells = max(map(_PIPES, lines)) + 1
    return cells <= MAX_COLUMNS and len(lines) <= MAX_ROWS and cells * len(lines) <= MAX_CELLS


def _finding(message: str, span: Span, hint: str | None = None) -> Finding:
    return Finding("too-large", message, span, Nature.UNREADABLE, hint)


def _kilobytes(size: int) -> str:
    return f"{-(-size // 1024)} KB"


@plain_value()
class _Line:
    """A line inside its containers: how many they are, and what is left behind their marks."""

    depth: int
    rest: str
    is_code: bool
    length: int
    marks: int


@dataclass(slots=True)
class _Containers:
    """The quotes and list items that are open, outermost first: `_QUOTE`, or the width that an item's lines are indented by."""

    open: list[int] = field(default_factory=list)
    fence: str = ""
    fence_depth: int = 0
    in_comment: bool = False
    after_text: bool = False

    def read(self, lines: list[str]) -> Iterator[_Line]:
        """Follow the containers through the lines of a body."""
        for line in lines:
            text = line.expandtabs(4)
            found = _MARKS.match(line)
            marks = found.end() if found else 0
            kept, position = self._matched(text)
            if self.fence and kept >= self.fence_depth:
                self._close_fence(text[position:].strip())
                yield _Line(self.fence_depth, "", True, len(line), marks)
                continue
            self.fence = ""
            fresh, position = self._entered(text, position)
            rest = text[position:]
            lazy = not fresh and self.after_text and rest.strip() and kept < len(self.open)
            if not lazy:
                self.open[kept:] = fresh
            self.after_text = bool(rest.strip())
            self._open_fence(rest)
            yield _Line(len(self.open), rest, False, len(line), marks)

    def _matched(self, text: str) -> tuple[int, int]:
        position = 0
        for kept, width in enumerate(self.open):
            begin = _first_character(text, position)
            if width == _QUOTE:
                if begin - position > 3 or not text.startswith(">", begin):
                    return kept, position
                position = begin + 1 + text.startswith(" ", begin + 1)
            elif begin >= len(text):
                position = len(text)
            elif begin - position >= width:
                position += width
            else:
                return kept, position
        return len(self.open), position

    def _entered(self, text: str, position: int) -> tuple[list[int], int]:
        fresh: list[int] = []
        while len(fresh) <= MAX_NESTING:
            begin = _first_character(text, position)
            item = _ITEM.match(text, begin)
            if begin - position > 3:
                break
            if text.startswith(">", begin):
                fresh.append(_QUOTE)
                position = begin + 1 + text.startswith(" ", begin + 1)
            elif item and not _is_rule(text, begin):
                blanks = _first_character(text, item.end()) - item.end()
                empty = item.end() + blanks >= len(text)
                end = item.end() + (blanks if 1 <= blanks <= 4 and not empty else 1)
                fresh.append(end - position)
                position = end
            else:
                break
        return fresh, position

    def _open_fence(self, rest: str) -> None:
        """Note a code fence; one inside a comment is none, and taking it for one would hide what follows."""
        stripped = rest.lstrip(" ")
        if self.in_comment or stripped.startswith("<!--"):
            self.in_comment = "-->" not in rest
            return
        match = _FENCE.match(stripped) if len(rest) - len(stripped) <= 3 else None
        if match:
            self.fence, self.fence_depth = match[1] or match[2], len(self.open)

    def _close_fence(self, stripped: str) -> None:
        if len(stripped) >= len(self.fence) and not stripped.strip(self.fence[0]):
            self.fence = ""


def _is_rule(text: str, begin: int) -> bool:
    """Tell whether the rest of a line is a thematic break."""
    mark = text[begin]
    return mark in "-*" and text.count(mark, begin) >= 3 and not text[begin:].strip(mark + " ")


def _first_character(text: str, position: int) -> int:
    blanks = _BLANKS.match(text, position)
    return blanks.end() if blanks else position


@dataclass(slots=True)
class _Tables:
    """The table that is being read, if any, and the cells of all so far."""

    columns: int = 0
    rows: int = 0
    cells: int = 0
    above: str = ""

    def add(self, rest: str) -> str | None:
        """Take the next line, and tell what it makes too large."""
        above, self.above = self.above, rest
        if not rest.strip():
            self.columns = 0
            return None
        if self.columns == 0:
            if above.strip() and ("|" in rest or ":" in rest) and _DELIMITER_CHARS.match(rest):
                self.columns, self.rows = max(1, len(written_cells(rest, 1))), 0
            return (
                f"a table of {self.columns} columns, at most {MAX_COLUMNS} are read"
                if self.columns > MAX_COLUMNS
                else None
            )
        self.rows += 1
        self.cells += self.columns
        if self.rows > MAX_ROWS:
            return f"a table of more than {MAX_ROWS} rows"
        return f"tables of more than {MAX_CELLS} cells together" if self.cells > MAX_CELLS else None

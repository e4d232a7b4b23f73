"""Tables for spreadsheets, in which no cell is computed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter

_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
_NEXT_CELL = re.compile(r"([;\t\r\n])(?=\s*[=+\-@＝＋－＠])")
"""Where programs that divide by semicolons or tabs, as spreadsheets of many countries do, would begin a cell with a formula."""


def csv_table(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """Give rows as CSV (RFC 4180, UTF-8 without a byte-order mark) under the heads `columns`, of which there are several.

    A cell that a spreadsheet would take for a formula begins with an apostrophe, and so does what would be one behind another separator.
    """
    return b"".join(csv_lines(columns, chain([dict(zip(columns, columns, strict=True))], rows)))


def csv_lines(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> Iterator[bytes]:
    """Yield each row as `csv_table` has it: lines that stand in several tables are made once."""
    cells_of, cells = itemgetter(*columns), _Cells()
    for row in rows:
        line = ",".join(
            [
                cells[value] if type(value) is str else "" if value is None else cells[_text_of(value)]
                for value in cells_of(row)
            ]
        )
        yield f"{line}\r\n".encode("utf-8", "replace")


class _Cells(dict[str, str]):
    """Cells by their texts: the same owners, days and titles stand in many rows."""

    def __missing__(self, text: str) -> str:
        made = _text(text)
        if "," in made or '"' in made or "\n" in made or "\r" in made:
            made = '"' + made.replace('"', '""') + '"'
        self[text] = made
        return made


def _text_of(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _text(text: str) -> str:
    """Write a text for a spreadsheet, which will not compute it."""
    if ";" in text or "\t" in text or "\r" in text or "\n" in text:  # of a hundred cells one has any
        text = _NEXT_CELL.sub(r"\1'", text)
    # Some programs drop blanks before they look at the first sign.
    return f"'{text}" if text[:1] in _FORMULA or text.lstrip()[:1] in _FORMULA else text

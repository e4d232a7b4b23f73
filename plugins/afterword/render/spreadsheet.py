"""Tables for spreadsheets, in which no cell is computed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
_SEPARATORS = frozenset(";\t\r\n")
_NEXT_CELL = re.compile(r"([;\t\r\n])(?=\s*[=+\-@＝＋－＠])")
"""Where programs that divide by semicolons or tabs, as spreadsheets of many countries do, would begin a cell with a formula."""


def csv_table(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """Give rows as CSV (RFC 4180, UTF-8 without a byte-order mark) under the heads `columns`.

    A cell that a spreadsheet would take for a formula begins with an apostrophe, and so does what would be one behind another separator.
    """
    return csv_lines(columns, [dict(zip(columns, columns, strict=True))]) + csv_lines(columns, rows)


def csv_lines(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """Give rows as `csv_table` does, without the heads: lines that stand in several tables are made once."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([_cell(row[column]) for column in columns])
    return out.getvalue().encode("utf-8", "replace")


def _cell(value: object) -> str:
    """Write a value for a spreadsheet, as text that it will not compute."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return _cell(" ".join(str(each) for each in value))
    if value is None or value == "":
        return ""
    text = str(value)
    if not _SEPARATORS.isdisjoint(text):  # of a hundred cells one has any
        text = _NEXT_CELL.sub(r"\1'", text)
    # Some programs drop blanks before they look at the first sign.
    return f"'{text}" if text[:1] in _FORMULA or text.lstrip()[:1] in _FORMULA else text

"""Single values of the model as JSON has them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from afterword.model.markup import RichText
from afterword.model.span import Span

Object = Mapping[str, object]
"""What becomes a JSON object: texts, numbers, truth values, None, lists and objects by their keys."""


def day(value: dt.date | None) -> str | None:
    """Give a day as YYYY-MM-DD."""
    return value.isoformat() if value else None


def moment(value: dt.datetime | None) -> str | None:
    """Give a moment as ISO 8601 with its offset; that of UTC is written `Z`."""
    if value is None:
        return None
    text = value.isoformat()
    return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text


def utc(value: dt.datetime | None) -> str | None:
    """Give a moment in UTC."""
    return moment(value.astimezone(dt.UTC)) if value else None


def span_object(span: Span) -> Object:
    """Give a place: lines and columns from 1, the end exclusive."""
    return {
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def columns(cells: Iterable[tuple[str, RichText]]) -> list[Object]:
    """Give the cells of a row that have no meaning of their own, from the left; heads may be the same."""
    return [{"head": head, "text": text.text} for head, text in cells]


def plain(value: object) -> object:
    """Give a value of a key that nobody declared: what JSON lacks becomes text."""
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    return value.isoformat() if isinstance(value, dt.date) else str(value)

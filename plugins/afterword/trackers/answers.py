"""What is taken out of a tracker's answers: what is not there, or is not what was expected, is empty."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any


def at(answer: object, *path: str) -> object:
    """Give what stands at a path of names, None where nothing does."""
    for name in path:
        if not isinstance(answer, Mapping):
            return None
        answer = answer.get(name)
    return answer


def text_at(answer: object, *path: str) -> str:
    """Give a text."""
    found = at(answer, *path)
    return found if isinstance(found, str) else ""


def number_at(answer: object, *path: str) -> int:
    """Give a whole number, 0 where there is none."""
    found = at(answer, *path)
    if isinstance(found, float) and found.is_integer():
        return int(found)
    return found if isinstance(found, int) and not isinstance(found, bool) else 0


def day_at(answer: object, *path: str) -> date | None:
    """Give the day of a date or of a moment, as the tracker counts days."""
    try:
        return date.fromisoformat(text_at(answer, *path)[:10])
    except ValueError:
        return None


def entries_at(answer: object, *path: str) -> list[Mapping[str, Any]]:
    """Give the entries of a list that have names in them."""
    found = at(answer, *path)
    return [entry for entry in found if isinstance(entry, Mapping)] if isinstance(found, list) else []


def texts_of(told: object) -> Iterator[str]:
    """Yield the sentences of an answer that refuses, under the names that trackers give them."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, list):
        for each in told[:3]:
            yield from texts_of(each)
    elif isinstance(told, dict):
        for name in ("message", "msg", "error", "error_description", "errorMessages", "errors", "detail"):
            if name in told:
                yield from texts_of(told[name])
        if not any(name in told for name in ("message", "msg", "error", "errorMessages", "errors")):
            yield from (value for value in list(told.values())[:3] if isinstance(value, str))


def without(hidden: Collection[str], told: Any) -> Any:
    """Give what was told with `…` in place of what is hidden; names stay as they are."""
    if isinstance(told, str):
        for each in hidden:
            told = told.replace(each, "…")
    elif isinstance(told, list):
        return [without(hidden, each) for each in told]
    elif isinstance(told, dict):
        return {name: without(hidden, value) for name, value in told.items()}
    return told

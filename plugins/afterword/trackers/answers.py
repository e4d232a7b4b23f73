"""What is taken out of a tracker's answers: what is not there, or is not what was expected, is empty."""

from __future__ import annotations

from collections.abc import Mapping
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

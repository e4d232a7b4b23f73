"""Words for messages: texts of records cut to a readable length, and guesses at what was meant."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from afterword.model.action import ActionItem
from afterword.parse.source.guesses import nearest

LONGEST = 80
MOST_GUESSES = 20
"""Per record and rule: guessing is slow, and nobody reads the hundredth."""


def shown(text: str) -> str:
    """Give a text of a record as it stands in a message, on one line and cut to 80 characters."""
    line = " ".join(text[: 2 * LONGEST].split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def named_action(action: ActionItem) -> str:
    """Name an action in a message by its id, `an action` where it has none."""
    return f"action {shown(action.id)}" if action.id else "an action"


def listed(words: Iterable[str], most: int = 12) -> str:
    """Give the first words of a list, with `…` where there are more."""
    known = list(islice(words, most + 1))
    return ", ".join([*known[:most], "…"] if len(known) > most else known)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Give ` (did you mean 'x'?)` for the nearest known word, nothing where none is close."""
    close = nearest(word, known)
    return f" (did you mean '{close}'?)" if close else ""


def counted(number: int, singular: str, several: str = "") -> str:
    """Write a number with its noun, by default with an `s` for all but one: `3 actions`, `1 record`, `1,204 records`."""
    return f"{number:,} {singular if number == 1 else several or singular + 's'}"

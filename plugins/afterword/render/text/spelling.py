"""Our signs, and an author's typography, in what an encoding has."""

from __future__ import annotations

import codecs

SPELT = str.maketrans(
    {
        "├": "|",
        "└": "`",
        "│": "|",
        "─": "-",
        "↓": "|",
        "✓": "+",
        "○": "o",
        "◐": "o",
        "◑": "o",
        "◌": "o",
        "◇": "~",
        "✎": "~",
        "×": "x",
        "·": "|",
        "•": "-",
        "‐": "-",
        "‑": "-",
        "–": "-",
        "—": "-",
        "−": "-",
        "…": "...",
        "→": "->",
        "“": '"',
        "”": '"',
        "„": '"',
        "‘": "'",
        "’": "'",
        "\u202f": " ",
    }
)
"""What stands for each sign where an encoding may not have it."""

TIED = "\u00a0"
"""A blank at which no line ends."""


def spelt_for(text: str, encoding: str) -> str:
    """Give a text in what an encoding has; its no-break spaces stay, since they say where a line may not end.

    Outside UTF-8 all signs are spelt, so that a picture is drawn with one set of them; what has no spelling is a question mark.
    """
    try:
        known = codecs.lookup(encoding).name
    except LookupError:
        known = "ascii"
    if known == "utf-8":
        return text
    parts = text.translate(SPELT).split(TIED)
    return TIED.join(part.encode(known, "replace").decode(known) for part in parts)


def spell_what_is_missing(error: UnicodeError) -> tuple[str, int]:
    """Spell what an encoding lacks; for `codecs.register_error`, so that a stream does it with whatever is written."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    spelt = missing.translate(SPELT).replace(TIED, " ")
    return spelt.encode("ascii", "replace").decode("ascii"), error.end

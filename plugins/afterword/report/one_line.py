"""Any text as a line, or a part of one, that neither a terminal nor a build service obeys."""

from __future__ import annotations

import re

# Terminals obey control characters, and file names and records may hold any.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ue0ff]+")


def one_line(text: str) -> str:
    """Give any text, such as a file's name, as a line of its own that neither a terminal nor a build service obeys."""
    plain = within_line(text)
    # Build services look for their commands behind the blanks at the start of a line.
    return f"./{plain.lstrip()}" if plain.lstrip().startswith(":") else plain


def within_line(text: str) -> str:
    """Give text for the middle of a line."""
    return printable(text).replace("##[", "# #[")


def printable(text: str) -> str:
    """Give a text without line ends and whatever else a terminal obeys."""
    return _UNPRINTABLE.sub(" ", text)

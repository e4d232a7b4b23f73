"""Words that hold the place of what is still to be written: nothing is computed from what they stand in."""

from __future__ import annotations

import re
import string

_PLACEHOLDER = re.compile(r"\s*(?:(?:…|\.\.\.)\s*\w|(?:TODO|TBD|FIXME|XXX)\b|\?{3,})")

_OTHER_LETTERS = frozenset(string.ascii_letters) - frozenset("TFX")
"""What a text begins with that is no placeholder."""

NO_NAME = "Your Name"
"""Stands in a template's `authors`."""

_NAMES = frozenset({NO_NAME.casefold(), "their name"})


def is_placeholder(text: str) -> bool:
    """Tell whether a text begins as the shipped templates' do, or with a word such as `TODO`."""
    # A letter that none of them begins with tells at once.
    return text[:1] not in _OTHER_LETTERS and _PLACEHOLDER.match(text) is not None


def is_nobody(name: str) -> bool:
    """Tell whether a name is that which the shipped templates have in the place of a person's, or a placeholder like any other."""
    return " ".join(name.casefold().split()) in _NAMES or is_placeholder(name)

"""Secrets that only the word before them betrays: `password = …`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from afterword.check.leaks.detectors import plugin
from afterword.check.leaks.placeholders import names_a_secret

WORDS = (
    "passw",
    "pwd",
    "secret",
    "_key",
    "-key",
    "apikey",
    "authkey",
    "privatekey",
    "_pass",
    "keypass",
    "contrase",
)
"""One of them stands in every word that the library looks for, in small letters."""

SHORTEST = 8

_ASSIGNED = re.compile(r"""[:=]|["'] *\)?""")
# What is said about a secret: its name, place, age or kind.
_ABOUT = re.compile(
    r"(?i)(?:key|pass(?:word|wd)?|pwd|secret)s?[_-]?(?:\w*[_-])?"
    r"(?:name|ref|id|file|path|dir|arn|hash|version|policy|length|rotation|ttl|age|max|min|url|uri|type|store|manager|engine|provider|status|count)\w*[\"']?\s*[:=]"
)
_END = re.compile(r"[\s,;&\"'`|<>]")


def assigned_in(line: str) -> Iterator[str]:
    """Yield the values that a line gives to words such as `password` or `api_key`, as far as they have the form of a secret."""
    if not _ASSIGNED.search(line) or _ABOUT.search(line):
        return
    from detect_secrets.plugins import keyword

    groups = {
        **keyword.QUOTES_REQUIRED_DENYLIST_REGEX_TO_GROUP,
        **keyword.CONFIG_DENYLIST_REGEX_TO_GROUP,
    }
    seen: set[str] = set()
    detector: keyword.KeywordDetector = plugin("keyword.KeywordDetector")  # type: ignore[assignment]
    for found in detector.analyze_string(line, groups):
        value = _END.split(found.lstrip("\"'` "), maxsplit=1)[0].rstrip(".)")
        if value not in seen and _is_mixed(value) and not names_a_secret(value):
            seen.add(value)
            yield value


def _is_mixed(value: str) -> bool:
    """Tell whether a value has letters and other characters: prose after `password:` has letters alone, a time digits."""
    has_letter = any(each.isalpha() for each in value)
    has_digit = any(each.isdigit() for each in value)
    return len(value) >= SHORTEST and has_letter and has_digit

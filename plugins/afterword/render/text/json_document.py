"""What programs read beside the pages: JSON, the same bytes for the same content."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from json.encoder import encode_basestring_ascii


def json_document(content: Mapping[str, object]) -> bytes:
    """Give an object as JSON in ASCII, its keys sorted, so that two builds can be compared line by line."""
    return (_written(content, "\n") + "\n").encode("ascii")


@lru_cache(maxsize=256)
def _heads(keys: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Give the keys of an object in order, as they are and as they stand in the file: of ten thousand actions they are the same."""
    return tuple((key, f"{encode_basestring_ascii(key)}: ") for key in sorted(keys))


def _written(value: object, line: str) -> str:
    """Write a value as `json.dumps` does with `indent=1`, which takes four times as long; `line` begins the line that the value stands on."""
    if isinstance(value, str):
        return encode_basestring_ascii(value)
    if isinstance(value, (bool, int)):
        return "true" if value is True else "false" if value is False else int.__repr__(value)
    if isinstance(value, (list, tuple)):
        below = line + " "
        items = [_written(each, below) for each in value]
        return f"[{below}{f',{below}'.join(items)}{line}]" if items else "[]"
    if isinstance(value, Mapping):
        below = line + " "
        rows = [
            # Most are texts or absent, and a call for each would cost as much as all else.
            head + encode_basestring_ascii(each)
            if type(each := value[key]) is str
            else head + "null"
            if each is None
            else head + _written(each, below)
            for key, head in _heads(tuple(value))
        ]
        return f"{{{below}{f',{below}'.join(rows)}{line}}}" if rows else "{}"
    return json.dumps(value)

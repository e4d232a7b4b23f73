"""What programs read beside the pages: JSON, the same bytes for the same content."""

from __future__ import annotations

import json
from collections.abc import Mapping
from json.encoder import encode_basestring_ascii


def json_document(content: Mapping[str, object]) -> bytes:
    """Give an object as JSON in ASCII, its keys sorted, so that two builds can be compared line by line."""
    return (_written(content, "\n") + "\n").encode("ascii")


def _written(value: object, line: str) -> str:
    """Write a value as `json.dumps` does with `indent=1`, which takes twice as long; `line` begins the line that the value stands on."""
    if isinstance(value, str):
        return encode_basestring_ascii(value)
    if isinstance(value, Mapping):
        below = line + " "
        rows = [
            # Most are texts or absent, and a call for each would cost as much as all else.
            f"{encode_basestring_ascii(key)}: {encode_basestring_ascii(each)}"
            if type(each) is str
            else f"{encode_basestring_ascii(key)}: null"
            if each is None
            else f"{encode_basestring_ascii(key)}: {_written(each, below)}"
            for key, each in sorted(value.items())
        ]
        return f"{{{below}{f',{below}'.join(rows)}{line}}}" if rows else "{}"
    if isinstance(value, (list, tuple)):
        below = line + " "
        items = [_written(each, below) for each in value]
        return f"[{below}{f',{below}'.join(items)}{line}]" if items else "[]"
    return json.dumps(value)

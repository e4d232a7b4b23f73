"""What programs read beside the pages: JSON, the same bytes for the same content."""

from __future__ import annotations

import json
from collections.abc import Mapping


def json_document(content: Mapping[str, object]) -> bytes:
    """Give an object as JSON in ASCII, its keys sorted, so that two builds can be compared line by line."""
    return (json.dumps(content, ensure_ascii=True, indent=1, sort_keys=True) + "\n").encode("ascii")

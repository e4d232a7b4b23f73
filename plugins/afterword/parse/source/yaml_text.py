"""Values written as YAML."""

from __future__ import annotations

import yaml

_WIDE = 1_000_000
"""More columns than any value has."""


def on_one_line(value: object) -> str:
    """Write a value on one line, with quotes where YAML would read it as something else than text."""
    text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=_WIDE)
    # A plain scalar is followed by a document end.
    return text.removesuffix("\n").removesuffix("\n...")

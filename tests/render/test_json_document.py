"""JSON for programs."""

from __future__ import annotations

import json
from enum import StrEnum

from afterword.render.text.json_document import json_document


class _Word(StrEnum):
    OPEN = "open"


def test_it_is_what_the_standard_library_writes() -> None:
    """Every kind of value stands as `json.dumps` has it with an indent of one and sorted keys, to the byte."""
    content = {
        "words": ["ü\u2028</script>\ud800", "", _Word.OPEN],
        "numbers": [0, -1, 2.5, 1e300, True, False, None],
        "empty": {"list": [], "tuple": (), "object": {}},
        "a": {"z": {"y": [{"x": (1, [2, {"deep": "er"}])}]}, "b": None},
        "alike": [{"b": 1, "a": None}, {"b": "x", "a": 2}, {"a": True, "b": 0}],
    }
    written = json.dumps(content, ensure_ascii=True, indent=1, sort_keys=True) + "\n"
    assert json_document(content).decode("ascii") == written
    assert json_document({}) == b"{}\n"

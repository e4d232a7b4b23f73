"""What is compared of a text."""

from __future__ import annotations

import pytest

from afterword.search.folding import folded


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ünïcode Café", "unicode cafe"),
        ("pool.acquire()", "pool acquire"),
        ("a_b-c", "a b c"),
        ("<b>", "b"),
        ("…", ""),
    ],
)
def test_folding(text: str, words: str) -> None:
    """Words are letters and digits, without case and accents."""
    assert folded(text) == words

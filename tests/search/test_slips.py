"""Which word was meant."""

from __future__ import annotations

import pytest

from afterword.search.slips import distance, meant, pieces

KNOWN = [
    ("connection", 40),
    ("connections", 9),
    ("certificate", 12),
    ("timeout", 30),
    ("pool", 20),
    ("poll", 3),
    ("2024", 9),
]


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("conection", "connection"),
        ("connectoin", "connection"),
        ("cretificat", "certificate"),
        ("timeuot", "timeout"),
        ("poool", "pool"),
        ("ool", None),
        ("2034", None),
        ("walrus", None),
        ("connect", None),
    ],
)
def test_meant(typed: str, word: str | None) -> None:
    """One slip, of long words two; the frequent word of two near ones; numbers and short words are what they are."""
    assert meant(typed, KNOWN) == word


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("pool", "pool", 0),
        ("pool", "pol", 1),
        ("pool", "polo", 1),
        ("pool", "fool", 1),
        ("kitten", "sitting", 3),
        ("ab", "ba", 1),
    ],
)
def test_distance(one: str, other: str, slips: int) -> None:
    """Neighbours that changed places are one slip, and both ways are equally far."""
    assert distance(one, other, 9) == distance(other, one, 9) == slips


def test_pieces() -> None:
    """The pieces of a word make it up, and none of a word that is corrected is empty."""
    for word in ("pool", "certificate"):
        assert "".join(pieces(word)) == word
        assert all(pieces(word))

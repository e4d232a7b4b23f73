"""The list of words that slips are compared with."""

from __future__ import annotations

import json
from collections import Counter

from afterword.search.words import words_file, words_of
from tests.search.drawn_documents import a_document


def unpacked(text: str) -> list[str]:
    """Read a front-coded list."""
    words, before = [], ""
    for each in text.split(" ") if text else ():
        before = before[: int(each[0], 36)] + each[1:]
        words.append(before)
    return words


def test_words_come_back() -> None:
    """What is packed is a sorted list of words, each once."""
    counts = Counter({"expired": 2, "expiry": 1, "certificate": 4, "zähler": 1, "expire": 1})
    file = words_file(counts, "a/")
    assert file.address == "a/search/words.json"
    assert unpacked(json.loads(file.content)["words"]) == sorted(counts)


def test_numbers_and_short_words_are_left_out() -> None:
    """Nobody's slip is forgiven to a hash, a number or a word of three letters."""
    document = a_document(
        "2026-01-01-a", "The pod", "restarted 1234 times at 0xdeadbeef on node", names=("Coffee",)
    )
    assert words_of(document) == {"restarted", "times", "node", "coffee", "summary"}


def test_no_words() -> None:
    """An empty archive has an empty list."""
    assert json.loads(words_file(Counter(), "").content)["words"] == ""

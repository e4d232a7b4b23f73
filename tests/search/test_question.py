"""Taking apart what somebody typed."""

from __future__ import annotations

import pytest

from afterword.search.question import MOST_UNITS, read_question


@pytest.mark.parametrize(
    ("written", "units"),
    [
        ("Connection pool", [("connection",), ("pool",)]),
        ('"connection pool" timeout', [("connection", "pool"), ("timeout",)]),
        ('"connection pool', [("connection", "pool")]),
        ("“connection pool”", [("connection", "pool")]),
        ("PAY-4411", [("pay", "4411")]),
        ("pool.acquire() Café", [("pool", "acquire"), ("cafe",)]),
        ("what was the cause of it", [("cause",)]),
        ("who", [("who",)]),
        ('"the who"', [("the", "who")]),
        ("pool pool", [("pool",)]),
        ("?! -- *", []),
        ("pool NEAR (x OR", [("pool",), ("near",), ("x",)]),
    ],
)
def test_units(written: str, units: list[tuple[str, ...]]) -> None:
    """Quotes and signs hold words together, words that say nothing are left out beside others, no sign means anything to the index."""
    assert [unit.words for unit in read_question(written).units] == units


def test_a_pasted_log_is_cut() -> None:
    """Of very many words the first are looked for."""
    assert len(read_question(" ".join(f"word{number}" for number in range(500))).units) == MOST_UNITS


def test_keys_and_the_unfinished_word() -> None:
    """The whole and each piece may be a key; the last word may go on, unless it is in quotes."""
    question = read_question("(INC-9), pool")
    assert question.keys == ("inc-9), pool", "inc-9", "pool")
    assert [unit.open for unit in question.units] == [False, True]
    assert not read_question('inc "pool"').units[-1].open


def test_marks_of_a_sentence_belong_to_no_word() -> None:
    """What ends a sentence is neither told as part of a word nor of a key; what stands inside a piece is."""
    question = read_question("Was it (INC-9)? Or pool.acquire?")
    assert [unit.written for unit in question.units] == ["INC-9", "pool.acquire"]
    assert question.keys[-3:] == ("inc-9", "or", "pool.acquire")


def test_a_whole_sentence_asks_for_what_it_is_about() -> None:
    """The words of asking are left aside, unless there are no others, and in what is no question."""
    asked = read_question("Which incidents of payments were caused by a certificate?")
    assert [unit.words for unit in asked.units] == [("payments",), ("certificate",)]
    assert [unit.words for unit in read_question("Which incidents?").units] == [("incidents",)]
    assert [unit.words for unit in read_question("incidents caused").units] == [("incidents",), ("caused",)]

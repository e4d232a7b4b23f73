"""What was meant by a word that is none of those known."""

from __future__ import annotations

import pytest

from afterword.parse.source.guesses import nearest, the_one
from afterword.parse.values.readers import suggestion

SEVERITIES = ("sev0", "sev1", "sev2", "sev3", "sev4")


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("pay-apx", ("pay-api", "pay-app", "checkout"), None),
        ("sevx", SEVERITIES, None),
        ("sevv2", SEVERITIES, "sev2"),
        ("pay-apii", ("pay-api", "pay-app"), "pay-api"),
        ("opne", ("done", "open"), "open"),
    ],
)
def test_of_several_that_are_equally_near_none_is_guessed(
    word: str, known: tuple[str, ...], expected: str | None
) -> None:
    """As many letters shared are not as near where one of them is a single slip away."""
    assert nearest(word, known) == expected


def test_words_that_mean_the_same_are_one() -> None:
    """A name and an alias of one service do not stand in each other's way."""
    aliases = {"web-shop": "shop", "web-shot": "shop"}
    assert nearest("web-shox", aliases) is None
    assert nearest("web-shox", aliases, means=aliases) in aliases
    assert suggestion("web-shox", aliases) == " (did you mean 'shop'?)"


def test_a_beginning_is_guessed_where_one_word_has_it() -> None:
    """The first of several would be a guess in the dark."""
    assert suggestion("custom", ("customer-escalation", "outage")) == " (did you mean 'customer-escalation'?)"
    assert suggestion("sev", SEVERITIES) == ""


def test_of_several_files_of_a_name_none_is_meant() -> None:
    """A link to a picture that lies in two other folders may mean either."""
    assert the_one(["2024/pool.svg"]) == "2024/pool.svg"
    assert the_one(["2024/pool.svg", "2025/pool.svg"]) is None

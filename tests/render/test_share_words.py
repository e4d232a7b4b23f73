"""How shares are written."""

from __future__ import annotations

import pytest

from afterword.render.words.share_words import share_words


@pytest.mark.parametrize(
    ("percent", "target", "words"),
    [
        (None, 70, ""),
        (0, None, "0 %"),
        (0.1, None, "1 %"),
        (13.7, None, "14 %"),
        (99.9, None, "99 %"),
        (100, None, "100 %"),
        (13.7, 70, "14 %"),
        (69.97, 70, "69.9 %"),
        (70, 70, "70 %"),
        (70.2, 70, "70.2 %"),
        (9.84, 10, "9.8 %"),
        (10.01, 10, "10.1 %"),
        (10.7, 10, "11 %"),
    ],
)
def test_a_share_never_looks_like_what_it_is_not(
    percent: float | None, target: float | None, words: str
) -> None:
    """It is rounded away from none, from all, and from a target that it misses or exceeds."""
    assert share_words(percent, target).replace("\u00a0", " ") == words

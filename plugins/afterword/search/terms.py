"""The terms that an index holds: folded words without the commonest, brought down to what their forms share.

The page's scripts make the same terms of a question (`question.js`). lunr's own stemmers in Python and JavaScript differ from each other; one
definition of ours is why the engines find the same.
"""

from __future__ import annotations

from collections.abc import Iterable

from afterword.derive.words.stems import stem
from afterword.search.folding import folded

STOP_WORDS = frozenset(
    "a an and are as at be been but by did do does for from had has have he her his how i if in into is it its of on or our "  # noqa: SIM905
    "she so than that the their them then there these they this those to was we were what when where which who why will "
    "with would you your".split()
)
"""Words that say nothing of an incident: in no index of the site, and not needed in the terminal where others are asked for."""


def terms(text: str) -> list[str]:
    """Give the terms of a text in its order, each as often as it occurs."""
    return terms_of(folded(text).split())


def terms_of(words: Iterable[str]) -> list[str]:
    """Give the terms of folded words."""
    return [stem(word) for word in words if word not in STOP_WORDS]


def joined(key: str) -> str:
    """Give a ticket key, an id or an error code as one term, `pay1234` for PAY-1234: so it is found as typed."""
    return folded(key).replace(" ", "")

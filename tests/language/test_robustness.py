"""The rules of language on texts that nobody writes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.check.language import verbs, words
from afterword.check.language.failings import TRIGGERS
from afterword.check.table import LANGUAGE_RULES
from tests.language.sentences import judge

RULES = {rule.id for rule in LANGUAGE_RULES}
WORDS = [
    *sorted(
        words.OWN
        | words.OUTSIDE
        | words.AUXILIARIES
        | words.PREPOSITIONS
        | words.DETERMINERS
        | TRIGGERS
        | verbs.GOOD
    ),
    *',.?"():&<',
    "shouldn't've",
    "`x`",
    "**b**",
    "to",
    "no",
    "one",
    "who",
    "root cause",
    "Daniel",
    "İ",
    "ﬁx",
    "\\*",
    "&amp;",
]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=14),
    st.sampled_from(["causes", "went-wrong", "actions"]),
)
def test_no_order_of_words_raises(chosen: list[str], section: str) -> None:
    """Whatever stands in a sentence, rules find something or nothing, with a place on its line."""
    text = " ".join(chosen)
    for finding in judge(section, text, RULES):
        assert finding.span.line == 7 and finding.span.column < finding.span.end_column <= len(text) + 3


@pytest.mark.parametrize(
    "text", ["we should have failed to ", "by mistake, they would have if had, ", "human error ", "(" * 3]
)
def test_endless_sentence_is_judged_at_once(text: str) -> None:
    """A record that is one sentence takes no longer than one that is many."""
    begin = time.process_time()
    judge("causes", text * (100_000 // len(text)), RULES)
    assert time.process_time() - begin < 5

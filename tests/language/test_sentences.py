"""The rules of language against sentences that were labelled by hand, half of them near misses."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from afterword.check.table import LANGUAGE_RULES
from afterword.model.settings import Settings
from tests.language.sentences import CAUSES, Sentence, judge, read_sentences

PRECISION = 0.97
RECALL = 0.95
SENTENCES = read_sentences()
CATEGORIES = sorted({each.tempts for each in SENTENCES} & {rule.id for rule in LANGUAGE_RULES})


CAUSE_RULES = ("person-in-cause", "single-root-cause")


@cache
def _found(sentence: Sentence, rules: tuple[str, ...]) -> frozenset[str]:
    return frozenset(finding.rule for finding in judge(sentence.section, sentence.text, rules))


@pytest.mark.parametrize("category", [*CATEGORIES, *CAUSE_RULES])
def test_category_is_found_and_little_else(category: str) -> None:
    """Of the sentences that a rule is to report it reports nearly all, and of the others nearly none."""
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    is_of_causes = category in CAUSE_RULES
    rules = CAUSE_RULES if is_of_causes else tuple(CATEGORIES)
    for sentence in read_sentences(CAUSES) if is_of_causes else SENTENCES:
        wanted = category in sentence.expected
        spoke = category in _found(sentence, rules)
        counts["wanted"] += wanted
        counts["found"] += spoke
        counts["right"] += wanted and spoke
        if wanted != spoke:
            wrong.append(f"{'missed' if wanted else 'false alarm'} ({sentence.section}): {sentence.text}")
    assert counts["right"] >= PRECISION * counts["found"], wrong
    assert counts["right"] >= RECALL * counts["wanted"], wrong


def test_half_of_the_sentences_are_near_misses() -> None:
    """The table has more than 450 different sentences of all categories, and nearly as many that pass as that do not."""
    passing = sum(not each.expected for each in SENTENCES)
    assert len({(each.section, each.text) for each in SENTENCES}) == len(SENTENCES) >= 450
    assert 0.4 <= passing / len(SENTENCES) <= 0.6


@pytest.mark.parametrize(
    "sentence",
    [each for each in SENTENCES if each.tempts in CATEGORIES][::25],
    ids=lambda each: each.text[:30],
)
def test_other_languages_are_left_alone(sentence: Sentence) -> None:
    """In an archive of another language no rule speaks."""
    assert not judge(sentence.section, sentence.text, CATEGORIES, Settings(language="de-AT"))


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("We failed to verify the backup", "'nothing verified the backup'"),
        ("The engineer forgot to commit the lock file.", "'the lock file was not committed'"),
        ("The engineer forgot to set the flags", "'the flags were not set'"),
        ("She did not read the runbook", "'the runbook was not read'"),
        ("The engineer forgot to communicate with the stores", "write what was done"),
        ("We failed to notice the second alert", "'nothing showed the second alert'"),
        (
            "We should have taken a snapshot before the change.",
            "'a snapshot was not taken before the change'",
        ),
        (
            "She should have checked the replication slot first",
            "'the replication slot was not checked first'",
        ),
        ("We should have turned the old importer off", "'the old importer was not turned off'"),
        ("We should have checked the flag is on", "write what was done"),
        ("The certificate should have been renewed in May", "'The certificate was not renewed'"),
        ("The certificates should have been renewed in May", "'The certificates were not renewed'"),
        ("The operator messed up the order", "write what was done, and what made it seem right"),
        ("An alert on refunds would have caught this", "'there was no alert on refunds'"),
    ],
)
def test_rewrite_says_it_of_the_system(text: str, hint: str) -> None:
    """Where the clause allows it, the hint is the clause as a property of the system."""
    assert any(hint in (finding.hint or "") for finding in judge("went-wrong", text, CATEGORIES))

"""Actions that were promised before."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

from afterword.derive.again.repeated import repeated_actions
from afterword.model.record import Postmortem
from tests.derive.drawn_records import a_record, actions, day, rich

WORDS = "alert queue disk pool cache page retry limit node job".split()  # noqa: SIM905


def _promising(number: int, *texts: str, service: str = "checkout") -> Postmortem:
    """Draw a record of the given day whose actions say the given things."""
    date = day("2024-01-01") + timedelta(days=number)
    rows = actions("\n".join(f"A{n} | open" for n in range(1, len(texts) + 1)))
    said = tuple(replace(row, text=rich(text)) for row, text in zip(rows, texts, strict=True))
    return a_record(f"{date}-slow", services=(service,), date=date, actions=said)


def test_the_rarest_words_miss_no_pair() -> None:
    """Looking words up by the rarest ones finds an earlier promise whenever comparing all pairs does."""
    draw = random.Random(4)  # noqa: S311
    texts = [" ".join(draw.sample(WORDS, draw.randint(5, 8))) for _ in range(40)]
    found = {later.record.id for later, _ in repeated_actions(map(_promising, range(40), texts))}
    expected = set()
    for number, text in enumerate(texts):
        words = set(text.split())
        shares = [
            len(words & set(other.split())) / len(words | set(other.split())) for other in texts[:number]
        ]
        if max(shares, default=0) >= 0.8:
            expected.add(_promising(number, text).id)
    assert found == expected
    assert 3 < len(expected) < 35


def test_the_latest_before_it_is_named_and_never_the_record_itself() -> None:
    """Of three records with one action the third points to the second; two equal rows of one record are none."""
    said = "Give batch jobs a pool of their own"
    records = [_promising(n, said, said, service=f"s{n}") for n in (3, 1, 2)]
    pairs = [(later.record.id, earlier.record.id) for later, earlier in repeated_actions(records)]
    assert (
        pairs == [("2024-01-03-slow", "2024-01-02-slow")] * 2 + [("2024-01-04-slow", "2024-01-03-slow")] * 2
    )

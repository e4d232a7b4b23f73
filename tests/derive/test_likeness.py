"""What is compared of records, and what is kept of it."""

from __future__ import annotations

import pytest

from afterword.derive.brief import brief
from afterword.derive.likeness.likeness import SAME, Likeness, Told, spelled_words
from afterword.model.record import Postmortem
from afterword.model.settings import Settings
from afterword.parse.record import parse_record
from tests.derive.drawn_records import a_record, section, tree

LEAKS = """
    Payments fail
      Batch job leaked connections of the pool
      Batch job leaked connections of the pool.
      Certificates
"""


def _record(
    title: str = "The Pool leaks", text: str = "A pool, and the pooling of İstanbul's POOLS"
) -> Postmortem:
    return a_record("2026-01-10-a", title=title, sections=(section("summary", text),), tree=tree(LEAKS))


def test_words_and_causes_stand_in_lines_with_what_they_count_for() -> None:
    """Behind the words come the causes as they stand, each once; those of a single word are words alone."""
    told = Told.of(_record())
    lines = told.words.split("\n")
    assert len(lines) == len(told.counts) == len(set(lines))
    counts = dict(zip(lines, told.counts, strict=True))
    assert counts["pool"] == 4
    assert {line for line, count in counts.items() if count == SAME} == {
        "batch job leaked connections of the pool"
    }
    assert told.counts.endswith(bytes([SAME]))
    assert [label for label, _ in told.causes] == ["batch job leaked connections of the pool"] * 2 + [""]


def test_words_are_found_as_they_are_written() -> None:
    """By their stems, and nothing but words: causes are behind them."""
    assert spelled_words(_record()).items() >= {("pool", "pool"), ("leak", "leaked")}
    assert all(" " not in stem for stem in spelled_words(_record()))


@pytest.mark.parametrize("text", ["", "the and of", "A pool\u2028and\x1cits \x85 İ ſharp words ß"])
def test_what_is_kept_of_a_record_is_what_its_text_tells(text: str) -> None:
    """Also of one that tells nothing, and of letters and spaces of which there is more than one kind."""
    for record in (_record(text=text), a_record("2026-01-10-a", title=text)):
        kept = brief(record)
        assert not kept.sections
        assert Told.of(kept) == Told.of(record)
        assert spelled_words(kept) == spelled_words(record)
        assert Likeness.of([record, kept]).alike(0) in ({}, {1: 100})


def test_a_heading_counts_as_the_title_that_it_is() -> None:
    """A record without a title in its header is as like others as one that has it there."""
    header, body = "---\ndate: 2026-01-10\n{}---\n\n", "{}## Summary\n\nA leak.\n"
    texts = (
        header.format("title: The pool leaks\n") + body.format(""),
        header.format("") + body.format("# The pool leaks\n\n"),
    )
    titled, headed = (
        Told.of(parse_record(text.encode(), "postmortems/2026-01-10-a.md", Settings())) for text in texts
    )
    assert headed == titled

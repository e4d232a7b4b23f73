"""Edits made in a text, and the words that are near enough to be meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.model.finding import Edit, Finding
from afterword.model.span import Span
from afterword.parse.source.amending import amend, in_line_ends_of, possible_edits
from afterword.parse.source.edits import only_near, written_over
from afterword.parse.source.text import decode, line_bounds

TEXT = "one two\r\nthree\n\nfour"


def finding(*edits: Edit, rule: str = "any") -> Finding:
    """Draw a finding with edits."""
    return Finding(rule, "any", Span.at(1, 1, 1), edits=edits)


def test_edits_of_several_findings_are_made_at_once() -> None:
    """Each edit takes its place as the text was before, and everything else stays."""
    made = amend(
        TEXT,
        [
            finding(Edit(Span.at(2, 1, 5), "3")),
            finding(Edit(Span.at(1, 5, 3), "2"), Edit(Span.at(4, 5), "!")),
        ],
    )
    assert made.text == "one 2\r\n3\n\nfour!"
    assert len(made.made) == 2


def test_of_edits_that_meet_the_smaller_is_made() -> None:
    """A finding whose edits touch those of another waits, with all of its edits."""
    small, large = (
        finding(Edit(Span.at(1, 1, 3), "1")),
        finding(Edit(Span(1, 1, 2, 6), ""), Edit(Span.at(4, 1), "x")),
    )
    made = amend(TEXT, [large, small])
    assert (made.text, made.made) == ("1 two\r\nthree\n\nfour", (small,))


def test_insertion_at_the_edge_of_another_edit_waits() -> None:
    """Which of two comes first at one place would be a guess."""
    made = amend(TEXT, [finding(Edit(Span.at(1, 4), "x")), finding(Edit(Span.at(1, 4, 1), "y"))])
    assert len(made.made) == 1


@pytest.mark.parametrize("span", [Span.at(9, 1), Span.at(1, 1, 9), Span.at(2, 7), Span(3, 1, 2, 1)])
def test_edit_outside_of_the_text_is_not_made(span: Span) -> None:
    """A place that the text does not have is refused."""
    assert amend(TEXT, [finding(Edit(span, "x"))]).made == ()


def test_dropped_characters_are_neither_taken_out_nor_written() -> None:
    """An edit over a control character is not offered, one beside it is."""
    text, _ = decode(b"a\x07b c")
    over, beside = finding(Edit(Span.at(1, 1, 3), "x")), finding(Edit(Span.at(1, 5, 1), "x"))
    assert [bool(each.edits) for each in possible_edits((over, beside), text)] == [False, True]
    assert amend("a\x07b c", [over, beside]).text == "a\x07b x"


def test_written_lines_end_as_those_of_the_text() -> None:
    """Lines that are made take the line end that the text has first."""
    (made,) = in_line_ends_of(TEXT, [finding(Edit(Span.at(1, 1), "a\nb"))])
    assert made.edits[0].text == "a\r\nb"


@given(st.text(alphabet="ab \r\n\u00e9\U0001f525", max_size=40), st.data())
def test_nothing_but_the_stretch_changes(text: str, data: st.DataObject) -> None:
    """Whatever the line ends, what stands before and behind an edit is the same afterwards."""
    bounds = line_bounds(text)
    line = data.draw(st.integers(1, len(bounds)))
    start, end = bounds[line - 1]
    first = data.draw(st.integers(0, end - start))
    length = data.draw(st.integers(0, end - start - first))
    made = amend(text, [finding(Edit(Span.at(line, first + 1, length), "NEW"))])
    assert made.text == text[: start + first] + "NEW" + text[start + first + length :]


def test_word_is_written_over_only_where_it_stands_as_it_reads() -> None:
    """A stretch that is longer than its text has marks in it, which would be lost."""
    assert written_over(Span.at(1, 3, 4), "opne", "open") == (Edit(Span.at(1, 3, 4), "open"),)
    assert written_over(Span.at(1, 3, 8), "opne", "open") == ()
    assert written_over(Span(1, 3, 2, 1), "opne", "open") == ()


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("In Review", ["draft", "in-review"], "in-review"),
        ("opne", ["open", "done"], "open"),
        ("none", ["open", "done"], None),
        ("severty", ["severity", "services"], "severity"),
        ("link", ["links"], None),
        ("team-1-api", ["team-2-api"], None),
        ("payment", ["payments", "paymen"], None),
        ("Failure-Class", ["failure_class"], "failure_class"),
    ],
)
def test_only_near(word: str, known: list[str], meant: str | None) -> None:
    """A word is taken for another only where that is the only one, and no word of its own or number is at stake."""
    assert only_near(word, known) == meant

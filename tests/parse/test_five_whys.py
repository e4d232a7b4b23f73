"""Five whys as a list and in a fence."""

from __future__ import annotations

import time

import pytest

from afterword.model.causes import FiveWhys
from afterword.model.span import Span
from afterword.parse.causes.analysis import read_causes
from tests.parse.one_section import LEXICON, said, section


def read(text: str) -> tuple[FiveWhys | None, list[tuple[str, str]]]:
    """Read a drawing, and give the chain and the findings."""
    drawn, lines = section(text)
    _, _, whys, findings = read_causes(drawn, lines, LEXICON)
    return whys, said(findings)


CHAIN = """Method: 5 whys

1. Why did orders stop?
   Because the queue was **full**.
2. Why was the queue full?
   → Nobody read from it -> A1
3. Why did nobody
   read from it?

   -> because: the consumer was never started (root cause) -> A2
"""


def test_questions_and_answers_are_read() -> None:
    """The answer is the next line, less its first word or arrow, and carries marks."""
    whys, findings = read(CHAIN)
    assert whys is not None
    assert (whys.block, whys.fenced, findings) == (1, False, [])
    assert [step.question.text for step in whys.steps] == [
        "Why did orders stop?",
        "Why was the queue full?",
        "Why did nobody read from it?",
    ]
    answers = [step.answer for step in whys.steps]
    assert [answer.label.text for answer in answers if answer] == [
        "the queue was full.",
        "Nobody read from it",
        "the consumer was never started",
    ]
    assert answers[2] is not None
    assert answers[2].root_cause
    assert [[ref.id for ref in answer.actions] for answer in answers if answer] == [[], ["A1"], ["A2"]]


def test_places_are_those_of_the_source() -> None:
    """Steps, answers, labels and marks know where they were written."""
    whys, _ = read(CHAIN)
    assert whys is not None
    assert whys.steps[0].span == Span(4, 4, 5, 35)
    answer = whys.steps[1].answer
    assert answer is not None
    assert answer.span == Span(7, 4, 7, 31)
    assert answer.label.span == Span(7, 6, 7, 25)
    assert answer.actions[0].span == Span(7, 29, 7, 31)


def test_a_fence_holds_the_same() -> None:
    """A numbered list in a fence is read alike; `because of` is a part of what it says."""
    whys, findings = read(
        "Method: 5 whys\n\n```text\n1. Why?\n   Because of x\n2) Why\n   really?\n   Because of y (root cause)\n\n3. Why?\n   -> z\n```\n"
    )
    assert whys is not None
    assert whys.fenced
    assert [step.question.text for step in whys.steps] == ["Why?", "Why really?", "Why?"]
    assert [step.answer.label.text for step in whys.steps if step.answer] == [
        "Because of x",
        "Because of y",
        "z",
    ]
    assert whys.steps[1].answer is not None
    assert whys.steps[1].answer.label.span == Span(9, 4, 9, 16)
    assert findings == []


@pytest.mark.parametrize(
    "step",
    ["1. Why? Because of x", "1. Why?", "1. Why?\n   -> A1", "1. Why?\n   Becausewise x", "1. Because of x"],
)
def test_a_step_without_an_answer_is_said(step: str) -> None:
    """An answer on the question's line, none at all, or no more than an action's name are no answer."""
    rest = "\n2. Why?\n   Because y\n3. Why?\n   Because z\n"
    whys, findings = read("Method: 5 whys\n\n" + step + rest)
    assert whys is not None
    assert whys.steps[0].answer is None
    assert [rule for rule, _ in findings] == ["why-answer"]


def test_fewer_than_three_steps_are_said() -> None:
    """Two steps are too few."""
    whys, findings = read("Method: hybrid\n\n1. Why?\n   Because x\n2. Why?\n   Because y\n")
    assert whys is not None
    assert findings == [("few-whys", "6:4-7:13")]


def test_a_numbered_list_is_no_chain_where_the_method_is_the_tree() -> None:
    """Ordinary numbered lists beside a tree, or without a method and an answer, are left alone."""
    assert read("Method: causal tree\n\n1. Why?\n   Because x\n") == (None, [])
    assert read("1. one\n2. two\n") == (None, [("method-missing", "1:1-11")])


def test_without_a_method_answers_tell_the_chain() -> None:
    """A list with an answer is read although no method is named."""
    whys, findings = read("1. Why?\n   Because x\n2. Why?\n   Because y\n3. Why?\n   Because z\n")
    assert whys is not None
    assert len(whys.steps) == 3
    assert findings == [("method-missing", "1:1-11")]


@pytest.mark.parametrize("line", ["   -> A1\n", "   words\n"])
def test_a_step_of_many_lines_is_read_in_linear_time(line: str) -> None:
    """Thousands of lines without an answer in one step take no long time."""
    drawn, lines = section("Method: 5 whys\n\n1. Why?\n" + line * 8_000)
    begun = time.process_time()
    _, _, whys, findings = read_causes(drawn, lines, LEXICON)
    assert time.process_time() - begun < 4
    assert whys is not None
    assert [each.rule for each in findings] == ["why-answer", "few-whys"]

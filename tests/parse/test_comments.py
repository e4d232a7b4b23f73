"""Internal marks and silenced rules."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.model.finding import Finding, Nature
from afterword.model.record import Suppression
from afterword.model.span import Span
from afterword.parse.markdown.markdown import parse_blocks
from afterword.parse.source.comments import cover, read_comments

OPEN, CLOSE = "<!-- internal -->", "<!-- /internal -->"


def hidden(text: str) -> tuple[list[str], list[tuple[str, int]]]:
    """Give the stretches of a drawing that are hidden, and rule and line of the findings."""
    lines = text.split("\n")
    ranges, _, findings = read_comments(lines, 1, parse_blocks(text, 1))
    return [cut(lines, each.span) for each in ranges], [(each.rule, each.span.line) for each in findings]


def cut(lines: list[str], span: Span) -> str:
    """Give the text of a place."""
    stretch = lines[span.line - 1 : span.end_line]
    stretch[-1] = stretch[-1][: span.end_column - 1]
    stretch[0] = stretch[0][span.column - 1 :]
    return "\n".join(stretch)


def silenced(text: str, first_line: int = 1) -> tuple[tuple[Suppression, ...], tuple[Finding, ...]]:
    """Give the suppressions of a drawing, and the findings."""
    blocks = parse_blocks(text, first_line)
    _, suppressions, findings = read_comments(text.split("\n"), first_line, blocks)
    return cover(suppressions, blocks), findings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"a {OPEN}b{CLOSE} c", [f"{OPEN}b{CLOSE}"]),
        (f"a\n\n{OPEN}\n\nb\n\n{CLOSE}\n\nc", [f"{OPEN}\n\nb\n\n{CLOSE}"]),
        (f"| a | b {OPEN}c{CLOSE} |\n|---|---|", [f"{OPEN}c{CLOSE}"]),
        (f"| a | b |\n|---|---|\n| c {OPEN} | d |\n| e | f |", [f"| c {OPEN} | d |"]),
        (f"- a {OPEN}\n  - b\n- c", [f"- a {OPEN}\n  - b"]),
        (f"- a\n  - b\n\n    {OPEN}\n\n    c\n  - d", [f"- b\n\n    {OPEN}\n\n    c"]),
        ("a <!--internal--> b <!--  /internal\n--> c", ["<!--internal--> b <!--  /internal\n-->"]),
        (f"{OPEN}\n| a |\n|---|\n| b |\n{CLOSE}\n\nc", [f"{OPEN}\n| a |\n|---|\n| b |\n{CLOSE}"]),
        (f"# {OPEN}a{CLOSE} b", [f"{OPEN}a{CLOSE}"]),
        (f"{OPEN} a {OPEN} b {CLOSE} c {CLOSE} d", [f"{OPEN} a {OPEN} b {CLOSE} c {CLOSE}"]),
    ],
)
def test_marks_hide_what_lies_between(text: str, expected: list[str]) -> None:
    """Between two marks, or the row or item of one that is not closed there."""
    assert hidden(text) == (expected, [])


@pytest.mark.parametrize(
    "text",
    [
        f"`{OPEN}`",
        f"```\n{OPEN}\n```",
        f"- a\n\n  ~~~~\n  {OPEN}\n  ~~~~",
        f"> ```\n> {OPEN}\n> ```",
        f"text\n\n    {OPEN}\n",
        f"``a ` {OPEN}\nb``",
        "<!-- a note for the next reader of this page -->",
        "<!-- intern -->",
        "<!-- afterwards -->",
        "no comment",
    ],
)
def test_code_and_other_comments_hide_nothing(text: str) -> None:
    """Marks in code are examples, and other comments are comments."""
    assert hidden(text) == ([], [])


def test_a_mark_that_is_never_closed_hides_the_rest() -> None:
    """The rest of the file is hidden, and the mark is said."""
    assert hidden(f"a\n\n{OPEN} b\n\nc\n") == ([f"{OPEN} b\n\nc\n"], [("internal-mark", 3)])


def test_a_mark_that_closes_nothing_is_said() -> None:
    """Also one whose opening ended with its row."""
    assert hidden(f"a {CLOSE}") == ([], [("internal-mark", 1)])
    text = f"| a |\n|---|\n| b {OPEN} |\n| c {CLOSE} |"
    assert hidden(text) == ([f"| b {OPEN} |"], [("internal-mark", 4)])


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"| a | b |\n|---|---|\n{OPEN}\n| c | d |\n{CLOSE}\n| e | f |", [3, 5]),
        (f"a | b\n---|---\nc | d\n{OPEN}\ne | f\n{CLOSE}\n", [4]),
        (f"- a\n{OPEN}\n- b\n{CLOSE}\n- c", [2, 4]),
        (f"- a\n  - b\n  {OPEN}\n  - c\n  {CLOSE}\n  - d", [3, 5]),
        (f"1. a\n\n{OPEN}\n\n2. b\n\n{CLOSE}\n", [3]),
    ],
)
def test_a_mark_between_rows_or_items_is_said(text: str, lines: list[int]) -> None:
    """There a comment of its own breaks the table or the list."""
    assert hidden(text)[1] == [("internal-mark", line) for line in lines]


@pytest.mark.parametrize(
    "text",
    [
        f"{OPEN}\n- a\n- b\n{CLOSE}\n",
        f"- a\n  {OPEN}\n  - b\n  - c\n  {CLOSE}\n- d",
        f"- a\n\n  {OPEN}\n\n  b\n\n  {CLOSE}\n- c",
        f"{OPEN}\n| a |\n|---|\n| b |\n{CLOSE}\n| c |\n|---|\n| d |\n",
        f"- a\n\ntext\n\n{OPEN}\n\n- b\n\n{CLOSE}\n",
    ],
)
def test_a_mark_around_whole_tables_and_lists_passes(text: str) -> None:
    """What opens before and closes behind breaks nothing."""
    assert hidden(text)[1] == []


@pytest.mark.parametrize(
    "comment",
    [
        "Internal",
        "/ internal",
        "end internal",
        "internal use only",
        "interal",
        "intrenal",
        "/internall",
        "enternal",
        "public",
        "pubilc",
        "not public yet!",
        "PRIVATE",
        "/private",
        "internal-only",
        "internal: notes",
    ],
)
def test_near_spellings_are_errors(comment: str) -> None:
    """One edit from a mark's word, in a short comment, was meant as a mark; it hides to the end of its block."""
    text = f"a <!-- {comment} --> b\nc\n\nd"
    ranges, _, findings = read_comments(text.split("\n"), 1, parse_blocks(text, 1))
    assert [cut(text.split("\n"), each.span) for each in ranges] == [f"<!-- {comment} --> b\nc"]
    assert [(each.rule, each.nature) for each in findings] == [("internal-spelling", Nature.ERROR)]
    assert findings[0].span == Span(1, 3, 1, 3 + len(comment) + 9)


@pytest.mark.parametrize(
    "comment",
    [
        "the public was told at noon today",
        "afterword: ignore private -- x",
        "publish",
        "entirnal",
        "see docs/internal/api.md",
        "nternational",
    ],
)
def test_other_words_are_no_near_spellings(comment: str) -> None:
    """Longer comments, Afterword's own and words two edits away are not meant."""
    rules = [rule for rule, _ in hidden(f"a <!-- {comment} --> b")[1]]
    assert "internal-spelling" not in rules


def test_a_near_spelling_on_its_own_line_hides_the_next_block() -> None:
    """Its own block would be nothing but itself."""
    assert hidden("<!-- Internal -->\n\nb\nc\n\nd")[0] == ["<!-- Internal -->\n\nb\nc"]


def test_a_browsers_end_of_a_comment_is_none_of_ours() -> None:
    """`--!>` ends a comment in a browser only, so the mark is said."""
    assert hidden("a <!-- internal --!> b")[1] == [("internal-spelling", 1)]


def test_an_ignored_rule_covers_the_next_block() -> None:
    """The suppression knows its rule, its reason, its own place and that of the block."""
    suppressions, findings = silenced(
        "a\n\n<!-- afterword: ignore vague-action -- agreed in review -->\n\n- b\n  c\n\nd\n", 11
    )
    assert suppressions == (
        Suppression("vague-action", "agreed in review", Span(13, 1, 13, 60), Span(15, 1, 16, 4)),
    )
    assert findings == ()


def test_several_comments_cover_the_same_block() -> None:
    """Comments one below the other all reach the block below the last."""
    suppressions, _ = silenced(
        "<!-- afterword: ignore one -- x -->\n<!-- afterword: ignore two – y -->\n| a |\n|---|\n"
    )
    assert [(each.rule, each.reason) for each in suppressions] == [("one", "x"), ("two", "y")]
    assert {each.covers.line for each in suppressions} == {3}


def test_inside_a_list_the_next_item_is_covered() -> None:
    """The next block may be nested."""
    suppressions, _ = silenced("- a\n\n  <!-- afterword: ignore one -- x -->\n\n  b\n- c\n")
    assert [each.covers for each in suppressions] == [Span(5, 3, 5, 4)]


def test_at_the_end_of_a_file_nothing_is_covered() -> None:
    """Without a block below, a suppression covers itself."""
    suppressions, _ = silenced("a\n\n<!-- afterword: ignore one -- x -->\n")
    assert suppressions[0].covers == suppressions[0].span


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        ("afterword: ignore", "names no rule"),
        ("afterword: ignore -- because", "names no rule"),
        ("afterword: ignore one", "gives no reason"),
        ("afterword: ignore one --", "gives no reason"),
        ("afterword: ignore one, two -- x", "is no rule"),
        ("afterword: disable one -- x", "is not known"),
        ("Afterword:", "is not known"),
    ],
)
def test_an_incomplete_ignore_is_said(comment: str, said: str) -> None:
    """Rule and reason are both needed."""
    suppressions, findings = silenced(f"<!-- {comment} -->\n\na\n")
    assert suppressions == ()
    assert [(each.rule, each.nature) for each in findings] == [("suppression", Nature.WARNING)]
    assert said in findings[0].message


def test_an_ignore_stands_on_a_line_of_its_own() -> None:
    """Beside text it is said; in code it is an example."""
    suppressions, findings = silenced("a <!-- afterword: ignore one -- x -->\n")
    assert (suppressions, [each.rule for each in findings]) == ((), ["suppression"])
    assert silenced("`<!-- afterword: ignore one -- x -->`\n") == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        "<!--" * 50_000,
        "<!-- -->" * 25_000,
        f"{OPEN}\n" * 9_000,
        f"{OPEN}\n\n" * 9_000,
        "- <!-- internal -->\n" * 9_000,
        "a <!-- Internal --> " * 9_000,
        f"<div>\n{'<!--' * 40_000}\n\n<!-- afterword: ignore one -- x -->\n",
    ],
)
def test_many_comments_take_no_long_time(text: str) -> None:
    """Reading is linear in the size of the text, give or take the sorting."""
    blocks = parse_blocks(text, 1)
    begun = time.process_time()
    _, suppressions, _ = read_comments(text.split("\n"), 1, blocks)
    cover(suppressions, blocks)
    assert time.process_time() - begun < 4


@settings(deadline=None, max_examples=200)
@given(
    st.lists(
        st.sampled_from(
            [
                OPEN,
                CLOSE,
                "<!-- Internal -->",
                "<!-- afterword: ignore a -- b -->",
                "\n",
                "| a |",
                "|---|",
                "- ",
                "  ",
                "> ",
                "`",
                "```\n",
                "x",
                "<!--",
                "-->",
                "\t",
            ]
        ),
        max_size=30,
    )
)
def test_nothing_raises(parts: list[str]) -> None:
    """Any mixture gives ranges that lie in the text, in order and apart."""
    text = "".join(parts)
    blocks = parse_blocks(text, 1)
    ranges, suppressions, _ = read_comments(text.split("\n"), 1, blocks)
    cover(suppressions, blocks)
    ends = [(each.span.line, each.span.column, each.span.end_line, each.span.end_column) for each in ranges]
    assert all(one[2:] <= two[:2] for one, two in pairwise(ends))
    assert all(each.span.end_line <= text.count("\n") + 1 for each in ranges)

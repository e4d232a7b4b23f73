"""Contributing factors from lists and tables."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.model.causes import Factor
from afterword.model.settings import Settings
from afterword.model.span import Span
from afterword.parse.causes.factors import read_factors
from tests.parse.one_section import LEXICON, said, section


def read(text: str) -> tuple[tuple[Factor, ...], int, list[tuple[str, str]]]:
    """Read a drawing, and give the factors, their block and the findings."""
    drawn, lines = section(text, "factors")
    factors, block, findings = read_factors(drawn, lines, LEXICON, Settings())
    return factors, block, said(findings)


def test_items_are_factors_with_marks() -> None:
    """Each outermost item is a factor; what is nested below belongs to it."""
    factors, block, findings = read(
        "Words first.\n\n- Limits differ by region -> A1\n  - a detail\n- No test (root cause)\n"
    )
    assert [(each.text.text, each.number) for each in factors] == [
        ("Limits differ by region", ""),
        ("No test", ""),
    ]
    assert factors[0].span == Span(4, 3, 4, 32)
    assert factors[0].actions[0].span == Span(4, 30, 4, 32)
    assert factors[1].root_cause
    assert (block, findings) == ((1,), [])


def test_numbered_items_keep_their_numbers() -> None:
    """A list that begins at three is numbered from three."""
    factors, _, _ = read("3. one\n4. two\n")
    assert [each.number for each in factors] == ["3", "4"]


def test_rows_are_factors_with_categories() -> None:
    """Columns are found by their heads; an unknown category is said at its cell."""
    factors, block, findings = read(
        "| # | Category | Factor |\n|---|---|---|\n| 1 | Detect | No alert -> A2 |\n| 2 | detekt | Other |\n| 3 | - | Third |\n"
    )
    assert [(each.number, each.category, each.text.text) for each in factors] == [
        ("1", "detect", "No alert"),
        ("2", None, "Other"),
        ("3", None, "Third"),
    ]
    assert factors[0].actions[0].span == Span(4, 28, 4, 30)
    assert (block, findings) == ((0,), [("unknown-category", "5:7-13")])


def test_a_table_without_a_known_head_gives_its_first_other_column() -> None:
    """A head in other words still holds factors."""
    factors, _, _ = read("| # | What |\n|---|---|\n| 1 | Slow disk |\n")
    assert [each.text.text for each in factors] == ["Slow disk"]


def test_all_lists_and_tables_hold_factors() -> None:
    """Factors are often grouped under sub-headings; a table of something else is left alone."""
    text = "### Technical\n\n- a\n\n### People\n\n1. b\n\n| # | Factor |\n|---|---|\n| 3 | c |\n\n| Day | Errors |\n|---|---|\n| 1 | 7 |\n"
    factors, blocks, findings = read(text)
    assert ([each.text.text for each in factors], blocks, findings) == (["a", "b", "c"], (1, 3, 4), [])


def test_a_section_of_prose_has_no_factors() -> None:
    """Paragraphs are not read."""
    assert read("Only prose.\n") == ((), (), [])


@settings(deadline=None, max_examples=80)
@given(
    st.lists(
        st.sampled_from(
            ["| ", "|---", "\n", "Factor", "Category", "- ", "-> A1", "\\|", "x", "`", "1. ", "(root cause)"]
        ),
        max_size=30,
    )
)
def test_nothing_raises(parts: list[str]) -> None:
    """Any mixture of pieces gives values with places in the text."""
    drawn, lines = section("".join(parts), "factors")
    factors, _, _ = read_factors(drawn, lines, LEXICON, Settings())
    assert all(1 <= each.span.line <= len(lines) for each in factors)

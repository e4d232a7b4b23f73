"""Bytes to text, and the cut at the front matter."""

from __future__ import annotations

import pytest

from afterword.model.finding import Nature
from afterword.model.span import Span
from afterword.parse.source.text import DROPPED, decode, split_front_matter, split_lines, visible


def test_a_byte_order_mark_is_dropped() -> None:
    """Columns of the first line count without it."""
    assert decode(b"\xef\xbb\xbfabc") == ("abc", ())


def test_undecodable_bytes_are_one_finding_at_the_first() -> None:
    """The rest is read, with a replacement character for each fault."""
    text, (finding,) = decode("é\nü ".encode() + b"\xff x \xfe")
    assert text == "é\nü � x �"
    assert (finding.rule, finding.nature, finding.span) == ("encoding", Nature.UNREADABLE, Span(2, 3, 2, 4))


def test_binary_content_is_one_finding() -> None:
    """A picture with a wrong name does not drown the author in findings."""
    _, findings = decode(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xfe")
    assert [finding.rule for finding in findings] == ["encoding"]


def test_control_characters_are_replaced_one_for_one() -> None:
    """Columns stay, each line has one finding at its first, tabs and line ends are no control characters."""
    text, findings = decode("a\x1bb\x07\tc\nd\n\u202ee\x85".encode())
    assert text == f"a{DROPPED}b{DROPPED}\tc\nd\n{DROPPED}e{DROPPED}"
    assert [(finding.rule, finding.span) for finding in findings] == [
        ("control-character", Span(1, 2, 1, 3)),
        ("control-character", Span(3, 1, 3, 2)),
    ]
    assert visible(text) == "ab\tc\nd\ne"


def test_marks_of_direction_are_legitimate() -> None:
    """Only overrides and isolates are dropped, not the marks that right-to-left text needs."""
    assert decode("\u200eab\u200f".encode()) == ("\u200eab\u200f", ())


def test_findings_on_control_characters_are_capped() -> None:
    """Twenty lines are enough to see the pattern."""
    assert len(decode(b"\x01\n" * 100)[1]) == 20


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\nb\r\nc\rd", ["a", "b", "c", "d"]),
        ("a\n", ["a", ""]),
        ("", [""]),
        ("a\u2028b\x0cc\x85", ["a\u2028b\x0cc\x85"]),
    ],
)
def test_lines_end_where_markdown_ends_them(text: str, lines: list[str]) -> None:
    """Line separators that only Unicode knows end no line."""
    assert split_lines(text) == lines


@pytest.mark.parametrize("closing", ["---", "...", "--- "])
def test_front_matter_is_cut_off(closing: str) -> None:
    """Both closings count, trailing blanks do not, and the parts know their lines."""
    split = split_front_matter(f"--- \na: 1\r\nb: 2\n{closing}\n# T")
    assert (split.header, split.header_line, split.body, split.body_line, split.closed) == (
        "a: 1\nb: 2",
        2,
        "# T",
        5,
        True,
    )
    assert split.finding is None


def test_a_text_without_front_matter_is_all_body() -> None:
    """A rule further down opens nothing."""
    split = split_front_matter("a\n---\nb")
    assert (split.header, split.body, split.body_line, split.closed, split.finding) == (
        None,
        "a\n---\nb",
        1,
        True,
        None,
    )


def test_front_matter_that_is_not_closed_is_a_finding() -> None:
    """The whole text is the body, so that nothing is lost."""
    split = split_front_matter("---\na: 1\n")
    assert (split.header, split.body, split.body_line, split.closed) == (None, "---\na: 1\n", 1, False)
    assert split.finding is not None
    assert (split.finding.rule, split.finding.nature, split.finding.span.line) == (
        "front-matter",
        Nature.UNREADABLE,
        1,
    )

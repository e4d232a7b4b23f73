"""Limits that are checked before any parser sees the text."""

from __future__ import annotations

import subprocess
import sys

import pytest

from afterword.model.finding import Nature
from afterword.parse.source.large_stack import STACK_BYTES
from afterword.parse.source.limits import MAX_HEADER_BYTES, MAX_RECORD_BYTES, check_limits


def line_of(body: str, body_line: int = 1) -> int | None:
    """Give the line of the finding on a body, or None."""
    finding = check_limits(len(body), None, body, body_line)
    if finding is None:
        return None
    assert (finding.rule, finding.nature) == ("too-large", Nature.UNREADABLE)
    return finding.span.line


def test_sizes() -> None:
    """A record and its front matter may be exactly as large as the format says."""
    assert check_limits(MAX_RECORD_BYTES, "a" * MAX_HEADER_BYTES, "", 3) is None
    assert check_limits(MAX_RECORD_BYTES + 1, None, "", 1) is not None
    assert check_limits(100, "é" * (MAX_HEADER_BYTES // 2 + 1), "", 3) is not None


def stairs(levels: int, step: int = 2, between: str = "") -> str:
    """Draw a list that goes one level deeper with each line."""
    return "".join(f"{' ' * (step * level)}- a\n{between}" for level in range(levels))


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (">" * 100 + " a", None),
        (">" * 101 + " a", 1),
        ("text\n\n" + "> " * 60_000, 3),
        ("- " * 100 + "a", None),
        ("- " * 101 + "a", 1),
        ("+ " * 60_000, 1),
        ("1. " * 101 + "a", 1),
        ("> - " * 51 + "a", 1),
        (stairs(100), None),
        (stairs(101), 101),
        (stairs(101, between="lazy\n"), 201),
        (stairs(101, between="\n"), 201),
        ("".join("\t" * level + "- a\n" for level in range(101)), 101),
        ("> " * 60 + "- a\n" + "> " * 60 + "  " + "- " * 50 + "b", 2),
        ("```\n" + "> " * 150 + "\n```", None),
        ("- ```\n  " + "> " * 150 + "\n  ```", None),
        ("- ```\n\n" + "> " * 150, 3),
        ("<!--\n```\n-->\n" + "> " * 150, 4),
        ("```\n" + ">" * 60_000 + "\n```", 2),
        ("- " * 130, None),
        ("* " * 130, None),
        ("- a\n" * 1_000, None),
        ("> a\n" * 1_000, None),
        ("> a\n\n" * 1_000, None),
    ],
)
def test_nesting(body: str, line: int | None) -> None:
    """A hundred nested blocks pass and one more does not; code and rules are no nesting; the finding is on the line that goes too deep."""
    assert line_of(body) == line


def table(columns: int, rows: int) -> str:
    """Draw a table."""
    return "\n".join(["|a" * columns + "|", "|-" * columns + "|", *(["|b|"] * rows)]) + "\n\n"


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (table(100, 1), None),
        (table(101, 1), 2),
        (table(2, 5_000), None),
        (table(2, 5_001), 5_003),
        ("> |a|\n> |-|\n" + "> |b|\n" * 5_001, 5_003),
        (table(100, 3_000) * 2, 5_006),
        ("a\n" * 6_000, None),
        ("|a|b\n" * 6_000, None),
        ("---\n" + "a\n" * 6_000, None),
    ],
)
def test_tables(body: str, line: int | None) -> None:
    """Columns, rows, and the cells of all tables together are limited; other runs of lines are not."""
    assert line_of(body) == line


def test_lines_are_those_of_the_file() -> None:
    """A body below a header of nine lines has its findings ten lines further down."""
    assert line_of(">" * 101, 11) == 11


HOSTILE = {
    "emphasis": "*a ",
    "strong": "**a ",
    "brackets": "[",
    "images": "![",
    "tags": "<b>",
    "quotes": ">",
    "quotes with blanks": "> ",
    "items": "- ",
    "nested emphasis": "*_",
    "stars": "*",
    "links": "[a](",
    "complete links": "[a](b)",
    "emoji": ":a",
    "footnotes": "[^1]",
    "backticks": "`a``",
    "entities": "&amp;",
    "comments": "<!--",
    "pipes": "|a|\n|-|\n",
    "wide characters": "é*x* ",
    "closed brackets": "a]",
}

CHILD = """
import sys, time
from afterword.parse.markdown.flatten import flatten
from afterword.parse.source.limits import check_limits
from afterword.parse.markdown.markdown import parse_blocks
unit = sys.argv[1]
half = unit * (int(sys.argv[2]) // 2 // len(unit.encode()))
for body in (half + half, half + "x" + half[::-1], "[^1]: x\\n\\n" + half):
    if check_limits(len(body.encode()), None, body, 1) is None:
        nodes = [node for block in parse_blocks(body, 1) for node in block.walk()]
        assert nodes
"""


@pytest.mark.parametrize(
    "size", [pytest.param(32_000, id="32 KB"), pytest.param(262_000, id="256 KB", marks=pytest.mark.slow)]
)
@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
def test_repeated_marks_neither_hang_nor_end_the_process(unit: str, size: int) -> None:
    """A record that is one mark over and over is refused, or read in time that grows with its length only."""
    command = [sys.executable, "-c", CHILD, unit, str(size)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


def test_the_stack_is_one_that_windows_gives() -> None:
    """Python on Windows refuses a thread a stack of 256 MB, with which no command that reads a record ran there."""
    assert STACK_BYTES < 256 * 1024 * 1024

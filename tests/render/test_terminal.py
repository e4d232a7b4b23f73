"""Text for a terminal: what never reaches it, what its encoding lacks, and columns that stay straight."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from afterword.render.text.terminal import Cell, Terminal, apart, tie
from afterword.render.text.wrap import columns
from tests.render.drawn_trees import HOSTILE

OBEYED = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
ATTACKS = (
    "\x1b[2J\x1b[31mred\x1b[0m",
    "\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\",
    "\x1b]52;c;ZWNobyBo\x07",
    "\x9b31m\x9d0;title\x9c",
    "a\rb\nc\td\x08e\x7f",
    "\u202egnp.exe",
)


@pytest.mark.parametrize("text", (*ATTACKS, *HOSTILE), ids=range(len(ATTACKS) + len(HOSTILE)))
def test_a_terminal_has_nothing_to_obey(text: str) -> None:
    """Escape sequences, controls and overrides of direction are gone, in words as in code."""
    terminal = Terminal(60)
    assert not OBEYED.search(terminal.words(text))
    indent, rest = terminal.code(text.partition("\n")[0])
    assert not OBEYED.search(indent + rest)
    assert not any(OBEYED.search(line) for line in terminal.hanging("  ", "  ", terminal.words(text)))


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "no-such-encoding"])
def test_other_encodings_get_ascii_signs(encoding: str) -> None:
    """Lines, signs and typography have a plain form; what an encoding does not have is a question mark."""
    said = Terminal(encoding=encoding).words("├─ ✓ “done” – now…")
    assert said == '|- + "done" - now...'
    assert Terminal(encoding="ascii").words("naïve 漢字") == "na?ve ??"
    assert Terminal(encoding="latin-1").words("naïve 漢字") == "naïve ??"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437"])
def test_what_is_tied_is_shown_with_blanks(encoding: str) -> None:
    """A no-break space keeps words on one line also where the encoding has none, and is a blank when they are shown."""
    terminal = Terminal(16, encoding=encoding)
    (first, second) = terminal.hanging("", "", terminal.words(f"it is {tie('in progress now')}"))
    assert (first, second) == ("it is", "in progress now")


@pytest.mark.parametrize("encoding", ["UTF-8", "utf8", "cp65001"])
def test_unicode_is_left_alone(encoding: str) -> None:
    """A terminal that can show everything gets everything."""
    assert Terminal(encoding=encoding).words("├─ ✓ 漢字 é") == "├─ ✓ 漢字 é"


@pytest.mark.parametrize(
    "text",
    [
        "plain words that go on",
        "接続プールが枯渇し、全て失敗した",
        "הגיבוי נכשל בלילה",
        "👩‍👩‍👧‍👦 🇩🇪 👍🏽 three",
        "e\u0301te\u0301",
    ],
)
def test_columns_stay_straight_in_any_script(text: str) -> None:
    """The second cell of a row begins at one column, whatever is in the first."""
    lines = list(Terminal(40).row(2, [Cell(text, 12), Cell("second " * 4, 14)]))
    assert len(lines) > 1
    for line in lines[:2]:
        before = line[: line.index("second")]
        assert columns(before) == 2 + 12 + 2


def test_widths_are_those_of_rich() -> None:
    """Wide characters, marks and emoji count as a second opinion counts them."""
    for text in ("データベース", "e\u0301\u0302", "✓ ○ × ◇ – !", "├─└─│", "👍", "日本 mixed"):
        assert columns(text) == cell_len(text)


def test_tied_words_stay_together() -> None:
    """What is tied moves to the next line as one, without the blank that sets it apart."""
    text = f"twenty columns wide {apart('✓ action done: A1')}"
    assert list(Terminal(30).hanging("", "", text)) == ["twenty columns wide", "✓ action done: A1"]
    assert list(Terminal(60).hanging("", "", text)) == ["twenty columns wide  ✓ action done: A1"]


def test_paint_needs_colours() -> None:
    """Tied words have their style also at the start of a line; without colours no code is written."""
    text, tied = f"words {apart('the state')}", {apart("the state"): "green"}
    (plain,) = Terminal(40).hanging("", "", text, tied=tied)
    assert plain == "words  the state"
    painted = list(
        Terminal(16, colour=True).hanging("", "", f"{tie('0123456789')} {apart('the state')}", tied=tied)
    )
    assert painted == ["0123456789", "\x1b[32mthe state\x1b[0m"]

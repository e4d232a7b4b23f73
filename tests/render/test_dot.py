"""Causal trees as DOT: golden files, and labels that try to be more than text."""

from __future__ import annotations

from pathlib import Path

import pytest

from afterword.render.picture.dot import sketch_dot
from afterword.render.picture.sketch import sketch
from afterword.render.text.labels import MOST_LINES
from afterword.render.text.wrap import clusters, columns, plain, wrap, wrap_measured
from tests.render.drawn_trees import HOSTILE, INCIDENT, labelled, sketched, tree_of

GOLDEN = Path(__file__).parent / "golden"
DRAWINGS = {
    "incident": INCIDENT,
    "single": "The service was down",
    "no-gates": "Deploy failed\n  Disk full -> A1 = cancelled\n  No alert -> A9 = missing\n    Quota unknown = review past",
    "scripts": "データベースが応答しなくなった (OR)\n  接続プールの上限に達した、監視がなかった\n  הגיבוי נכשל",
    "quotes": 'He said "no" \\N (AND)\n  <b>bold</b> & &amp;\n  C:\\new\\',
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_golden_files_show_the_whole_text(name: str, request: pytest.FixtureRequest) -> None:
    """A drawing is the same bytes as the reviewed file; a missing file is written, to be reviewed."""
    dot = sketch_dot(sketched(DRAWINGS[name]))
    file = GOLDEN / f"{name}.dot"
    if not file.exists():
        file.write_text(dot, encoding="utf-8")
        pytest.fail(f"{file.name} is new: review it and run again")
    assert dot == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("label", HOSTILE, ids=range(len(HOSTILE)))
def test_a_label_stays_one_quoted_text(label: str) -> None:
    """Whatever a label holds, the file has the lines of one node, and no markup of Graphviz."""
    lines = sketch_dot(sketch(*tree_of(labelled(label)))).splitlines()
    plain_lines = sketch_dot(sketch(*tree_of(labelled("text")))).splitlines()
    assert len(lines) == len(plain_lines)
    assert "label=<" not in "".join(lines)


def test_each_node_and_gate_is_there_once() -> None:
    """A gate stands between a node and its children; without one the children hang on the node."""
    dot = sketch_dot(sketched("Outcome (AND)\n  One\n  Two\n    Three"))
    for edge in ('"n-0" -> "gate-0"', '"gate-0" -> "n-0-0"', '"gate-0" -> "n-0-1"', '"n-0-1" -> "n-0-1-0"'):
        assert dot.count(f"\t{edge}") == 1
    assert '"n-0" -> "n-0-0"' not in dot


def test_a_gate_without_children_is_not_drawn() -> None:
    """A leaf that says AND combines nothing."""
    assert "gate" not in sketch_dot(sketched("Outcome (AND)"))


def test_states_are_words_and_classes() -> None:
    """A leaf says its state in words with the actions that it names, and carries it as a class."""
    drawing = sketched("Outcome\n  Cause (root cause) -> A1, A2 = overdue")
    outcome, cause = drawing.boxes
    assert 'class="factor root-cause leaf state-action-overdue"' in sketch_dot(drawing)
    assert cause.notes == ("root cause", "! action overdue: A1, A2")
    assert cause.label == "Cause (root cause, action overdue: A1, A2)"
    assert outcome.notes == ()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ()),
        ("one two three", ("one two", "three")),
        ("one  two\u00a0three", ("one", "two\u00a0three")),
        ("connection_pool_size", ("connection", "_pool_size")),
        ("src/pool/db.py", ("src/pool/", "db.py")),
        ("wwwwwwwwwwwwwwwwwwwwwwww", ("wwwwwwwwww", "wwwwwwwwww", "wwww")),
        ("漢字漢字漢字漢字", ("漢字漢字漢", "字漢字")),
        ("漢字漢字漢。字", ("漢字漢字", "漢。字")),
        ("cafe\u0301 cafe\u0301", ("cafe\u0301 cafe\u0301",)),
        (
            "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦",
            ("👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"),
        ),
    ],
)
def test_lines_break_where_a_reader_would(text: str, lines: tuple[str, ...]) -> None:
    """At blanks, between ideographs (not before their full stop), in long words behind a separator, never inside a character."""
    assert wrap(text, 10) == lines


@pytest.mark.parametrize("label", HOSTILE, ids=range(len(HOSTILE)))
def test_no_line_is_wider_than_asked(label: str) -> None:
    """Lines keep to the width, their number to the most that is asked, and nothing is lost otherwise."""
    text = plain(label[:1000])
    assert all(columns(line) <= 24 for line in wrap(text, 24))
    assert "".join(wrap(text, 24)).replace(" ", "") == text.replace(" ", "")
    shortened, _ = wrap_measured(text, 24, MOST_LINES, columns)
    assert len(shortened) <= MOST_LINES
    assert all(columns(line) <= 24 for line in shortened)


def test_shortened_text_says_so() -> None:
    """What is left out is marked by an ellipsis in the last line."""
    assert wrap_measured("one two three four", 5, 2, columns)[0] == ("one", "two…")


def test_characters_are_kept_whole() -> None:
    """Combining marks, joined emoji, skin tones and the halves of a flag stay with their base."""
    assert list(clusters("e\u0301a🇩🇪🇫🇷👍🏽👩‍👧")) == ["e\u0301", "a", "🇩🇪", "🇫🇷", "👍🏽", "👩‍👧"]


def test_plain_text_can_stand_in_xml() -> None:
    """Control characters become blanks or vanish, as do surrogates, noncharacters and direction marks."""
    assert plain("a\x00b\tc\ud800d\ufffe\u202ee  \n f") == "a b cde f"

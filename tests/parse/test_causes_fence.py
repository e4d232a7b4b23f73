"""The causal tree drawn in a fenced block."""

from __future__ import annotations

from afterword.model.causes import CausalTree, Gate
from afterword.model.span import Span
from afterword.parse.causes.analysis import read_causes
from tests.parse.one_section import LEXICON, said, section
from tests.parse.test_causes import outline


def read(text: str) -> tuple[CausalTree | None, list[tuple[str, str]]]:
    """Read a drawing of the section behind its method."""
    drawn, lines = section("Method: causal tree\n\n" + text)
    _, tree, _, findings = read_causes(drawn, lines, LEXICON)
    return tree, said(findings)


DRAWN = """```
Outcome: Mails were sent twice (AND)
├── Queue redelivered (AND)
│   ├── Worker died before it answered -> A1
│   └── Timeout shorter than the job (root cause)
│
└── Sending is not idempotent
    -> A2
```
"""
LABELS = [
    "Mails were sent twice",
    "  Queue redelivered",
    "    Worker died before it answered",
    "    Timeout shorter than the job",
    "  Sending is not idempotent",
]


def test_connectors_give_the_depth() -> None:
    """A drawn tree is read like a list, `Outcome:` dropped, a further line joined, and a list is proposed."""
    tree, findings = read(DRAWN)
    assert tree is not None
    assert tree.fenced
    assert outline(tree.outcome) == LABELS
    assert tree.outcome.gate is Gate.AND
    nodes = list(tree.outcome.walk())
    assert nodes[3].root_cause
    assert [ref.id for ref in nodes[4].actions] == ["A2"]
    assert findings == [("fenced-tree", "4:1-4")]


def test_places_lie_inside_the_fence() -> None:
    """Labels and marks of a drawn tree know their columns."""
    tree, _ = read(DRAWN)
    assert tree is not None
    nodes = list(tree.outcome.walk())
    assert nodes[0].label.span == Span(5, 10, 5, 31)
    assert nodes[2].span == Span(7, 9, 7, 45)
    assert nodes[2].actions[0].span == Span(7, 43, 7, 45)
    assert nodes[4].actions[0].span == Span(11, 8, 11, 10)


def test_ascii_connectors_are_read_where_the_info_says_tree() -> None:
    """`|--`, `+--` and a backtick draw the same tree."""
    text = (
        DRAWN.replace("```\n", "```tree\n", 1)
        .replace("├──", "|--")
        .replace("│", "|")
        .replace("└──", "`--", 1)
    )
    tree, findings = read(text.replace("└──", "+--"))
    assert tree is not None
    assert outline(tree.outcome) == LABELS
    assert findings == [("fenced-tree", "4:1-4")]


def test_without_connectors_the_indentation_counts() -> None:
    """A block whose info is `tree` may be indented only."""
    tree, _ = read("```tree\nOutcome\n  One\n    Two\n  Three\n```\n")
    assert tree is not None
    assert outline(tree.outcome) == ["Outcome", "  One", "    Two", "  Three"]


def test_other_code_is_no_tree() -> None:
    """Code without connectors, indented code and inline connectors stay what they are."""
    assert read("```\nroot\n|-- child\n```\n")[0] is None
    assert read("    Outcome\n    ├── One\n")[0] is None
    assert read("The sign `├` is a connector\n")[0] is None


def test_a_depth_that_fits_no_parent_is_said() -> None:
    """A connector between two levels, and one that leaves a level out, are found and kept."""
    tree, findings = read("```\nOutcome\n├── One\n│   ├── Two\n│ └── Odd\n└── Three\n        └── Far\n```\n")
    assert tree is not None
    assert outline(tree.outcome) == ["Outcome", "  One", "    Two", "    Odd", "  Three", "    Far"]
    assert findings == [("fenced-tree", "4:1-4"), ("tree-indent", "8:7-10"), ("tree-indent", "10:13-16")]


def test_several_outermost_lines_contradict_each_other() -> None:
    """Two lines at the left edge are two outcomes."""
    tree, findings = read("```\nOutcome\n└── One\nOther\n└── Two\n```\n")
    assert tree is not None
    assert outline(tree.outcome) == ["Outcome", "  One"]
    assert findings == [("fenced-tree", "4:1-4"), ("several-outcomes", "7:1-6")]


def test_marks_in_a_fence_are_literal() -> None:
    """Asterisks and backticks in a fence are characters."""
    tree, _ = read("```\nOutcome\n└── `One` *two* (OR)\n```\n")
    assert tree is not None
    assert tree.outcome.children[0].label.text == "`One` *two*"
    assert tree.outcome.children[0].gate is Gate.OR


def test_a_drawing_of_many_levels_is_cut_at_a_hundred() -> None:
    """Depth is bounded, so that nothing that walks the tree runs out of stack."""
    lines = "".join(f"{' ' * i}└ n{i}\n" for i in range(400))
    tree, findings = read(f"```\nOutcome\n{lines}```\n")
    assert tree is not None
    assert len(list(tree.outcome.walk())) == 401
    depth, node = 0, tree.outcome
    while node.children:
        depth, node = depth + 1, node.children[0]
    assert depth == 100
    assert ("tree-indent", "105:102-105") in findings

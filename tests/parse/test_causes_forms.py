"""One tree in all forms that the format permits is one model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.model.causes import CausalNode
from afterword.parse.causes.analysis import read_causes
from tests.parse.one_section import LEXICON, section


@dataclass(frozen=True)
class Drawn:
    """A node to be written down: its line with all marks, and what stands below it."""

    line: str
    below: tuple[Drawn, ...] = ()


LABELS = st.lists(
    st.sampled_from(
        ["pool", "Leak", "no test", "12 %", "(again)", "a, b", "(and)s", "p->A1", "A3", "größer", "-> so"]
    ),
    min_size=1,
    max_size=4,
).map(lambda words: "Why " + " ".join(words) + " holds")
MARKS = st.lists(
    st.sampled_from(
        [
            "(AND)",
            "(OR)",
            "(root cause)",
            "-> A1",
            "→ A2, b3",
            "-> 2026-01-02-other#A9",
            "-- accepted: too dear, for now (platform lead, 2026-09-30)",
            "— accepted: rare",
        ]
    ),
    max_size=3,
)
LINES = st.tuples(LABELS, MARKS).map(lambda parts: " ".join([parts[0], *parts[1]]))
NODES: st.SearchStrategy[Drawn] = st.recursive(
    LINES.map(Drawn),
    lambda below: st.builds(Drawn, LINES, st.lists(below, max_size=3).map(tuple)),
    max_leaves=12,
)
TREES = st.builds(Drawn, LINES, st.lists(NODES, min_size=1, max_size=4).map(tuple))


def as_list(node: Drawn, step: int, sign: str, depth: int = 0) -> Iterator[str]:
    """Write a tree as a nested list."""
    yield f"{' ' * (step * depth)}{sign} {node.line}"
    for child in node.below:
        yield from as_list(child, step, sign, depth + 1)


def as_drawing(node: Drawn, fork: str, last: str, rail: str, before: str = "") -> Iterator[str]:
    """Write what is below a node with connectors."""
    for child in node.below:
        is_last = child is node.below[-1]
        yield f"{before}{last if is_last else fork} {child.line}"
        yield from as_drawing(child, fork, last, rail, before + (" " * len(rail) if is_last else rail))


def as_indented(node: Drawn, step: int, depth: int = 0) -> Iterator[str]:
    """Write a tree by indentation alone."""
    yield " " * (step * depth) + node.line
    for child in node.below:
        yield from as_indented(child, step, depth + 1)


def fence(lines: Iterator[str], info: str = "") -> str:
    """Put lines in a fenced block."""
    return "\n".join([f"```{info}", *lines, "```"])


def forms(tree: Drawn) -> dict[str, str]:
    """Write a tree in every form."""
    root = [f"Outcome: {tree.line}"]
    return {
        "list of two": "\n".join(as_list(tree, 2, "-")),
        "list of four": "\n".join(as_list(tree, 4, "*")),
        "wide": fence(iter([*root, *as_drawing(tree, "├──", "└──", "│   ")])),
        "narrow": fence(iter([tree.line, *as_drawing(tree, "├─", "└─", "│  ")])),
        "letters": fence(iter([tree.line, *as_drawing(tree, "+--", "`--", "|   ")]), "tree"),
        "indented": fence(as_indented(tree, 3), "tree"),
    }


def told(node: CausalNode) -> tuple[object, ...]:
    """Give all of a node but its places."""
    accepted = node.accepted
    return (
        node.label.text,
        node.gate,
        node.root_cause,
        tuple((ref.record, ref.id) for ref in node.actions),
        (accepted.reason, accepted.role, accepted.review) if accepted else None,
        tuple(told(child) for child in node.children),
    )


@settings(deadline=None, max_examples=60)
@given(TREES)
def test_all_forms_of_a_tree_are_one_model(tree: Drawn) -> None:
    """Labels, gates, root causes, references and accepted risks do not depend on the form, and no depth is a fault."""
    models = {}
    for form, text in forms(tree).items():
        drawn, lines = section("Method: causal tree\n\n" + text + "\n")
        _, found, _, findings = read_causes(drawn, lines, LEXICON)
        assert found is not None, form
        assert not {"tree-indent", "several-outcomes"} & {each.rule for each in findings}, form
        models[form] = told(found.outcome)
    first = models["list of two"]
    assert all(model == first for model in models.values()), models


@pytest.mark.parametrize("step", [1, 2, 3, 4, 8])
def test_depth_by_indentation_alone_is_no_fault(step: int) -> None:
    """A `tree` block without connectors may go down any number of levels."""
    text = fence(as_indented(Drawn("a", (Drawn("b", (Drawn("c", (Drawn("d"),)),)),)), step), "tree")
    drawn, lines = section("Method: causal tree\n\n" + text + "\n")
    _, found, _, findings = read_causes(drawn, lines, LEXICON)
    assert found is not None
    assert [node.label.text for node in found.outcome.walk()] == ["a", "b", "c", "d"]
    assert [each.rule for each in findings] == ["fenced-tree"]

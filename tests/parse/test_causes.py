"""The method and the causal tree written as a list."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.model.causes import CausalNode, CausalTree, Gate, Method
from afterword.model.finding import Nature
from afterword.model.settings import Settings
from afterword.model.span import Span
from afterword.parse.causes.analysis import read_causes
from afterword.parse.markdown.lexicon import Lexicon
from tests.parse.one_section import LEXICON, said, section

TREE = """Method: causal tree

- Checkout answered no request (AND)
  - Disk of the primary ran full (AND)
    - Old segments were kept (root cause)
      - Retention was set in two places -> A1, A2
    - Alert fired at 95 % only -- accepted: cheap to watch by hand (storage lead, 2027-01-31)
  - Failover waited for a person (OR)
    - Runbook named a host that is gone → [A3](#a3)
"""


def read(text: str) -> tuple[Method | None, CausalTree | None, list[tuple[str, str]]]:
    """Read a drawing, and give the method, the tree and the findings."""
    drawn, lines = section(text)
    method, tree, _, findings = read_causes(drawn, lines, LEXICON)
    return method, tree, said(findings)


def outline(node: CausalNode, depth: int = 0) -> list[str]:
    """Give the labels of a tree, indented by depth."""
    below = [line for child in node.children for line in outline(child, depth + 1)]
    return [f"{'  ' * depth}{node.label.text}", *below]


def only(text: str) -> CausalNode:
    """Read one item below an outcome."""
    _, tree, _ = read(f"Method: causal tree\n\n- Outcome\n  - {text}\n")
    assert tree is not None
    return tree.outcome.children[0]


def test_a_tree_is_read_with_labels_gates_and_marks() -> None:
    """Marks leave the label, nesting becomes children."""
    method, tree, findings = read(TREE)
    assert method is Method.CAUSAL_TREE
    assert tree is not None
    assert (tree.block, tree.fenced, findings) == (1, False, [])
    assert outline(tree.outcome) == [
        "Checkout answered no request",
        "  Disk of the primary ran full",
        "    Old segments were kept",
        "      Retention was set in two places",
        "    Alert fired at 95 % only",
        "  Failover waited for a person",
        "    Runbook named a host that is gone",
    ]
    nodes = list(tree.outcome.walk())
    assert [node.gate for node in nodes] == [Gate.AND, Gate.AND, None, None, None, Gate.OR, None]
    assert [node.root_cause for node in nodes].index(True) == 2
    assert [[ref.id for ref in node.actions] for node in nodes][3] == ["A1", "A2"]
    assert [[ref.id for ref in node.actions] for node in nodes][6] == ["A3"]
    assert nodes[4].accepted is not None
    assert nodes[4].accepted.reason == "cheap to watch by hand"
    assert nodes[4].accepted.role == "storage lead"
    assert nodes[4].accepted.review == date(2027, 1, 31)


def test_places_are_those_of_the_source() -> None:
    """A node, its label, an action's name and an accepted risk know where they were written."""
    _, tree, _ = read(TREE)
    assert tree is not None
    nodes = list(tree.outcome.walk())
    assert nodes[3].span == Span(7, 9, 7, 50)
    assert nodes[3].label.span == Span(7, 9, 7, 40)
    assert [ref.span for ref in nodes[3].actions] == [Span(7, 44, 7, 46), Span(7, 48, 7, 50)]
    assert nodes[4].accepted is not None
    assert nodes[4].accepted.span == Span(8, 32, 8, 94)
    assert nodes[6].actions[0].span == Span(10, 44, 10, 46)


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("Pool too small **(AND)**", "Pool too small"),
        ("**Pool too small (AND)**", "Pool too small"),
        ("Pool too small\n    (AND)", "Pool too small"),
        ("Pool too small ( and )", "Pool too small"),
    ],
)
def test_gates_are_read_through_emphasis_breaks_and_letter_case(written: str, label: str) -> None:
    """How a gate is decorated does not matter."""
    node = only(written)
    assert (node.label.text, node.gate) == (label, Gate.AND)


def test_marks_come_in_any_order() -> None:
    """All marks are taken, whichever stands last."""
    node = only("Leak -- accepted: known (team lead, 2027-05-01) (root cause) -> A1 (OR)")
    assert node.label.text == "Leak"
    assert node.gate is Gate.OR
    assert node.root_cause
    assert [ref.id for ref in node.actions] == ["A1"]
    assert node.accepted is not None


def test_an_action_of_another_record_is_named_with_its_id() -> None:
    """`record#A3` names an action elsewhere, as plain text or as a link's text."""
    node = only("Leak -> 2025-11-02-cache-cold#A3, [A4](#a4)")
    assert [(ref.record, ref.id) for ref in node.actions] == [("2025-11-02-cache-cold", "A3"), (None, "A4")]


@pytest.mark.parametrize(
    "written",
    [
        "Requests go api -> database",
        "Field `node->A1` was stale",
        "The mark is written `-> A1`",
        "Pointer p->A1",
        "Two retries (or three)",
        "Accepted: the risk",
        "Nine -- ten servers",
    ],
)
def test_near_misses_are_labels(written: str) -> None:
    """Arrows, parentheses and dashes of ordinary prose and code are no marks, and no hint."""
    _, tree, findings = read(f"Method: causal tree\n\n- Outcome\n  - {written}\n")
    assert tree is not None
    node = tree.outcome.children[0]
    assert (node.label.text, node.gate, node.actions, node.accepted) == (
        written.replace("`", ""),
        None,
        (),
        None,
    )
    assert findings == []


def test_a_mark_within_a_label_is_text_and_a_hint() -> None:
    """A mark counts at the end only."""
    _, tree, findings = read("Method: causal tree\n\n- Outcome\n  - Pool (AND) too small -> A1 today\n")
    assert tree is not None
    assert tree.outcome.children[0].label.text == "Pool (AND) too small -> A1 today"
    assert findings == [("mark-in-label", "5:10-15"), ("mark-in-label", "5:26-31")]


@pytest.mark.parametrize(
    ("written", "findings"),
    [
        ("x -- accepted: cheap", [("accepted-incomplete", "5:7-25")]),
        ("x -- accepted: cheap (lead)", [("accepted-incomplete", "5:7-32")]),
        ("x — accepted: cheap (2027-01-01)", [("accepted-incomplete", "5:7-37")]),
        ("x – accepted: (lead, 2027-01-01)", [("accepted-incomplete", "5:7-37")]),
        ("x -- accepted: cheap (lead, 2027-02-30)", [("bad-date", "5:33-43")]),
        ("x -- accepted: cheap (lead, next year)", [("bad-date", "5:33-42")]),
        ("x -- accepted: cheap (for us) now (lead, 2027-01-01)", []),
    ],
)
def test_an_accepted_risk_needs_reason_role_and_date(written: str, findings: list[tuple[str, str]]) -> None:
    """What is missing of an accepted risk is said; the mark is taken all the same."""
    _, tree, found = read(f"Method: causal tree\n\n- Outcome\n  - {written}\n")
    assert tree is not None
    assert tree.outcome.children[0].label.text == "x"
    assert tree.outcome.children[0].accepted is not None
    assert found == findings


@pytest.mark.parametrize(
    ("text", "method", "findings"),
    [
        ("**Method:** Causal Tree.\n", Method.CAUSAL_TREE, []),
        ("Method: five whys\n", Method.FIVE_WHYS, []),
        ("Method: hybrid\nand more prose\n", Method.HYBRID, []),
        ("<!-- note -->\nMethod: hybrid\n", Method.HYBRID, []),
        ("Some words.\n\nMethod: hybrid\n", Method.HYBRID, [("method-missing", "4:1-15")]),
        ("Some words.\n", None, [("method-missing", "1:1-11")]),
        ("", None, [("method-missing", "1:1-11")]),
        ("Method: fishbone\n", None, [("unknown-method", "2:9-17")]),
        ("Methods differ\n", None, [("method-missing", "1:1-11")]),
    ],
)
def test_the_first_line_names_the_method(
    text: str, method: Method | None, findings: list[tuple[str, str]]
) -> None:
    """The method is read from its line, and its absence is said at the heading."""
    found, _, said_findings = read(text)
    assert (found, said_findings) == (method, findings)


def test_the_first_bullet_list_with_children_is_the_tree() -> None:
    """A flat list before the tree is none, and a numbered one neither."""
    _, tree, _ = read(
        "Method: causal tree\n\n- flat\n- list\n\ntext\n\n1. a\n   - b\n\ntext\n\n- Outcome\n  - Factor\n"
    )
    assert tree is not None
    assert (tree.outcome.label.text, tree.block) == ("Outcome", 5)


def test_a_sub_heading_says_where_the_tree_is() -> None:
    """Under `Causal tree` a list before the sub-heading is passed over."""
    _, tree, _ = read("Method: hybrid\n\n- other\n  - list\n\n### Causal tree\n\n- Outcome\n  - Factor\n")
    assert tree is not None
    assert (tree.outcome.label.text, tree.block) == ("Outcome", 3)


def test_several_outcomes_contradict_each_other() -> None:
    """The first outermost item is taken, each further one is said."""
    drawn, lines = section("Method: causal tree\n\n- One\n  - Factor\n- Two\n  - Other\n- Three\n")
    _, tree, _, findings = read_causes(drawn, lines, LEXICON)
    assert tree is not None
    assert outline(tree.outcome) == ["One", "  Factor"]
    assert said(findings) == [("several-outcomes", "6:3-6"), ("several-outcomes", "8:3-8")]
    assert {each.nature for each in findings} == {Nature.CONTRADICTION}


def test_more_than_three_levels_below_a_branch_are_a_hint() -> None:
    """Three levels below a branch pass, the fourth is said once."""
    levels = ["Outcome", "Branch", "One", "Two", "Three", "Four", "Five"]
    texts = ["".join(f"{'  ' * i}- {name}\n" for i, name in enumerate(levels[:n])) for n in (5, 7)]
    assert read("Method: causal tree\n\n" + texts[0])[2] == []
    assert read("Method: causal tree\n\n" + texts[1])[2] == [("tree-depth", "9:13-17")]


def test_marks_take_the_words_of_the_settings() -> None:
    """An archive in another language adds its words."""
    added = {
        "OR": ("ODER",),
        "root cause": ("Ursache",),
        "accepted": ("hingenommen",),
        "method": ("Methode",),
    }
    lexicon = Lexicon.of(Settings(language="de", words={"de": added}))
    drawn, lines = section(
        "Methode: hybrid\n\n- A (ODER)\n  - B -- hingenommen: x (y, 2027-01-01) (Ursache)\n"
    )
    method, tree, _, findings = read_causes(drawn, lines, lexicon)
    assert method is Method.HYBRID
    assert tree is not None
    assert tree.outcome.gate is Gate.OR
    assert tree.outcome.children[0].root_cause
    assert tree.outcome.children[0].accepted is not None
    assert findings == ()


def test_a_long_chain_of_marks_ends() -> None:
    """Thousands of marks in one item take no noticeable time."""
    node = only("x" + " -> A1" * 20_000)
    assert len(node.actions) == 20


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            [
                "- ",
                "  ",
                "(AND)",
                "(",
                ")",
                "->",
                "→",
                " A1",
                ",",
                "--",
                "accepted:",
                "x",
                "`",
                "*",
                "\n",
                "├── ",
                "│   ",
                "```\n",
                "1. ",
                "Because ",
                "[",
                "](u)",
                "2027-01-01",
                "Method: ",
            ]
        ),
        max_size=40,
    )
)
def test_nothing_raises(parts: list[str]) -> None:
    """Any mixture of the format's pieces gives values."""
    drawn, lines = section("".join(parts))
    method, tree, _, findings = read_causes(drawn, lines, LEXICON)
    assert method is None or isinstance(method, Method)
    last = len(lines)
    for each in findings:
        assert 1 <= each.span.line <= each.span.end_line <= last
    if tree:
        assert all(node.span.line <= last for node in tree.outcome.walk())

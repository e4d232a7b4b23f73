"""Causal trees and five whys as text."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from afterword.derive.causes.record_causes import RecordCauses
from afterword.render.terminal.tree_text import causes_text
from afterword.render.text.terminal import Terminal
from afterword.render.text.wrap import columns
from tests.render.drawn_archives import a_file
from tests.render.pages import archive_of

DAY = dt.date(2026, 6, 1)
TREE = """
## Root cause analysis

Method: causal tree

- API returned 500s for 22 minutes (AND)
  - Connection pool exhausted (AND)
    - Early return bypassed the context manager (root cause) -> A1
    - The test suite did not cover the path on which the connection was lost -> A2
    - Pool size set low -- accepted: it is looked at with the capacity (platform lead, 2026-09-30)
  - Mitigation took 12 minutes (OR)
    - No runbook -> A9
    - Nobody had done it before
"""
WHYS = """
## Root cause analysis

Method: {method}
{tree}
1. Why did the API return 500s?
   Because the pool was exhausted
2. Why was it exhausted?
   Because a job leaked connections
3. Why did it leak them?
   Because the early return bypassed the context manager (root cause) -> A1
"""
SHORT_TREE = """
- The API returned 500s (AND)
  - A job leaked connections.
    - The early return bypassed the context manager
"""
ACTIONS = (
    "| A1 | Close it | J. P. | 2026-05-01 | X-1 | prevent | done 2026-04-30 | |\n"
    "| A2 | Test it | J. P. | 2026-05-01 | X-2 | prevent | open | |\n"
)
NAME = "2026-03-14-a"


def said(body: str, width: int = 80, encoding: str = "utf-8", *, colour: bool = False) -> list[str]:
    """Write the causes of a record with this body."""
    archive = archive_of({f"{NAME}.md": a_file(actions=ACTIONS) + body})
    record, terminal = archive.records[0], Terminal(width, colour, encoding)
    return list(causes_text(record, RecordCauses.of(record, archive, DAY), terminal))


def test_a_tree_has_gates_root_causes_states_and_actions() -> None:
    """All that is drawn stands in the text, wrapped beside its branch."""
    assert said(TREE, 72) == [
        "API returned 500s for 22 minutes (AND)",
        "├─ Connection pool exhausted (AND)",
        "│  ├─ Early return bypassed the context manager (root cause)",
        "│  │  ✓ action done: A1",
        "│  ├─ The test suite did not cover the path on which the connection was",
        "│  │  lost  ! action overdue: A2",
        "│  └─ Pool size set low  ◇ risk accepted: it is looked at with the",
        "│     capacity (platform lead, looked at again 30 Sep 2026)",
        "└─ Mitigation took 12 minutes (OR)",
        "   ├─ No runbook  ? action missing: A9",
        "   └─ Nobody had done it before  – unaddressed",
        "",
        "5 leaves: 2 answered by an action, 1 accepted, 2 unaddressed",
    ]


def test_a_tree_in_ascii() -> None:
    """Where an encoding has no lines to draw with, the shape stays."""
    lines = said(TREE, 72, "ascii")
    assert all(line.isascii() for line in lines)
    assert lines[1:4] == [
        "|- Connection pool exhausted (AND)",
        "|  |- Early return bypassed the context manager (root cause)",
        "|  |  + action done: A1",
    ]


def test_five_whys_are_a_chain() -> None:
    """Questions are numbered and answers hang between them; the last answer has a state."""
    assert said(WHYS.format(method="5 whys", tree=""), 60) == [
        "1. Why did the API return 500s?",
        "│  The pool was exhausted",
        "│",
        "2. Why was it exhausted?",
        "│  A job leaked connections",
        "│",
        "3. Why did it leak them?",
        "   The early return bypassed the context manager",
        "   (root cause)  ✓ action done: A1",
    ]


def test_a_hybrid_says_where_the_two_join() -> None:
    """Statements that both have name each other: the tree the answer by its number, the chain the tree."""
    lines = said(WHYS.format(method="hybrid", tree=SHORT_TREE))
    assert lines[1] == "└─ A job leaked connections.  = answer 2"
    assert "│  A job leaked connections  = in the tree" in lines
    assert "│  The pool was exhausted" in lines


def test_a_hybrid_without_a_join_says_so() -> None:
    """Both are shown, and that they stand apart."""
    lines = said(WHYS.format(method="hybrid", tree="\n- Outcome\n  - Something else\n"))
    assert lines[-1] == "No answer says the same as a statement of the tree: the two stand apart."


@pytest.mark.parametrize("width", [40, 57, 80, 120])
@pytest.mark.parametrize(
    "label", ["データベースが応答しなくなり全ての要求が失敗した " * 3, "👩‍👩‍👧‍👦 שלום עולם " * 8, "w" * 300]
)
def test_no_line_is_wider_than_the_terminal(width: int, label: str) -> None:
    """Whatever the script, text wraps under its own column and none of it is lost."""
    lines = said(f"\n## Root cause analysis\n\n- Outcome (AND)\n  - {label}\n    - {label}\n")
    narrow = said(f"\n## Root cause analysis\n\n- Outcome (AND)\n  - {label}\n    - {label}\n", width)
    assert max(map(columns, narrow)) <= width
    bare = [re.sub(r"[├└│─\s]", "", "".join(each)) for each in (lines, narrow)]
    assert bare[0] == bare[1]
    assert bare[0].count(re.sub(r"\s", "", label)) == 2


def test_a_deep_tree_runs_over_the_edge_rather_than_down_it() -> None:
    """Forty levels are shown with whole words, and every one is there."""
    fence = "\n".join(f"{'   ' * depth}└─ level {depth} of the tree" for depth in range(40))
    lines = said(f"\n## Root cause analysis\n\n```tree\nOutcome: it broke\n{fence}\n```\n", 60)
    text = " ".join(" ".join(lines).split())
    assert all(f"level {depth} of the" in text for depth in range(40))


def test_colours_change_no_word() -> None:
    """Without its codes a painted tree is the plain one."""
    painted = said(TREE, colour=True)
    assert any("\x1b[" in line for line in painted)
    assert [re.sub(r"\x1b\[[\d;]*m", "", line) for line in painted] == said(TREE)

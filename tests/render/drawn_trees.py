"""Trees for the tests of drawing, written as the list an author would write, with the state of each node behind `=`."""

from __future__ import annotations

import re

from afterword.derive.causes.coverage import Coverage, NodeCoverage, NodeState, ResolvedAction
from afterword.model.causes import ActionRef, CausalNode, CausalTree, Gate
from afterword.model.markup import RichText
from afterword.model.span import START
from afterword.render.picture.dot import sketch_dot
from afterword.render.picture.sketch import Sketch, sketch
from afterword.sources.layout import find_engine, lay_out

INCIDENT = """
API returned 500s for 22 minutes (AND) = addressed
  Connection pool exhausted (AND) = addressed
    Batch job leaked connections (root cause) = addressed
      Early return bypassed the context manager -> A1 = done
      Test suite did not cover the error path -> A2, A5 = overdue
    Pool size set conservatively for cost reasons = accepted
  Mitigation took 12 minutes (OR) = unaddressed
    Runbook missing the pool-restart command -> A3 = open
    New on-call had not shadowed a database incident = unaddressed
"""

_MARKS = re.compile(r"^( *)(.*?)(?: \((AND|OR)\))?( \(root cause\))?(?: -> ([\w, ]+))?(?: = ([\w ]+))?$")


def drawn(text: str) -> tuple[CausalTree, Coverage]:
    """Read a tree of two blanks a level; a node without a state is unaddressed."""
    lines = [_MARKS.fullmatch(line) for line in text.strip("\n").splitlines()]
    rows = [(len(found[1]) // 2, found) for found in lines if found]
    states: dict[str, NodeCoverage] = {}

    def node(position: int, path: str) -> CausalNode:
        depth, found = rows[position]
        below: list[int] = []
        for following in range(position + 1, len(rows)):
            if rows[following][0] <= depth:
                break
            if rows[following][0] == depth + 1:
                below.append(following)
        made = labelled(
            found[2],
            gate=Gate(found[3]) if found[3] else None,
            root_cause=bool(found[4]),
            actions=tuple(re.findall(r"\w+", found[5] or "")),
            children=tuple(node(child, f"{path}.{number}") for number, child in enumerate(below)),
        )
        states[path] = covered(made, path, NodeState[(found[6] or "unaddressed").upper().replace(" ", "_")])
        return made

    return CausalTree(node(0, "0"), 0), coverage(states)


def labelled(
    label: str,
    *,
    gate: Gate | None = None,
    root_cause: bool = False,
    actions: tuple[str, ...] = (),
    children: tuple[CausalNode, ...] = (),
) -> CausalNode:
    """Make a node of plain text."""
    refs = tuple(ActionRef(name, None, START) for name in actions)
    return CausalNode(RichText((), label, START), START, gate, root_cause, refs, None, children)


def covered(node: CausalNode, path: str, state: NodeState) -> NodeCoverage:
    """Give a node a state."""
    actions = tuple(ResolvedAction(ref, "2026-03-14-x", None) for ref in node.actions)
    return NodeCoverage(node, state, False, False, path, actions)


def coverage(nodes: dict[str, NodeCoverage]) -> Coverage:
    """Bring the states of a tree together; the sums are no matter of drawing."""
    return Coverage(nodes, 0, 0, 0, ())


def tree_of(root: CausalNode) -> tuple[CausalTree, Coverage]:
    """Make a tree of nodes that nobody has addressed."""
    nodes: dict[str, NodeCoverage] = {}
    waiting = [("0", root)]
    while waiting:
        path, node = waiting.pop()
        nodes[path] = covered(node, path, NodeState.UNADDRESSED)
        waiting.extend((f"{path}.{number}", child) for number, child in enumerate(node.children))
    return CausalTree(root, 0), coverage(nodes)


def tree_of_size(size: int) -> tuple[CausalTree, Coverage]:
    """Make a tree of so many nodes, three below each."""

    def node(number: int) -> CausalNode:
        below = range(3 * number + 1, min(3 * number + 4, size))
        gate = (None, Gate.AND, Gate.OR)[number % 3] if below else None
        return labelled(f"Factor number {number}", gate=gate, children=tuple(map(node, below)))

    return tree_of(node(0))


HOSTILE = (
    'a "quoted" word',
    'a "',
    "back\\slash \\n \\N \\G \\l \\r \\L end\\",
    '\\"',
    "<script>alert(1)</script>",
    "<b>bold</b>",
    "]]> <!-- --> &lt; &amp;#106; &nbsp; &",
    "<!DOCTYPE svg [<!ENTITY a 'b'>]> &a; </svg>",
    "line\none\r\nand\ttab \x00\x07\x1b[31m",
    "\u202egnp.exe\u202c و\u0627\u0644\u062e\u0627\u062f\u0645 נפל",
    "👩‍👩‍👧‍👦 🇩🇪🇫🇷 👍🏽 ⚠️ e\u0301\u0302",
    "w" * 500,
    "\u0301" * 5000,
    "データベース接続プールが枯渇し、全てのリクエストが失敗した。",
    "javascript:alert(1)",
    "\ud800 lone \ufffe\uffff",
    "",
    "   ",
    "; } digraph x { a -> b",
    "x" * 100_000,
)
"""Labels that mean something to DOT, to XML, to HTML, to a terminal, or that no font has."""


def sketched(text: str) -> Sketch:
    """Sketch a tree of two blanks a level."""
    return sketch(*drawn(text))


def laid_out(drawing: Sketch) -> str:
    """Let the engine of the installation say where things stand."""
    result = lay_out([sketch_dot(drawing)], find_engine())
    assert result.layouts[0] is not None, result.problem
    return result.layouts[0]

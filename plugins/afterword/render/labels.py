"""The words of a drawn tree: what stands in each node, for the eye and for a screen reader alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from afterword.derive.coverage import Coverage, NodeCoverage, NodeState
from afterword.derive.record_causes import CauseKind
from afterword.model.causes import CausalNode, CausalTree
from afterword.render.wrap import plain, wrap

LINE_COLUMNS = 24
"""The width of a node's text: five levels still fit a wide page."""

MOST_LINES = 10
"""The height of a node's text; the list beside the drawing holds the whole."""

MOST_CHARACTERS = 1000
"""As much of a statement as is looked at, since marks without width could stand on one line without end."""

GLYPHS: dict[NodeState, str] = {
    NodeState.DONE: "✓",
    NodeState.OPEN: "○",
    NodeState.OVERDUE: "!",
    NodeState.CANCELLED: "×",
    NodeState.ACCEPTED: "◇",
    NodeState.REVIEW_PAST: "!",
    NodeState.UNADDRESSED: "–",
    NodeState.ADDRESSED: "✓",
    NodeState.MISSING: "?",
}
"""A sign per state, so that colour is never the only difference."""


@dataclass(frozen=True, slots=True)
class NodeText:
    """The lines of one node: its statement, then notes on it (root cause, state), which are set smaller."""

    statement: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """Give all lines in the order in which they are drawn."""
        return self.statement + self.notes


def walk_paths(tree: CausalTree) -> Iterator[tuple[str, CausalNode]]:
    """Yield each node with its path, parents first and siblings in their order: `0`, `0.0`, `0.0.0`, `0.1`."""
    waiting = [("0", tree.outcome)]
    while waiting:
        path, node = waiting.pop()
        yield path, node
        below = [(f"{path}.{position}", child) for position, child in enumerate(node.children)]
        waiting.extend(reversed(below))


def node_id(path: str) -> str:
    """Give the name of a node in DOT: `n-0-1-2` for the path `0.1.2`."""
    return "n-" + path.replace(".", "-")


def cause_anchor(kind: CauseKind, place: str) -> str:
    """Give the anchor of a statement on its record's page."""
    match kind:
        case CauseKind.NODE:
            return node_id(place)
        case CauseKind.ANSWER:
            return f"aw-why-{place}"
        case CauseKind.FACTOR:
            return f"aw-factor-{place}"


def state_slug(state: NodeState) -> str:
    """Give a state as part of a class name: `action-done`."""
    return state.value.replace(" ", "-")


def state_words(covered: NodeCoverage) -> str:
    """Give the state of a node with its sign and the actions named there: `✓ action done: A1, A2`."""
    words = f"{GLYPHS[covered.state]} {covered.state.value}"
    names = ", ".join(plain(resolved.ref.id) for resolved in covered.actions)[:MOST_CHARACTERS]
    return f"{words}: {names}" if names else words


def node_text(path: str, node: CausalNode, coverage: Coverage) -> NodeText:
    """Give the text of a node; leaves, and inner nodes with marks of their own, say their state."""
    statement = wrap(plain(node.label.text[:MOST_CHARACTERS]), LINE_COLUMNS, MOST_LINES) or ("…",)
    notes: list[str] = ["root cause"] if node.root_cause else []
    covered = coverage.nodes.get(path)
    if covered is not None and (not node.children or covered.actions or node.accepted):
        notes.extend(wrap(state_words(covered), LINE_COLUMNS, 3))
    return NodeText(statement, tuple(notes))

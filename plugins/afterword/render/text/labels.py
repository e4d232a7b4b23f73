"""The words of a drawn tree: what stands in each node, for the eye and for a screen reader alike."""

from __future__ import annotations

from functools import lru_cache

from afterword.derive.causes.coverage import NodeCoverage, NodeState, ResolvedAction
from afterword.derive.causes.record_causes import CauseKind
from afterword.render.text.text_width import word_width
from afterword.render.text.wrap import plain, wrap_measured

LINE_WIDTH = 170 / 13
"""The width of a node's text, in sizes of its letters: five levels still fit a wide page."""

MOST_LINES = 10
"""The height of a node's text; the list beside the drawing holds the whole."""

MOST_NOTES = 3

_DAY = len("2026-03-14")
"""How much of a record's id tells which one is meant."""

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
    NodeState.UNWRITTEN: "…",
}
"""A sign per state, so that colour is never the only difference."""


def answer_words(text: str) -> str:
    """Give an answer of the five whys as a sentence of its own: without its "because" it begins with a small letter."""
    return text[:1].upper() + text[1:]


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


def step_id(step: int) -> str:
    """Give the name of an answer of the five whys in DOT: `w-1` for the first."""
    return f"w-{step + 1}"


def gate_id(node: str) -> str:
    """Give the name of the gate below a node: `gate-0-1` for `n-0-1`."""
    return f"gate{node[1:]}"


def reason_anchor(line: str) -> str:
    """Give the anchor of the reason for which a risk is accepted, in the list's line of this id."""
    return f"{line}-reason"


def state_slug(state: NodeState) -> str:
    """Give a state as part of a class name: `action-done`."""
    return state.value.replace(" ", "-")


def state_words(covered: NodeCoverage) -> str:
    """Give the state of a node with its sign and the actions named there, those of another record with its day: `✓ action done: A1, A2 (2026-03-14)`."""
    words = f"{GLYPHS[covered.state]} {covered.state.value}"
    names = ", ".join(map(_action_name, covered.actions))[:MOST_CHARACTERS]
    return f"{words}: {names}" if names else words


def _action_name(resolved: ResolvedAction) -> str:
    name = plain(resolved.ref.id)
    return f"{name} ({plain(resolved.record_id)[:_DAY]})" if resolved.ref.record else name


def state_notes(covered: NodeCoverage) -> tuple[tuple[str, ...], float, str]:
    """Give the words of a node's state as lines with the width of the widest, and once more without the sign."""
    words = state_words(covered)
    return *_note_lines(words), words.removeprefix(f"{GLYPHS[covered.state]} ")


def has_state(covered: NodeCoverage) -> bool:
    """Tell whether a node has marks of its own, so that its state is told though others stand below it."""
    return bool(covered.actions) or covered.node.accepted is not None


def statement_lines(text: str) -> tuple[tuple[str, ...], float]:
    """Give a statement or a question as the lines that are drawn, and the width of the widest in sizes of its letters."""
    lines, widest = wrap_measured(plain(text[:MOST_CHARACTERS]), LINE_WIDTH, MOST_LINES, word_width)
    return (lines, widest) if lines else (("…",), 1.0)


@lru_cache(maxsize=1024)
def _note_lines(note: str) -> tuple[tuple[str, ...], float]:
    # Notes are set smaller, and measured like statements: an engine by itself sets them so.
    return wrap_measured(note, LINE_WIDTH, MOST_NOTES, word_width)

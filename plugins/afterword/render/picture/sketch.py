"""What is to be drawn of a record's causes: boxes with their lines and sizes, gates and edges, before anything has a place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from afterword.derive.causes.coverage import Coverage, NodeCoverage, hybrid_join
from afterword.model.causes import ActionRef, CausalNode, CausalTree, FiveWhys, Gate
from afterword.model.record import Postmortem
from afterword.model.value import plain_value
from afterword.render.text.labels import (
    answer_words,
    gate_id,
    has_state,
    node_id,
    reason_anchor,
    state_notes,
    state_slug,
    statement_lines,
    step_id,
)

TEXT_SIZE = 13
NOTE_SIZE = 11
TEXT_LINE = 16
NOTE_LINE = 14
"""Sizes of letters and heights of lines, in pixels."""

BESIDE = 12
ABOVE = 7
"""The room between the lines and the frame; a face that is an eighth wider than those measured still fits."""

BELOW_HEAD = 4
_NARROWEST = 5.0
"""In sizes of letters: `root cause` fits."""


@plain_value()
class Head:
    """The question above an answer: the step's number, the lines and the width of the widest in sizes of their letters."""

    step: int
    lines: tuple[str, ...]
    width: float


@plain_value()
class Box:
    """One statement with what is said of it; `name` is `n-0-1` in a tree and `w-2` in a chain.

    `label` is what a screen reader says. `place` is the anchor of its line in the list, `reason` that of the reason for which its risk is
    accepted, empty where there is none. `actions` are those that its notes name. `width` is that of the widest line, in sizes of its letters.
    """

    name: str
    classes: tuple[str, ...]
    statement: tuple[str, ...]
    notes: tuple[str, ...]
    heads: tuple[Head, ...]
    label: str
    place: str
    reason: str
    actions: tuple[ActionRef, ...]
    gate: Gate | None
    width: float

    @property
    def lines(self) -> tuple[str, ...]:
        """Give all lines in the order in which they are drawn."""
        return (*(line for head in self.heads for line in head.lines), *self.statement, *self.notes)

    @property
    def height(self) -> int:
        """Give the height in pixels, an even number, so that its middle is a pixel too."""
        small = len(self.notes) + sum(len(head.lines) for head in self.heads)
        tall = (
            2 * ABOVE
            + TEXT_LINE * len(self.statement)
            + NOTE_LINE * small
            + (BELOW_HEAD if self.heads else 0)
        )
        return tall + tall % 2


@plain_value()
class Edge:
    """A way from a box or a gate to a box or a gate; `why` where beside a tree only the chain of questions leads there."""

    tail: str
    head: str
    why: bool = False


@dataclass(frozen=True, slots=True)
class Sketch:
    """A drawing without places; `title` says what it shows, `width` is that of all boxes, in pixels."""

    title: str
    boxes: Sequence[Box] = field(default_factory=list)
    edges: Sequence[Edge] = field(default_factory=list)
    width: int = 0

    @property
    def has_gates(self) -> bool:
        """Tell whether gates stand between the columns of boxes."""
        return any(box.gate for box in self.boxes)


def sketch_of(
    record: Postmortem, coverage: Coverage | None, whys: Sequence[NodeCoverage] = ()
) -> Sketch | None:
    """Sketch the causes of a record: its tree, its chain of five whys, or both in one; None where it has neither."""
    if record.causal_tree is None and record.five_whys is None:
        return None
    return sketch(record.causal_tree, coverage, record.five_whys, whys, hybrid_join(record))


def sketch(
    tree: CausalTree | None,
    coverage: Coverage | None,
    chain: FiveWhys | None = None,
    answered: Sequence[NodeCoverage] = (),
    joined: Sequence[tuple[int, str]] = (),
) -> Sketch:
    """Sketch a tree, a chain, or both joined where `joined` says that an answer is a node: it is then one box with the question above it."""
    boxes: list[Box] = []
    edges: list[Edge] = []
    title = "Five whys"
    names = {step: node_id(path) for step, path in joined}
    if tree is not None and coverage is not None:
        title = "Causal tree and five whys" if chain else "Causal tree"
        heads: dict[str, list[Head]] = {}
        answers: dict[str, CausalNode] = {}
        for step, path in joined:
            why = chain.steps[step] if chain else None
            if why and why.answer:
                heads.setdefault(path, []).append(_head(step, why.question.text))
                answers.setdefault(path, why.answer)
        boxes += _tree_boxes(tree, coverage, heads, answers)
        edges += _tree_edges(boxes)
    if chain is not None:
        title += f": {' '.join(boxes[0].statement)}" if boxes else ""
        boxes += _chain_boxes(chain, answered, names)
        edges += _chain_edges(len(chain.steps), names, edges)
    elif boxes:
        title += f": {' '.join(boxes[0].statement)}"
    widest = max((box.width for box in boxes), default=0)
    width = round(widest * TEXT_SIZE + 2 * BESIDE + 1)
    return Sketch(title, boxes, edges, width + width % 2)


def count_boxes(record: Postmortem) -> int:
    """Count the statements of a record's drawing: the nodes of its tree and the answers that stand beside it."""
    nodes, steps = _nodes_and_steps(record)
    return nodes + steps - len(hybrid_join(record)) if nodes and steps else nodes + steps


def has_more_boxes(record: Postmortem, than: int) -> bool:
    """Tell whether a record's drawing has more statements than so many; which answers stand beside the tree is worked out only where that decides."""
    return sum(_nodes_and_steps(record)) > than and count_boxes(record) > than


def _nodes_and_steps(record: Postmortem) -> tuple[int, int]:
    return (
        sum(1 for _ in record.causal_tree.outcome.walk()) if record.causal_tree else 0,
        len(record.five_whys.steps) if record.five_whys else 0,
    )


def _tree_boxes(
    tree: CausalTree,
    coverage: Coverage,
    heads: Mapping[str, Sequence[Head]],
    answers: Mapping[str, CausalNode],
) -> Iterator[Box]:
    reasons: dict[str, str] = {}
    for path, node in tree.paths():
        covered = coverage.nodes[path]
        name = node_id(path)
        # Below the outcome an accepted risk holds for all that stands under it.
        above = reasons.get(path.rpartition(".")[0], "") if path.count(".") > 1 else ""
        reasons[path] = reason = reason_anchor(name) if node.accepted else above
        answer = answers.get(path)
        root_cause = node.root_cause or (answer is not None and answer.root_cause)
        yield _box(
            name,
            "outcome" if path == "0" else "factor",
            node,
            covered,
            tuple(heads.get(path, ())),
            name,
            reason,
            root_cause=root_cause,
            leaf=not node.children,
        )


def _chain_boxes(
    chain: FiveWhys, answered: Sequence[NodeCoverage], joined: Mapping[int, str]
) -> Iterator[Box]:
    reason = ""
    for step, (why, covered) in enumerate(zip(chain.steps, answered, strict=True)):
        place = f"aw-why-{step + 1}"
        if why.answer is not None and why.answer.accepted:
            reason = reason_anchor(place)
        if step in joined:
            continue
        head = (_head(step, why.question.text),)
        yield _box(
            step_id(step),
            "why",
            covered.node,
            covered,
            head,
            place,
            reason,
            root_cause=covered.node.root_cause,
            leaf=step == len(chain.steps) - 1,
        )


def _box(
    name: str,
    kind: str,
    node: CausalNode,
    covered: NodeCoverage,
    heads: tuple[Head, ...],
    place: str,
    reason: str,
    *,
    root_cause: bool,
    leaf: bool,
) -> Box:
    classes = [kind]
    if root_cause:
        classes.append("root-cause")
    if leaf:
        classes.append("leaf")
    classes.append(f"state-{state_slug(covered.state)}")
    text = node.label.text
    statement, width = statement_lines(answer_words(text) if kind == "why" else text)
    for head in heads:
        width = max(width, head.width)
    notes = ["root cause"] if root_cause else []
    said = ["root cause"] if root_cause else []
    if leaf or has_state(covered):
        lines, widest, words = state_notes(covered)
        notes += lines
        width = max(width, widest)
        said.append(words)
    label = " ".join((*heads[0].lines, *statement) if kind == "why" else statement)
    return Box(
        name,
        tuple(classes),
        statement,
        tuple(notes),
        heads,
        f"{label} ({', '.join(said)})" if said else label,
        place,
        reason,
        tuple(resolved.ref for resolved in covered.actions),
        node.gate if node.children else None,
        max(width, _NARROWEST),
    )


def _tree_edges(boxes: Sequence[Box]) -> Iterator[Edge]:
    gates = {box.name: gate_id(box.name) for box in boxes if box.gate}
    for box in boxes:
        parent = box.name.rpartition("-")[0]
        if parent != "n":
            yield Edge(gates.get(parent, parent), box.name)
        if box.gate:
            yield Edge(box.name, gates[box.name])


def _chain_edges(steps: int, joined: Mapping[int, str], tree: Sequence[Edge]) -> Iterator[Edge]:
    """Join each answer to the next, but where the tree does so already."""
    known = {(edge.tail.replace("gate", "n"), edge.head) for edge in tree}
    names = [joined.get(step) or step_id(step) for step in range(steps)]
    for tail, head in pairwise(names):
        if tail != head and (tail, head) not in known:
            known.add((tail, head))
            yield Edge(tail, head, why=bool(tree))


def _head(step: int, question: str) -> Head:
    return Head(step, *statement_lines(f"{step + 1}. {question}"))

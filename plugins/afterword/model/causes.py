"""Contributing factors, the causal tree and the five whys (docs/format.md, sections 3 and 5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from afterword.model.markup import RichText
from afterword.model.span import Span
from afterword.model.value import plain_value


class Gate(StrEnum):
    """How the children of a node combine."""

    AND = "AND"
    OR = "OR"


class Method(StrEnum):
    """How the analysis was done."""

    CAUSAL_TREE = "causal tree"
    FIVE_WHYS = "5 whys"
    HYBRID = "hybrid"


@plain_value()
class ActionRef:
    """The name of an action, in this record where `record` is None."""

    id: str
    record: str | None
    span: Span


@plain_value()
class Acceptance:
    """A risk taken knowingly: why, who answers for it, and when it is looked at again (None: not readable)."""

    reason: str
    role: str
    review: date | None
    span: Span


@plain_value()
class CausalNode:
    """One statement of a causal tree; the outermost is the outcome, every other a factor.

    `gate` is None where none is stated.
    """

    label: RichText
    span: Span
    gate: Gate | None = None
    root_cause: bool = False
    actions: tuple[ActionRef, ...] = ()
    accepted: Acceptance | None = None
    children: tuple[CausalNode, ...] = ()

    def walk(self) -> Iterator[CausalNode]:
        """Yield this node and all below it, parents first."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))


@plain_value()
class CausalTree:
    """The causal tree of a record; `block` is the position in the section's blocks of the list or fence it was read from."""

    outcome: CausalNode
    block: int
    fenced: bool = False

    def paths(self) -> Iterator[tuple[str, CausalNode]]:
        """Yield each node with its path, parents first and siblings in their order: `0`, `0.0`, `0.0.0`, `0.1`."""
        waiting = [("0", self.outcome)]
        while waiting:
            path, node = waiting.pop()
            yield path, node
            if node.children:
                below = [(f"{path}.{position}", child) for position, child in enumerate(node.children)]
                waiting.extend(reversed(below))


@plain_value()
class WhyStep:
    """One question and its answer; the answer carries the same marks as a node of a tree, and has no children."""

    question: RichText
    answer: CausalNode | None
    span: Span


@plain_value()
class FiveWhys:
    """The chain of questions; `block` is the position in the section's blocks."""

    steps: tuple[WhyStep, ...]
    block: int
    fenced: bool = False


@plain_value()
class Factor:
    """One contributing factor, with the marks of a tree's node; `category` is None where none is stated."""

    text: RichText
    span: Span
    number: str = ""
    category: str | None = None
    root_cause: bool = False
    actions: tuple[ActionRef, ...] = ()
    accepted: Acceptance | None = None

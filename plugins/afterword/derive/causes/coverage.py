"""Which causes are answered by an action or an accepted risk (docs/format.md, section 5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from afterword.derive.promises.follow_through import is_overdue, is_owed_here
from afterword.derive.words.bare_label import bare_label
from afterword.model.action import ActionItem, Status
from afterword.model.archive import Archive
from afterword.model.causes import Acceptance, ActionRef, CausalNode, Factor
from afterword.model.markup import RichText
from afterword.model.placeholders import is_placeholder
from afterword.model.record import Postmortem
from afterword.model.span import Span
from afterword.model.value import maker, plain_value

Pairs = tuple[tuple[int, str], ...]
"""Answers of the five whys, by the position of their step, with the paths of the nodes that they are joined with."""


class NodeState(StrEnum):
    """What a reader is told of a node; `ADDRESSED` is for nodes that only their children answer, `UNWRITTEN` for placeholders."""

    DONE = "action done"
    OPEN = "action open"
    OVERDUE = "action overdue"
    CANCELLED = "action cancelled"
    ACCEPTED = "risk accepted"
    REVIEW_PAST = "review past"
    UNADDRESSED = "unaddressed"
    ADDRESSED = "addressed"
    MISSING = "action missing"
    UNWRITTEN = "to be written"


@plain_value()
class ResolvedAction:
    """A reference with what it names: `action` is None where there is no such action, `record_id` is then as written."""

    ref: ActionRef
    record_id: str
    action: ActionItem | None
    owed: bool = True


@plain_value()
class NodeCoverage:
    """How one node is answered.

    `path` is its position in the tree, `0` the outcome and `0.1` its second child; of a chain of answers the number of the step.
    `actions` are those that the node names, or the answer it is joined with. `until` is the last day on which the state holds where it changes with
    the day alone, by a due day or a review day; `late_state` tells what it is then.
    """

    node: CausalNode
    state: NodeState
    addressed: bool
    accepted: bool
    path: str
    actions: tuple[ResolvedAction, ...] = ()
    leaf: bool = False
    until: date | None = None


@dataclass(frozen=True, slots=True)
class FactorCoverage:
    """How one contributing factor is answered."""

    factor: Factor
    state: NodeState
    addressed: bool
    accepted: bool
    actions: tuple[ResolvedAction, ...] = ()
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How a causal tree is answered, its nodes by path, parents first.

    The numbers are of leaves that are written; `accepted` leaves out those that are addressed as well, so that the two and `unaddressed` make `leaves`.
    """

    nodes: Mapping[str, NodeCoverage]
    leaves: int
    addressed: int
    accepted: int
    unaddressed: tuple[NodeCoverage, ...]


@plain_value()
class _Said:
    """What marks say: `state` the answer they give, `failing` the answer they fail to give."""

    addressed: bool = False
    accepted: bool = False
    state: NodeState | None = None
    failing: NodeState | None = None
    until: date | None = None

    def under(self, above: _Said) -> _Said:
        """Add what is said further up; what is said nearest to a node decides its state."""
        if above is _SILENT:
            return self
        failing = self.failing or (NodeState.REVIEW_PAST if above.failing is NodeState.REVIEW_PAST else None)
        return _Said(
            self.addressed or above.addressed,
            self.accepted or above.accepted,
            self.state or above.state,
            failing,
            self._until(above),
        )

    def _until(self, above: _Said) -> date | None:
        """Give the day after which the state becomes late; None where another answer stands behind the one that ends."""
        if self.state is None:
            return above.until if self.failing is None else None
        return self.until if self.addressed or not (above.addressed or above.accepted) else None


_SILENT = _Said()


@plain_value()
class _Place:
    """A node among others, its parent given by position; `inherits` is False below the outcome."""

    node: CausalNode
    path: str
    parent: int | None
    inherits: bool


_node_coverage, _place = maker(NodeCoverage), maker(_Place)


def resolve(ref: ActionRef, record: Postmortem, archive: Archive) -> ResolvedAction:
    """Find the action that a reference in a record names, in this record or in another."""
    if ref.record is None or ref.record.lower() == record.id.lower():
        target: Postmortem | None = record
    else:
        target = archive.find(ref.record)
    if target is None:
        return ResolvedAction(ref, ref.record or record.id, None)
    return ResolvedAction(ref, target.id, target.action(ref.id), is_owed_here(target))


class _Actions:
    """Finds the actions that a record names, each once: a tree may name one of five thousand in each of its nodes."""

    def __init__(self, record: Postmortem, archive: Archive) -> None:
        self._record = record
        self._archive = archive
        self._found: dict[tuple[str | None, str], ResolvedAction] = {}

    def named_by(self, carriers: Iterable[CausalNode | Factor]) -> tuple[ResolvedAction, ...]:
        """Give the actions that nodes or factors name, in their order and each once."""
        named: dict[tuple[str, str], ResolvedAction] = {}
        for carrier in carriers:
            for ref in carrier.actions:
                action = self._of(ref)
                named.setdefault((action.record_id, action.ref.id.upper()), action)
        return tuple(named.values())

    def _of(self, ref: ActionRef) -> ResolvedAction:
        key = ref.record, ref.id
        if key not in self._found:
            self._found[key] = resolve(ref, self._record, self._archive)
        found = self._found[key]
        return found if found.ref is ref else ResolvedAction(ref, found.record_id, found.action, found.owed)


def tree_coverage(
    record: Postmortem, archive: Archive, as_of: date, pairs: Pairs | None = None
) -> Coverage | None:
    """Judge every node of the causal tree (docs/format.md, section 5); None where there is no tree.

    A node that a hybrid joins with an answer of the five whys carries that answer's marks, too; `pairs` spares joining them again.
    """
    if record.causal_tree is None:
        return None
    places = _places(record.causal_tree.outcome)
    joined: dict[str, list[CausalNode]] = {}
    for step, path in hybrid_join(record) if pairs is None else pairs:
        answer = record.five_whys.steps[step].answer if record.five_whys else None
        if answer is not None:
            joined.setdefault(path, []).append(answer)
    actions = []
    said = []
    actions_of = _Actions(record, archive)
    for place in places:
        carriers = (place.node, *joined.get(place.path, ()))
        resolved = actions_of.named_by(carriers)
        actions.append(resolved)
        said.append(_said(resolved, [carrier.accepted for carrier in carriers], as_of))
    nodes = _judge(places, actions, said)
    leaves = [node for node in nodes if node.leaf and node.state is not NodeState.UNWRITTEN]
    return Coverage(
        {node.path: node for node in nodes},
        len(leaves),
        sum(node.addressed for node in leaves),
        sum(node.accepted and not node.addressed for node in leaves),
        tuple(node for node in leaves if not (node.addressed or node.accepted)),
    )


def why_coverage(
    record: Postmortem,
    archive: Archive,
    as_of: date,
    tree: Coverage | None = None,
    pairs: Pairs | None = None,
) -> tuple[NodeCoverage, ...]:
    """Judge every step of the five whys: each answer stands below the one before, and the last is the leaf (docs/format.md, section 5).

    A step without an answer has an empty node, unaddressed. An answer that a hybrid joins with a node of the tree is answered where the
    node is; `tree` and `pairs` spare judging the tree and joining the two again.
    """
    if record.five_whys is None:
        return ()
    steps = record.five_whys.steps
    pairs = hybrid_join(record) if pairs is None else pairs
    tree = tree or tree_coverage(record, archive, as_of, pairs)
    joined = {step: tree.nodes[path] for step, path in pairs} if tree else {}
    places: list[_Place] = []
    actions = []
    said = []
    actions_of = _Actions(record, archive)
    for number, step in enumerate(steps):
        if step.answer is None:
            continue
        above = len(places) - 1 if places else None
        places.append(_Place(step.answer, str(number), above, True))
        resolved = actions_of.named_by([step.answer])
        own = _said(resolved, [step.answer.accepted], as_of)
        node = joined.get(number)
        if node is not None and (node.addressed or node.accepted):
            own = own.under(_Said(node.addressed, node.accepted, node.state))
        actions.append(resolved)
        said.append(own)
    answered = {node.path: node for node in _judge(places, actions, said)}
    return tuple(
        answered.get(str(number))
        or NodeCoverage(_unanswered(step.span), NodeState.UNADDRESSED, False, False, str(number))
        for number, step in enumerate(steps)
    )


def factor_coverage(record: Postmortem, archive: Archive, as_of: date) -> tuple[FactorCoverage, ...]:
    """Judge every contributing factor by its own marks."""
    judged = []
    actions_of = _Actions(record, archive)
    for factor in record.factors:
        actions = actions_of.named_by([factor])
        said = _said(actions, [factor.accepted], as_of)
        state = _state(factor.text, said)
        judged.append(FactorCoverage(factor, state, said.addressed, said.accepted, actions, said.until))
    return tuple(judged)


def hybrid_join(record: Postmortem) -> Pairs:
    """Pair the answers of the five whys with the nodes of the tree that have the same label, by step number and path.

    Marks, case and a final stop make no difference (docs/format.md, section 5); of several nodes with one label the first is taken.
    """
    if record.five_whys is None or record.causal_tree is None:
        return ()
    paths: dict[str, str] = {}
    for path, node in record.causal_tree.paths():
        paths.setdefault(bare_label(node.label.text), path)
    pairs = []
    for number, step in enumerate(record.five_whys.steps):
        label = bare_label(step.answer.label.text) if step.answer else ""
        if label and label in paths:
            pairs.append((number, paths[label]))
    return tuple(pairs)


def _unanswered(span: Span) -> CausalNode:
    return CausalNode(RichText(span=span), span)


def _places(outcome: CausalNode) -> list[_Place]:
    """List the nodes parents first; without recursion, since a fenced tree may be deeper than the interpreter's stack."""
    places: list[_Place] = []
    waiting = [_Place(outcome, "0", None, False)]
    while waiting:
        place = waiting.pop()
        position = len(places)
        places.append(place)
        children = [
            _place(child, f"{place.path}.{number}", position, place.parent is not None)
            for number, child in enumerate(place.node.children)
        ]
        waiting.extend(reversed(children))
    return places


def _said(actions: Sequence[ResolvedAction], acceptances: Iterable[Acceptance | None], as_of: date) -> _Said:
    stated = [acceptance for acceptance in acceptances if acceptance is not None]
    if not actions and not stated:
        return _SILENT
    kept = []
    failing = None
    for each in actions:
        if each.action is None:
            failing = NodeState.MISSING
        elif each.action.status is Status.CANCELLED:
            failing = failing or NodeState.CANCELLED
        elif each.action.status is not Status.CANDIDATE:
            kept.append(each)
    # A review date that cannot be read is a finding of its own; it is not known to be past.
    accepted = any(acceptance.review is None or acceptance.review >= as_of for acceptance in stated)
    if stated and not accepted:
        failing = NodeState.REVIEW_PAST
    state = _action_state(kept, as_of) if kept else NodeState.ACCEPTED if accepted else None
    until = _due_until(kept, as_of) if kept else _accepted_until(stated) if accepted else None
    return _Said(bool(kept), accepted, state, failing, until)


def _state(words: RichText, said: _Said) -> NodeState:
    if is_placeholder(words.text):
        return NodeState.UNWRITTEN
    return said.state or said.failing or NodeState.UNADDRESSED


def late_state(state: NodeState) -> str:
    """Name what becomes of a state with the day alone, empty where nothing does."""
    match state:
        case NodeState.OPEN:
            return NodeState.OVERDUE.value
        case NodeState.ACCEPTED:
            return NodeState.REVIEW_PAST.value
    return ""


def _due_until(kept: Iterable[ResolvedAction], as_of: date) -> date | None:
    dues = [each.action.due for each in kept if each.action and each.action.is_unfinished and each.owed]
    return min((due for due in dues if due is not None and due >= as_of), default=None)


def _accepted_until(stated: Iterable[Acceptance]) -> date | None:
    reviews = [acceptance.review for acceptance in stated]
    known = [review for review in reviews if review is not None]
    return max(known) if len(known) == len(reviews) else None


def _action_state(kept: Iterable[ResolvedAction], as_of: date) -> NodeState:
    state = NodeState.DONE
    for each in kept:
        if each.action is not None and each.action.is_unfinished:
            if each.owed and is_overdue(each.action, as_of):
                return NodeState.OVERDUE
            state = NodeState.OPEN
    return state


def _judge(
    places: Sequence[_Place], actions: Sequence[tuple[ResolvedAction, ...]], own: Sequence[_Said]
) -> list[NodeCoverage]:
    """Carry what is said down to the nodes below, then what the children are up to nodes that neither they nor theirs answer."""
    said = list(own)
    children: list[list[int]] = [[] for _ in places]
    for position, place in enumerate(places):
        if place.parent is not None:
            children[place.parent].append(position)
            if place.inherits:
                said[position] = own[position].under(said[place.parent])
    for position in reversed(range(len(places))):
        here = said[position]
        if not children[position] or here.addressed or here.accepted:
            continue
        below = [said[child] for child in children[position]]
        accepted = all(child.accepted for child in below)
        addressed = all(child.addressed or child.accepted for child in below) and any(
            child.addressed for child in below
        )
        if addressed or accepted:
            state = NodeState.ADDRESSED if addressed else NodeState.ACCEPTED
            said[position] = _Said(addressed, accepted, state)
    return [
        _node_coverage(
            place.node,
            _state(place.node.label, here),
            here.addressed,
            here.accepted,
            place.path,
            named,
            not children[position],
            here.until,
        )
        for position, (place, here, named) in enumerate(zip(places, said, actions, strict=True))
    ]

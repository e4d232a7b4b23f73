"""What a record says of causes, and whether all of it is answered (docs/figures.md, "Coverage")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from afterword.derive.causes.coverage import (
    Coverage,
    FactorCoverage,
    NodeCoverage,
    NodeState,
    Pairs,
    factor_coverage,
    hybrid_join,
    tree_coverage,
    why_coverage,
)
from afterword.derive.words.bare_label import bare_label
from afterword.model.archive import Archive
from afterword.model.causes import Acceptance, CausalNode, Factor
from afterword.model.placeholders import is_placeholder
from afterword.model.record import Postmortem
from afterword.model.value import plain_value


class CauseKind(StrEnum):
    """Where a record says it: a node of the tree, an answer of the five whys, or a contributing factor."""

    NODE = "node"
    ANSWER = "answer"
    FACTOR = "factor"


@plain_value()
class Cause:
    """One statement of a cause.

    `place` is the path of a node (`0.1`), or the number of an answer or factor from 1. `judged` is False for a factor of a record whose
    analysis alone carries marks: nothing is said of it. `told` is True for a factor that the analysis says in the same words.
    """

    kind: CauseKind
    place: str
    text: str
    root_cause: bool
    state: NodeState
    addressed: bool
    accepted: bool
    judged: bool = True
    told: bool = False

    @property
    def is_open(self) -> bool:
        """Tell whether neither an action nor an accepted risk answers it."""
        return self.judged and not (self.addressed or self.accepted)


@plain_value()
class CauseCounts:
    """How many causes there are; what is addressed and accepted, too, counts as addressed, so that the four make `total`."""

    addressed: int = 0
    accepted: int = 0
    unaddressed: int = 0
    unjudged: int = 0

    @classmethod
    def of(cls, causes: Iterable[Cause]) -> CauseCounts:
        """Count causes."""
        addressed = accepted = unaddressed = unjudged = 0
        for cause in causes:
            if cause.addressed:
                addressed += 1
            elif cause.accepted:
                accepted += 1
            elif cause.judged:
                unaddressed += 1
            else:
                unjudged += 1
        return cls(addressed, accepted, unaddressed, unjudged)

    @classmethod
    def sum(cls, counts: Iterable[CauseCounts]) -> CauseCounts:
        """Count what is counted apart together."""
        addressed = accepted = unaddressed = unjudged = 0
        for each in counts:
            addressed += each.addressed
            accepted += each.accepted
            unaddressed += each.unaddressed
            unjudged += each.unjudged
        return cls(addressed, accepted, unaddressed, unjudged)

    def as_mapping(self) -> dict[str, int]:
        """Give the counts under the names that they have outside."""
        return {
            "total": self.total,
            "addressed": self.addressed,
            "accepted": self.accepted,
            "unaddressed": self.unaddressed,
            "not_judged": self.unjudged,
        }

    @property
    def total(self) -> int:
        """Give the number of all."""
        return self.addressed + self.accepted + self.unaddressed + self.unjudged

    @property
    def judged(self) -> int:
        """Give the number of those that can be answered or not."""
        return self.addressed + self.accepted + self.unaddressed


@plain_value()
class CauseSummary:
    """What an archive asks of the causes of a record: those that nothing answers, whether any is `marked`, and how many there are; see `RecordCauses`."""

    open: tuple[Cause, ...]
    marked: bool
    leaves: CauseCounts
    factors: CauseCounts


@dataclass(frozen=True, slots=True)
class AcceptedRisk:
    """A statement that is accepted with the words of its own mark; what lies below an accepted node is not listed again."""

    kind: CauseKind
    place: str
    text: str
    root_cause: bool
    acceptance: Acceptance


@dataclass(frozen=True, slots=True)
class RecordCauses:
    """The causes of a record on a day.

    `pairs` are what a hybrid joins. `leaves` are those of the tree and the last answer of the five whys, unless that is joined with a node;
    what is still to be written is no cause. `marked` tells whether any cause names an action or is accepted.
    """

    tree: Coverage | None
    whys: tuple[NodeCoverage, ...]
    factors: tuple[FactorCoverage, ...]
    pairs: Pairs
    leaves: tuple[Cause, ...]
    factor_causes: tuple[Cause, ...]
    leaf_counts: CauseCounts
    factor_counts: CauseCounts
    marked: bool

    @classmethod
    def of(cls, record: Postmortem, archive: Archive, as_of: date) -> RecordCauses:
        """Judge the causes of a record."""
        pairs = hybrid_join(record)
        tree = tree_coverage(record, archive, as_of, pairs)
        whys = why_coverage(record, archive, as_of, tree, pairs)
        factors = factor_coverage(record, archive, as_of)
        nodes = [node for node in (*(tree.nodes.values() if tree else ()), *whys) if _is_written(node)]
        in_analysis = any(node.node.actions or node.node.accepted for node in nodes)
        in_factors = any(each.factor.actions or each.factor.accepted for each in factors if _is_written(each))
        leaves = tuple(_leaves(tree, whys, pairs))
        factor_causes = tuple(_factors(factors, nodes, judged=in_factors or not in_analysis))
        return cls(
            tree,
            whys,
            factors,
            pairs,
            leaves,
            factor_causes,
            CauseCounts.of(leaves),
            CauseCounts.of(factor_causes),
            in_analysis or in_factors,
        )

    @property
    def summary(self) -> CauseSummary:
        """Sum it up."""
        return CauseSummary(self.open, self.marked, self.leaf_counts, self.factor_counts)

    @property
    def open(self) -> tuple[Cause, ...]:
        """Give what is not answered, each statement once: what the analysis says as well is listed there."""
        return tuple(
            cause for cause in (*self.leaves, *self.factor_causes) if cause.is_open and not cause.told
        )


def statements(record: Postmortem) -> Iterator[tuple[CauseKind, str, CausalNode | Factor]]:
    """Yield all that a record says of causes, each with its place as in `Cause`: the tree, parents first, then the answers, then the factors."""
    for path, node in record.causal_tree.paths() if record.causal_tree else ():
        yield CauseKind.NODE, path, node
    for number, step in enumerate(record.five_whys.steps if record.five_whys else (), start=1):
        if step.answer is not None:
            yield CauseKind.ANSWER, str(number), step.answer
    for number, factor in enumerate(record.factors, start=1):
        yield CauseKind.FACTOR, str(number), factor


def records_named(record: Postmortem) -> list[str]:
    """Give the ids of the other records whose actions a record's `statements` name, in their order and as they are written."""
    said: list[CausalNode | Factor] = list(record.causal_tree.outcome.walk()) if record.causal_tree else []
    if record.five_whys:
        said += [step.answer for step in record.five_whys.steps if step.answer is not None]
    said += record.factors
    return [ref.record for each in said for ref in each.actions if ref.record is not None]


def words_of(said: CausalNode | Factor) -> str:
    """Give what a statement says, without its marks."""
    return (said.text if isinstance(said, Factor) else said.label).text.strip()


def accepted_risks(record: Postmortem) -> Iterator[AcceptedRisk]:
    """Yield what is accepted in a record, in the order of the tree, the answers and the factors, whatever the review day."""
    for kind, place, said in statements(record):
        if said.accepted and not is_placeholder(words_of(said)):
            yield AcceptedRisk(kind, place, words_of(said), said.root_cause, said.accepted)


def _is_written(judged: NodeCoverage | FactorCoverage) -> bool:
    return judged.state is not NodeState.UNWRITTEN


def _leaves(tree: Coverage | None, whys: tuple[NodeCoverage, ...], pairs: Pairs) -> Iterator[Cause]:
    for node in tree.nodes.values() if tree else ():
        if node.leaf and _is_written(node):
            yield _cause(CauseKind.NODE, node.path, node)
    joined = {step for step, _ in pairs}
    for answer in whys:
        if answer.leaf and _is_written(answer) and int(answer.path) not in joined:
            yield _cause(CauseKind.ANSWER, str(int(answer.path) + 1), answer)


def _cause(kind: CauseKind, place: str, node: NodeCoverage) -> Cause:
    return Cause(
        kind,
        place,
        words_of(node.node),
        node.node.root_cause,
        node.state,
        node.addressed,
        node.accepted,
    )


def _factors(
    factors: tuple[FactorCoverage, ...], nodes: Iterable[NodeCoverage], *, judged: bool
) -> Iterator[Cause]:
    """Judge factors by their own marks, else by those of a statement of the analysis in the same words."""
    if not factors:
        return
    told: Mapping[str, NodeCoverage] = {bare_label(node.node.label.text): node for node in nodes}
    for number, each in enumerate(factors, start=1):
        if not _is_written(each):
            continue
        same = told.get(bare_label(each.factor.text.text))
        answer = each if each.addressed or each.accepted or same is None else same
        yield Cause(
            CauseKind.FACTOR,
            str(number),
            words_of(each.factor),
            each.factor.root_cause,
            answer.state,
            answer.addressed,
            answer.accepted,
            judged or same is not None,
            same is not None,
        )

"""`unaddressed-cause`: a cause or contributing factor that no action and no accepted risk answers."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import ArchiveContext
from afterword.check.marks import marked
from afterword.check.rule import Rule
from afterword.check.wording import shown
from afterword.derive.causes.coverage import (
    Coverage,
    FactorCoverage,
    NodeCoverage,
    NodeState,
    factor_coverage,
    hybrid_join,
    tree_coverage,
    why_coverage,
)
from afterword.derive.words.bare_label import bare_label
from afterword.model.action import Status
from afterword.model.causes import CausalNode, Factor, WhyStep
from afterword.model.finding import Finding, Nature
from afterword.model.markup import RichText
from afterword.model.placeholders import is_placeholder
from afterword.model.record import Postmortem

_ANOTHERS = frozenset({NodeState.MISSING, NodeState.REVIEW_PAST})
"""An action that does not exist and a review that is past are findings themselves; once mended, they answer the cause."""


def check(record: Postmortem, context: ArchiveContext) -> Iterator[Finding]:
    """Report leaves of the tree, the last answer of the whys, and factors; those of a retold incident are for others to answer."""
    if record.header.retold_from or _all_answered(record, context):
        return
    is_asked_for = context.requirement(record).action_or_accepted_risk and record.header.status != "draft"
    nature = Nature.WARNING if is_asked_for else Nature.MISSING
    hint = "name an action with `-> A1`, or accept it: `-- accepted: REASON (ROLE, 2026-09-30)`"
    lefts = [
        (left, text)
        for left in _left(record, context)
        if (text := _text(left)) and not is_placeholder(text.text.strip())
    ]
    if not any(each.actions or each.accepted for each in marked(record)):
        # Where there is nothing to name yet, other rules say so.
        if not record.actions:
            return
        if len(lefts) > 1:
            message = f"none of {len(lefts)} causes and factors names an action or is accepted"
            yield Finding("unaddressed-cause", message, lefts[0][1].span, nature, hint)
            return
    for left, text in lefts:
        what = "factor" if isinstance(left, FactorCoverage) else "cause"
        message = f"{_why(left, what)}: '{shown(text.text)}'"
        yield Finding("unaddressed-cause", message, text.span, nature, hint)


def _all_answered(record: Postmortem, context: ArchiveContext) -> bool:
    """Tell at a glance that everything carries a mark that counts, as in most finished records: to judge a tree is slow."""
    committed = {
        action.id.upper()
        for action in record.actions
        if action.status not in (Status.CANDIDATE, Status.CANCELLED)
    }

    def answers(each: CausalNode | Factor) -> bool:
        accepted = each.accepted and (each.accepted.review is None or each.accepted.review >= context.as_of)
        return bool(accepted) or any(
            ref.record is None and ref.id.upper() in committed for ref in each.actions
        )

    waiting = list(record.causal_tree.outcome.children) if record.causal_tree else []
    while waiting:
        node = waiting.pop()
        if not answers(node):
            if not node.children:
                return False
            waiting.extend(node.children)
    steps = record.five_whys.steps if record.five_whys else ()
    told = any(step.answer is not None and answers(step.answer) for step in steps)
    return (told or not steps or _is_joined(steps[-1], record)) and all(map(answers, record.factors))


def _is_joined(last: WhyStep, record: Postmortem) -> bool:
    """Tell whether the last answer is a node of the tree, too, and judged there."""
    if last.answer is None or record.causal_tree is None:
        return False
    label = bare_label(last.answer.label.text)
    return any(bare_label(node.label.text) == label for node in record.causal_tree.outcome.walk())


def _left(record: Postmortem, context: ArchiveContext) -> Iterator[NodeCoverage | FactorCoverage]:
    archive, as_of = context.archive, context.as_of
    pairs = hybrid_join(record)
    tree = tree_coverage(record, archive, as_of, pairs)
    whys = why_coverage(record, archive, as_of, tree, pairs)
    for node in tree.unaddressed if tree else ():
        above = (node.path[:end] for end, letter in enumerate(node.path) if letter == ".")
        if (
            node.state not in _ANOTHERS
            and tree
            and not any(tree.nodes[path].state in _ANOTHERS for path in above)
        ):
            yield node
    joined = {step for step, _ in pairs}
    for last in whys[-1:]:
        answered = last.addressed or last.accepted or len(whys) - 1 in joined
        if not answered and not any(answer.state in _ANOTHERS for answer in whys):
            yield last
    yield from _left_factors(record, context, tree, whys)


def _left_factors(
    record: Postmortem, context: ArchiveContext, tree: Coverage | None, whys: tuple[NodeCoverage, ...]
) -> Iterator[FactorCoverage]:
    """Yield factors that the analysis does not tell as well; where marks stand in the analysis alone, that is the place for them."""
    nodes = (*(tree.nodes.values() if tree else ()), *whys)
    if not any(factor.actions or factor.accepted for factor in record.factors) and any(
        node.node.actions or node.node.accepted for node in nodes
    ):
        return
    told = {bare_label(node.node.label.text) for node in nodes}
    for factor in factor_coverage(record, context.archive, context.as_of):
        answered = factor.addressed or factor.accepted or bare_label(factor.factor.text.text) in told
        if not answered and factor.state not in _ANOTHERS:
            yield factor


def _text(left: NodeCoverage | FactorCoverage) -> RichText:
    return left.factor.text if isinstance(left, FactorCoverage) else left.node.label


def _why(left: NodeCoverage | FactorCoverage, what: str) -> str:
    if left.state is NodeState.CANCELLED:
        return f"the action that this {what} names is cancelled"
    if left.actions:
        return f"only a candidate answers this {what}, and an idea is no commitment"
    return f"neither an action nor an accepted risk answers this {what}"


RULE = Rule(
    id="unaddressed-cause",
    summary="a leaf of the causal tree, the last of the whys, or a contributing factor that no action and no accepted risk answers",
    why="""\
What is found and then left is how the same incident comes back: the next record cites this one. Not everything has to be mended. Accepting a cause is an answer, too, if it says why, who
answers for it and when it is looked at again; silence is none.

A node is answered by what it or a node above it names, below the outcome. Candidates and cancelled actions answer nothing. A factor that the tree or the whys say in the same words is judged there; where only
the analysis carries marks, factors are not judged at all; where nothing carries a mark, one finding says so, and in a record without any action none. A warning where the policy wants an action or an accepted risk (by default at sev0 to sev2) and in a record under review; information in drafts and
elsewhere. Retold records are left alone.""",
    bad="""\
- Checkout failed (AND)
  - Pool exhausted -> A1
  - On-call had not seen a full pool before""",
    better="""\
- Checkout failed (AND)
  - Pool exhausted -> A1
  - On-call had not seen a full pool before -- accepted: shadowing begins with the new rota (platform lead, 2026-09-30)""",
    check_among=check,
)

"""`accepted-root-cause`: the root cause of a severe incident is accepted instead of addressed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from afterword.check.context import ArchiveContext
from afterword.check.marks import marked
from afterword.check.rule import Rule
from afterword.derive.causes.coverage import NodeCoverage, hybrid_join, tree_coverage, why_coverage
from afterword.model.causes import CausalNode
from afterword.model.finding import Finding, Nature
from afterword.model.record import Postmortem
from afterword.model.span import Span


def check(record: Postmortem, context: ArchiveContext) -> Iterator[Finding]:
    """Report root causes at sev0 to sev2 that are accepted themselves, or that only what stands above or below them answers, by accepting it."""
    if not context.is_severe(record) or not _may_be_accepted(record):
        return
    for place in _places(record, context):
        message = f"a root cause is accepted, expected an action at {record.header.severity}"
        hint = "name an action with `-> A1`, or accept another factor and address this one"
        yield Finding("accepted-root-cause", message, place, Nature.ERROR, hint)


def _may_be_accepted(record: Postmortem) -> bool:
    """Tell at a glance that no cause is accepted, or none is a root cause, as in most records: to judge a tree is slow."""
    causes = [*marked(record)]
    return any(each.accepted for each in causes) and any(each.root_cause for each in causes)


def _places(record: Postmortem, context: ArchiveContext) -> Iterator[Span]:
    # On the first day there is no review is past: to accept was wrong from the beginning, and stays so.
    pairs = hybrid_join(record)
    tree = tree_coverage(record, context.archive, dt.date.min, pairs)
    whys = why_coverage(record, context.archive, dt.date.min, tree, pairs)
    joined: dict[str, list[CausalNode]] = {}
    if tree:
        for step, path in pairs:
            joined.setdefault(path, []).append(whys[step].node)
        for path, node in tree.nodes.items():
            yield from _accepted(node, node.node, *joined.get(path, ()))
        told = {step for step, _ in pairs}
        whys = tuple(answer for step, answer in enumerate(whys) if step not in told)
    for answer in whys:
        yield from _accepted(answer, answer.node)
    for factor in record.factors:
        if factor.root_cause and factor.accepted:
            yield factor.accepted.span


def _accepted(node: NodeCoverage, *carriers: CausalNode) -> Iterator[Span]:
    """Give the place where a root cause is accepted; `carriers` are the node and the answers that a hybrid joins with it."""
    if not any(carrier.root_cause for carrier in carriers):
        return
    own = [carrier.accepted.span for carrier in carriers if carrier.accepted]
    if own:
        yield own[0]
        return
    # An action that does not exist is a finding of its own, and may be the one that is wanted here.
    is_named = any(each.action is None for each in node.actions)
    if node.accepted and not node.addressed and not is_named:
        yield node.node.span


RULE = Rule(
    id="accepted-root-cause",
    summary="a root cause whose risk is accepted, at sev0 to sev2",
    why="""\
An accepted risk is a decision to let it happen again. At this severity readers, and customers, may expect that the root cause gets an action; other factors
may be accepted, with a reason and a day to look again.""",
    bad="""\
- Batch job leaked connections (root cause) -- accepted: rare enough (platform lead, 2026-09-30)""",
    better="""\
- Batch job leaked connections (root cause) -> A1""",
    check_among=check,
)

"""`accepted-root-cause`: the root cause of a severe incident is accepted instead of addressed."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.rule import Rule
from afterword.model.causes import Acceptance, CausalNode
from afterword.model.finding import Finding, Nature
from afterword.model.record import Postmortem
from afterword.model.span import Span


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report root causes at sev0 to sev2 that are accepted themselves, by a factor above them, or by all factors below."""
    if not context.is_severe(record):
        return
    for place in _places(record):
        message = f"a root cause is accepted, expected an action at {record.header.severity}"
        hint = "name an action with `-> A1`, or accept another factor and address this one"
        yield Finding("accepted-root-cause", message, place, Nature.ERROR, hint)


def _places(record: Postmortem) -> Iterator[Span]:
    if record.causal_tree:
        for child in record.causal_tree.outcome.children:
            yield from _accepted(child, None)
    for step in record.five_whys.steps if record.five_whys else ():
        if step.answer and step.answer.root_cause and step.answer.accepted:
            yield step.answer.accepted.span
    for factor in record.factors:
        if factor.root_cause and factor.accepted:
            yield factor.accepted.span


def _accepted(root: CausalNode, above: Acceptance | None) -> Iterator[Span]:
    waiting = [(root, above)]
    while waiting:
        node, inherited = waiting.pop()
        acceptance = node.accepted or inherited
        if node.root_cause and (node.accepted or (inherited and not node.actions)):
            yield node.accepted.span if node.accepted else node.span
        elif node.root_cause and node.children and all(_is_accepted(child) for child in node.children):
            yield node.span
        waiting.extend((child, acceptance) for child in reversed(node.children))


def _is_accepted(node: CausalNode) -> bool:
    """Tell whether a node is accepted, or all its leaves are."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if each.accepted:
            continue
        if not each.children:
            return False
        waiting.extend(each.children)
    return True


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
    check=check,
)

"""Everything of a record that may name actions or accept a risk."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.model.causes import Acceptance, ActionRef, CausalNode, Factor
from afterword.model.record import Postmortem


def marked(record: Postmortem) -> Iterator[CausalNode | Factor]:
    """Yield the nodes of the tree, the answers of the whys and the factors, in this order."""
    if record.causal_tree:
        yield from record.causal_tree.outcome.walk()
    for step in record.five_whys.steps if record.five_whys else ():
        if step.answer:
            yield step.answer
    yield from record.factors


def action_refs(record: Postmortem) -> Iterator[ActionRef]:
    """Yield every name of an action."""
    for each in marked(record):
        yield from each.actions


def acceptances(record: Postmortem) -> Iterator[Acceptance]:
    """Yield every accepted risk."""
    for each in marked(record):
        if each.accepted:
            yield each.accepted

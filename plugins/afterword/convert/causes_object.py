"""Causal trees, five whys and contributing factors, as JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from afterword.convert.values import Object, day, span_object
from afterword.derive.causes.coverage import Coverage, NodeCoverage
from afterword.derive.causes.record_causes import RecordCauses
from afterword.model.archive import Archive
from afterword.model.causes import Acceptance, ActionRef, CausalNode
from afterword.model.record import Postmortem


def causes_object(record: Postmortem, archive: Archive, as_of: dt.date) -> Object:
    """Give the analysis of a record: `method`, `causal_tree`, `five_whys` and `factors`, each with its state on the day, and `coverage`."""
    causes = RecordCauses.of(record, archive, as_of)
    tree, states = causes.tree, causes.whys
    steps = record.five_whys.steps if record.five_whys else ()
    return {
        "method": record.method.value if record.method else None,
        "causal_tree": _branch("0", tree) if tree else None,
        "five_whys": [
            {
                "question": step.question.text,
                "answer": _node(judged, []) if step.answer else None,
                "span": span_object(step.span),
            }
            for step, judged in zip(steps, states, strict=True)
        ],
        "factors": [
            {
                "number": judged.factor.number or None,
                "text": judged.factor.text.text,
                "category": judged.factor.category,
                "root_cause": judged.factor.root_cause,
                "actions": _references(judged.factor.actions),
                "accepted": _acceptance(judged.factor.accepted),
                "state": judged.state.value,
                "span": span_object(judged.factor.span),
            }
            for judged in causes.factors
        ],
        "coverage": {
            "leaves": causes.leaf_counts.as_mapping(),
            "factors": causes.factor_counts.as_mapping(),
        },
    }


def _branch(path: str, tree: Coverage) -> Object:
    judged = tree.nodes[path]
    children = [_branch(f"{path}.{number}", tree) for number in range(len(judged.node.children))]
    return _node(judged, children)


def _node(judged: NodeCoverage, children: list[Object]) -> Object:
    node: CausalNode = judged.node
    return {
        "label": node.label.text,
        "gate": node.gate.value if node.gate else None,
        "root_cause": node.root_cause,
        "actions": _references(node.actions),
        "accepted": _acceptance(node.accepted),
        "state": judged.state.value,
        "span": span_object(node.span),
        "children": children,
    }


def _references(refs: Iterable[ActionRef]) -> list[str]:
    return [f"{ref.record}#{ref.id}" if ref.record else ref.id for ref in refs]


def _acceptance(acceptance: Acceptance | None) -> Object | None:
    if acceptance is None:
        return None
    return {"reason": acceptance.reason, "role": acceptance.role, "review": day(acceptance.review)}

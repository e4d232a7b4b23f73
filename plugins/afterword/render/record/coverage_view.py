"""The line that says how the causes of a record are answered, with what is not."""

from __future__ import annotations

from collections.abc import Iterable

from afterword.check.wording import counted
from afterword.derive.causes.coverage import NodeState
from afterword.derive.causes.record_causes import Cause, CauseCounts, CauseKind, RecordCauses
from afterword.model.value import plain_value
from afterword.render.page.cards import shortened
from afterword.render.text.labels import cause_anchor

MOST_OPEN = 12
LABEL_LENGTH = 80


@plain_value()
class OpenLine:
    """A cause that nothing answers; `state` says why where there is more to say than that."""

    href: str
    label: str
    state: str


@plain_value()
class CoverageView:
    """How causes are answered, in words; `more` are left out of `open`."""

    words: str
    open: tuple[OpenLine, ...] = ()
    more: int = 0


def tree_coverage_view(causes: RecordCauses) -> CoverageView:
    """Say how the leaves of the tree are answered."""
    nodes = [cause for cause in causes.leaves if cause.kind is CauseKind.NODE]
    if not nodes:
        return CoverageView("No leaf is written yet")
    return _view(_counted(CauseCounts.of(nodes), "leaf", "leaves"), nodes if causes.marked else ())


def why_coverage_view(causes: RecordCauses) -> CoverageView:
    """Say how the last answer of the five whys is answered: it is the leaf of the chain."""
    last = next((cause for cause in causes.leaves if cause.kind is CauseKind.ANSWER), None)
    if last is None:
        if causes.whys and causes.whys[-1].state is NodeState.UNWRITTEN:
            return CoverageView("The last answer is still to be written")
        answered = any(step.leaf for step in causes.whys)
        return CoverageView("The last answer stands in the tree, and is counted there" if answered else "")
    if last.addressed:
        return CoverageView("The last answer is answered by an action")
    return CoverageView(f"The last answer is {'an accepted risk' if last.accepted else 'unaddressed'}")


def factor_coverage_view(causes: RecordCauses) -> CoverageView:
    """Say how the contributing factors are answered."""
    counts = causes.factor_counts
    if not counts.total:
        return CoverageView("No factor is written yet" if causes.factors else "")
    many = counted(counts.total, "factor")
    if counts.total and counts.unjudged == counts.total:
        return CoverageView(f"{many}; what became of them is said in the analysis")
    if not causes.marked:
        return CoverageView(
            f"{many}, none of which names an action or an accepted risk"
            if counts.total > 1
            else f"{many}, which names neither an action nor an accepted risk"
        )
    return _view(_counted(counts, "factor", "factors"), causes.factor_causes)


def _counted(counts: CauseCounts, one: str, several: str) -> str:
    words = (
        f"{counted(counts.total, one, several)}: {counts.addressed} answered by an action, "
        f"{counts.accepted} accepted, {counts.unaddressed} unaddressed"
    )
    return f"{words}, {counts.unjudged} not judged" if counts.unjudged else words


def _view(words: str, causes: Iterable[Cause]) -> CoverageView:
    left = [cause for cause in causes if cause.is_open]
    return CoverageView(
        words,
        tuple(
            OpenLine(
                f"#{cause_anchor(cause.kind, cause.place)}",
                shortened(cause.text or "…", LABEL_LENGTH),
                "" if cause.state == "unaddressed" else cause.state.value,
            )
            for cause in left[:MOST_OPEN]
        ),
        max(0, len(left) - MOST_OPEN),
    )

"""`orphan-hybrid`: the whys and the tree of a hybrid do not meet."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.rule import Rule
from afterword.derive.causes.coverage import hybrid_join
from afterword.model.causes import Method
from afterword.model.finding import Finding, Nature
from afterword.model.record import Postmortem


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report a hybrid with both parts in which no answer has the words of a node."""
    whys = record.five_whys
    if (
        record.method is Method.HYBRID
        and whys
        and whys.steps
        and record.causal_tree
        and not hybrid_join(record)
    ):
        message = "the whys and the tree stand apart: no answer has the same words as a factor"
        hint = "give the last answer the label of the factor it leads to"
        yield Finding("orphan-hybrid", message, whys.steps[0].span, Nature.HINT, hint)


RULE = Rule(
    id="orphan-hybrid",
    summary="a hybrid analysis whose whys and tree have no statement in common",
    why="""\
A hybrid is for following one branch of the tree further down. Where the two do not meet, readers see two analyses and must guess how one explains the other.""",
    bad="""\
Method: hybrid

- Checkout failed
  - Connection pool exhausted

1. Why did the pool run out?
   Because the batch kept connections.""",
    better="""\
Method: hybrid

- Checkout failed
  - Batch kept connections

1. Why did the pool run out?
   Because batch kept connections.""",
    check=check,
)

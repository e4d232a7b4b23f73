"""`method-unfit`: the analysis uses a method that the policy does not accept at this severity."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.rule import Rule
from afterword.model.finding import Finding, Nature
from afterword.model.record import Postmortem


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report a stated method that is not among the policy's."""
    causes, accepted = record.section("causes"), context.requirement(record).methods
    if causes is None or record.method is None or not accepted or record.method.value in accepted:
        return
    place = causes.blocks[0].span if causes.blocks else causes.heading.span
    message = f"method '{record.method.value}' does not fit {record.header.severity}, expected {' or '.join(accepted)}"
    hint = "keep the whys and add a tree: with `Method: hybrid` both stand"
    yield Finding("method-unfit", message, place, Nature.REQUIRED, hint if "hybrid" in accepted else None)


RULE = Rule(
    id="method-unfit",
    summary="a root cause analysis by a method that the policy does not accept at this severity",
    why="""\
A chain of whys follows one line of causes. Severe incidents nearly always need several conditions at once, and a chain leaves readers believing that
removing one of them would have been enough, or that the last answer is to blame.""",
    bad="""\
<!-- a sev1 -->
## Root cause analysis

Method: 5 whys""",
    better="""\
<!-- a sev1 -->
## Root cause analysis

Method: causal tree

- Checkout returned errors for 22 minutes (AND)
  - Batch job leaked connections (root cause) -> A1
  - Pool size left no reserve -> A2""",
    check=check,
)

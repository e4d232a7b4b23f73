"""`few-positives`: What went well names fewer things than it should."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.rule import Option, Rule
from afterword.check.wording import shown
from afterword.derive.words.written import LEAST_POSITIVES, is_empty, items
from afterword.model.finding import Finding, Nature
from afterword.model.record import Postmortem

AT_LEAST = Option("at_least", LEAST_POSITIVES, "the fewest items")


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report a written What went well with fewer items than the option asks for."""
    section = record.section("went-well")
    if section is None or is_empty(section):
        return
    least = context.number("few-positives", AT_LEAST.name, AT_LEAST.default)
    count = len(items(section))
    if count < least:
        message = f"'{shown(section.title)}' has {count} {'item' if count == 1 else 'items'}, expected at least {least}"
        hint = "what was noticed, decided, prepared or said early that kept this from being worse?"
        yield Finding("few-positives", message, section.heading.span, Nature.WARNING, hint)


RULE = Rule(
    id="few-positives",
    summary="fewer than three items under What went well",
    why="""\
What worked is what other teams can copy, and what must not be lost in the next change. A record that lists failures only teaches half of what happened, and tells
the people who were there that their good decisions went unseen.""",
    bad="""\
## What went well

- Nothing was lost.""",
    better="""\
## What went well

- The alert fired within four minutes of the first error.
- The runbook's check for lagging replicas kept the team from a failover that would have lost writes.
- Support had a status text ready and sent it before the first customer asked.""",
    options=(AT_LEAST,),
    check=check,
)

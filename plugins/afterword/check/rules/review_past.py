"""`review-past`: the day to look again at an accepted risk is over."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.marks import acceptances
from afterword.check.rule import Rule
from afterword.check.wording import shown
from afterword.model.finding import Finding, Nature
from afterword.model.record import Postmortem


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report accepted risks from the day after their review date."""
    for acceptance in acceptances(record):
        if acceptance.review and acceptance.review < context.as_of:
            who = f" by {shown(acceptance.role)}" if acceptance.role else ""
            message = f"an accepted risk was to be reviewed{who} on {acceptance.review}"
            hint = "accept it again with a new date, or give it an action"
            yield Finding("review-past", message, acceptance.span, Nature.DATED, hint)


RULE = Rule(
    id="review-past",
    summary="an accepted risk whose review date is past",
    why="""\
A risk is accepted for what was known then. Past the date the cause counts as unaddressed, since nobody has said that the reason still holds. This becomes true with
the day alone, so it is never more than a warning.""",
    bad="""\
- Pool size set low for cost -- accepted: revisit at the capacity review (platform lead, 2020-09-30)""",
    better="""\
- Pool size set low for cost -- accepted: load halved since, looked at again in June (platform lead, 2099-09-30)""",
    check=check,
)

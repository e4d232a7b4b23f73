"""`accepted-incomplete`: an accepted risk without a reason, a role or a review date; found while reading."""

from afterword.check.rule import Rule

RULE = Rule(
    id="accepted-incomplete",
    summary="an accepted risk without a reason, a role or a review date",
    why="""\
Accepting a risk is a decision: somebody can be asked about it, and looks at it again. Without these it is forgetting with a label.""",
    bad="- Pool size set low -- accepted: cost",
    better="- Pool size set low -- accepted: cost, traffic is falling (platform lead, 2026-09-30)",
)

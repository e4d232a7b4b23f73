"""What an incident cost, in words."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.derive.timing.figures import format_duration, incident_figures
from afterword.model.figure_kinds import CUSTOMER_IMPACT
from afterword.model.record import Postmortem


def impact_facts(record: Postmortem) -> Iterator[str]:
    """Yield what header and timeline say of the impact, a few words each, customers first."""
    impact = record.header.impact
    yield from _durations(record)
    if impact.customers is not None:
        yield f"{impact.customers:,} customer{'' if impact.customers == 1 else 's'}"
    if impact.revenue_amount is not None:
        yield f"{impact.revenue_amount:,.0f} {impact.revenue_currency} lost".replace("  ", " ")
    if impact.error_budget_burned is not None:
        yield f"{impact.error_budget_burned:g} % of the error budget"
    if impact.teams_blocked:
        yield f"held up: {', '.join(impact.teams_blocked)}"
    if impact.communication == ("none",):
        yield "customers were not told"
    elif impact.communication:
        yield f"customers were told by {', '.join(impact.communication).replace('-', ' ')}"
    if impact.reportable is not None:
        yield "reportable" if impact.reportable else "not reportable"


def _durations(record: Postmortem) -> Iterator[str]:
    measured = False
    for incident in incident_figures(record):
        figure = incident.figure(CUSTOMER_IMPACT)
        if figure:
            measured = True
            name = f" ({incident.incident})" if incident.incident else ""
            yield f"customers were affected for {format_duration(figure.duration, about=figure.about)}{name}"
    if not measured and record.header.duration is not None:
        yield f"customers were affected for {format_duration(record.header.duration)}"

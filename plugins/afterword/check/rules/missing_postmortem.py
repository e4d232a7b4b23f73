"""`missing-postmortem`: an incident of the incident list has no record, and the day for one is past."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import ArchiveContext
from afterword.check.rule import Rule
from afterword.check.wording import counted, shown
from afterword.derive.health.unrecorded import listed_incidents
from afterword.derive.timing.calendar import format_day
from afterword.model.finding import Finding, Nature


def check(context: ArchiveContext) -> Iterator[Finding]:
    """Report each listed incident whose post-mortem is mandatory, whose deadline is past, and that no record names in `incidents`."""
    found = listed_incidents(context.archive, context.as_of)
    for each in found.late if found else ():
        incident = each.incident
        yield Finding(
            "missing-postmortem",
            f"incident '{shown(incident.id)}' ({incident.severity}) has no post-mortem: it was due by {format_day(each.due)}, {counted(each.days_late, 'business day')} ago",
            incident.span,
            Nature.DATED,
            f"begin one with `afterword new`, and name the incident in its header: `incidents: [{shown(incident.id)}]`",
            path=found.path if found else "",
        )


RULE = Rule(
    id="missing-postmortem",
    summary="an incident of `incidents.csv` that no record tells of, though the policy makes one mandatory and its deadline is past",
    why="""\
A folder of records shows what was written down. The incident that nobody wrote down is the one of which nothing is learned, and it cannot be missed where nothing lists it.

Where a committed [`incidents.csv`](health.md#incidentscsv) lists the tracker's incidents, each whose severity the policy calls `mandatory` (by default sev0 to sev2) has a record that names it in `incidents`, a draft at least, by the policy's deadline. This becomes true with the
day alone, so it is never more than a warning.""",
    bad="""\
id,severity,closed,class
INC-142,sev1,2020-03-14,capacity

# no record names INC-142""",
    better="""\
---
title: Checkout returned errors for 22 minutes
severity: sev1
incidents: [INC-142]
---""",
    check_archive=check,
)

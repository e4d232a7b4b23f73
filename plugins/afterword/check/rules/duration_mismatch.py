"""`duration-mismatch`: the header and the timeline disagree about how long customers were affected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.rule import Rule
from afterword.derive.timing.figures import format_duration, incident_figures
from afterword.model.finding import Finding, Nature
from afterword.model.record import Postmortem

TOLERANCE = dt.timedelta(minutes=5)
TOLERATED_SHARE = 10
"""In percent of the timeline's figure; a difference is reported above both."""


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report a `duration` that is more than five minutes and ten percent off the timeline."""
    stated = record.header.duration
    if stated is None:
        return
    drawn = [
        figure.duration
        for incident in incident_figures(record)
        for figure in incident.figures
        if figure.kind.id == "customer-impact"
    ]
    if not drawn:
        return
    longest = max(drawn)
    difference = abs(stated - longest)
    if difference > TOLERANCE and difference * 100 > longest * TOLERATED_SHARE:
        message = f"`duration` is {format_duration(stated)}, but the timeline gives {format_duration(longest)} of customer impact"
        hint = "the timeline counts from IMPACT, else TRIGGER, to MITIGATED; `duration` can be left out where it gives the figure"
        yield Finding(
            "duration-mismatch", message, record.header.span("duration"), Nature.CONTRADICTION, hint
        )


RULE = Rule(
    id="duration-mismatch",
    summary="a `duration` more than 5 minutes and 10 % off what the timeline gives",
    why="""\
Both numbers stand on the same page. A reader who sees 20 minutes at the top and an hour in the timeline trusts neither, and it is the number at the top that
gets quoted.""",
    bad="""\
---
duration: 20m
---

| Time (UTC) | Event |
|---|---|
| 14:03 | [IMPACT] First failed payments |
| 15:05 | [MITIGATED] Payments succeed |""",
    better="""\
---
duration: 1h 2m
---

| Time (UTC) | Event |
|---|---|
| 14:03 | [IMPACT] First failed payments |
| 15:05 | [MITIGATED] Payments succeed |""",
    check=check,
)

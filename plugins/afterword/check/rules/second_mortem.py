"""`second-mortem`: the same class of failure on the same service, again and again within a year."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import ArchiveContext
from afterword.check.rule import Option, Rule
from afterword.check.wording import listed
from afterword.derive.again.crowds import crowds
from afterword.derive.catalogue.index import RecordIndex
from afterword.model.finding import Finding, Nature

AT_MOST = Option("at_most", 2, "the most records of one failure class on one service")
DAYS = Option("days", 365, "how many days up to the record's date are looked at")

_MOST_NAMED = 5


def check_archive(context: ArchiveContext) -> Iterator[Finding]:
    """Report a failure class of a record once for each service on which there were already as many records as the option allows."""
    most = context.number("second-mortem", AT_MOST.name, AT_MOST.default)
    days = context.number("second-mortem", DAYS.name, DAYS.default)
    index = RecordIndex.of(context.archive)
    for crowd in crowds(index, days, most, _MOST_NAMED + 1):
        record = crowd.record
        # Of two words for one class the place may be the other's.
        position = index.words[record.id][0].index(crowd.failure_class)
        ids = listed((each.id for each in crowd.latest), _MOST_NAMED)
        yield Finding(
            "second-mortem",
            f"{crowd.count + 1} records of '{crowd.failure_class}' on '{crowd.service}' within {days} days, with {ids}",
            record.header.span(f"failure_class[{position}]"),
            Nature.WARNING,
            "say what they have in common and what their actions left open; one that only looks alike goes into `distinct_from`",
            path=record.path,
        )


RULE = Rule(
    id="second-mortem",
    summary="the third or a later record of one failure class on one service within twelve months",
    why="""\
One record tells of an incident, three of a kind tell that what was promised after the first two was not enough, was not done, or met another cause. Readers of each record alone cannot
see that; the person who writes the third can, and has the others' actions to start from.

Counted are records by their `date`, this one among them. Near misses are counted apart, an incident that two records tell counts once, pairs in `distinct_from` and retold records do not count.""",
    bad="""\
---
date: 2026-03-14
services: [checkout]
failure_class: [connection-pool]  # as in November and in January
---""",
    better="""\
---
date: 2026-03-14
services: [checkout]
failure_class: [connection-pool]
distinct_from:
  - {id: 2025-11-28-checkout-timeouts, reason: there the pool was full because of load, here because of a leak}
---""",
    options=(AT_MOST, DAYS),
    check_archive=check_archive,
)

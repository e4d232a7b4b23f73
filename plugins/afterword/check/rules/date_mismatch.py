"""`date-mismatch`: the day in the file's name is not the day in the header."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from afterword.check.context import Context
from afterword.check.rule import Rule
from afterword.model.finding import Finding, Nature
from afterword.model.record import Postmortem
from afterword.parse.values.identity import read_day


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report a `date` that differs from the day the file's name begins with."""
    named, stated = read_day(PurePosixPath(record.path).name), record.header.date
    if named and stated and named != stated:
        message = f"`date` is {stated}, but the file's name begins with {named}"
        hint = "the day the incident started belongs in both; renaming the file changes its address, so keep the old name under `aliases`"
        yield Finding("date-mismatch", message, record.header.span("date"), Nature.CONTRADICTION, hint)


RULE = Rule(
    id="date-mismatch",
    summary="a `date` that is not the day in the file's name",
    why="""\
The name decides the address and the year page, `date` decides the order and what counts as a recurrence. With two different days the record is listed
under one and found under the other.""",
    bad="""\
<!-- postmortems/2026/2026-03-14-checkout-errors.md -->
---
date: 2026-03-15
---""",
    better="""\
<!-- postmortems/2026/2026-03-14-checkout-errors.md -->
---
date: 2026-03-14
---""",
    check=check,
)

"""What git tells of an action, in the few words that stand beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from afterword.derive.action_life import Slip
from afterword.derive.calendar import format_day

_TIMES = {1: "once", 2: "twice"}


def put_off(slips: Sequence[Slip], due: date | None) -> str:
    """Say how often a due day was put off and where it began, `put off twice, first due 1 Apr`; nothing where it never was.

    The year is said where it is not that of `due`, the day that holds now.
    """
    if not slips:
        return ""
    first = slips[0].before
    times = _TIMES.get(len(slips), f"{len(slips)} times")
    return f"put off {times}, first due {format_day(first, with_year=due is None or due.year != first.year)}"


def unchanged(since: date | None) -> str:
    """Say since when an action lies still; nothing where it does not."""
    return f"unchanged since {format_day(since)}" if since else ""

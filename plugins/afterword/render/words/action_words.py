"""The few words that stand beside an action: when it is due, and what git tells of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from afterword.check.wording import counted
from afterword.derive.promises.action_life import Slip
from afterword.derive.timing.calendar import format_day

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


def due_in(days: int) -> str:
    """Say how far away a due day is: `in 3 days`, `tomorrow`, `today`, `1 day over`."""
    if days < 0:
        return f"{counted(-days, 'day')} over"
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")

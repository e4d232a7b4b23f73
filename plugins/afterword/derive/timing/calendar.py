"""Days: of a record, of its close, and counted in business days (docs/format.md, section 8)."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from afterword.derive.timing.figures import close_time
from afterword.model.record import Postmortem
from afterword.model.settings import Settings

_SATURDAY = 5
_OFFSET = re.compile(
    r"(?:UTC|GMT)?(?P<sign>[+-])(?P<hours>[01]?\d)(?::?(?P<minutes>[0-5]\d))?", re.IGNORECASE | re.ASCII
)

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def record_day(record: Postmortem) -> date | None:
    """Give the day an incident started: the header's `date`, else the day that the record's id begins with."""
    if record.header.date is not None:
        return record.header.date
    try:
        return date.fromisoformat(record.id[:10])
    except ValueError:
        return None


def quarter_of(day: date) -> int:
    """Give the quarter of a day, counted from the year 0."""
    return day.year * 4 + (day.month - 1) // 3


def quarter_label(quarter: int) -> str:
    """Write a quarter, `Q3 2026`."""
    year, number = divmod(quarter, 4)
    return f"Q{number + 1} {year}"


def days_after(day: date, n: int) -> date:
    """Give the day `n` calendar days later, the last day there is where a record's date leaves no room."""
    return day + timedelta(days=n) if n <= (date.max - day).days else date.max


def is_business_day(day: date, holidays: Collection[date] = ()) -> bool:
    """Tell whether a day counts: weekends and the settings' holidays do not (docs/format.md, section 8)."""
    return day.weekday() < _SATURDAY and day not in holidays


def business_days_after(day: date, n: int, holidays: Collection[date] = ()) -> date:
    """Give the `n`-th business day after a day; the day itself is day 0, whatever day of the week it is (docs/format.md, section 8)."""
    while n > 0 and day < date.max:
        day += timedelta(days=1)
        n -= is_business_day(day, holidays)
    return day


def business_days_between(start: date, end: date, holidays: Collection[date] = ()) -> int:
    """Count the business days after `start` up to and with `end`: the N of which `end` is day N; 0 where `end` is not later."""
    if end <= start:
        return 0
    weeks, rest = divmod((end - start).days, 7)
    days = 5 * weeks + sum(is_business_day(end - timedelta(days=n)) for n in range(rest))
    return days - sum(start < day <= end and day.weekday() < _SATURDAY for day in set(holidays))


def local_day(moment: datetime, settings: Settings, record: Postmortem) -> date:
    """Give the day on which a moment falls where the record was written.

    The zone is the record's `timezone`, else the archive's, else the one its timeline is shown in, else the moment's own. The archive's
    goes before the timeline's because publication and due dates are days of the archive's zone, too.
    """
    shown = record.timeline.zone if record.timeline else None
    for name in (record.header.timezone, settings.timezone, shown):
        zone = _zone(name)
        if zone is not None:
            try:
                return moment.astimezone(zone).date()
            except OverflowError:  # the first and the last day of the calendar
                return moment.date()
    return moment.date()


def deadline(record: Postmortem, settings: Settings) -> date | None:
    """Give the last day on which publication is in time (docs/format.md, section 8).

    None where the policy sets no deadline for the severity, the record has no close, or it retells an incident of others.
    """
    return _due(record, settings, settings.requirement(record.header.severity, record.header.kind).deadline)


def first_draft_due(record: Postmortem, settings: Settings) -> date | None:
    """Give the day by which a first draft is due (docs/format.md, section 8); None where there is no deadline either."""
    if settings.requirement(record.header.severity, record.header.kind).deadline is None:
        return None
    return _due(record, settings, settings.policy.first_draft)


def is_asked_for(record: Postmortem, settings: Settings) -> bool:
    """Tell whether anyone waits for a record: where the policy's `postmortem` is `skip`, one that is there all the same cannot be late."""
    return settings.requirement(record.header.severity, record.header.kind).postmortem != "skip"


def _due(record: Postmortem, settings: Settings, business_days: int | None) -> date | None:
    closed = close_time(record)
    if business_days is None or closed is None or record.header.retold_from:
        return None
    return business_days_after(local_day(closed, settings, record), business_days, settings.holidays)


def _zone(name: str | None) -> tzinfo | None:
    if not name:
        return None
    offset = _OFFSET.fullmatch(name)
    if offset:
        ahead = timedelta(hours=int(offset["hours"]), minutes=int(offset["minutes"] or 0))
        return timezone(-ahead if offset["sign"] == "-" else ahead)
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # a name that the zone database does not have
        return None


def format_day(day: date | datetime | None, *, with_year: bool = True) -> str:
    """Write a day without a locale, `14 Mar 2026`, or `14 Mar` where its year is said elsewhere; nothing for None."""
    if day is None:
        return ""
    written = f"{day.day} {_MONTHS[day.month - 1]}"
    return f"{written} {day.year}" if with_year else written

"""A length of time as people type it, `7d`, `2w`, `1m`, `1y`, or a day; and the day that it leads to."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_REACH = re.compile(
    r"(?P<number>\d{1,4})\s?(?P<unit>d|w|m|y|days?|weeks?|months?|years?)|(?P<days>\d{1,3})",
    re.ASCII | re.IGNORECASE,
)
_DAYS = {"d": 1, "w": 7}
_MONTHS = {"m": 1, "y": 12}


@dataclass(frozen=True, slots=True)
class Reach:
    """So many days or calendar months away, or a `day` itself."""

    days: int = 0
    months: int = 0
    day: date | None = None

    @classmethod
    def read(cls, text: str) -> Reach:
        """Read a number with its unit, days where it has none, or a day as YYYY-MM-DD. Raises ValueError for anything else; four digits alone could be a year."""
        found = _REACH.fullmatch(text.strip())
        if found is None:
            return cls(day=date.fromisoformat(text.strip()))
        number, unit = int(found["number"] or found["days"]), (found["unit"] or "d")[0].lower()
        return cls(number * _DAYS.get(unit, 0), number * _MONTHS.get(unit, 0))

    def before(self, as_of: date) -> date:
        """Give the day that lies so far back; a month before the 31st is the last day of a shorter month."""
        return self.day or _moved(as_of, -self.days, -self.months)

    def after(self, as_of: date) -> date:
        """Give the day that lies so far ahead; a month after the 31st is the last day of a shorter month."""
        return self.day or _moved(as_of, self.days, self.months)


def _moved(day: date, days: int, months: int) -> date:
    """Move a day by days or by months, and not out of the calendar."""
    if months:
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        if not date.min.year <= year <= date.max.year:
            return date.min if year < date.min.year else date.max
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))

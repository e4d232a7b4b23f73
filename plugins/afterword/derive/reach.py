"""How far back is looked: `7d`, `2w`, `1m`, `1y`, or a day."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_REACH = re.compile(r"(?P<number>[1-9]\d{0,3})\s?(?P<unit>[dwmy])", re.ASCII | re.IGNORECASE)
_DAYS = {"d": 1, "w": 7}
_MONTHS = {"m": 1, "y": 12}


@dataclass(frozen=True, slots=True)
class Reach:
    """So many days or calendar months back, or back to a `day`."""

    days: int = 0
    months: int = 0
    day: date | None = None

    @classmethod
    def read(cls, text: str) -> Reach:
        """Read a number with its unit, or a day as YYYY-MM-DD. Raises ValueError for anything else."""
        found = _REACH.fullmatch(text.strip())
        if found is None:
            return cls(day=date.fromisoformat(text.strip()))
        number, unit = int(found["number"]), found["unit"].lower()
        return cls(number * _DAYS.get(unit, 0), number * _MONTHS.get(unit, 0))

    def before(self, as_of: date) -> date:
        """Give the first day that is looked at; a month back from the 31st is the last day of a shorter month."""
        if self.day is not None:
            return self.day
        if self.months:
            year, month = divmod(as_of.year * 12 + as_of.month - 1 - self.months, 12)
            if year < date.min.year:
                return date.min
            return date(year, month + 1, min(as_of.day, monthrange(year, month + 1)[1]))
        return as_of - timedelta(days=min(self.days, (as_of - date.min).days))

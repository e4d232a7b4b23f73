"""A day that learns how long what is said of it holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any


class AskedDay(date):
    """A day as of which something is judged; `until` is the last day as of which the same would come of it.

    Compared with an earlier day it is found later, as any day after it is; compared with a later one, what is found holds until that day comes or is over. Whoever
    asks for anything else, such as how many days lie between, is told of this day alone. So no rule and no page has to say whether the day matters.
    Values must not hold on to it: what would be asked of them later is not learnt.
    """

    plain: date
    until: date

    @classmethod
    def of(cls, day: date) -> AskedDay:
        """Give a day of which nothing has been asked yet."""
        asked = cls(day.year, day.month, day.day)
        asked.plain = day
        asked.until = date.max
        return asked

    def begin(self) -> None:
        """Forget what was asked."""
        self.until = date.max

    def met(self, other: object, after: int) -> None:
        """Learn that it was compared with a day, and the same comes of it `after` so many days from that on or before."""
        if isinstance(other, date) and (other - self.plain).days + after >= 0:
            self.until = min(self.until, other + timedelta(after))


def _comparing(name: str, *after: int) -> Callable[[AskedDay, object], Any]:
    compare = getattr(date, name)

    def compared(self: AskedDay, other: object) -> Any:
        for days in after:
            self.met(other, days)
        return compare(self.plain, other)

    return compared


def _telling(name: str) -> Callable[..., Any]:
    tell = getattr(date, name)

    def told(self: AskedDay, *rest: Any) -> Any:
        self.until = self.plain
        return tell(self.plain, *rest)

    return told


def _telling_part(name: str) -> property:
    tell = _telling("toordinal")

    def told(self: AskedDay) -> Any:
        tell(self)
        return getattr(self.plain, name)

    return property(told)


for _name in ("__lt__", "__ge__"):
    setattr(AskedDay, _name, _comparing(_name, -1))
for _name in ("__le__", "__gt__"):
    setattr(AskedDay, _name, _comparing(_name, 0))
for _name in ("__eq__", "__ne__"):
    setattr(AskedDay, _name, _comparing(_name, -1, 0))
for _name in (
    *("__add__", "__radd__", "__sub__", "__rsub__", "__hash__", "__reduce__", "__reduce_ex__"),
    *("__str__", "__repr__", "__format__", "isoformat", "strftime", "ctime", "timetuple"),
    *("toordinal", "weekday", "isoweekday", "isocalendar", "replace"),
):
    setattr(AskedDay, _name, _telling(_name))
for _name in ("year", "month", "day"):
    setattr(AskedDay, _name, _telling_part(_name))

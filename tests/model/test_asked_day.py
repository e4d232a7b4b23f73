"""A day that learns how long what is said of it holds."""

from __future__ import annotations

import operator
import pickle
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from afterword.model.asked_day import AskedDay

DAY = date(2026, 3, 10)
NEAR = [DAY + timedelta(days) for days in range(-3, 4)]
COMPARISONS = [operator.lt, operator.le, operator.eq, operator.ne, operator.gt, operator.ge]


@pytest.mark.parametrize("other", NEAR, ids=str)
@pytest.mark.parametrize("compare", COMPARISONS, ids=lambda each: each.__name__)
@pytest.mark.parametrize("first", [True, False])
def test_a_comparison_holds_as_long_as_it_says(
    compare: Callable[[date, date], bool], other: date, first: bool
) -> None:
    """On either side; and where it says so, for ever."""
    asked = AskedDay.of(DAY)

    def told(day: date) -> bool:
        return compare(day, other) if first else compare(other, day)

    found = told(asked)
    assert found == told(DAY)
    assert all(told(day) == found for day in NEAR if DAY <= day <= asked.until)
    assert asked.until == date.max if other < DAY else asked.until in (*NEAR, date.max)
    if found != told(date(2027, 1, 1)):
        assert told(asked.until + timedelta(1)) != found


@pytest.mark.parametrize("day", [date.min, DAY, date.max], ids=str)
@pytest.mark.parametrize("other", [date.min, date.max], ids=str)
@pytest.mark.parametrize("compare", COMPARISONS, ids=lambda each: each.__name__)
def test_the_first_and_the_last_day_of_the_calendar_are_days(
    compare: Callable[[date, date], bool], other: date, day: date
) -> None:
    """A mistyped year is no end of a build: before the first and after the last there is none."""
    assert compare(AskedDay.of(day), other) == compare(day, other)


def test_the_nearest_day_counts() -> None:
    """Of several that it was compared with; what was asked before another beginning does not."""
    asked = AskedDay.of(DAY)
    assert max(date(2026, 4, 1), asked, date(2026, 5, 1)) == date(2026, 5, 1)
    assert asked.until == date(2026, 4, 1)
    asked.begin()
    assert asked.until == date.max


@pytest.mark.parametrize(
    "ask",
    [
        lambda day: day - date(2026, 1, 1),
        lambda day: date(2026, 1, 1) - day,
        lambda day: day + timedelta(1),
        lambda day: timedelta(1) + day,
        lambda day: day - timedelta(1),
        str,
        repr,
        hash,
        pickle.dumps,
        lambda day: f"{day}",
        lambda day: f"{day:%Y}",
        lambda day: {day: 1},
        *(operator.attrgetter(name) for name in ("year", "month", "day")),
        *(
            operator.methodcaller(name)
            for name in dir(date)
            if not name.startswith("_")
            and name
            not in ("year", "month", "day", "min", "max", "resolution", "strftime", "strptime", "today")
            and not name.startswith("from")
        ),
        lambda day: day.strftime("%d"),
    ],
)
def test_what_else_is_asked_holds_on_this_day_alone(ask: Callable[[date], object]) -> None:
    """And is what any day would say."""
    asked = AskedDay.of(DAY)
    assert ask(asked) == ask(DAY)
    assert asked.until == DAY

"""The axis of a timeline's picture: round times, days, changes of clocks, shortened gaps.

`assets/js/timeline.js` draws the same for a zone that the reader chooses; `tests/site/test_timeline.py` holds them together.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from afterword.derive.timing.calendar import format_day
from afterword.derive.timing.course import Course
from afterword.derive.timing.figures import format_duration
from afterword.derive.timing.wall_clock import (
    DAY,
    MINUTE,
    ClockSpan,
    late_days,
    least_step,
    round_times,
    shown_at,
)

TICKS_APART = 54
_EDGE = 17.0
"""A time whose middle is nearer to a shortened gap would be taken for one in it."""

_DAY_WIDTH = 42.0
_YEAR_WIDTH = 74.0


@dataclass(frozen=True, slots=True)
class Axis:
    """The axis as SVG, its height below its line, and the distance of its times in seconds."""

    svg: str
    height: int
    step: int


def axis_of(course: Course, x: Callable[[float], float], width: float, top: int, line: int) -> Axis:
    """Draw the axis; `x` is the place of a moment, lines of days go from `top` to `line`, where the axis is."""
    scale = course.scale
    spans = course.clocks
    step = least_step(TICKS_APART / ((x(scale.end) - x(scale.start)) * scale.per_second))
    ticks, labels, days = [], [], []
    for stretch in scale.stretches:
        days.append((x(stretch.start), shown_at(stretch.start, spans), False))
        if stretch.shortened:
            if stretch is scale.stretches[-1]:
                days.append((x(stretch.end), shown_at(stretch.end, spans), False))
            continue
        for moment, shown in round_times(stretch.start, stretch.end, step, spans):
            at = x(moment)
            ticks.append(f"M{at:.1f} {line}v4")
            near = (stretch.left > 0 and at - x(stretch.start) < _EDGE) or (
                stretch.right < 1 - 1e-9 and x(stretch.end) - at < _EDGE
            )
            if step < DAY and not near:
                labels.append(f'<text x="{at:.1f}" y="{line + 15}">{_clock(shown, step)}</text>')
        for moment, shown in round_times(stretch.start, stretch.end, max(step, DAY), spans):
            if moment > stretch.start:
                days.append((x(moment), shown, True))
        # Where clocks go forward at midnight, the day begins later, at a time that is not round.
        if step <= DAY:
            days += [
                (x(moment), shown, True) for moment, shown in late_days(stretch.start, stretch.end, spans)
            ]
            days.sort(key=lambda each: each[0])
    made = [
        f'<path class="aw-course__tick" d="{"".join(ticks)}"/>' if ticks else "",
        f'<g class="aw-course__times">{"".join(labels)}</g>' if labels else "",
        _days(days, width, top, line),
    ]
    changes = _changes(spans, x, width, top, line)
    return Axis("".join([*made, changes]), 48 if changes else 34, step)


def span_words(seconds: float) -> str:
    """Write how long nothing happened."""
    return format_duration(timedelta(seconds=seconds))


def _days(days: Sequence[tuple[float, float, bool]], width: float, top: int, line: int) -> str:
    lines = "".join(f"M{at:.1f} {top}V{line + 4}" for at, _, midnight in days if midnight)
    made = [f'<path class="aw-course__midnight" d="{lines}"/>'] if lines else []
    named: list[tuple[str, bool]] = []
    year, last_day, free = 0, None, float("-inf")
    for number, (at, shown, midnight) in enumerate(days):
        day = shown_moment(shown).date()
        if day == last_day:
            continue
        following = next(
            (
                (later, then)
                for later, shown_then, _ in days[number + 1 :]
                if (then := shown_moment(shown_then).date()) != day
            ),
            None,
        )
        left = following[0] - at if following else width
        # A day of another year than those beside it needs its own, though nothing else has room beside it then.
        apart = following is not None and left >= _DAY_WIDTH and _is_apart(year, day, following[1])
        with_year = day.year != year and (left >= _YEAR_WIDTH or midnight or apart)
        room = _YEAR_WIDTH if with_year else _DAY_WIDTH
        begin = min(at, width - room)
        if begin < free and following is None and not midnight and len(named) > 1:
            # The day on which all ends says more than the midnight before it.
            with_year |= named.pop()[1]
        elif begin < free or (left < room and not midnight and not apart):
            continue
        words = format_day(day, with_year=with_year)
        anchor = ' class="aw-course__end"' if begin < at else ""
        place = width if begin < at else at
        named.append((f'<text{anchor} x="{place:.1f}" y="{line + 30}">{words}</text>', with_year))
        year, last_day, free = day.year if with_year else year, day, begin + room
    return "".join([*made, f'<g class="aw-course__days">{"".join(text for text, _ in named)}</g>'])


def _is_apart(year: int, day: date, following: date) -> bool:
    return (following - day).days > 1 and day.year != (year or following.year)


def _changes(
    spans: Sequence[ClockSpan], x: Callable[[float], float], width: float, top: int, line: int
) -> str:
    made = []
    for before, after in itertools.pairwise(spans):
        at = x(before.end)
        way = "forward" if after.ahead > before.ahead else "back"
        by = span_words(abs(after.ahead - before.ahead))
        anchor = ' class="aw-course__end"' if at > width / 2 else ""
        made.append(
            f'<path d="M{at:.1f} {top}V{line + 4}"/><text{anchor} x="{at + (-4 if anchor else 4):.1f}" y="{line + 44}">clocks go {way} {by}</text>'
        )
    return f'<g class="aw-course__change">{"".join(made)}</g>' if made else ""


def shown_moment(shown: float) -> datetime:
    """Give what clocks show, in seconds since 1970, as a date and a time."""
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=shown)
    except OverflowError:  # the first and the last day of the calendar
        return datetime.max.replace(tzinfo=UTC) if shown > 0 else datetime.min.replace(tzinfo=UTC)


def _clock(shown: float, step: int) -> str:
    moment = shown_moment(shown)
    seconds = f":{moment.second:02}" if step < MINUTE else ""
    return f"{moment.hour:02}:{moment.minute:02}{seconds}"

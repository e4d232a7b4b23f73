"""What the clocks on the wall show while an incident lasts: round times, midnights, and the hours at which clocks are changed.

`render/assets/js/timeline.js` does the same for a zone that the reader chooses; `tests/site/test_timeline.py` holds them together.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR

STEPS = (
    *(1, 5, 15, MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE),
    *(HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY),
    *(2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, 91 * DAY, 365 * DAY, 3652 * DAY),
)
"""Distances between round times, in seconds."""

_LONGEST = 400 * DAY
"""Over longer times an hour more or less is nothing to be seen."""


@dataclass(frozen=True, slots=True)
class ClockSpan:
    """A time without a change of clocks: seconds since 1970, and how many seconds the clocks are ahead of UTC."""

    start: float
    end: float
    ahead: int


def least_step(seconds: float) -> int:
    """Give the shortest round distance that is no shorter than this."""
    return next((step for step in STEPS if step >= seconds), STEPS[-1])


def clock_spans(start: float, end: float, zone: tzinfo) -> tuple[ClockSpan, ...]:
    """Divide a time where the clocks of a zone are changed."""
    if zone is UTC:
        return (ClockSpan(start, end, 0),)
    ahead = _ahead(start, zone)
    spans: list[ClockSpan] = []
    day = start
    while day < end and end - start < _LONGEST:
        following = min(day + DAY, end)
        later = _ahead(following, zone)
        if later != ahead:
            change = _change(day, following, ahead, zone)
            spans.append(ClockSpan(start if not spans else spans[-1].end, change, ahead))
            ahead = later
        day = following
    return (*spans, ClockSpan(start if not spans else spans[-1].end, end, ahead))


def round_times(
    start: float, end: float, step: int, spans: Sequence[ClockSpan]
) -> Iterator[tuple[float, int]]:
    """Yield the moments from `start` to `end` at which the clocks show a multiple of `step`, and what they show: seconds since 1970 as if in UTC."""
    for span in spans:
        first, last = max(start, span.start), min(end, span.end)
        shown = math.ceil((first + span.ahead) / step) * step
        while shown - span.ahead <= last and (shown - span.ahead < span.end or span is spans[-1]):
            yield shown - span.ahead, shown
            shown += step


def late_days(start: float, end: float, spans: Sequence[ClockSpan]) -> Iterator[tuple[float, int]]:
    """Yield the moments from `start` to `end` at which a day begins without a midnight, since clocks go forward over it, and what they then show."""
    for before, after in itertools.pairwise(spans):
        last, first = before.end + before.ahead, before.end + after.ahead
        if start < before.end <= end and math.ceil(last / DAY) * DAY < first:
            yield before.end, int(first)


def shown_at(moment: float, spans: Sequence[ClockSpan]) -> float:
    """Give what the clocks show at a moment, in seconds since 1970 as if in UTC."""
    span = next((span for span in spans if moment < span.end), spans[-1])
    return moment + span.ahead


def _ahead(moment: float, zone: tzinfo) -> int:
    try:
        offset = datetime.fromtimestamp(moment, zone).utcoffset()
    except (OverflowError, ValueError):  # the first and the last day of the calendar
        return 0
    return int(offset.total_seconds()) if offset else 0


def _change(earlier: float, later: float, ahead: int, zone: tzinfo) -> float:
    low, high = math.floor(earlier), math.ceil(later)
    while high - low > 1:
        middle = (low + high) // 2
        if _ahead(middle, zone) == ahead:
            low = middle
        else:
            high = middle
    return float(high)

"""How long a host asks to wait, in the headers of the interfaces that are asked."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

_WINDOWS = (
    ("x-ratelimit-remaining", "x-ratelimit-reset"),  # GitHub, Jira Cloud
    ("ratelimit-remaining", "ratelimit-reset"),  # GitLab
    ("x-ratelimit-requests-remaining", "x-ratelimit-requests-reset"),  # Linear
    ("x-ratelimit-complexity-remaining", "x-ratelimit-complexity-reset"),
    ("x-ratelimit-endpoint-requests-remaining", "x-ratelimit-endpoint-requests-reset"),
)
"""What is left of a window, and when it is over."""

_A_TIME, _IN_MILLISECONDS = 1_000_000_000, 100_000_000_000
"""A smaller number of seconds is how long, a larger one a time; from the second on, one in milliseconds."""

_SLACK = 1.0
"""Seconds added to a time: hosts round theirs down."""

UNSAID = 60.0
"""Seconds that are waited for a limit which says nothing of its end, as GitHub asks for its secondary ones."""


def wait_asked(status: int, headers: Mapping[str, str], body: bytes) -> float | None:
    """Give the seconds that a host asks to wait before the next request, None where it asks for none; `headers` are found without regard to case."""
    now = _now(headers)
    after = headers.get("retry-after", "").strip()
    if status >= 400 and after:
        seconds = _seconds(after, now)
        if seconds is not None:
            return seconds
    ends = [seconds for seconds in _ends(headers, now) if seconds is not None]
    if ends and (status < 400 or status in (400, 403, 429)):
        return max(ends)
    if status in (400, 403) and (b"secondary rate limit" in body or b'"RATELIMITED"' in body):
        return UNSAID
    return None


def _ends(headers: Mapping[str, str], now: float) -> Iterator[float | None]:
    for left, end in _WINDOWS:
        if headers.get(left, "").strip() == "0" and end in headers:
            yield _seconds(headers[end].strip(), now)


def _now(headers: Mapping[str, str]) -> float:
    """Give the time by the host's own clock where it tells it: this machine's may be wrong."""
    try:
        return parsedate_to_datetime(headers["date"]).timestamp()
    except (KeyError, ValueError, TypeError, OverflowError):
        return time.time()


def _seconds(text: str, now: float) -> float | None:
    if text.replace(".", "", 1).isdigit() and text.isascii() and len(text) < 20:
        number = float(text)
        if number < _A_TIME:
            return number
        return max((number / 1000 if number >= _IN_MILLISECONDS else number) - now, 0) + _SLACK
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            return max(read(text).timestamp() - now, 0) + _SLACK
        except (ValueError, TypeError, OverflowError):
            continue
    return None

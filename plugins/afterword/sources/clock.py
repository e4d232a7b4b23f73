"""What day it is: the only place that asks."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo


def today(zone: str | None) -> dt.date:
    """Give the current day in an IANA zone, in UTC where there is none."""
    return dt.datetime.now(ZoneInfo(zone) if zone else dt.UTC).date()

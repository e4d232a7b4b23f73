"""Files that hold many rows in few bytes: what several share stands once and is numbered, days are numbers."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

_EPOCH = dt.date(1970, 1, 1).toordinal()


class Numbers(dict[Any, int]):
    """Numbers values in the order in which they come."""

    def __missing__(self, value: Any) -> int:
        self[value] = len(self)
        return self[value]


def day_number(day: dt.date | None) -> int:
    """Give a day as the number of days since 1970, 0 for none."""
    return day.toordinal() - _EPOCH if day else 0


def compact_json(content: object) -> bytes:
    """Write JSON without a byte between its parts."""
    # Rows that are made here hold no circle, and need not be watched for one.
    written = json.dumps(content, ensure_ascii=False, check_circular=False, separators=(",", ":"))
    return written.encode("utf-8", "replace")

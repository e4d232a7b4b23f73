"""Keys that records name, and the numbers that trackers ask by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from afterword.model.key_template import digits_in
from afterword.model.settings import Tracker
from afterword.trackers.tracker import TrackerError

_Each = TypeVar("_Each")


def by_number(tracker: Tracker, keys: Iterable[str]) -> Mapping[int, str]:
    """Give the keys by the numbers in them, in the order of these. Raises TrackerError for a key that does not fit the tracker's template."""
    numbers: dict[int, str] = {}
    for key in keys:
        digits = digits_in(tracker.key, key)
        if not digits:
            raise TrackerError(f"'{key}' is no key of this tracker, expected such as {tracker.key}")
        numbers.setdefault(int(digits), key)
    return dict(sorted(numbers.items()))


def project_of(tracker: Tracker, address: re.Pattern[str]) -> str:
    """Give what the settings say the tickets belong to: `project`, else what stands before the number in the key template (`payments/api##`) or at the first group of a pattern in that of the address; empty where none tells."""
    if tracker.project:
        return tracker.project.strip("/")
    if tracker.key.endswith("##") and len(tracker.key) > 2:
        return tracker.key.removesuffix("##").strip("/")
    found = address.match(tracker.url)
    return str(found[1]) if found else ""


def in_parts(entries: Iterable[_Each], most: int) -> Iterator[Sequence[_Each]]:
    """Yield at most so many at a time."""
    rest = iter(entries)
    while part := tuple(islice(rest, most)):
        yield part

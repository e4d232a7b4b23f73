"""Counts as bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from afterword.derive.places.address import facet_address, relative
from afterword.derive.words.labels import year_label
from afterword.model.settings import ArchiveFolder, Entry
from afterword.render.page.badges import tone

FULL = 100
"""The length of the longest bar, in units of the drawing."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a bar chart: `length` is 0 to 100, `tone` the name of a colour, empty for the usual one."""

    label: str
    count: int
    length: int
    href: str | None = None
    tone: str = ""


def severity_bars(
    counts: Sequence[tuple[Entry, int]], folder: ArchiveFolder, page_address: str
) -> tuple[Bar, ...]:
    """Draw counts by severity, each with the way to the severity's page."""
    longest = max((count for _, count in counts), default=0)
    return tuple(
        Bar(
            entry.label,
            count,
            bar_length(count, longest),
            relative(page_address, facet_address(folder, "severities", entry.id)),
            tone(entry),
        )
        for entry, count in counts
    )


def year_bars(counts: Sequence[tuple[str, int]], folder: ArchiveFolder, page_address: str) -> tuple[Bar, ...]:
    """Draw counts by year, each with the way to the year's page."""
    longest = max((count for _, count in counts), default=0)
    return tuple(
        Bar(
            year_label(year),
            count,
            bar_length(count, longest),
            relative(page_address, facet_address(folder, "years", year)),
        )
        for year, count in counts
    )


def bar_length(count: int, longest: int) -> int:
    """Give the length of a bar; what there is one of can be seen, however long the longest is."""
    return max(round(FULL * count / longest), 2) if count and longest else 0

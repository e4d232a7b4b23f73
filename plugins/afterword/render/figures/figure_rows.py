"""Lines of the tables of figures: a group of incidents with its drawing, its numbers and the way to its page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from afterword.derive.figures.archive_figures import ArchiveFigure
from afterword.derive.figures.figure_groups import Division, Group
from afterword.derive.places.address import facet_address, figures_address, relative
from afterword.derive.timing.statistics import Spread
from afterword.derive.words.labels import find_entry
from afterword.model.settings import ArchiveFolder, Settings
from afterword.render.page.badges import tone
from afterword.render.picture.figure_strip import Axis, Strip, small_strip, wide_strip

NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One line. `median` is None where no incident has the figure; `high` is the 90th percentile, None where there are too few for one.

    `note` is said behind the label, `tone` is that of a severity. `gap` has a label alone.
    """

    label: str
    href: str | None
    strip: Strip | None
    median: timedelta | None
    high: timedelta | None
    longest: timedelta | None
    count: int
    lacking: int
    note: str = ""
    tone: str = ""
    gap: bool = False


@dataclass(frozen=True, slots=True)
class FigureTable:
    """One division as a table; `id` is its anchor."""

    id: str
    label: str
    rows: tuple[FigureRow, ...]


def overview_row(figure: ArchiveFigure, axis: Axis, folder: ArchiveFolder, page_address: str) -> FigureRow:
    """Give the line of a figure over the whole archive, with the way to its page."""
    way = relative(page_address, figures_address(folder, figure.kind.id))
    strip = wide_strip(figure.spread, axis) if figure.spread else None
    return _row(figure.kind.label, way, strip, figure.spread, figure.lacking)


def division_table(
    division: Division,
    axis: Axis,
    settings: Settings,
    folder: ArchiveFolder,
    page_address: str,
    years: Collection[str],
) -> FigureTable:
    """Give the table of a division; `years` are those that have a page, to which the quarters lead."""
    rows = []
    for group in division.groups:
        strip = small_strip(group.spread, axis) if group.spread else None
        severity = find_entry(settings.severities, group.id) if division.id == "severity" else None
        rows.append(
            _row(
                group.label or NOT_STATED,
                _href(division, group, folder, page_address, years),
                strip,
                group.spread,
                group.lacking,
                note="so far" if group.running else "",
                tone=tone(severity) if severity else "",
                gap=group.gap,
            )
        )
    return FigureTable(division.id, division.label, tuple(rows))


def _row(
    label: str,
    href: str | None,
    strip: Strip | None,
    spread: Spread | None,
    lacking: int,
    *,
    note: str = "",
    tone: str = "",
    gap: bool = False,
) -> FigureRow:
    return FigureRow(
        label,
        href,
        strip,
        spread.median if spread else None,
        spread.high if spread else None,
        spread.longest if spread else None,
        spread.count if spread else 0,
        lacking,
        note,
        tone,
        gap,
    )


def _href(
    division: Division, group: Group, folder: ArchiveFolder, page_address: str, years: Collection[str]
) -> str | None:
    if not group.id:
        return None
    if division.id == "quarter":
        year = group.id[:4]
        return relative(page_address, facet_address(folder, "years", year)) if year in years else None
    if not division.facet:
        return None
    return relative(page_address, facet_address(folder, division.facet, group.id))

"""The figures over the archive for spreadsheets and programs, with the numbers of the pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from afterword.derive.figures.archive_figures import ArchiveFigure, ArchiveFigures
from afterword.derive.figures.figure_groups import DividedFigure, TargetShare
from afterword.derive.places.address import figures_address, record_address
from afterword.derive.timing.statistics import Spread
from afterword.model.settings import ArchiveFolder, Settings
from afterword.render.page.site_page import SiteFile
from afterword.render.text.json_document import json_document
from afterword.render.text.spreadsheet import csv_table

CSV_NAME = "figures.csv"
JSON_NAME = "figures.json"
FORMAT = 1
"""The version of the JSON; it rises when a key changes its meaning or goes."""

COLUMNS = (
    "figure",
    "by",
    "group",
    "group_name",
    "incidents",
    "lacking",
    "median_seconds",
    "p90_seconds",
    "longest_seconds",
    "target_seconds",
    "within_target",
)
ALL = "all"
MOST_LONGEST = 20

_Numbers = dict[str, object]


def figure_files(
    found: ArchiveFigures,
    figures: Sequence[DividedFigure],
    settings: Settings,
    folder: ArchiveFolder,
    as_of: dt.date,
) -> tuple[SiteFile, ...]:
    """Give the files beside the page of figures; `figures` are those of `found`, divided."""
    base = figures_address(folder)
    return (
        SiteFile(base + CSV_NAME, figures_csv(figures)),
        SiteFile(base + JSON_NAME, figures_json(found, figures, settings, as_of)),
    )


def figures_csv(figures: Iterable[DividedFigure]) -> bytes:
    """Give a line for each figure and each group as CSV; what is absent is empty, never 0."""
    nothing = dict.fromkeys(COLUMNS)
    return csv_table(
        COLUMNS,
        (
            {**nothing, "figure": each.figure.kind.id, "by": by, **group}
            for each in figures
            for by, groups in _divided(each).items()
            for group in groups
        ),
    )


def figures_json(
    found: ArchiveFigures, figures: Iterable[DividedFigure], settings: Settings, as_of: dt.date
) -> bytes:
    """Give the same numbers as JSON, with the longest incidents of each figure; what is absent is null."""
    made = {
        "format": FORMAT,
        "as_of": as_of.isoformat(),
        "incidents": found.incidents,
        "retold_records_left_out": found.retold,
        "figures": [
            {
                "id": each.figure.kind.id,
                "from": list(each.figure.kind.start),
                "to": each.figure.kind.end,
                **_divided(each),
                "longest": _longest(each.figure, settings),
            }
            for each in figures
        ],
    }
    return json_document(made)


def _divided(each: DividedFigure) -> dict[str, list[_Numbers]]:
    """Give the numbers of the whole, and of each group of each division; targets stand with the severities."""
    targets = {share.severity.id: share for share in each.targets}
    made = {ALL: [_numbers("", "", each.figure.spread, each.figure.lacking)]}
    for division in each.divisions:
        made[division.id] = [
            {
                **_numbers(group.id, group.label, group.spread, group.lacking),
                **(_target(targets[group.id]) if division.id == "severity" and group.id in targets else {}),
            }
            for group in division.groups
            if not group.gap
        ]
    return made


def _numbers(group: str, name: str, spread: Spread | None, lacking: int) -> _Numbers:
    return {
        "group": group or None,
        "group_name": name or None,
        "incidents": spread.count if spread else 0,
        "lacking": lacking,
        "median_seconds": _seconds(spread.median if spread else None),
        "p90_seconds": _seconds(spread.high if spread else None),
        "longest_seconds": _seconds(spread.longest if spread else None),
    }


def _target(share: TargetShare) -> _Numbers:
    one = share.targets[0] if len(share.targets) == 1 else None
    return {"target_seconds": _seconds(one), "within_target": share.within}


def _longest(figure: ArchiveFigure, settings: Settings) -> list[_Numbers]:
    return [
        {
            "record": measure.teller.record.id,
            "incident": measure.incident or None,
            "seconds": _seconds(duration),
            "about": measure.about,
            "page": record_address(measure.teller.record, settings),
        }
        for measure, duration in figure.longest(MOST_LONGEST)
    ]


def _seconds(duration: dt.timedelta | None) -> int | None:
    return None if duration is None else round(duration.total_seconds())

"""An archive's health for spreadsheets and programs, with the numbers of the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from afterword.derive.health.health import ArchiveHealth
from afterword.derive.health.health_figure import HealthFigure, Share
from afterword.derive.health.unrecorded import ListedIncidents
from afterword.derive.places.address import health_address
from afterword.derive.timing.calendar import quarter_label
from afterword.model.settings import ArchiveFolder
from afterword.render.health.health_words import left_out
from afterword.render.page.site_page import SiteFile
from afterword.render.text.json_document import json_document
from afterword.render.text.spreadsheet import csv_table

CSV_NAME = "health.csv"
JSON_NAME = "health.json"
FORMAT = 1
"""The version of the JSON; it rises when a key changes its meaning or goes."""

COLUMNS = (
    "figure",
    "figure_name",
    "quarter",
    "quarter_of",
    "percent",
    "kept",
    "counted",
    "target_percent",
    "target_is",
    "target_met",
    "untold",
    "left_out",
    "left_out_why",
)
ALL = "all"

_Numbers = dict[str, object]


def health_files(health: ArchiveHealth, folder: ArchiveFolder, as_of: dt.date) -> tuple[SiteFile, ...]:
    """Give the files beside the page."""
    base = health_address(folder)
    return (
        SiteFile(base + CSV_NAME, health_csv(health)),
        SiteFile(base + JSON_NAME, health_json(health, as_of)),
    )


def health_csv(health: ArchiveHealth) -> bytes:
    """Give a line for each figure and quarter, and one for all quarters; what is absent is empty, never 0."""
    return csv_table(COLUMNS, (row for figure in health.figures for row in _rows(figure)))


def health_json(health: ArchiveHealth, as_of: dt.date) -> bytes:
    """Give the same numbers as JSON, with the listed incidents that lack a post-mortem; what is absent is null."""
    made = {
        "format": FORMAT,
        "as_of": as_of.isoformat(),
        "basis": "records and listed incidents" if health.listed else "records",
        "retold_records_left_out": health.retold,
        "figures": [
            {
                "id": figure.id,
                "name": figure.label,
                "quarter_of": figure.basis.value,
                "target_percent": figure.target,
                "target_is": _target_is(figure),
                "absent": figure.absent or None,
                "all": _share(figure, figure.whole),
                "quarters": [
                    {"quarter": _name(quarter), **_share(figure, share)}
                    for quarter, share in figure.quarters.items()
                ],
            }
            for figure in health.figures
        ],
        "incidents": _incidents(health.listed) if health.listed else None,
    }
    return json_document(made)


def _rows(figure: HealthFigure) -> Iterator[Mapping[str, object]]:
    shares = {_name(quarter): share for quarter, share in figure.quarters.items()}
    for quarter, share in {**shares, ALL: figure.whole}.items():
        numbers = _share(figure, share)
        why = (*left_out(figure, share), *((figure.absent,) if figure.absent else ()))
        yield {
            "figure": figure.id,
            "figure_name": figure.label,
            "quarter": quarter,
            "quarter_of": figure.basis.value,
            "target_percent": figure.target,
            "target_is": _target_is(figure),
            **numbers,
            "left_out": sum(share.left_out.values()),
            "left_out_why": "; ".join(why),
        }


def _share(figure: HealthFigure, share: Share) -> _Numbers:
    is_known = share.percent is not None
    return {
        "percent": None if share.percent is None else round(share.percent, 1),
        "kept": share.kept if is_known else None,
        "counted": share.counted,
        "target_met": figure.met(share),
        "untold": share.untold,
        "left_out": dict(share.left_out),
    }


def _target_is(figure: HealthFigure) -> str | None:
    if figure.target is None:
        return None
    return "below" if figure.fewer else "at least"


def _incidents(found: ListedIncidents) -> _Numbers:
    return {
        "list": found.path,
        "total": found.total,
        "with_record": found.recorded,
        "not_asked_for": found.not_asked_for,
        "not_closed": found.not_closed,
        "of_unknown_severity": found.unknown_severity,
        "without_postmortem": [
            {
                "id": each.incident.id,
                "severity": each.incident.severity,
                "closed": each.closed.isoformat(),
                "failure_class": each.incident.failure_class or None,
                "due": each.due.isoformat() if each.due else None,
                "business_days_late": each.days_late,
            }
            for each in found.missing
        ],
    }


def _name(quarter: int) -> str:
    """Write a quarter so that it sorts, `2026-Q3`."""
    name, year = quarter_label(quarter).split()
    return f"{year}-{name}"

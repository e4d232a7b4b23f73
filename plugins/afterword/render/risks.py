"""The page of open causes and accepted risks: what nobody has answered, and what was taken knowingly until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from jinja2 import Environment

from afterword.derive.address import risks_address
from afterword.derive.archive_coverage import ArchiveCoverage, CoverageLine
from afterword.derive.coverage import NodeState
from afterword.derive.labels import class_label, service_label, severity_order
from afterword.derive.record_causes import CauseCounts
from afterword.model.archive import Archive
from afterword.model.settings import ArchiveFolder, Settings
from afterword.render.crumbs import crumbs
from afterword.render.entries import NAMES
from afterword.render.filters import Choice, Filter, choices
from afterword.render.page import SitePage
from afterword.render.risk_export import CSV_NAME, JSON_NAME
from afterword.render.risk_rows import OpenRow, RiskRow, RiskRows

TITLE = "Open causes and accepted risks"
MOST_ROWS = 1_000
"""Of each of the two lists; the files hold all of them."""
STATES = (
    NodeState.UNADDRESSED,
    NodeState.CANCELLED,
    NodeState.MISSING,
    NodeState.REVIEW_PAST,
    NodeState.ACCEPTED,
)
DIVISIONS = (
    ("services", "Service"),
    ("severities", "Severity"),
    ("classes", "Failure class"),
    ("years", "Year"),
)


Row = TypeVar("Row", OpenRow, RiskRow)


@dataclass(frozen=True, slots=True)
class Group(Generic[Row]):
    """Some of the open causes, or of the accepted risks."""

    id: str
    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """Counts as parts of one bar: each with its tone, where it begins and how long it is, of 100."""

    counts: CauseCounts
    parts: tuple[tuple[str, str, str], ...]

    @classmethod
    def of(cls, counts: CauseCounts) -> Share:
        """Divide a bar."""
        parts = []
        begin = 0.0
        for tone, count in (
            ("done", counts.addressed),
            ("accepted", counts.accepted),
            ("unaddressed", counts.unaddressed),
        ):
            length = 100 * count / counts.judged if counts.judged else 0.0
            if count:
                parts.append((tone, f"{begin:.2f}", f"{length:.2f}"))
            begin += length
        return cls(counts, tuple(parts))


@dataclass(frozen=True, slots=True)
class Division:
    """The coverage of one way to divide the archive; each line with the way to its open causes on this page."""

    label: str
    lines: tuple[tuple[str, CoverageLine], ...]


def risks_page(
    covered: ArchiveCoverage, archive: Archive, folder: ArchiveFolder, as_of: dt.date, templates: Environment
) -> SitePage:
    """Make the page; all of it is in the HTML, scripts only filter, sort and recompute what is past on the day of reading."""
    here = risks_address(folder)
    settings = archive.settings
    made = RiskRows(archive, here)
    opened = _shortened(_open_groups(covered, made))
    accepted = _shortened(_risk_groups(covered, made))
    rows: list[OpenRow | RiskRow] = [row for group in opened for row in group.rows]
    rows += [row for group in accepted for row in group.rows]
    every = len(covered.open) + len(covered.unmarked) + len(covered.retold_open)
    registered = len(covered.risks) + len(covered.undated_risks) + len(covered.retold_risks)
    html = templates.get_template("risks.html").render(
        title=TITLE,
        as_of=as_of,
        zone=settings.timezone or "UTC",
        crumbs=crumbs(folder, here, here=TITLE),
        covered=covered,
        leaves=Share.of(covered.leaves),
        factors=Share.of(covered.factors),
        divisions=[_division(covered.divided[name], label, NAMES[name]) for name, label in DIVISIONS],
        opened=opened,
        accepted=accepted,
        rows=len(rows),
        open_left_out=every - sum(len(group.rows) for group in opened),
        risks_left_out=registered - sum(len(group.rows) for group in accepted),
        states=[state.value for state in STATES],
        filters=_filters(rows, settings),
        treeless=[made.record(record) for record in covered.treeless[:MOST_ROWS]],
        csv=CSV_NAME,
        json=JSON_NAME,
    )
    return SitePage(
        here,
        TITLE,
        html,
        "risks",
        # No table of contents: the tables need the room.
        description="Causes that neither an action nor an accepted risk answers, and accepted risks by review day",
        nav_title=TITLE,
    )


def _open_groups(covered: ArchiveCoverage, made: RiskRows) -> list[Group[OpenRow]]:
    rows = made.open(covered.open)
    return [
        Group("root-causes", "Root causes", tuple(row for row in rows if row.root_cause)),
        Group("causes", "Other causes and factors", tuple(row for row in rows if not row.root_cause)),
        Group("unmarked", "Records that mark none of their causes", made.unmarked(covered.unmarked)),
        Group(
            "retold-causes",
            "From retold incidents, for nobody here to answer",
            made.open(covered.retold_open),
        ),
    ]


def _risk_groups(covered: ArchiveCoverage, made: RiskRows) -> list[Group[RiskRow]]:
    return [
        Group("past", "Review past", made.accepted(each for each in covered.risks if each.past)),
        Group("accepted", "Accepted", made.accepted(each for each in covered.risks if not each.past)),
        Group("undated", "Without a readable review day", made.accepted(covered.undated_risks)),
        Group(
            "retold",
            "From retold incidents, accepted elsewhere",
            made.accepted(covered.retold_risks, owed=False),
        ),
    ]


def _shortened(groups: Iterable[Group[Row]]) -> list[Group[Row]]:
    """Keep as many rows as a page can hold."""
    kept = []
    room = MOST_ROWS
    for group in groups:
        kept.append(Group(group.id, group.label, group.rows[:room]))
        room -= len(kept[-1].rows)
    return kept


def _division(lines: Iterable[CoverageLine], label: str, parameter: str) -> Division:
    return Division(
        label,
        tuple((f"?{urlencode({parameter: line.entry.id})}#open", line) for line in lines),
    )


def _filters(rows: Iterable[OpenRow | RiskRow], settings: Settings) -> tuple[Filter, ...]:
    """Offer what occurs; a filter's name is that of the rows' attribute, and stands in the address."""
    services: dict[str, str] = {}
    severities: dict[str, str] = {}
    classes: dict[str, str] = {}
    years: dict[str, str] = {}
    for row in rows:
        services |= {one: service_label(settings, one) for one in row.record.services}
        classes |= {one: class_label(settings, one) for one in row.record.classes}
        years[row.record.year] = row.record.year
        if row.record.severity:
            severities[row.record.severity.id] = row.record.severity.label
    worst_first = sorted(severities, key=lambda severity: severity_order(settings, severity))
    return (
        Filter("service", "Service", choices(services)),
        Filter("severity", "Severity", tuple(Choice(one, severities[one]) for one in worst_first)),
        Filter("class", "Failure class", choices(classes)),
        Filter("year", "Year", tuple(reversed(choices(years)))),
    )

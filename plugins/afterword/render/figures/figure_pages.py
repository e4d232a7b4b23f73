"""The pages of the archive's figures: all of them at a glance, and one for each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from jinja2 import Environment

from afterword.derive.figures.archive_figures import ArchiveFigures, Measure
from afterword.derive.figures.figure_groups import DividedFigure, Division, Group, TargetShare
from afterword.derive.places.address import figures_address, health_address, record_address, relative
from afterword.derive.timing.calendar import record_day
from afterword.derive.timing.figures import format_duration
from afterword.derive.timing.statistics import ENOUGH
from afterword.derive.words.labels import severity_entry
from afterword.model.archive import Archive
from afterword.model.settings import ArchiveFolder, Entry, Settings
from afterword.render.figures.figure_export import CSV_NAME, JSON_NAME
from afterword.render.figures.figure_rows import division_table, overview_row
from afterword.render.page.crumbs import crumbs
from afterword.render.page.pager import ListPart, numbered, parts
from afterword.render.page.site_page import SitePage
from afterword.render.picture.figure_strip import Axis, axis_for, wide_strip

TITLE = "Figures"
MOST_LONGEST = 5
MOST_SERVICES = 60
"""Services in the table of one page; beyond, it goes on over numbered pages."""


ABOUT: Mapping[str, str] = {
    "detection-latency": "How long there was a signal before somebody knew.",
    "time-to-detect": "How long it went on before somebody knew.",
    "time-to-escalate": "How long those who knew were alone with it.",
    "time-to-mitigate": "From the moment somebody knew until customers were served again.",
    "time-to-resolve": "From the moment somebody knew until it was over for good.",
    "customer-impact": "How long customers were affected.",
}


@dataclass(frozen=True, slots=True)
class LongLine:
    """One of the incidents that took longest."""

    title: str
    href: str
    incident: str
    day: dt.date | None
    severity: Entry | None
    duration: dt.timedelta
    about: bool


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target with its share; `label` is the severity's."""

    share: TargetShare
    label: str
    target: str


@dataclass(frozen=True, slots=True)
class FigureLink:
    """The way to another figure's page; `href` is None on that page itself."""

    label: str
    href: str | None


@dataclass(frozen=True, slots=True)
class _Shared:
    """What all pages are made from; the `axis` is one, so that what is drawn on two of them can be compared, and `years` are those of all records."""

    archive: Archive
    found: ArchiveFigures
    axis: Axis
    years: frozenset[str]
    folder: ArchiveFolder
    as_of: dt.date
    templates: Environment


def figure_pages(
    archive: Archive,
    found: ArchiveFigures,
    figures: Sequence[DividedFigure],
    folder: ArchiveFolder,
    as_of: dt.date,
    templates: Environment,
) -> tuple[SitePage, ...]:
    """Make the overview, and a page for each figure with its divisions; `found` are the figures of this archive, `figures` the same divided."""
    axis = axis_for(figure.spread for figure in found.figures)
    years = frozenset(record.year for record in archive.records)
    shared = _Shared(archive, found, axis, years, folder, as_of, templates)
    pages = [_overview(figures, shared)]
    for each in figures:
        address = figures_address(folder, each.figure.kind.id)
        services = next((one for one in each.divisions if one.id == "service"), None)
        for part in parts(address, services.groups if services else (), MOST_SERVICES):
            if part.pager.number == 1:
                pages.append(_page(each, part, shared))
            elif services:
                pages.append(_further_page(each, services, part, shared))
    return tuple(pages)


def _overview(figures: Sequence[DividedFigure], shared: _Shared) -> SitePage:
    found, axis, folder = shared.found, shared.axis, shared.folder
    here = figures_address(folder)
    html = shared.templates.get_template("figures.html").render(
        title=TITLE,
        as_of=shared.as_of,
        crumbs=crumbs(folder, here, here=TITLE),
        found=found,
        axis=axis,
        enough=ENOUGH,
        rows=[overview_row(figure, axis, folder, here) for figure in found.figures],
        about=ABOUT,
        health_href=relative(here, health_address(folder)),
        targets=[
            (
                each.figure.kind.label,
                relative(here, figures_address(folder, each.figure.kind.id)),
                _targets(each.targets),
            )
            for each in figures
            if each.targets
        ],
        csv=CSV_NAME,
        json=JSON_NAME,
    )
    return SitePage(
        here,
        TITLE,
        html,
        "figures",
        description="How long incidents took: median, 90th percentile and count",
        nav_title=TITLE,
    )


def _page(divided: DividedFigure, part: ListPart[Group], shared: _Shared) -> SitePage:
    settings, figure = shared.archive.settings, divided.figure
    found, axis, folder = shared.found, shared.axis, shared.folder
    kind = figure.kind
    here = part.address
    divisions = [
        replace(each, groups=tuple(part.rows)) if each.id == "service" else each for each in divided.divisions
    ]
    tables = [division_table(each, axis, settings, folder, here, shared.years) for each in divisions]
    html = shared.templates.get_template("figure.html").render(
        kind=kind,
        about=ABOUT[kind.id],
        as_of=shared.as_of,
        crumbs=crumbs(folder, here, (TITLE, figures_address(folder)), here=kind.label),
        others=[
            FigureLink(
                each.kind.label,
                None if each is figure else relative(here, figures_address(folder, each.kind.id)),
            )
            for each in found.figures
        ],
        found=found,
        spread=figure.spread,
        lacking=figure.lacking,
        approximate=sum(each.about for each in figure.measures),
        axis=axis,
        strip=wide_strip(figure.spread, axis) if figure.spread else None,
        targets=_targets(divided.targets),
        longest=[
            _long_line(measure, duration, settings, here)
            for measure, duration in figure.longest(MOST_LONGEST)
        ],
        tables=tables,
        pager=part.pager,
        many=any(row.strip and row.strip.band for table in tables for row in table.rows),
    )
    return SitePage(here, kind.label, html, "figures", description=ABOUT[kind.id])


def _further_page(
    divided: DividedFigure, services: Division, part: ListPart[Group], shared: _Shared
) -> SitePage:
    """Go on with the table of services."""
    axis, folder = shared.axis, shared.folder
    here, kind = part.address, divided.figure.kind
    address = figures_address(folder, kind.id)
    way = ((TITLE, figures_address(folder)), (kind.label, address))
    shown = replace(services, groups=tuple(part.rows))
    html = shared.templates.get_template("figure_services.html").render(
        kind=kind,
        crumbs=crumbs(folder, here, *way, here=f"Page {part.pager.number}"),
        axis=axis,
        table=division_table(shown, axis, shared.archive.settings, folder, here, ()),
        pager=part.pager,
    )
    return SitePage(
        here, numbered(kind.label, part.pager.number), html, "figures", description=ABOUT[kind.id]
    )


def _targets(shares: Iterable[TargetShare]) -> list[TargetLine]:
    return [TargetLine(share, share.severity.label, _listed(share.targets)) for share in shares]


def _listed(targets: tuple[dt.timedelta, ...]) -> str:
    return " or ".join(format_duration(each) for each in targets)


def _long_line(measure: Measure, duration: dt.timedelta, settings: Settings, page_address: str) -> LongLine:
    record = measure.teller.record
    return LongLine(
        record.title,
        relative(page_address, record_address(record, settings)),
        measure.incident,
        record_day(record),
        severity_entry(record, settings),
        duration,
        measure.about,
    )

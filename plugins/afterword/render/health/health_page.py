"""The page of an archive's health: what is well and what is not, and how it went quarter by quarter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment

from afterword.derive.health.health import ArchiveHealth
from afterword.derive.health.health_figure import HealthFigure, Share
from afterword.derive.health.unrecorded import Unrecorded
from afterword.derive.places.address import actions_address, figures_address, health_address, relative
from afterword.derive.timing.calendar import quarter_label, quarter_of
from afterword.derive.words.labels import find_entry
from afterword.model.archive import Archive
from afterword.model.settings import ArchiveFolder, Entry, Settings
from afterword.render.health.health_columns import Columns, columns
from afterword.render.health.health_export import CSV_NAME, JSON_NAME
from afterword.render.health.health_words import (
    BASES,
    SHORT_BASES,
    Judged,
    Verdict,
    in_short,
    judged,
    left_out,
    target_words,
    untold,
)
from afterword.render.page.crumbs import crumbs
from afterword.render.page.site_page import SitePage
from afterword.render.words.share_words import share_words

TITLE = "Archive health"
MOST_QUARTERS = 40
"""Lines of the table, and columns of the drawings; the files hold all."""
MOST_INCIDENTS = 100

ABOUT: Mapping[str, str] = {
    "in-time": "Of the post-mortems to which the policy gives a deadline, those published by it. One that is not published when its deadline is past counts as late.",
    "first-drafts": "Of the same, those that were in git by the day on which the policy has a first draft due.",
    "allspaw-test": "Of the finished records whose policy asks whether the person who pushed the button would call this fair, those that say yes. One that does not say counts as not passed.",
    "positives": "Of the finished records that the policy asks what went well, or that say so, those that name enough.",
    "cancelled": "Of all that published records promised, what has been cancelled so far.",
    "recurred": "Of the incidents that are old enough, those after which another of a shared failure class hit a shared service. Near misses are left out.",
}
ABOUT_DONE = "Of what records promised on the day of publication or within {} days, and did not cancel by then, what was done by then."


@dataclass(frozen=True, slots=True)
class Card:
    """A figure with its drawing; `basis` and `notes` are said below it, `about` where all figures are explained."""

    judged: Judged
    percent: str
    columns: Columns
    about: str
    basis: str
    notes: tuple[str, ...]
    absent: str
    whole: Cell


@dataclass(frozen=True, slots=True)
class Cell:
    """A share as a table says it; `percent` is empty where nothing is counted, and `met` None without a target."""

    percent: str
    kept: int
    counted: int
    met: bool | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One quarter, or several in which there is nothing (`gap`)."""

    label: str
    cells: tuple[Cell, ...] = ()
    running: bool = False
    gap: bool = False


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """A listed incident without a record."""

    id: str
    severity: Entry | None
    closed: dt.date | None
    due: dt.date | None = None
    days_late: int = 0
    failure_class: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The figures of one verdict, as the first lines of the page have them."""

    verdict: str
    label: str
    words: str


_LABELS = {
    Verdict.WELL: "Well",
    Verdict.SHORT: "Not well",
    Verdict.NO_TARGET: "Without a target",
    Verdict.UNKNOWN: "Not known",
}


def health_page(
    health: ArchiveHealth,
    archive: Archive,
    folder: ArchiveFolder,
    as_of: dt.date,
    templates: Environment,
    elsewhere: str,
) -> SitePage:
    """Make the page; `elsewhere` names the archive that listed incidents count in, where it is another one."""
    here = health_address(folder)
    running = quarter_of(as_of)
    told = judged(health)
    quarters = _shown(health)
    html = templates.get_template("health.html").render(
        title=TITLE,
        as_of=as_of,
        crumbs=crumbs(folder, here, here=TITLE),
        empty=not health.quarters,
        recent=_span(health.recent) if health.quarters else "",
        sentences=sentences(told),
        cards=[_card(each, quarters, running) for each in told] if quarters else [],
        figures=[
            (each.figure.label, SHORT_BASES[each.figure.basis], target_words(each.figure), each.figure.absent)
            for each in told
        ],
        rows=list(_rows(health, quarters, running)),
        many=len(quarters) > 1,
        older=bool(health.quarters) and health.quarters[0] < quarters[0] if quarters else False,
        whole=[_cell(each.figure, each.figure.whole) for each in told],
        retold=health.retold,
        listed=health.listed,
        elsewhere=elsewhere,
        missing=[_missing(each, archive.settings) for each in health.listed.missing[:MOST_INCIDENTS]]
        if health.listed
        else [],
        new_classes=[
            IncidentRow(
                each.id,
                find_entry(archive.settings.severities, each.severity),
                each.closed,
                failure_class=each.failure_class,
            )
            for each in health.listed.new_classes[:MOST_INCIDENTS]
        ]
        if health.listed
        else [],
        most_incidents=MOST_INCIDENTS,
        actions_href=relative(here, actions_address(folder)),
        figures_href=relative(here, figures_address(folder)),
        csv=CSV_NAME,
        json=JSON_NAME,
    )
    return SitePage(
        here,
        TITLE,
        html,
        "health",
        # No table of contents: the table needs the room.
        description="Post-mortems in time, promises kept and recurrence, quarter by quarter",
        nav_title=TITLE,
    )


def sentences(told: Sequence[Judged]) -> tuple[Sentence, ...]:
    """Say what is well, what is not, and what is not known; what there is none of is not said."""
    found = []
    for verdict, label in _LABELS.items():
        words = [each.words for each in told if each.verdict is verdict]
        if words:
            found.append(Sentence(verdict.value, label, "; ".join(words)))
    return tuple(found)


def _shown(health: ArchiveHealth) -> range:
    """Give the quarters of the page, those in between without anything included."""
    if not health.quarters:
        return range(0)
    last = health.quarters[-1]
    return range(max(health.quarters[0], last - MOST_QUARTERS + 1), last + 1)


def _card(each: Judged, quarters: Sequence[int], running: int) -> Card:
    figure = each.figure
    about = ABOUT_DONE.format(figure.days) if figure.id not in ABOUT else ABOUT[figure.id]
    return Card(
        each,
        share_words(each.recent.percent, each.figure.target),
        columns(figure, quarters, running),
        about,
        BASES[figure.basis],
        _notes(figure, each.recent),
        in_short(figure.absent),
        _cell(figure, figure.whole),
    )


def _rows(health: ArchiveHealth, quarters: Sequence[int], running: int) -> Iterator[Row]:
    """Yield the quarters, the latest first; those in which there is nothing, one after the other, in one line."""
    nothing: list[int] = []
    there = frozenset(health.quarters)
    for quarter in reversed(quarters):
        if quarter not in there:
            nothing.insert(0, quarter)
            continue
        if nothing:
            yield Row(_span(nothing), gap=True)
            nothing = []
        cells = tuple(_cell(figure, figure.quarters.get(quarter, Share())) for figure in health.figures)
        yield Row(quarter_label(quarter), cells, quarter == running)


def _cell(figure: HealthFigure, share: Share) -> Cell:
    return Cell(
        share_words(share.percent, figure.target),
        share.kept,
        share.counted,
        figure.met(share),
        _notes(figure, share),
    )


def _notes(figure: HealthFigure, share: Share) -> tuple[str, ...]:
    silent = untold(figure, share)
    return (*((silent,) if silent else ()), *left_out(figure, share))


def _span(quarters: Sequence[int]) -> str:
    first, last = quarter_label(quarters[0]), quarter_label(quarters[-1])
    return first if first == last else f"{first} to {last}"


def _missing(each: Unrecorded, settings: Settings) -> IncidentRow:
    incident = each.incident
    return IncidentRow(
        incident.id,
        find_entry(settings.severities, incident.severity),
        each.closed,
        each.due,
        each.days_late,
        incident.failure_class,
    )

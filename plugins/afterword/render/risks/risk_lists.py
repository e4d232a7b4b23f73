"""The lists behind the page of open causes and accepted risks, each over as many numbered pages as it needs."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from jinja2 import Environment

from afterword.derive.causes.archive_coverage import (
    ArchiveCoverage,
    OpenCause,
    RegisteredRisk,
    UnmarkedRecord,
)
from afterword.derive.causes.coverage import NodeState
from afterword.derive.places.address import archive_address, relative, risks_address
from afterword.derive.words.labels import class_label, service_label, severity_order, year_label
from afterword.model.archive import Archive
from afterword.model.record import Postmortem
from afterword.model.settings import ArchiveFolder
from afterword.render.actions.action_file import FILE_NAME
from afterword.render.actions.promises import ReadingDay
from afterword.render.page.crumbs import crumbs
from afterword.render.page.filters import Choice, Filter, offered
from afterword.render.page.pager import ListLink, ListPart, numbered, parts
from afterword.render.page.planned import UNKEYED, ListedPage, PageKeys
from afterword.render.page.site_page import SitePage
from afterword.render.risks.risk_rows import Listed, RiskRow, RiskRows, texts_of

TITLE = "Open causes and accepted risks"
OPEN, ACCEPTED, TREELESS = "open", "accepted", "treeless"
ROWS = 80
"""Entries on one page of a list, fewer where they say much (`TEXT_OF_ROW`): it stays below 150 KB, the theme around it included."""

TREELESS_TITLE = "Records without a causal tree"
TREELESS_ABOUT = (
    "Finished records whose analysis is no tree of causes: the worst severity first, then the newest."
)
RETOLD = ("retold-causes", "retold")
"""The groups of what other organisations told, in the list of causes and in that of risks."""

LINES = 120
"""Records on one page of the list of those without a causal tree."""

STATES = {
    OPEN: (NodeState.UNADDRESSED, NodeState.CANCELLED, NodeState.MISSING, NodeState.REVIEW_PAST),
    ACCEPTED: (NodeState.REVIEW_PAST, NodeState.ACCEPTED),
}
"""What the filter of each list offers."""


@dataclass(frozen=True, slots=True)
class Group:
    """Some of the open causes, or of the accepted risks; `rows` are those on one page, `total` counts those on all."""

    id: str
    label: str
    total: int
    rows: tuple[RiskRow, ...]


@dataclass(frozen=True, slots=True)
class RiskList:
    """One list; each entry stands with the id of its group, and entries of one group beside each other."""

    id: str
    title: str
    about: str
    noun: tuple[str, str]
    groups: tuple[tuple[str, str, int], ...]
    entries: tuple[tuple[str, Listed], ...]

    @classmethod
    def of(
        cls,
        list_id: str,
        title: str,
        about: str,
        noun: tuple[str, str],
        groups: Iterable[tuple[str, str, Sequence[Listed]]],
    ) -> RiskList:
        """Put the groups of a list together, each with its id, its label and its entries."""
        divided = tuple(groups)
        return cls(
            list_id,
            title,
            about,
            noun,
            tuple((group_id, label, len(entries)) for group_id, label, entries in divided),
            tuple((group_id, entry) for group_id, _, entries in divided for entry in entries),
        )

    @property
    def retold(self) -> int:
        """Count the entries of retold incidents, which stand last."""
        return sum(total for group_id, _, total in self.groups if group_id in RETOLD)

    def shown(self, entries: Iterable[tuple[str, Listed]], made: RiskRows) -> list[Group]:
        """Give the groups with those of their entries that stand on one page; of the accepted risks also groups that have none, since a day may fill them."""
        here = {
            group_id: made.rows(entry for _, entry in found)
            for group_id, found in groupby(entries, key=lambda each: each[0])
        }
        return [
            Group(group_id, label, total, here.get(group_id, ()))
            for group_id, label, total in self.groups
            if group_id in here or (self.id == ACCEPTED and here and group_id in ("past", "accepted"))
        ]


@dataclass(frozen=True, slots=True)
class RiskLists:
    """All lists of an archive, divided once."""

    open: RiskList
    accepted: RiskList
    treeless: tuple[Postmortem, ...]

    @classmethod
    def of(cls, covered: ArchiveCoverage) -> RiskLists:
        """Divide what is open by how much it asks for, and what is accepted by its review day."""
        past = tuple(each for each in covered.risks if each.past)
        roots = [each for each in covered.open if each.cause.root_cause]
        return cls(
            RiskList.of(
                OPEN,
                "Unaddressed causes",
                "What made incidents possible and is answered by neither an action nor an accepted risk: root causes first, then the worst severity, then the oldest.",
                ("cause", "causes"),
                (
                    ("root-causes", "Root causes", roots),
                    (
                        "causes",
                        "Other causes and factors" if roots else "Causes and factors",
                        [each for each in covered.open if not each.cause.root_cause],
                    ),
                    ("unmarked", "Records that mark none of their causes", covered.unmarked),
                    (
                        RETOLD[0],
                        "From retold incidents, for nobody here to answer",
                        covered.retold_open,
                    ),
                ),
            ),
            RiskList.of(
                ACCEPTED,
                "Accepted risks",
                "What was accepted knowingly, by the day on which it is looked at again.",
                ("risk", "risks"),
                (
                    ("past", "Review past", past),
                    ("accepted", "Accepted", covered.risks[len(past) :]),
                    ("undated", "Without a readable review day", covered.undated_risks),
                    (RETOLD[1], "From retold incidents, accepted elsewhere", covered.retold_risks),
                ),
            ),
            covered.treeless,
        )

    @property
    def counts(self) -> tuple[tuple[str, str, int], ...]:
        """Give how many entries each list has, by its id and label."""
        return (
            *((each.id, each.title, len(each.entries)) for each in (self.open, self.accepted)),
            (TREELESS, TREELESS_TITLE, len(self.treeless)),
        )

    def links(self, folder: ArchiveFolder, page_address: str, current: str = "") -> tuple[ListLink, ...]:
        """Lead from a page to all lists that hold anything."""
        return tuple(
            ListLink(
                label,
                count,
                None if list_id == current else relative(page_address, risks_address(folder, list_id)),
            )
            for list_id, label, count in self.counts
            if count
        )


def risk_list_pages(
    lists: RiskLists,
    covered: ArchiveCoverage,
    archive: Archive,
    folder: ArchiveFolder,
    as_of: dt.date,
    templates: Environment,
    keys: PageKeys = UNKEYED,
) -> Iterator[ListedPage]:
    """Plan the pages of all lists; those of causes and risks have the form that filters over all pages, hidden without script."""
    day = reviews_to_come(covered, archive, as_of)
    keys = keys.within(lists.counts, day)

    def texts(listed: tuple[str, Listed]) -> Iterator[str]:
        return texts_of(listed[1], archive.settings)

    for each in (lists.open, lists.accepted):
        filters = _filters(each, archive) if each.entries else ()
        own_keys = keys.within(each.groups, filters)
        address = risks_address(folder, each.id)
        for part in parts(address, each.entries, ROWS, texts) if each.entries else ():
            told = [(group_id, _named(entry)) for group_id, entry in part.rows]
            yield ListedPage(
                part.address,
                numbered(each.title, part.pager.number),
                "risk-list",
                own_keys.of(part.address, (entry.record for _, entry in part.rows), told, part.pager.of),
                partial(_list_page, each, part, lists, archive, folder, templates, filters, day),
            )
    yield from _treeless_pages(lists, archive, folder, as_of, templates, keys)


def _named(entry: Listed) -> object:
    """Give what tells an entry from the others of its record, and what other records say of it."""
    match entry:
        case OpenCause(cause=cause):
            return cause.kind, cause.place, cause.state
        case UnmarkedRecord(causes=causes):
            return [_named(cause) for cause in causes]
        case RegisteredRisk(risk=risk):
            return risk.kind, risk.place


def _list_page(
    listed: RiskList,
    part: ListPart[tuple[str, Listed]],
    lists: RiskLists,
    archive: Archive,
    folder: ArchiveFolder,
    templates: Environment,
    filters: tuple[Filter, ...],
    day: ReadingDay,
) -> SitePage:
    here = part.address
    title = numbered(listed.title, part.pager.number)
    html = templates.get_template("risk_list.html").render(
        title=title,
        listed=listed,
        groups=listed.shown(part.rows, RiskRows(archive, here)),
        shown=len(part.rows),
        total=len(listed.entries),
        pager=part.pager,
        as_of=day.as_of,
        reading_on=day,
        crumbs=crumbs(folder, here, (TITLE, risks_address(folder)), here=listed.title),
        lists=lists.links(folder, here, listed.id),
        states=[state.value for state in STATES[listed.id]],
        filters=filters,
        file=relative(here, risks_address(folder) + FILE_NAME),
        base=relative(here, archive_address(folder)),
    )
    return SitePage(here, title, html, "risk-list", description=listed.about)


def reviews_to_come(covered: ArchiveCoverage, archive: Archive, as_of: dt.date) -> ReadingDay:
    """Sum up the review days to come, so that a script can count what is past on the day of reading."""
    days = Counter((each.review - as_of).days for each in covered.risks if each.review and not each.past)
    due = " ".join(f"{day}:{count}" for day, count in sorted(days.items()))
    return ReadingDay(as_of, archive.settings.timezone or "UTC", due, moves=True)


def _treeless_pages(
    lists: RiskLists,
    archive: Archive,
    folder: ArchiveFolder,
    as_of: dt.date,
    templates: Environment,
    keys: PageKeys,
) -> Iterator[ListedPage]:
    for part in parts(risks_address(folder, TREELESS), lists.treeless, LINES) if lists.treeless else ():
        yield ListedPage(
            part.address,
            numbered(TREELESS_TITLE, part.pager.number),
            "risks",
            keys.of(part.address, part.rows),
            partial(_treeless_page, part, lists, archive, folder, as_of, templates),
        )


def _treeless_page(
    part: ListPart[Postmortem],
    lists: RiskLists,
    archive: Archive,
    folder: ArchiveFolder,
    as_of: dt.date,
    templates: Environment,
) -> SitePage:
    here = part.address
    made = RiskRows(archive, here)
    title = numbered(TREELESS_TITLE, part.pager.number)
    html = templates.get_template("risk_treeless.html").render(
        title=title,
        about=TREELESS_ABOUT,
        as_of=as_of,
        records=[made.record(record) for record in part.rows],
        pager=part.pager,
        crumbs=crumbs(folder, here, (TITLE, risks_address(folder)), here=TREELESS_TITLE),
        lists=lists.links(folder, here, TREELESS),
    )
    return SitePage(here, title, html, "risks", description=TREELESS_ABOUT)


def _filters(listed: RiskList, archive: Archive) -> tuple[Filter, ...]:
    """Offer what occurs on all pages of a list."""
    settings = archive.settings
    made = RiskRows(archive, "")
    records = {entry.record.id: made.record(entry.record) for _, entry in listed.entries}.values()
    severities = {each.severity.id: each.severity.label for each in records if each.severity}
    worst_first = sorted(severities, key=lambda severity: severity_order(settings, severity))
    filters = (
        offered(
            "service",
            "Service",
            {one: service_label(settings, one) for each in records for one in each.services},
        ),
        Filter("severity", "Severity", tuple(Choice(one, severities[one]) for one in worst_first)),
        offered(
            "class",
            "Failure class",
            {one: class_label(settings, one) for each in records for one in each.classes},
        ),
        Filter(
            "year",
            "Year",
            tuple(
                Choice(year, year_label(year))
                for year in sorted({each.year for each in records}, reverse=True)
            ),
        ),
    )
    occurring = {
        "service": any(each.services for each in records),
        "class": any(each.classes for each in records),
    }
    return tuple(each for each in filters if each.choices or occurring.get(each.name))

"""The lists behind the dashboard, each over as many numbered pages as it needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from jinja2 import Environment

from afterword.derive.again.promises_again import Bundle
from afterword.derive.places.address import actions_address, archive_address, relative
from afterword.derive.promises.follow_through import ActionView
from afterword.derive.words.labels import service_ids, service_label
from afterword.model.action import Status
from afterword.model.settings import ArchiveFolder
from afterword.model.words import PRIORITIES
from afterword.render.actions.action_file import FILE_NAME, STATES
from afterword.render.actions.action_lines import bundle_line, vanished_line
from afterword.render.actions.action_rows import texts_of
from afterword.render.actions.promises import Promises, ReadingDay, reading_day
from afterword.render.page.crumbs import crumbs
from afterword.render.page.filters import Filter, offered
from afterword.render.page.pager import ListLink, ListPart, numbered, parts
from afterword.render.page.planned import UNKEYED, ListedPage, ListPage, PageKeys
from afterword.render.page.site_page import SitePage

TITLE = "Action items"
ROWS = 80
"""Actions on one page, fewer where they say much (`TEXT_OF_ROW`): it stays below 150 KB, the theme around it included."""

LINES = 40
"""Entries on one page of the lists that are no table."""

MOST_PLACES = 8
"""Records that are named of an action that was promised more than once."""

OTHERWISE = "otherwise"
"""The filter's value, and so the address's, for actions whose tickets tell otherwise."""

REMOVED = "Actions deleted while open"
REMOVED_ABOUT = (
    "Rows that went from the record before what they promised was done or cancelled, the last one first."
)
REPEATED = "Actions promised more than once"
REPEATED_ABOUT = "The same action in several records, the most promised first: by its ticket, its words, or nearly the same words on a service in common."


@dataclass(frozen=True, slots=True)
class ActionList:
    """One list; `label` names it among the others, `state` is what the filter calls it, `about` the sentence below its title."""

    id: str
    label: str
    title: str
    state: str
    about: str
    views: tuple[ActionView, ...]


def action_lists(promises: Promises) -> tuple[ActionList, ...]:
    """Divide all actions by what has become of them; what lies still is listed apart once more."""
    board, views = promises.board, promises.views

    def of(*statuses: Status) -> tuple[ActionView, ...]:
        return tuple(view for view in views if view.owed and view.action.status in statuses)

    lists = (
        ActionList(
            "open", "Open", "Open actions", "unfinished", "Overdue first, then by due day.", board.unfinished
        ),
        ActionList(
            "unchanged",
            "Unchanged for 30 days",
            "Actions unchanged for 30 days",
            "unchanged",
            "Open actions whose row has not changed for 30 days or more, the longest first.",
            board.still,
        ),
        ActionList(
            "done", "Done", "Done actions", "done", "The last one closed comes first.", of(Status.DONE)
        ),
        ActionList(
            "cancelled",
            "Cancelled",
            "Cancelled actions",
            "cancelled",
            "The last one closed comes first, each with its reason.",
            of(Status.CANCELLED),
        ),
        ActionList(
            "candidates",
            "Candidates",
            "Candidates for actions",
            "candidate",
            "Ideas that nobody has promised.",
            of(Status.CANDIDATE),
        ),
        ActionList(
            "retold",
            "From retold incidents",
            "Actions from retold incidents",
            "retold",
            "What others promised after incidents of theirs: nobody here owes it.",
            tuple(view for view in views if not view.owed),
        ),
    )
    return tuple(each for each in lists if each.views or each.id == "open")


@dataclass(frozen=True, slots=True)
class ListIndex:
    """All lists, divided once: those of actions, and how many entries each list has, by its id and label."""

    lists: tuple[ActionList, ...]
    counts: tuple[tuple[str, str, int], ...]
    again: tuple[Bundle, ...]

    @classmethod
    def of(cls, promises: Promises, again: Sequence[Bundle]) -> ListIndex:
        """Divide; `again` is what was promised in several records."""
        lists = action_lists(promises)
        counts = (
            *((each.id, each.label, len(each.views)) for each in lists),
            ("removed", "Deleted while open", len(promises.board.vanished)),
            ("repeated", "Promised more than once", len(again)),
        )
        return cls(lists, counts, tuple(again))

    def links(self, folder: ArchiveFolder, page_address: str, current: str = "") -> tuple[ListLink, ...]:
        """Lead from a page to all lists that hold anything."""
        return tuple(
            ListLink(
                label,
                count,
                None if name == current else relative(page_address, actions_address(folder, name)),
            )
            for name, label, count in self.counts
            if count or name == current
        )


def action_list_pages(
    promises: Promises, index: ListIndex, templates: Environment, keys: PageKeys = UNKEYED
) -> Iterator[ListPage]:
    """Plan the pages of all lists of actions; each has the form that filters over all actions, hidden without script."""
    if not promises.views:
        return
    filters = _filters(promises)
    day = reading_day(promises.archive, promises.views, promises.as_of)
    board = promises.board
    counts = (index.counts, len(promises.views), len(board.overdue), len(board.soon))
    keys = keys.within(counts, filters, day)
    for each in index.lists:
        for part in parts(actions_address(promises.folder, each.id), each.views, ROWS, texts_of):
            rows = [(view.record.id, view.action.id) for view in part.rows]
            yield ListedPage(
                part.address,
                numbered(each.title, part.pager.number),
                "action-list",
                keys.of(part.address, (view.record for view in part.rows), rows, part.pager.of),
                partial(_list_page, each, part, promises, index, templates, filters, day),
            )
    yield from _removed_pages(promises, index, templates)
    yield from _repeated_pages(promises, index, templates, keys)


def _list_page(
    listed: ActionList,
    part: ListPart[ActionView],
    promises: Promises,
    index: ListIndex,
    templates: Environment,
    filters: tuple[Filter, ...],
    day: ReadingDay,
) -> SitePage:
    here, folder = part.address, promises.folder
    title = numbered(listed.title, part.pager.number)
    html = templates.get_template("action_list.html").render(
        title=title,
        listed=listed,
        total=len(listed.views),
        all=len(promises.views),
        rows=promises.rows(part.rows, here),
        pager=part.pager,
        as_of=promises.as_of,
        reading_on=day,
        crumbs=crumbs(folder, here, (TITLE, actions_address(folder)), here=listed.title),
        lists=index.links(folder, here, listed.id),
        states=STATES,
        filters=filters,
        file=relative(here, actions_address(folder) + FILE_NAME),
        base=relative(here, archive_address(folder)),
        board=promises.board,
    )
    return SitePage(here, title, html, "action-list", description=listed.about)


def _removed_pages(promises: Promises, index: ListIndex, templates: Environment) -> Iterator[SitePage]:
    gone = promises.board.vanished
    for part in parts(actions_address(promises.folder, "removed"), gone, LINES) if gone else ():
        lines = [vanished_line(each, promises, part.address) for each in part.rows]
        yield _other_page("removed", REMOVED, REMOVED_ABOUT, part, promises, index, templates, gone=lines)


def _repeated_pages(
    promises: Promises, index: ListIndex, templates: Environment, keys: PageKeys
) -> Iterator[ListedPage]:
    again = index.again
    for part in parts(actions_address(promises.folder, "repeated"), again, LINES) if again else ():
        records = (record for each in part.rows for record, _ in each.promises)
        named = [[(action.id, action.text.text) for _, action in each.promises] for each in part.rows]
        yield ListedPage(
            part.address,
            numbered(REPEATED, part.pager.number),
            "actions",
            keys.of(part.address, records, named),
            partial(_repeated_page, part, promises, index, templates),
        )


def _repeated_page(
    part: ListPart[Bundle], promises: Promises, index: ListIndex, templates: Environment
) -> SitePage:
    lines = [bundle_line(each, promises, part.address, MOST_PLACES) for each in part.rows]
    return _other_page("repeated", REPEATED, REPEATED_ABOUT, part, promises, index, templates, again=lines)


def _other_page(
    list_id: str,
    label: str,
    about: str,
    part: ListPart[Any],
    promises: Promises,
    index: ListIndex,
    templates: Environment,
    **lines: object,
) -> SitePage:
    here, folder = part.address, promises.folder
    title = numbered(label, part.pager.number)
    html = templates.get_template("action_others.html").render(
        title=title,
        about=about,
        as_of=promises.as_of,
        pager=part.pager,
        crumbs=crumbs(folder, here, (TITLE, actions_address(folder)), here=label),
        lists=index.links(folder, here, list_id),
        **{"gone": (), "again": (), **lines},
    )
    return SitePage(here, title, html, "actions", description=about)


def _filters(promises: Promises) -> tuple[Filter, ...]:
    """Offer what occurs; a filter's name stands in the address. One without choices is typed."""
    settings = promises.archive.settings
    owners = {owner.name: owner.name for owner in promises.holders.owners}
    teams = {view.team: view.team for view in promises.views if view.owed}
    records = {view.record.id: view.record for view in promises.views}.values()
    services = {
        one: service_label(settings, one) for record in records for one in service_ids(record, settings)
    }
    categories = {entry.id: entry.label for entry in settings.categories}
    labelled = (
        ("owner", "Owner", owners),
        ("team", "Team", teams),
        ("service", "Service", services),
        ("category", "Category", categories),
        ("priority", "Priority", {one: one for one in PRIORITIES}),
        ("ticket", "Ticket", {OTHERWISE: "tells otherwise"} if promises.drifting else {}),
    )
    return tuple(offered(*each) for each in labelled if each[2])

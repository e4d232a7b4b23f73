"""Action items as the lists of the site show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from afterword.derive.address import (
    folder_of,
    owner_address,
    record_address,
    relative,
    team_address,
)
from afterword.derive.follow_through import ActionView
from afterword.derive.holders import Holders
from afterword.derive.labels import category_label, entry_for, service_ids, severity_entry
from afterword.model.archive import Archive
from afterword.model.settings import Entry
from afterword.render.action_words import put_off
from afterword.render.links import Links
from afterword.render.ticket_words import drift_words

RETOLD = "retold"
"""Stands for the state of an action that nobody here owes, where actions are divided by state."""


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action, ready for a template.

    `state` is what the badge says; `group` divides the lists: overdue, open (with in progress and in review), candidate, done, cancelled or
    retold. `href` leads to the action in its record, `ticket_href` is None where the ticket has no address that is safe to follow. `owner_href` and
    `team_href` are None where there is no such page, or it was not asked for. `put_off` says how often the due day slipped, `unchanged_since` is the day of the last change that git tells of, and
    `drifts` what its ticket tells otherwise.
    """

    id: str
    text: str
    href: str
    record_id: str
    record_title: str
    record_href: str
    severity: Entry | None
    services: tuple[str, ...]
    owner: str
    team: str
    due: date | None
    days_overdue: int
    closed: date | None
    category: str
    category_id: str
    priority: str
    ticket: str
    ticket_href: str | None
    notes: str
    state: str
    group: str
    owed: bool
    unfinished: bool
    owner_href: str | None
    team_href: str | None
    put_off: str
    unchanged_since: date | None
    drifts: tuple[str, ...]


def action_rows(
    views: Iterable[ActionView], archive: Archive, page_address: str, holders: Holders | None = None
) -> tuple[ActionRow, ...]:
    """Make the rows of actions for the page at `page_address`, in the order given; with `holders` they lead to the pages of owners and teams."""
    links = Links(archive, None, page_address)
    return tuple(_row(view, links, holders) for view in views)


def group_of(view: ActionView) -> str:
    """Name the part of the list that an action belongs to."""
    if not view.owed:
        return RETOLD
    return "open" if view.unfinished and not view.overdue else view.state


def ticket_url(view: ActionView, links: Links) -> str | None:
    """Give the address of an action's ticket, None where there is none or it has a scheme that is not allowed."""
    ticket = view.action.ticket
    return links.href(ticket.url) if ticket is not None and ticket.url else None


def _row(view: ActionView, links: Links, holders: Holders | None) -> ActionRow:
    record, action, settings = view.record, view.action, links.archive.settings
    folder = folder_of(record.archive, settings)
    owner = holders.owner(action.owner) if holders and view.owed else None
    team = holders.team(view.team) if holders and view.owed else None
    record_href = relative(links.page_address, record_address(record, settings))
    return ActionRow(
        action.id,
        action.text.text.strip(),
        f"{record_href}#{action.id.lower()}",
        record.id,
        record.header.title or record.id,
        record_href,
        severity_entry(record, settings),
        service_ids(record, settings),
        owner.name if owner else action.owner,
        view.team,
        action.due,
        view.days_overdue,
        action.closed,
        category_label(settings, action.category),
        entry_for(settings.categories, action.category).id if action.category else "",
        action.priority or "",
        action.ticket.key if action.ticket is not None else "",
        ticket_url(view, links),
        action.notes.text.strip(),
        view.state,
        group_of(view),
        view.owed,
        view.unfinished,
        relative(links.page_address, owner_address(folder, owner.slug)) if owner else None,
        relative(links.page_address, team_address(folder, team.slug)) if team else None,
        put_off(view.slips, action.due if view.unfinished else None) if view.owed else "",
        view.unchanged_since,
        drift_words(view.counterpart),
    )

"""Action items as the lists of the site show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from afterword.derive.address import record_address, relative
from afterword.derive.follow_through import ActionView
from afterword.derive.labels import category_label, entry_for, service_ids, severity_entry
from afterword.model.archive import Archive
from afterword.model.settings import Entry
from afterword.render.links import Links

RETOLD = "retold"
"""Stands for the state of an action that nobody here owes, where actions are divided by state."""


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action, ready for a template.

    `state` is what the badge says; `group` divides the lists: overdue, open (with in progress and in review), candidate, done, cancelled or
    retold. `href` leads to the action in its record, `ticket_href` is None where the ticket has no address that is safe to follow.
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


def action_rows(views: Iterable[ActionView], archive: Archive, page_address: str) -> tuple[ActionRow, ...]:
    """Make the rows of actions for the page at `page_address`, in the order given."""
    links = Links(archive, None, page_address)
    return tuple(_row(view, links) for view in views)


def group_of(view: ActionView) -> str:
    """Name the part of the list that an action belongs to."""
    if not view.owed:
        return RETOLD
    return "open" if view.unfinished and not view.overdue else view.state


def ticket_url(view: ActionView, links: Links) -> str | None:
    """Give the address of an action's ticket, None where there is none or it has a scheme that is not allowed."""
    ticket = view.action.ticket
    return links.href(ticket.url) if ticket is not None and ticket.url else None


def _row(view: ActionView, links: Links) -> ActionRow:
    record, action, settings = view.record, view.action, links.archive.settings
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
        action.owner,
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
    )

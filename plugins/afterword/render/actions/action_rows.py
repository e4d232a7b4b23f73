"""Action items as the lists of the site show them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from afterword.derive.places.address import (
    folder_of,
    owner_address,
    record_address,
    relative,
    team_address,
)
from afterword.derive.promises.follow_through import ActionView
from afterword.derive.promises.holders import Holders
from afterword.derive.words.labels import category_label, severity_entry
from afterword.model.action import Status
from afterword.model.archive import Archive
from afterword.model.settings import Entry
from afterword.model.value import maker, plain_value
from afterword.render.page.links import Links
from afterword.render.words.action_words import put_off
from afterword.render.words.ticket_words import drift_words

RETOLD = "retold"
"""Stands for the state of an action that nobody here owes, where actions are divided by state."""


@plain_value()
class ActionRow:
    """One action, ready for a template.

    `state` is what the badge says. `href` leads to the action in its record, `ticket_href` is None where the ticket has no address that is safe to follow. `owner_href` and
    `team_href` are None where there is no such page, or it was not asked for. `put_off` says how often the due day slipped, `unchanged_since` is the day of the last change that git tells of, and
    `drifts` what its ticket tells otherwise.
    """

    id: str
    text: str
    href: str
    record_title: str
    record_href: str
    severity: Entry | None
    owner: str
    team: str
    due: date | None
    days_overdue: int
    closed: date | None
    category: str
    priority: str
    ticket: str
    ticket_href: str | None
    notes: str
    state: str
    owed: bool
    unfinished: bool
    owner_href: str | None
    team_href: str | None
    put_off: str
    unchanged_since: date | None
    drifts: tuple[str, ...]


def action_rows(
    views: Iterable[ActionView], archive: Archive, page_address: str, holders: Holders
) -> tuple[ActionRow, ...]:
    """Make the rows of actions for the page at `page_address`, in the order given; they lead to the pages of their owners and teams."""
    links = Links(archive, None, page_address)
    return tuple(_row(view, links, holders) for view in views)


def texts_of(view: ActionView) -> tuple[str, ...]:
    """Give what a row shows that authors and trackers wrote."""
    action, ticket = view.action, view.action.ticket
    return (
        view.record.title,
        action.text.text,
        action.owner,
        view.team,
        action.notes.text if action.status is Status.CANCELLED else "",
        *((ticket.key, ticket.url or "") if ticket is not None else ()),
        *drift_words(view.counterpart),
    )


def group_of(view: ActionView) -> str:
    """Name the part of the list that an action belongs to."""
    if not view.owed:
        return RETOLD
    return "open" if view.unfinished and not view.overdue else view.state


def ticket_url(view: ActionView, links: Links) -> str | None:
    """Give the address of an action's ticket, None where there is none or it has a scheme that is not allowed."""
    ticket = view.action.ticket
    return links.href(ticket.url) if ticket is not None and ticket.url else None


def _row(view: ActionView, links: Links, holders: Holders) -> ActionRow:
    record, action, settings = view.record, view.action, links.archive.settings
    owner = holders.owner(action.owner) if view.owed else None
    team = holders.team(view.team) if view.owed else None
    folder = folder_of(record.archive, settings) if owner or team else None
    here = links.page_address
    record_href = relative(here, record_address(record, settings))
    return _action_row(
        action.id,
        action.text.text.strip(),
        f"{record_href}#{action.id.lower()}",
        record.title,
        record_href,
        severity_entry(record, settings),
        owner.name if owner else action.owner,
        view.team,
        action.due,
        view.days_overdue,
        action.closed,
        category_label(settings, action.category),
        action.priority or "",
        action.ticket.key if action.ticket is not None else "",
        ticket_url(view, links),
        action.notes.text.strip(),
        view.state,
        view.owed,
        view.unfinished,
        relative(here, owner_address(folder, owner.slug)) if folder and owner else None,
        relative(here, team_address(folder, team.slug)) if folder and team else None,
        put_off(view.slips, action.due if view.unfinished else None) if view.owed else "",
        view.unchanged_since,
        drift_words(view.counterpart),
    )


_action_row = maker(ActionRow)

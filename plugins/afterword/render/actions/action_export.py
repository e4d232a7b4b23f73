"""Action items for spreadsheets and programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from afterword.derive.places.address import (
    actions_address,
    owner_address,
    record_address,
    team_address,
)
from afterword.derive.promises.action_life import Slip
from afterword.derive.promises.completion import Cancellation, Completion, cancellation, completion_of
from afterword.derive.promises.follow_through import ActionView, action_views
from afterword.derive.timing.calendar import quarter_label, record_day
from afterword.derive.words.labels import service_ids, severity_id
from afterword.model.archive import Archive
from afterword.model.record import Postmortem
from afterword.model.span import Span
from afterword.render.actions.action_rows import ticket_url
from afterword.render.actions.promises import Promises
from afterword.render.page.links import Links
from afterword.render.page.site_page import SiteFile
from afterword.render.text.json_document import json_document
from afterword.render.text.spreadsheet import csv_lines, csv_table

CSV_NAME = "actions.csv"
JSON_NAME = "actions.json"
FORMAT = 1
"""The version of the JSON; it rises when a key changes its meaning or goes."""

COLUMNS = (
    "record",
    "record_title",
    "date",
    "severity",
    "services",
    "id",
    "action",
    "owner",
    "team",
    "due",
    "ticket",
    "ticket_url",
    "category",
    "status",
    "state",
    "days_overdue",
    "priority",
    "closed",
    "done_when",
    "notes",
    "retold",
    "page",
    "first_seen",
    "unchanged_since",
    "slips",
    "first_due",
    "ticket_status",
    "ticket_state",
    "ticket_owner",
    "ticket_due",
    "ticket_as_of",
    "drift",
)
"""The heads of the CSV in their order, which holds: new ones are added at the end."""


def action_files(promises: Promises) -> Iterator[SiteFile]:
    """Give the files beside the dashboard of an archive, and beside the pages of owners and teams."""
    archive, folder, as_of = promises.archive, promises.folder, promises.as_of
    base = actions_address(folder)
    told = ActionFacts(archive)
    facts = {id(view): told.of(view) for view in promises.views}
    head = csv_table(COLUMNS, ())
    # Most lines stand in three files: those of all, of their owner and of their team.
    rows = (_line(view, facts[id(view)]) for view in promises.views)
    lines = dict(zip(facts, csv_lines(COLUMNS, rows), strict=True))

    def table(views: Iterable[ActionView]) -> bytes:
        return head + b"".join(lines[id(view)] for view in views)

    yield SiteFile(base + CSV_NAME, table(promises.views))
    ordered = sorted(promises.views, key=_place)
    whole = _document(as_of, [facts[id(view)] for view in ordered]) | _rates(promises)
    yield SiteFile(base + JSON_NAME, json_document(whole))
    for owner in promises.holders.owners:
        yield SiteFile(owner_address(folder, owner.slug) + CSV_NAME, table(owner.views))
    for team in promises.holders.teams:
        yield SiteFile(team_address(folder, team.slug) + CSV_NAME, table(team.views))


def actions_csv(archive: Archive, as_of: dt.date, chosen: Iterable[ActionView] | None = None) -> bytes:
    """Give every action, or those that are chosen, as CSV, in the order of the dashboard."""
    views = action_views(archive, as_of) if chosen is None else chosen
    told = ActionFacts(archive)
    return csv_table(COLUMNS, (_line(view, told.of(view)) for view in views))


def actions_json(archive: Archive, as_of: dt.date, chosen: Iterable[ActionView] | None = None) -> bytes:
    """Give every action, or those that are chosen, as JSON, sorted by record and, within one, as its table has them; days are ISO dates, what is absent is null."""
    views = sorted(action_views(archive, as_of) if chosen is None else chosen, key=_place)
    return json_document(_document(as_of, list(map(ActionFacts(archive).of, views))))


def _document(as_of: dt.date, actions: Sequence[Mapping[str, object]]) -> dict[str, object]:
    return {"format": FORMAT, "as_of": as_of.isoformat(), "actions": actions}


def _place(view: ActionView) -> tuple[str, Span]:
    return view.record.id, view.action.span


def _rates(promises: Promises) -> dict[str, object]:
    """Give the rates of the dashboard, over all records and by quarter of publication."""
    archive = promises.archive
    return {
        "completion": [_completion(each) for each in completion_of(promises.quarters, archive.settings)],
        "cancellation": _cancellation(cancellation(archive, promises.as_of)),
        "quarters": [
            {
                "quarter": quarter_label(each.quarter),
                "records": each.records,
                "completion": [_completion(one) for one in each.completions],
                "cancellation": _cancellation(each.cancellation),
            }
            for each in promises.quarters
        ],
    }


def _completion(found: Completion) -> dict[str, object]:
    return {
        "days": found.days,
        "target_percent": found.target,
        "records": found.records,
        "too_young": found.too_young,
        "without_date": found.without_date,
        "actions": found.actions,
        "done": found.done,
    }


def _cancellation(found: Cancellation) -> dict[str, object]:
    return {"target_percent": found.target, "actions": found.actions, "cancelled": found.cancelled}


def _line(view: ActionView, facts: Mapping[str, object]) -> dict[str, object]:
    """Give the facts of an action with the number of its slips in place of the slips, as a cell holds it; empty where git knows nothing."""
    known = view.first_seen is not None
    return {**facts, "slips": len(view.slips) if known else None}


class ActionFacts:
    """Gathers what programs are told of actions, by `COLUMNS`; what those of one record share is gathered once."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._links = Links(archive, None, "")
        self._records: dict[str, tuple[Mapping[str, object], str]] = {}

    def of(self, view: ActionView) -> dict[str, object]:
        """Give the facts of an action."""
        action, known, found = view.action, view.first_seen is not None, view.counterpart
        of_record, page = self._records.get(view.record.id) or self._record(view.record)
        state = found.state if found else None
        return {
            **of_record,
            "id": action.id,
            "action": action.text.text.strip(),
            "owner": action.owner or None,
            "team": view.team or None,
            "due": _day(action.due),
            "ticket": action.ticket.key if action.ticket else None,
            "ticket_url": ticket_url(view, self._links),
            "category": action.category,
            "status": str(action.status) if action.status else None,
            "state": view.state,
            "days_overdue": view.days_overdue,
            "priority": action.priority,
            "closed": _day(action.closed),
            "done_when": action.done_when.text.strip() or None,
            "notes": action.notes.text.strip() or None,
            "retold": not view.owed,
            "page": f"{page}#{action.id.lower()}",
            "first_seen": _day(view.first_seen),
            "unchanged_since": _day(view.unchanged_since),
            "slips": [_slip(slip) for slip in view.slips] if known else None,
            "first_due": _day(view.slips[0].before if view.slips else action.due),
            # What the tracker says of its ticket; None where it was not asked.
            "ticket_status": str(state.status) if state and state.status else None,
            "ticket_state": state.state or None if state else None,
            "ticket_owner": state.owner or state.login or None if state else None,
            "ticket_due": _day(state.due) if state else None,
            "ticket_as_of": _day(found.as_of) if found else None,
            "drift": [str(each.kind) for each in found.drifts] if found else None,
        }

    def _record(self, record: Postmortem) -> tuple[Mapping[str, object], str]:
        settings = self._archive.settings
        facts = {
            "record": record.id,
            "record_title": record.title,
            "date": _day(record_day(record)),
            "severity": severity_id(record, settings) or None,
            "services": list(service_ids(record, settings)),
        }
        made = self._records[record.id] = facts, record_address(record, settings)
        return made


def _slip(slip: Slip) -> dict[str, object]:
    return {"day": _day(slip.day), "before": _day(slip.before), "after": _day(slip.after)}


@lru_cache(maxsize=16_384)
def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None

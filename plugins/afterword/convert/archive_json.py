"""The archive as one JSON document, as the model holds it; `archive.schema.json` describes it."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import json
from collections.abc import Sequence

from afterword.convert.causes_object import causes_object
from afterword.convert.header_object import header_object
from afterword.convert.timeline_object import figure_objects, timeline_object
from afterword.convert.values import Object, columns, day, span_object
from afterword.derive.again.recurrence import Recurrence, recurrences
from afterword.derive.catalogue.index import RecordIndex
from afterword.derive.places.address import folder_of, record_address
from afterword.derive.promises.follow_through import ActionView, action_views
from afterword.derive.words.plain_text import plain_text
from afterword.model.archive import Archive
from afterword.model.finding import Finding, as_mapping
from afterword.model.record import Postmortem, Section
from afterword.parse.source.text import escaped_json

FORMAT = 1
"""The version of the schema; it rises when a key changes its meaning or goes, not when one is added."""


def archive_json(archive: Archive, findings: Sequence[Finding], as_of: dt.date) -> str:
    """Give the whole archive on a day, records by id, ending with a newline.

    The same archive, findings and day give the same text. Addresses are those of the settings' archive folders.
    """
    views: dict[str, list[ActionView]] = {record.id: [] for record in archive.records}
    for view in action_views(archive, as_of):
        views[view.record.id].append(view)
    index = RecordIndex.of(archive)
    document = {
        "format": FORMAT,
        "generator": f"afterword {importlib.metadata.version('afterword')}",
        "as_of": as_of.isoformat(),
        "records": [_record(record, archive, as_of, views[record.id], index) for record in archive.records],
        "findings": [as_mapping(finding) for finding in findings],
    }
    return escaped_json(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def _record(
    record: Postmortem,
    archive: Archive,
    as_of: dt.date,
    views: Sequence[ActionView],
    index: RecordIndex,
) -> Object:
    return {
        "id": record.id,
        "path": record.path,
        "archive": record.archive,
        "address": record_address(record, archive.settings),
        "name": record.title,
        "readable": record.unreadable is None,
        **header_object(record.header),
        "visibility": record.header.visibility or folder_of(record.archive, archive.settings).visibility,
        "lead": plain_text(record.lead),
        "sections": [_section(section) for section in record.sections],
        "footnotes": [{"name": note.text, "text": plain_text(note.children)} for note in record.footnotes],
        **timeline_object(record.timeline),
        "figures": figure_objects(record, archive.settings),
        **causes_object(record, archive, as_of),
        "actions": [_action(view) for view in sorted(views, key=lambda view: view.action.span)],
        "earlier": [_recurrence(each) for each in recurrences(record, archive, index)],
    }


def _section(section: Section) -> Object:
    return {
        "key": section.key or None,
        "title": section.title,
        "number": section.number or None,
        "slug": section.slug,
        "text": plain_text(section.blocks),
        "span": span_object(section.span),
    }


def _action(view: ActionView) -> Object:
    action = view.action
    return {
        "id": action.id,
        "action": action.text.text,
        "owner": action.owner or None,
        "team": view.team or None,
        "due": day(action.due),
        "ticket": _ticket(view),
        "category": action.category,
        "status": action.status.value if action.status else None,
        "state": view.state,
        "days_overdue": view.days_overdue,
        "priority": action.priority,
        "closed": day(action.closed),
        "done_when": action.done_when.text or None,
        "notes": action.notes.text or None,
        "columns": columns(action.others),
        "span": span_object(action.span),
    }


def _ticket(view: ActionView) -> Object | None:
    """Give an action's ticket with what its tracker says of it, null where it was not asked."""
    ticket, found = view.action.ticket, view.counterpart
    if ticket is None:
        return None
    state = found.state if found else None
    said = state and {
        "key": state.key,
        "status": str(state.status) if state.status else None,
        "state": state.state or None,
        "title": state.title or None,
        "owner": state.owner or None,
        "login": state.login or None,
        "due": day(state.due),
        "closed": day(state.closed),
        "moved_to": state.moved_to or None,
        "gone": state.gone,
    }
    return {
        "key": ticket.key,
        "url": ticket.url or None,
        "tracker": found.tracker.name if found else None,
        "as_of": day(found.as_of) if found else None,
        "says": said,
        "drift": [{"kind": str(each.kind), "words": each.words} for each in found.drifts] if found else [],
    }


def _recurrence(recurrence: Recurrence) -> Object:
    return {
        "id": recurrence.earlier.id,
        "failure_classes": list(recurrence.classes),
        "services": list(recurrence.services),
        "stated": recurrence.stated,
        "days": recurrence.days,
        "near_miss": recurrence.near_miss,
    }

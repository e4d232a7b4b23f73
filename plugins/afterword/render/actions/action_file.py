"""The file that the lists' filter reads: every action in few bytes, and only what is shown and asked for."""

from __future__ import annotations

from collections.abc import Sequence

from afterword.derive.places.address import actions_address, archive_address, record_address
from afterword.derive.words.labels import (
    category_label,
    entry_for,
    service_ids,
    service_label,
    severity_entry,
)
from afterword.model.record import Postmortem
from afterword.render.actions.action_rows import ticket_url
from afterword.render.actions.promises import Promises
from afterword.render.page.badges import tone
from afterword.render.page.cards import shortened
from afterword.render.page.links import Links
from afterword.render.page.site_page import SiteFile
from afterword.render.text.compact import Numbers, compact_json, day_number
from afterword.render.words.ticket_words import drift_words

FILE_NAME = "rows.json"
FORMAT = 1
STATES = (
    "overdue",
    "due soon",
    "unchanged",
    "open",
    "in progress",
    "in review",
    "candidate",
    "done",
    "cancelled",
    "retold",
)
"""What the filter offers beside all and unfinished ones."""

LONGEST = 240


def rows_file(promises: Promises) -> SiteFile:
    """Write the file; its rows are in the order of the dashboard, what several share stands once before them. Days are counted from 1970."""
    records, owners, teams, categories, services, trackers = (Numbers() for _ in range(6))
    links = Links(promises.archive, None, actions_address(promises.folder))
    settings, holders = promises.archive.settings, promises.holders
    by_id: dict[str, Postmortem] = {}
    rows = []
    for view in promises.views:
        action = view.action
        by_id.setdefault(view.record.id, view.record)
        owner = holders.owner(action.owner) if view.owed else None
        team = holders.team(view.team) if view.owed else None
        category = entry_for(settings.categories, action.category).id if action.category else ""
        key = action.ticket.key if action.ticket else ""
        url = ticket_url(view, links)
        rows.append(
            [
                records[view.record.id],
                action.id,
                shortened(action.text.text.strip(), LONGEST),
                owners[owner.name if owner else action.owner, owner.slug if owner else ""],
                teams[view.team, team.slug if team else ""],
                day_number(action.due),
                str(action.status or "open"),
                categories[category, category_label(settings, category) if category else ""],
                action.priority or "",
                key,
                # Most tickets end with their key: what stands before it is shared.
                trackers[url.removesuffix(key)] if url and key and url.endswith(key) else url or "",
                day_number(action.closed),
                0 if view.owed else 1,
                day_number(view.unchanged_since),
                # Few tickets tell otherwise: the others need not say so.
                *([drifts] if (drifts := drift_words(view.counterpart)) else ()),
            ]
        )
    content = {
        "format": FORMAT,
        "records": [_record(by_id[record_id], promises, services) for record_id in records],
        "owners": list(owners),
        "teams": list(teams),
        "categories": list(categories),
        "services": [[one, service_label(settings, one)] for one in services],
        "trackers": list(trackers),
        "rows": rows,
    }
    return SiteFile(actions_address(promises.folder) + FILE_NAME, compact_json(content))


def _record(record: Postmortem, promises: Promises, services: Numbers) -> Sequence[object]:
    settings = promises.archive.settings
    severity = severity_entry(record, settings)
    return [
        record_address(record, settings).removeprefix(archive_address(promises.folder)),
        record.title,
        tone(severity) if severity else "",
        severity.label if severity else "",
        [services[one] for one in service_ids(record, settings)],
    ]

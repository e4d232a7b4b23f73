"""What a service has in the archive, for catalogues and READMEs: a JSON file and a badge beside its page."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from afterword.check.wording import counted
from afterword.derive.catalogue.catalogue import FacetEntry
from afterword.derive.figures.figure_groups import DividedFigure, Group
from afterword.derive.places.address import (
    actions_address,
    facet_address,
    feed_address,
    record_address,
    service_file_address,
)
from afterword.derive.timing.calendar import format_day, record_day
from afterword.derive.words.labels import class_ids, class_label, safe_id, severity_entry
from afterword.model.record import Postmortem
from afterword.model.settings import ArchiveFolder, Settings
from afterword.render.feeds.badge import BadgeTone, badge
from afterword.render.feeds.feed_atom import ATOM
from afterword.render.feeds.feed_files import service_feed
from afterword.render.feeds.feed_json import JSON_FEED
from afterword.render.page.site_page import SiteFile
from afterword.render.page.site_url import SiteUrl
from afterword.render.text.json_document import json_document

FORMAT = 1
"""The version of the JSON; it rises when a key changes its meaning or goes."""

BADGE_LABEL = "post-mortems"

Figures = Mapping[str, Mapping[str, Group]]
"""The groups of services by the id of a figure and that of a service."""


def service_files(
    entries: Sequence[FacetEntry],
    figures: Sequence[DividedFigure],
    settings: Settings,
    folder: ArchiveFolder,
    as_of: dt.date,
    site: SiteUrl,
) -> Iterator[SiteFile]:
    """Give both files of each service; a service that was renamed has them under its former ids as well, for what shows them already."""
    groups = {each.figure.kind.id: _of_services(each) for each in figures}
    taken = {safe_id(entry.id) for entry in entries}
    for entry in entries:
        facts = json_document(service_facts(entry, groups, settings, folder, as_of, site))
        drawn = service_badge(entry, as_of)
        former = dict.fromkeys(map(safe_id, entry.entry.renamed_from))
        for name in (entry.id, *(each for each in former if each not in taken)):
            taken.add(safe_id(name))
            yield SiteFile(service_file_address(folder, name, "json"), facts)
            yield SiteFile(service_file_address(folder, name, "svg"), drawn)


def service_badge(entry: FacetEntry, as_of: dt.date) -> bytes:
    """Draw the badge of a service: how many post-mortems name it, and how many of their actions are overdue, else open."""
    records, waiting = len(entry.records), len(entry.open_actions)
    if entry.overdue:
        actions, tone = f"{counted(entry.overdue, 'action')} overdue", BadgeTone.WAITING
    elif waiting:
        actions, tone = f"{counted(waiting, 'action')} open", BadgeTone.OPEN
    else:
        actions, tone = "", BadgeTone.SETTLED if records else BadgeTone.NOTHING
    message = " · ".join(filter(None, (f"{records:,}" if records else "none", actions)))
    told = ", ".join(
        filter(None, (counted(records, "post-mortem") if records else "no post-mortem", actions))
    )
    # Without an open action nothing depends on the day.
    day = f"As of {format_day(as_of)}" if waiting else ""
    return badge(BADGE_LABEL, message, tone, f"{entry.entry.label}: {told}", day)


def service_facts(
    entry: FacetEntry,
    figures: Figures,
    settings: Settings,
    folder: ArchiveFolder,
    as_of: dt.date,
    site: SiteUrl,
) -> dict[str, object]:
    """Give what programs are told of a service, with the numbers of its page; what is absent is null, as are URLs where the site's is not known."""
    return {
        "format": FORMAT,
        "as_of": as_of.isoformat(),
        "id": entry.id,
        "name": entry.entry.label,
        "team": _team(entry.entry.team, settings),
        "aliases": list(entry.entry.aliases),
        "renamed_from": list(entry.entry.renamed_from),
        "in_catalogue": not entry.unknown,
        **_page(facet_address(folder, "services", entry.id), site),
        "badge": _file(service_file_address(folder, entry.id, "svg"), site),
        "records": len(entry.records),
        "latest": _record(entry.records[0], settings, site) if entry.records else None,
        "actions": {
            "open": len(entry.open_actions),
            "overdue": entry.overdue,
            **_page(actions_address(folder, "open"), site),
        },
        "by_severity": [
            {"id": severity.id, "name": severity.label, "records": count}
            for severity, count in entry.by_severity
        ],
        "by_class": _by_class(entry.records, settings),
        "by_year": [{"year": year, "records": count} for year, count in entry.by_year],
        "figures": {figure: _figure(by_service.get(entry.id)) for figure, by_service in figures.items()},
        "feeds": [
            {"type": kind, **_file(f"{feed_address(folder, service_feed(entry.id))}.{ending}", site)}
            for ending, kind in (("atom", ATOM), ("json", JSON_FEED))
        ],
    }


def _of_services(figure: DividedFigure) -> dict[str, Group]:
    divided = next(each for each in figure.divisions if each.id == "service")
    return {group.id: group for group in divided.groups}


def _page(address: str, site: SiteUrl) -> dict[str, object]:
    """Say where a page is: from the site's root, and as a whole URL."""
    return {"page": address, "url": site.whole(address) or None}


def _file(address: str, site: SiteUrl) -> dict[str, object]:
    return {"file": address, "url": site.whole(address) or None}


def _team(name_or_id: str, settings: Settings) -> dict[str, object] | None:
    if not name_or_id:
        return None
    found = next((team for team in settings.teams if name_or_id in (team.id, team.name)), None)
    return {"id": (found.id or None) if found else None, "name": found.name if found else name_or_id}


def _record(record: Postmortem, settings: Settings, site: SiteUrl) -> dict[str, object]:
    severity, day = severity_entry(record, settings), record_day(record)
    return {
        "id": record.id,
        "title": record.title,
        "day": day.isoformat() if day else None,
        "severity": {"id": severity.id, "name": severity.label} if severity else None,
        "status": record.header.status,
        **_page(record_address(record, settings), site),
    }


def _by_class(records: Sequence[Postmortem], settings: Settings) -> list[dict[str, object]]:
    """Count records by the failure classes that they state, the most frequent first."""
    counts = Counter(one for record in records for one in class_ids(record, settings))
    return [
        {"id": one, "name": class_label(settings, one), "records": count}
        for one, count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    ]


def _figure(group: Group | None) -> dict[str, object] | None:
    if group is None or group.spread is None:
        return None
    return {"incidents": group.spread.count, "median_seconds": round(group.spread.median.total_seconds())}

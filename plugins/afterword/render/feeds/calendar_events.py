"""Due days and review days as events of a calendar."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from urllib.parse import quote

from afterword.check.wording import counted
from afterword.derive.causes.archive_coverage import RegisteredRisk
from afterword.derive.places.address import record_address
from afterword.derive.places.identity import lasting_id
from afterword.derive.promises.follow_through import ActionView
from afterword.derive.promises.news import moment_of
from afterword.derive.timing.calendar import format_day, record_day
from afterword.derive.words.bare_label import bare_label
from afterword.derive.words.labels import category_label, safe_id, service_label, severity_label
from afterword.model.archive import Archive
from afterword.model.history import Moment, Version
from afterword.model.record import Postmortem
from afterword.render.actions.action_rows import ticket_url
from afterword.render.feeds.calendar_file import CalendarEvent
from afterword.render.page.cards import shortened
from afterword.render.page.links import Links
from afterword.render.page.site_url import SiteUrl
from afterword.render.text.labels import cause_anchor

NOWHERE = "afterword.invalid"
"""Stands for the host in the name of an event where it is not known where the site lies; nobody can own it (RFC 2606)."""

SUMMARY_LENGTH = 140
FIELD_LENGTH = 800


@dataclass(frozen=True, slots=True)
class _Named:
    """What the events of one record have in common: `title` with severity and services, and when and how often it changed."""

    lasting_id: str
    title: str
    page: str
    changes: tuple[datetime, int]


class EventWriter:
    """Makes events as they are known on a day, what they share once for each record; `site` is where their pages lie."""

    def __init__(self, archive: Archive, as_of: date, site: SiteUrl) -> None:
        self.archive = archive
        self._as_of = as_of
        self._site = site
        self._records: dict[str, _Named] = {}
        self._services = {entry.id: entry.label for entry in archive.settings.services}

    def due_days(self, views: Iterable[ActionView]) -> Iterator[tuple[ActionView, CalendarEvent]]:
        """Make an event of each action with a due day; of a second action of one id in a record it is another."""
        seen: Counter[str] = Counter()
        links = Links(self.archive, None, "")
        for view in views:
            if view.action.due is None:
                continue
            record = self._record(view.record)
            uid = f"{record.lasting_id}.{safe_id(view.action.id)}"
            seen[uid] += 1
            if seen[uid] > 1:
                uid = f"{uid}-{seen[uid]}"
            changed, revision = self._action_changes(view)
            event = CalendarEvent(
                self._uid(uid),
                view.action.due,
                f"Due: {_short(view.action.text.text, SUMMARY_LENGTH) or view.action.id}",
                "\n".join(self._about_action(view, links)),
                "Action item",
                changed,
                revision,
                self._place(record, view.action.id.lower()),
            )
            yield view, event

    def reviews(self, risks: Iterable[RegisteredRisk]) -> Iterator[tuple[RegisteredRisk, CalendarEvent]]:
        """Make an event of each accepted risk with a review day; it is the same event for as long as its words are the same."""
        seen: Counter[str] = Counter()
        for each in risks:
            if each.review is None:
                continue
            words = hashlib.sha256(bare_label(each.risk.text).encode("utf-8", "replace")).hexdigest()[:12]
            record = self._record(each.record)
            uid = f"{record.lasting_id}.risk-{words}"
            seen[uid] += 1
            if seen[uid] > 1:
                uid = f"{uid}-{seen[uid]}"
            changed, revision = record.changes
            event = CalendarEvent(
                self._uid(uid),
                each.review,
                f"Review the risk: {_short(each.risk.text, SUMMARY_LENGTH) or 'no words'}",
                "\n".join(self._about_risk(each)),
                "Risk review",
                changed,
                revision,
                self._place(record, cause_anchor(each.risk.kind, each.risk.place)),
            )
            yield each, event

    def _uid(self, name: str) -> str:
        return f"{name}@{self._site.host or NOWHERE}"

    def _about_action(self, view: ActionView, links: Links) -> Iterator[str]:
        action = view.action
        yield f"{action.id} of {self._record(view.record).title}"
        yield from _line("Action", action.text.text if len(action.text.text) > SUMMARY_LENGTH else "")
        yield from _line("Owner", action.owner)
        yield from _line("Team", view.team if view.team != action.owner else "")
        yield from _line("Status", str(action.status or "open"))
        yield from _line("Priority", action.priority or "")
        yield from _line("Category", category_label(self.archive.settings, action.category))
        if view.slips:
            times = counted(len(view.slips), "time")
            yield f"Put off {times}, at first due on {format_day(view.slips[0].before)}"
        yield from _line("Done when", action.done_when.text)
        ticket = " ".join(filter(None, (action.ticket.key if action.ticket else "", ticket_url(view, links))))
        yield from _line("Ticket", ticket)

    def _about_risk(self, each: RegisteredRisk) -> Iterator[str]:
        yield f"Accepted in {self._record(each.record).title}"
        yield from _line("Risk", each.risk.text if len(each.risk.text) > SUMMARY_LENGTH else "")
        yield from _line("Reason", each.risk.acceptance.reason)
        yield from _line("Answers for it", each.risk.acceptance.role)

    def _record(self, record: Postmortem) -> _Named:
        if record.id not in self._records:
            settings = self.archive.settings
            services = (
                self._services.get(service) or service_label(settings, service)
                for service in record.header.services
            )
            facts = ", ".join(filter(None, (severity_label(settings, record.header.severity), *services)))
            title = _short(record.title, SUMMARY_LENGTH)
            life = self.archive.history.record(record.id)
            self._records[record.id] = _Named(
                lasting_id(record),
                f'"{title}"' + (f" ({_short(facts, FIELD_LENGTH)})" if facts else ""),
                self._site.whole(record_address(record, settings)),
                self._latest(record, life.versions if life else ()),
            )
        return self._records[record.id]

    def _place(self, record: _Named, fragment: str) -> str:
        return f"{record.page}#{quote(fragment)}" if record.page else ""

    def _action_changes(self, view: ActionView) -> tuple[datetime, int]:
        life = self.archive.history.action(view.record.id, view.action.id)
        return self._latest(view.record, life.moments if life else ())

    def _latest(self, record: Postmortem, changes: Iterable[Moment | Version]) -> tuple[datetime, int]:
        """Give the last change up to the day, and how many there were after the first; without any it is the record's own day."""
        past = [each.at for each in changes if each.day <= self._as_of]
        if past:
            return past[-1].astimezone(UTC), len(past) - 1
        day = record_day(record)
        return (
            moment_of(day, self.archive.settings) if day else datetime.combine(date(1970, 1, 1), time(), UTC)
        ), 0


def _line(name: str, text: str) -> Iterator[str]:
    short = _short(text, FIELD_LENGTH)
    if short:
        yield f"{name}: {short}"


def _short(text: str, length: int) -> str:
    return shortened(" ".join(text.split()), length)

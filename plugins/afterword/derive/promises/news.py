"""What has happened in an archive, as readers of its feeds want to know it: records that came or were revised, and what became of actions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from afterword.derive.promises.follow_through import is_owed_here
from afterword.derive.timing.calendar import record_day
from afterword.model.action import CLOSED, Status
from afterword.model.archive import Archive
from afterword.model.history import ActionState, RecordLife, Version
from afterword.model.record import Postmortem
from afterword.model.settings import Settings


class ChangeKind(StrEnum):
    """What became of an action; several can happen in one commit."""

    NEW = "new"
    PROMISED = "promised"
    DONE = "done"
    CANCELLED = "cancelled"
    REOPENED = "reopened"
    REMOVED = "removed"
    PUT_OFF = "put off"
    BROUGHT_FORWARD = "brought forward"
    DATED = "dated"
    REASSIGNED = "reassigned"


@dataclass(frozen=True, slots=True)
class RecordNews:
    """A record as a piece of news: `published` is when it came, finished or as a draft, `updated` when its text was last revised."""

    record: Postmortem
    published: datetime
    updated: datetime


class ActionNews(NamedTuple):
    """A moment in the life of an action: `before` is None for a new one, `after` for one whose row went away.

    A tuple, since an archive has hundreds of thousands of them; `order` keeps those of one commit in the order of their table.
    """

    at: datetime
    record_id: str
    order: int
    record: Postmortem
    action_id: str
    commit: str
    before: ActionState | None
    after: ActionState | None

    @property
    def state(self) -> ActionState:
        """Give what the action is now, else what it was last."""
        return self.after or self.before or ActionState()

    @property
    def kinds(self) -> tuple[ChangeKind, ...]:
        """Tell what became of the action; nothing where it only moved on, from open to in progress."""
        return tuple(_kinds(self.before, self.after))


def record_news(archive: Archive, as_of: date) -> tuple[RecordNews, ...]:
    """List the records by their last revision, the newest first; a record that is dated after `as_of` waits for its day."""
    found = []
    for record in archive.records:
        life = archive.history.record(record.id)
        came = _published(record, life, as_of)
        if came is not None and (came.date() if isinstance(came, datetime) else came) <= as_of:
            published = moment_of(came, archive.settings)
            revised = _revised(life, as_of) if life else published
            found.append(RecordNews(record, published, max(published, revised)))
    return tuple(sorted(found, key=_newest_record, reverse=True))


def action_news(archive: Archive, as_of: date) -> tuple[ActionNews, ...]:
    """List the changes of actions that are owed here up to a day, the newest first; nothing where the history is not known.

    Each changes owner, due day or status; `kinds` tells what it is, if anything. What was taken back is left out.
    """
    history = archive.history
    all_past = history.until is not None and history.until.date() <= as_of
    found: list[ActionNews] = []
    for record in archive.records:
        life = history.record(record.id) if is_owed_here(record) else None
        for name, action in life.actions.items() if life else ():
            before: ActionState | None = None
            for moment in action.moments:
                if moment.undone or not (all_past or moment.day <= as_of):
                    continue
                after = moment.state
                if _differ(before, after):
                    found.append(
                        ActionNews(
                            _happened(moment.at, before, after, archive.settings),
                            record.id,
                            -len(found),
                            record,
                            name,
                            moment.commit,
                            before,
                            after,
                        )
                    )
                before = after
    found.sort(reverse=True)
    return tuple(found)


def _happened(
    at: datetime, before: ActionState | None, after: ActionState | None, settings: Settings
) -> datetime:
    """Give the time of a change: that of the commit, unless the row says that the work was closed on an earlier day."""
    if after is None or after.status not in CLOSED or after.closed is None or after.closed >= at.date():
        return at
    return moment_of(after.closed, settings) if before is None or before.status not in CLOSED else at


def _differ(before: ActionState | None, after: ActionState | None) -> bool:
    if before is None or after is None:
        return before is not after
    return before.status is not after.status or before.due != after.due or before.owner != after.owner


def moment_of(day: date, settings: Settings) -> datetime:
    """Give the moment at which a day begins in the archive's zone, or a moment itself, in UTC."""
    if not isinstance(day, datetime):
        day = datetime.combine(day, time(), ZoneInfo(settings.timezone) if settings.timezone else UTC)
    try:
        return day.astimezone(UTC)
    except OverflowError:  # the first and the last day of the calendar
        return day.replace(tzinfo=UTC)


def _newest_record(news: RecordNews) -> tuple[datetime, datetime, date, str]:
    return news.updated, news.published, record_day(news.record) or date.min, news.record.id


def _published(record: Postmortem, life: RecordLife | None, as_of: date) -> date | None:
    """Give when a record came: a moment where git tells it, else a day."""
    stated = record.header.published if record.is_final else None
    versions = [version for version in life.versions if version.day <= as_of] if life else []
    final = next((version.at for version in versions if version.status == "final"), None)
    if stated is not None:
        # Where git tells the hour of that day, it is the hour of publication.
        return final if final and final.date() == stated else stated
    if record.is_final and final:
        return final
    if versions:
        return versions[0].at
    return record_day(record)


def _revised(life: RecordLife, as_of: date) -> datetime:
    """Give the last time that more than the actions of a record changed: their changes are news of their own."""
    by_actions = {moment.commit for action in life.actions.values() for moment in action.moments}
    first, *_ = life.versions
    revised = first.at
    for before, after in pairwise(life.versions):
        if after.day <= as_of and _is_revision(before, after, by_actions):
            revised = after.at
    return revised.astimezone(UTC)


def _is_revision(before: Version, after: Version, by_actions: set[str]) -> bool:
    if after.commit == before.commit:
        return False
    changed = (after.status, after.severity) != (before.status, before.severity)
    return changed or after.commit not in by_actions


def _kinds(before: ActionState | None, after: ActionState | None) -> Iterator[ChangeKind]:
    if after is None:
        if before is not None:
            yield ChangeKind.REMOVED
        return
    if before is None:
        yield ChangeKind.NEW
        if after.status in CLOSED:
            yield _closing(after)
        return
    if after.status != before.status:
        if after.status in CLOSED:
            yield _closing(after)
            return
        if before.status in CLOSED:
            yield ChangeKind.REOPENED
        elif before.status is Status.CANDIDATE:
            yield ChangeKind.PROMISED
    if after.status in CLOSED:
        return
    if after.due != before.due:
        if before.due is None:
            yield ChangeKind.DATED
        elif after.due is None or after.due > before.due:
            yield ChangeKind.PUT_OFF
        else:
            yield ChangeKind.BROUGHT_FORWARD
    if after.owner != before.owner:
        yield ChangeKind.REASSIGNED


def _closing(state: ActionState) -> ChangeKind:
    return ChangeKind.DONE if state.status is Status.DONE else ChangeKind.CANCELLED

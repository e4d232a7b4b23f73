"""Which post-mortems and first drafts were there in time (docs/format.md, section 8)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from afterword.derive.health.health_figure import (
    CAME_LATER,
    NO_CLOSE,
    NO_DAY,
    NOT_COMMITTED,
    NOT_DUE,
    Basis,
    Counting,
    HealthFigure,
)
from afterword.derive.health.unrecorded import ListedIncidents
from afterword.derive.promises.follow_through import published_on
from afterword.derive.timing.calendar import (
    business_days_between,
    deadline,
    first_draft_due,
    is_asked_for,
    local_day,
    record_day,
)
from afterword.derive.timing.figures import close_time
from afterword.model.archive import Archive
from afterword.model.history import RecordLife
from afterword.model.record import Postmortem


def _closed_on(record: Postmortem, archive: Archive) -> date | None:
    closed = close_time(record)
    return local_day(closed, archive.settings, record) if closed else None


def published_in_time(
    own: Iterable[Postmortem], archive: Archive, as_of: date, listed: ListedIncidents | None
) -> HealthFigure:
    """Count the records that the policy gives a deadline, and listed incidents whose post-mortem is mandatory and late."""
    settings, counting = archive.settings, Counting()
    for record in own:
        asked = settings.requirement(record.header.severity, record.header.kind)
        if asked.deadline is None or not is_asked_for(record, settings):
            continue
        due, closed = deadline(record, settings), _closed_on(record, archive)
        published = published_on(record)
        if due is None:
            counting.leave_out(record_day(record), NO_CLOSE)
        elif published is not None and published <= as_of:
            counting.count(closed, kept=not business_days_between(due, published, settings.holidays))
        elif published is None and record.is_final:
            counting.leave_out(closed, NO_DAY)
        elif business_days_between(due, as_of, settings.holidays):
            counting.count(closed, kept=False)
        else:
            counting.leave_out(closed, NOT_DUE)
    for each in listed.missing if listed else ():
        if each.days_late:
            counting.count(each.closed, kept=False)
        elif each.due is not None:
            counting.leave_out(each.closed, NOT_DUE)
    return HealthFigure("in-time", "Published in time", Basis.CLOSE, counting.quarters)


def drafted_in_time(
    own: Iterable[Postmortem], archive: Archive, as_of: date, listed: ListedIncidents | None
) -> HealthFigure:
    """Count the records that have been in git by the day for a first draft; without git nothing is known of it."""
    settings, counting, history = archive.settings, Counting(), archive.history
    absent = history.absent or ("" if history.until else "git was not asked when a record was first there")
    if absent:
        return HealthFigure("first-drafts", "First drafts in time", Basis.CLOSE, {}, absent=absent)
    for record in own:
        asked = settings.requirement(record.header.severity, record.header.kind)
        if asked.deadline is None or not is_asked_for(record, settings):
            continue
        due, closed, life = (
            first_draft_due(record, settings),
            _closed_on(record, archive),
            history.record(record.id),
        )
        if due is None:
            counting.leave_out(record_day(record), NO_CLOSE)
        elif life is None:
            counting.leave_out(closed, NOT_COMMITTED)
        elif _came_later(record, life):
            # Also where its publication was early enough: to count those alone would better the share.
            counting.leave_out(closed, CAME_LATER)
        else:
            in_time = not business_days_between(due, life.first_seen, settings.holidays)
            counting.count(closed, kept=in_time)
    for each in listed.missing if listed else ():
        if each.draft_due and business_days_between(each.draft_due, as_of, settings.holidays):
            counting.count(each.closed, kept=False)
        elif each.draft_due:
            counting.leave_out(each.closed, NOT_DUE)
    return HealthFigure("first-drafts", "First drafts in time", Basis.CLOSE, counting.quarters)


def _came_later(record: Postmortem, life: RecordLife) -> bool:
    """Tell whether a record was published before it came into git, which cannot say when its first draft was there."""
    published = published_on(record)
    first = life.versions[0]
    is_backdated = len(life.versions) > 1 and life.versions[1].commit == first.commit
    return is_backdated or (published is not None and published < life.first_seen)

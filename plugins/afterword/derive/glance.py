"""The archive at a glance: what its home page says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from afterword.derive.again.recurrence import RecurrenceRate, recurrence_within
from afterword.derive.catalogue.catalogue import severity_counts, year_counts
from afterword.derive.catalogue.index import RecordIndex, newest_first
from afterword.derive.promises.follow_through import ActionView, action_views
from afterword.model.archive import Archive
from afterword.model.record import Postmortem
from afterword.model.settings import Entry


@dataclass(frozen=True, slots=True)
class Glance:
    """Counts and beginnings: `drafts` come newest first; `open` are the unfinished actions that are not overdue.

    `severity_counts` name every severity of the settings, worst first, `year_counts` the years with records, latest first. Actions of
    retold records are in neither list of actions.
    """

    total: int
    overdue: tuple[ActionView, ...]
    open: tuple[ActionView, ...]
    severity_counts: tuple[tuple[Entry, int], ...]
    year_counts: tuple[tuple[str, int], ...]
    drafts: tuple[Postmortem, ...]
    recurrence: RecurrenceRate


def glance(
    archive: Archive,
    as_of: date,
    views: tuple[ActionView, ...] | None = None,
    index: RecordIndex | None = None,
) -> Glance:
    """Sum up an archive; `views` and `index` are made where they are not given."""
    views = action_views(archive, as_of) if views is None else views
    newest = newest_first(archive.records)
    return Glance(
        len(newest),
        tuple(view for view in views if view.overdue),
        tuple(view for view in views if view.unfinished and not view.overdue),
        severity_counts(newest, archive.settings, every=True),
        year_counts(newest),
        tuple(record for record in newest if record.header.status == "draft"),
        recurrence_within(archive, as_of, index=index),
    )

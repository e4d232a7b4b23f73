"""What all pages of action items of an archive are made from, put together once."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from afterword.derive.catalogue.index import newest_first
from afterword.derive.promises.completion import QuarterOfPromises, by_quarter
from afterword.derive.promises.follow_through import (
    ActionView,
    action_views,
    told_otherwise,
    unread_promises,
)
from afterword.derive.promises.holders import Holders, owners_before
from afterword.derive.promises.review_board import ReviewBoard, review_board, vanished_actions
from afterword.model.archive import Archive
from afterword.model.record import Postmortem
from afterword.model.settings import ArchiveFolder
from afterword.render.actions.action_rows import ActionRow, action_rows


@dataclass(frozen=True)
class Promises:
    """The actions of the archive in one folder on a day, with who holds them; what a review asks about them, and their quarters, are worked out when they are asked for."""

    archive: Archive
    folder: ArchiveFolder
    as_of: dt.date
    views: tuple[ActionView, ...]
    holders: Holders

    @classmethod
    def of(cls, archive: Archive, folder: ArchiveFolder, as_of: dt.date) -> Promises:
        """Put together what the records of `archive`, all of them in `folder`, promise."""
        views = action_views(archive, as_of)
        holders = Holders.of(views, archive.settings, owners_before(archive, as_of))
        return cls(archive, folder, as_of, views, holders)

    @cached_property
    def board(self) -> ReviewBoard:
        """Give what a review asks about."""
        return review_board(self.views, self.as_of, vanished_actions(self.archive, self.as_of))

    @cached_property
    def quarters(self) -> tuple[QuarterOfPromises, ...]:
        """Give what became of the promises of each quarter."""
        return by_quarter(self.archive, self.as_of)

    @cached_property
    def unread(self) -> tuple[Postmortem, ...]:
        """Give the records none of whose actions can be read, the latest first."""
        return newest_first(unread_promises(self.archive))

    @property
    def drifting(self) -> tuple[ActionView, ...]:
        """Give the actions whose tickets tell otherwise, first those that mislead most."""
        return told_otherwise(self.views)

    def rows(self, views: Iterable[ActionView], page_address: str) -> tuple[ActionRow, ...]:
        """Make the rows of actions for the page at `page_address`."""
        return action_rows(views, self.archive, page_address, self.holders)

    @property
    def absent(self) -> str:
        """Say why nothing of the past is known; empty where git tells it."""
        history = self.archive.history
        if history.until is not None:
            return ""
        return history.absent or "the history of the repository was not read"


@dataclass(frozen=True, slots=True)
class ReadingDay:
    """What a script needs to tell a page for the day on which it is read; `zone` is the archive's.

    `due` gives the open actions by the days from `as_of` to their due day, `0:3 7:1`. `moves` is False for an archive as it was on a past day: what
    has become of it since, its pages do not know.
    """

    as_of: dt.date
    zone: str
    due: str
    moves: bool


def reading_day(archive: Archive, views: Iterable[ActionView], as_of: dt.date) -> ReadingDay:
    """Sum up the due days to come of some actions."""
    days = Counter(
        (view.action.due - as_of).days
        for view in views
        if view.unfinished and view.action.due and view.action.due >= as_of
    )
    until = archive.history.until
    return ReadingDay(
        as_of,
        archive.settings.timezone or "UTC",
        " ".join(f"{day}:{count}" for day, count in sorted(days.items())),
        until is None or as_of >= until.date(),
    )

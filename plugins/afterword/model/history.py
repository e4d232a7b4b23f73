"""What became of records and their actions from commit to commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from afterword.model.action import Status
from afterword.model.value import maker, plain_value


@plain_value()
class ActionState:
    """What an action's row said: the facts that are followed through time. `closed` is the day that it states, `ticket` a key or address, `text` and `notes` (with what stands under `Done when`) plain."""

    status: Status | None = None
    owner: str = ""
    due: date | None = None
    closed: date | None = None
    ticket: str = ""
    category: str | None = None
    priority: str | None = None
    text: str = ""
    notes: str = ""


make_action_state = maker(ActionState)


@plain_value()
class Moment:
    """A commit that changed an action; `at` is its committer date in the archive's zone, `state` None where the row went away.

    `undone` is a change that a later commit took back as a whole, or that took one back: it stood in the archive for a while, and nobody meant it.
    """

    at: datetime
    commit: str
    state: ActionState | None
    undone: bool = False

    @property
    def day(self) -> date:
        """Give the day of the commit in the archive's zone."""
        return self.at.date()


make_moment = maker(Moment)


@plain_value()
class ActionLife:
    """All that an action has been, the oldest first: no two moments in a row have one state. There is at least one, and the first has a state."""

    id: str
    moments: tuple[Moment, ...]


make_action_life = maker(ActionLife)


@plain_value()
class Version:
    """A commit that changed the text of a record, with what its header said then; a move alone makes none."""

    at: datetime
    commit: str
    status: str | None
    severity: str | None

    @property
    def day(self) -> date:
        """Give the day of the commit in the archive's zone."""
        return self.at.date()


@plain_value()
class RecordLife:
    """A record under all the ids it has had, the oldest version first; `actions` by their ids in capital letters, those too whose row is gone.

    `gone` is the commit date at which the record went away for good. `mark` and `action_mark` name what all of it, and what `actions`, was read from: commits,
    times and contents, besides what decides how these are read. They are short where the life is long, and empty where it was not read from commits.
    """

    id: str
    versions: tuple[Version, ...]
    actions: Mapping[str, ActionLife] = field(default_factory=dict)
    gone: datetime | None = None
    mark: str = field(default="", compare=False, repr=False)
    action_mark: str = field(default="", compare=False, repr=False)

    @property
    def first_seen(self) -> date:
        """Give the day on which the record was first there."""
        return self.versions[0].day

    @property
    def changed(self) -> datetime:
        """Give the time of the last commit that changed the record's text."""
        return self.versions[-1].at

    def changed_by(self, day: date) -> datetime | None:
        """Give the time of the last commit up to a day that changed the record's text, None where there is none."""
        return next((version.at for version in reversed(self.versions) if version.day <= day), None)

    @property
    def final_since(self) -> date | None:
        """Give the day of the first commit with `status: final`, which is when a record was published where it does not say so itself."""
        # A generator takes three times as long, and is asked for every record of an archive.
        for version in self.versions:
            if version.status == "final":
                return version.day
        return None


@dataclass(frozen=True, slots=True)
class History:
    """The first-parent history of HEAD, by the ids of records in small letters.

    `absent` says in a sentence why nothing is known (no repository, a shallow clone, no commit yet), and is empty where it is; `is_withheld` where there is a history nevertheless. `head` is the commit, `until` its committer date.
    """

    records: Mapping[str, RecordLife] = field(default_factory=dict)
    head: str = ""
    until: datetime | None = None
    absent: str = ""
    is_withheld: bool = False

    def record(self, record_id: str) -> RecordLife | None:
        """Find a record that has been committed."""
        return self.records.get(record_id.lower())

    def action(self, record_id: str, action_id: str) -> ActionLife | None:
        """Find an action that has been committed."""
        record = self.record(record_id)
        return record.actions.get(action_id.upper()) if record else None

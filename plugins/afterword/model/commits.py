"""Commits as git logs them, and what the files that they brought say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from afterword.model.history import ActionState
from afterword.model.value import plain_value


@plain_value()
class Change:
    """A file that a commit wrote or took away, by its path from the root of the repository; `blob` is the name of its content in git, empty where it is gone."""

    path: str
    blob: str


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit of the first-parent history and what it changed against its first parent; `seconds` is its committer date since 1970."""

    id: str
    seconds: int
    message: str
    changes: tuple[Change, ...]


@plain_value()
class RecordState:
    """What a file said that may be a record: as much of it as is followed through time.

    `has_record_keys` tells that its header makes a record of it whatever its name is, `day` is its `date`. `actions` are by their ids in capital
    letters, None where the file was too large to be read, and nothing is known of them.
    """

    status: str | None = None
    severity: str | None = None
    aliases: tuple[str, ...] = ()
    day: date | None = None
    has_record_keys: bool = False
    actions: Mapping[str, ActionState] | None = field(default_factory=dict)

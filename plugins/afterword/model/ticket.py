"""What trackers say of the tickets that records name, as last brought in by `afterword sync`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from afterword.model.action import Status
from afterword.model.value import plain_value


@plain_value()
class TicketState:
    """One ticket as its tracker has it.

    `status` is what the tracker's own word, `state`, means here. `owner` is the name that the tracker shows and `login` what it is called by there; both are empty where
    nobody has it. `moved_to` is the key that it has now, `gone` tells that the tracker does not know it any more, or does not show it.
    """

    key: str
    status: Status | None = None
    state: str = ""
    title: str = ""
    owner: str = ""
    login: str = ""
    due: date | None = None
    closed: date | None = None
    url: str = ""
    moved_to: str = ""
    gone: bool = False


@plain_value()
class TrackerSnapshot:
    """The tickets of one tracker by their keys in small letters; `as_of` is the day of the last run that reached it, `problem` what kept a later one from it."""

    name: str
    as_of: date | None = None
    problem: str = ""
    tickets: Mapping[str, TicketState] = field(default_factory=dict)


@plain_value()
class Tickets:
    """The committed snapshot of all trackers, by the names that the settings give them; `path` is its file relative to the settings file's folder, empty where there is none."""

    path: str = ""
    trackers: Mapping[str, TrackerSnapshot] = field(default_factory=dict)

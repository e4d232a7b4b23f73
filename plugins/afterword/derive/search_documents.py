"""What a search finds a record by, made from the model."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from afterword.derive.places.address import record_address
from afterword.derive.promises.follow_through import is_owed_here
from afterword.derive.timing.calendar import record_day
from afterword.derive.words.labels import (
    class_ids,
    class_label,
    entry_for,
    find_entry,
    kind_label,
    service_ids,
    service_label,
    severity_id,
    severity_label,
)
from afterword.derive.words.passages import Passage, Where, passages
from afterword.model.archive import Archive
from afterword.model.record import Postmortem
from afterword.model.settings import Settings

_KEY = re.compile(r"(?<=/)[A-Za-z]\w*-\d+(?=$|[/?#])")
"""A ticket's key as it stands in an address."""


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One record for an index: `url` is its address from the site's root; facts are ids of the catalogue, empty or None where there are none.

    `teams` are those of its services, by id. `detected_by` is the source of detection. `open_actions` counts what is owed still. `names` are
    the services, classes, severity and kind as readers know them: what they type is rarely an id. `keys` are found as typed: the id and its
    aliases, incidents, and the tickets of actions and links. `passages` is the whole body by parts, as results show it, and `text_mark` the hash of
    what they are made from, empty where it is not known.
    """

    id: str
    title: str
    url: str
    day: dt.date | None
    severity: str = ""
    kind: str = ""
    status: str = ""
    detected_by: str = ""
    services: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    open_actions: int = 0
    names: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    passages: Sequence[Passage] = ()
    text_mark: str = ""

    @property
    def summary(self) -> str:
        """Give the words of the summary, else of the first part that has any."""
        told = [each.text for each in self.passages if each.where is Where.SUMMARY and each.text]
        return next(iter((*told, *(each.text for each in self.passages if each.text))), "")


@dataclass(slots=True)
class _Passages(Sequence[Passage]):
    """The passages of a record, taken out when the first of them is asked for: where nothing of it changed, nobody does."""

    record: Postmortem
    found: tuple[Passage, ...] | None = None

    def __getitem__(self, index: Any) -> Any:
        return self._all()[index]

    def __iter__(self) -> Iterator[Passage]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._all() == tuple(other)

    def _all(self) -> tuple[Passage, ...]:
        if self.found is None:
            self.found = passages(self.record)
        return self.found


def search_documents(
    archive: Archive, text_mark: Callable[[str], str] = lambda _: ""
) -> tuple[SearchDocument, ...]:
    """Make the documents of all records, by id; `text_mark` gives the hash of what the text of the record at a path is made from."""
    return tuple(
        search_document(record, archive.settings, text_mark(record.path)) for record in archive.records
    )


def search_document(record: Postmortem, settings: Settings, text_mark: str = "") -> SearchDocument:
    """Make the document of one record, from nothing but itself and the settings."""
    header = record.header
    services = service_ids(record, settings)
    return SearchDocument(
        record.id,
        record.title,
        record_address(record, settings),
        record_day(record),
        severity_id(record, settings),
        entry_for(settings.kinds, header.kind).id if header.kind else "",
        header.status or "",
        header.detected_by or "",
        services,
        teams_of(services, settings),
        class_ids(record, settings),
        sum(action.is_unfinished for action in record.actions) if is_owed_here(record) else 0,
        tuple(dict.fromkeys(_names(record, settings))),
        tuple(dict.fromkeys(filter(None, _keys(record)))),
        _Passages(record),
        text_mark,
    )


def teams_of(services: Iterable[str], settings: Settings) -> tuple[str, ...]:
    """Give the ids of the teams that services belong to, each once."""
    found = (find_entry(settings.services, service) for service in services)
    return tuple(dict.fromkeys(_team(entry.team, settings) for entry in found if entry and entry.team))


def _team(name_or_id: str, settings: Settings) -> str:
    return next((team.id for team in settings.teams if name_or_id in (team.id, team.name)), name_or_id)


def _names(record: Postmortem, settings: Settings) -> Iterator[str]:
    header = record.header
    yield from (service_label(settings, word) for word in header.services)
    yield from (class_label(settings, word) for word in header.failure_class)
    yield from (severity_label(settings, word) for word in (header.severity,) if word)
    yield from (kind_label(settings, word) for word in (header.kind,) if word)


def _keys(record: Postmortem) -> Iterator[str]:
    header = record.header
    yield record.id
    yield from header.aliases
    yield from header.incidents
    yield from (each.incident for each in header.recurrences if each.incident)
    yield from (action.ticket.key for action in record.actions if action.ticket)
    for link in header.links:
        if link.rel == "ticket":
            yield link.title
            yield from _KEY.findall(link.url)

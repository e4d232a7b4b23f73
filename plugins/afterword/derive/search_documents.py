"""What a search finds a record by, made from the model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from afterword.derive.address import record_address
from afterword.derive.calendar import record_day
from afterword.derive.labels import (
    class_ids,
    class_label,
    entry_for,
    kind_label,
    service_ids,
    service_label,
    severity_id,
    severity_label,
)
from afterword.derive.passages import passages
from afterword.derive.plain_text import plain_text
from afterword.model.archive import Archive
from afterword.model.record import Postmortem
from afterword.model.settings import Settings


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One record for an index: `url` is its address from the site's root, `date` ISO, the other facts ids of the catalogue.

    Facts that the record does not have are empty. `text` is the whole body without its summary, as plain text; neither is escaped.
    `names` are the services, classes, severity, kind and incidents as readers know them: what they type is rarely an id. `passages` is the text
    as results show it.
    """

    id: str
    title: str
    url: str
    date: str
    severity: str
    services: tuple[str, ...]
    classes: tuple[str, ...]
    status: str
    kind: str
    summary: str
    text: str
    names: tuple[str, ...] = ()
    passages: str = ""


def search_documents(archive: Archive) -> tuple[SearchDocument, ...]:
    """Make the documents of all records, by id."""
    return tuple(_document(record, archive.settings) for record in archive.records)


def _document(record: Postmortem, settings: Settings) -> SearchDocument:
    header = record.header
    day = record_day(record)
    summary = record.section("summary")
    return SearchDocument(
        record.id,
        header.title or record.id,
        record_address(record, settings),
        day.isoformat() if day else "",
        severity_id(record, settings),
        service_ids(record, settings),
        class_ids(record, settings),
        header.status or "",
        entry_for(settings.kinds, header.kind).id if header.kind else "",
        plain_text(summary.blocks) if summary else "",
        " ".join(part for part in _body(record) if part),
        tuple(_names(record, settings)),
        passages(record),
    )


def _names(record: Postmortem, settings: Settings) -> Iterator[str]:
    header = record.header
    yield from (service_label(settings, word) for word in header.services)
    yield from (class_label(settings, word) for word in header.failure_class)
    yield from (severity_label(settings, word) for word in (header.severity,) if word)
    yield from (kind_label(settings, word) for word in (header.kind,) if word)
    yield from header.incidents


def _body(record: Postmortem) -> Iterator[str]:
    if record.unreadable is not None:
        yield " ".join(record.unreadable.split())
    yield plain_text(record.preamble)
    summary = record.section("summary")
    for section in record.sections:
        if section is not summary:
            yield section.title
            yield plain_text(section.blocks)
    yield plain_text(record.footnotes)

"""Records in short: what a card or a line of a list shows."""

from __future__ import annotations

from datetime import date, timedelta

from afterword.derive.places.address import facet_address, folder_of, record_address, relative
from afterword.derive.timing.calendar import record_day
from afterword.derive.timing.figures import customer_impact
from afterword.derive.words.extracts import summary_words
from afterword.derive.words.labels import entry_for, kind_label, severity_entry
from afterword.model.record import Postmortem
from afterword.model.settings import Entry, Settings
from afterword.model.value import plain_value

SUMMARY_LENGTH = 220


@plain_value()
class FacetLink:
    """A word of a catalogue with the way to its page."""

    label: str
    href: str


@plain_value()
class RecordCard:
    """A record in short; `href` leads there from the page it was made for, `impact` is how long customers were affected."""

    id: str
    title: str
    href: str
    day: date | None
    severity: Entry | None
    status: str
    kind: str
    services: tuple[FacetLink, ...]
    summary: str
    impact: timedelta | None


def record_card(
    record: Postmortem, settings: Settings, page_address: str, *, brief: bool = False
) -> RecordCard:
    """Sum up a record for the page at `page_address`; in `brief`, for a line of a list, without its summary and impact."""
    header = record.header
    summary = None if brief else summary_words(record)
    return RecordCard(
        record.id,
        record.title,
        relative(page_address, record_address(record, settings)),
        record_day(record),
        severity_entry(record, settings),
        header.status or "",
        kind_label(settings, header.kind),
        service_links(record, settings, page_address),
        shortened(summary, SUMMARY_LENGTH) if summary else "",
        None if brief else customer_impact(record),
    )


def service_links(record: Postmortem, settings: Settings, page_address: str) -> tuple[FacetLink, ...]:
    """Give the services of a record with the ways to their pages."""
    return _facet_links("services", record.header.services, settings.services, record, settings, page_address)


def class_links(record: Postmortem, settings: Settings, page_address: str) -> tuple[FacetLink, ...]:
    """Give the failure classes of a record with the ways to their pages."""
    named = record.header.failure_class
    return _facet_links("classes", named, settings.failure_classes, record, settings, page_address)


def severity_link(record: Postmortem, settings: Settings, page_address: str) -> FacetLink | None:
    """Give the severity of a record with the way to its page, None where it has none."""
    named = (record.header.severity,) if record.header.severity else ()
    links = _facet_links("severities", named, settings.severities, record, settings, page_address)
    return links[0] if links else None


def kind_link(record: Postmortem, settings: Settings, page_address: str) -> FacetLink | None:
    """Give the kind of a record with the way to its page, None where it has none."""
    named = (record.header.kind,) if record.header.kind else ()
    links = _facet_links("kinds", named, settings.kinds, record, settings, page_address)
    return links[0] if links else None


def shortened(text: str, length: int) -> str:
    """Cut a text at the end of a sentence, else of a word, and mark the cut; `length` is the most characters left."""
    if len(text) <= length:
        return text
    kept = text[:length]
    sentence = max(kept.rfind(". "), kept.rfind("! "), kept.rfind("? "))
    if sentence > length // 2:
        return kept[: sentence + 1]
    return (kept[: kept.rfind(" ")] if " " in kept else kept).rstrip(" ,;:–—-") + " …"


def _facet_links(
    facet: str,
    named: tuple[str, ...],
    catalogue: tuple[Entry, ...],
    record: Postmortem,
    settings: Settings,
    page_address: str,
) -> tuple[FacetLink, ...]:
    folder = folder_of(record.archive, settings)
    entries = {entry.id: entry for entry in [entry_for(catalogue, word) for word in named]}
    return tuple(
        [
            FacetLink(entry.label, relative(page_address, facet_address(folder, facet, entry.id)))
            for entry in entries.values()
        ]
    )

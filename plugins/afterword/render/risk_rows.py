"""Open causes and accepted risks as the lists of the site show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from afterword.derive.address import record_address, relative
from afterword.derive.archive_coverage import OpenCause, RegisteredRisk, UnmarkedRecord
from afterword.derive.calendar import record_day
from afterword.derive.coverage import NodeState
from afterword.derive.extracts import has_causes_section
from afterword.derive.labels import class_ids, service_ids, service_label, severity_entry
from afterword.derive.record_causes import CauseKind
from afterword.model.archive import Archive
from afterword.model.record import Postmortem
from afterword.model.settings import Entry
from afterword.render.labels import cause_anchor

KIND_WORDS = {
    CauseKind.NODE: "",
    CauseKind.ANSWER: "answer of the five whys",
    CauseKind.FACTOR: "contributing factor",
}


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """What a row says of its record, and filters go by; `services` are ids, `service_names` what they are called."""

    title: str
    href: str
    day: date | None
    severity: Entry | None
    services: tuple[str, ...]
    service_names: str
    classes: tuple[str, ...]
    year: str


@dataclass(frozen=True, slots=True)
class OpenRow:
    """One cause that nothing answers, or one record that marks none; `note` says what kind of statement it is."""

    record: RecordFacts
    href: str
    text: str
    note: str
    root_cause: bool
    state: str
    days: int | None


@dataclass(frozen=True, slots=True)
class RiskRow:
    """One accepted risk; `due_at` is set where its review day may come to be over while the page is read."""

    record: RecordFacts
    href: str
    text: str
    note: str
    root_cause: bool
    state: str
    reason: str
    role: str
    review: date | None
    days_past: int
    due_at: str


class RiskRows:
    """Makes the rows for one page, each record's facts once."""

    def __init__(self, archive: Archive, page_address: str) -> None:
        self._archive = archive
        self._page_address = page_address
        self._facts: dict[str, RecordFacts] = {}

    def open(self, causes: Iterable[OpenCause]) -> tuple[OpenRow, ...]:
        """Make the rows of open causes, in the order given."""
        return tuple(
            OpenRow(
                facts := self._facts_of(each.record),
                f"{facts.href}#{cause_anchor(each.cause.kind, each.cause.place)}",
                each.cause.text or "…",
                KIND_WORDS[each.cause.kind],
                each.cause.root_cause,
                each.cause.state.value,
                each.days,
            )
            for each in causes
        )

    def unmarked(self, records: Iterable[UnmarkedRecord]) -> tuple[OpenRow, ...]:
        """Make a row for each record that marks none of its causes."""
        return tuple(
            OpenRow(
                facts := self._facts_of(each.record),
                f"{facts.href}#{'causes' if has_causes_section(each.record) else 'factors'}",
                f"none of {len(each.causes)} causes and factors names an action or an accepted risk"
                if len(each.causes) > 1
                else f"{each.causes[0].cause.text}",
                "",
                False,
                NodeState.UNADDRESSED.value,
                each.causes[0].days,
            )
            for each in records
        )

    def accepted(self, risks: Iterable[RegisteredRisk], *, owed: bool = True) -> tuple[RiskRow, ...]:
        """Make the rows of accepted risks; of those that are not `owed` no review is ever past."""
        return tuple(
            RiskRow(
                facts := self._facts_of(each.record),
                f"{facts.href}#{cause_anchor(each.risk.kind, each.risk.place)}",
                each.risk.text or "…",
                KIND_WORDS[each.risk.kind],
                each.risk.root_cause,
                (NodeState.REVIEW_PAST if each.past and owed else NodeState.ACCEPTED).value,
                each.risk.acceptance.reason,
                each.risk.acceptance.role,
                each.review,
                each.days_past if owed else 0,
                each.review.isoformat() if each.review and owed else "",
            )
            for each in risks
        )

    def record(self, record: Postmortem) -> RecordFacts:
        """Give the facts of a record."""
        return self._facts_of(record)

    def _facts_of(self, record: Postmortem) -> RecordFacts:
        if record.id not in self._facts:
            settings = self._archive.settings
            services = service_ids(record, settings)
            self._facts[record.id] = RecordFacts(
                record.header.title or record.id,
                relative(self._page_address, record_address(record, settings)),
                record_day(record),
                severity_entry(record, settings),
                services,
                ", ".join(dict.fromkeys(service_label(settings, word) for word in record.header.services)),
                class_ids(record, settings),
                record.year,
            )
        return self._facts[record.id]

"""Open causes and accepted risks as the lists of the site show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeAlias

from afterword.derive.causes.archive_coverage import OpenCause, RegisteredRisk, UnmarkedRecord
from afterword.derive.causes.coverage import NodeState
from afterword.derive.causes.record_causes import AcceptedRisk, Cause, CauseKind
from afterword.derive.places.address import record_address, relative
from afterword.derive.promises.follow_through import is_owed_here
from afterword.derive.timing.calendar import record_day
from afterword.derive.words.extracts import has_causes_section
from afterword.derive.words.labels import class_ids, service_ids, service_label, severity_entry
from afterword.model.archive import Archive
from afterword.model.record import Postmortem
from afterword.model.settings import Entry, Settings
from afterword.model.value import plain_value
from afterword.render.text.labels import cause_anchor

KIND_WORDS = {
    CauseKind.NODE: "",
    CauseKind.ANSWER: "answer of the five whys",
    CauseKind.FACTOR: "contributing factor",
}

Listed: TypeAlias = OpenCause | UnmarkedRecord | RegisteredRisk
"""What a list of causes and risks has an entry for."""


@plain_value()
class RecordFacts:
    """What a row says of its record, and filters go by; `services` are ids, `service_names` what they are called."""

    id: str
    title: str
    href: str
    day: date | None
    severity: Entry | None
    services: tuple[str, ...]
    service_names: str
    classes: tuple[str, ...]
    year: str


@plain_value()
class RiskRow:
    """One cause that nothing answers, one record that marks none, or one accepted risk.

    `anchor` is its place on the record's page, `note` says what kind of statement it is. `days` have passed since the incident; reason, role and
    review are those of an accepted risk, and `due_at` is set where its review day may come to be over while the page is read.
    """

    record: RecordFacts
    anchor: str
    text: str
    note: str
    root_cause: bool
    state: str
    days: int | None = None
    reason: str = ""
    role: str = ""
    review: date | None = None
    days_past: int = 0
    due_at: str = ""

    @property
    def href(self) -> str:
        """Lead to the statement on its record's page."""
        return f"{self.record.href}#{self.anchor}"


class RiskRows:
    """Makes the rows for one page, each record's facts once."""

    def __init__(self, archive: Archive, page_address: str) -> None:
        self._archive = archive
        self._page_address = page_address
        self._facts: dict[str, RecordFacts] = {}

    def rows(self, entries: Iterable[Listed]) -> tuple[RiskRow, ...]:
        """Make a row for each entry, in the order given."""
        return tuple(map(self._row, entries))

    def record(self, record: Postmortem) -> RecordFacts:
        """Give the facts of a record."""
        if record.id not in self._facts:
            settings = self._archive.settings
            self._facts[record.id] = RecordFacts(
                record.id,
                record.title,
                relative(self._page_address, record_address(record, settings)),
                record_day(record),
                severity_entry(record, settings),
                service_ids(record, settings),
                ", ".join(dict.fromkeys(service_label(settings, word) for word in record.header.services)),
                class_ids(record, settings),
                record.year,
            )
        return self._facts[record.id]

    def _row(self, entry: Listed) -> RiskRow:
        facts = self.record(entry.record)
        match entry:
            case OpenCause(cause=cause):
                return RiskRow(facts, *_statement(cause), cause.state.value, entry.days)
            case UnmarkedRecord(causes=causes):
                return RiskRow(
                    facts,
                    "causes" if has_causes_section(entry.record) else "factors",
                    f"none of {len(causes)} causes and factors names an action or an accepted risk"
                    if len(causes) > 1
                    else causes[0].cause.text,
                    "",
                    False,
                    NodeState.UNADDRESSED.value,
                    causes[0].days,
                )
            case RegisteredRisk(risk=risk):
                owed, acceptance = is_owed_here(entry.record), risk.acceptance
                return RiskRow(
                    facts,
                    *_statement(risk),
                    (NodeState.REVIEW_PAST if entry.past and owed else NodeState.ACCEPTED).value,
                    None,
                    acceptance.reason,
                    acceptance.role,
                    entry.review,
                    entry.days_past if owed else 0,
                    entry.review.isoformat() if entry.review and owed else "",
                )


def texts_of(entry: Listed, settings: Settings) -> Iterator[str]:
    """Give what a row shows that authors wrote."""
    yield entry.record.title
    yield from (service_label(settings, word) for word in entry.record.header.services)
    match entry:
        case OpenCause(cause=cause):
            yield cause.text
        case UnmarkedRecord(causes=[only]):
            yield only.cause.text
        case RegisteredRisk(risk=risk):
            yield from (risk.text, risk.acceptance.reason, risk.acceptance.role)


def _statement(said: Cause | AcceptedRisk) -> tuple[str, str, str, bool]:
    return cause_anchor(said.kind, said.place), said.text or "…", KIND_WORDS[said.kind], said.root_cause

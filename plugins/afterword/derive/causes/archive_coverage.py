"""Over an archive: which causes are answered, which are open, and which risks are accepted until when (docs/figures.md, "Coverage")."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from afterword.derive.catalogue.index import newest_first, oldest_first
from afterword.derive.causes.record_causes import (
    AcceptedRisk,
    Cause,
    CauseCounts,
    CauseSummary,
    RecordCauses,
    accepted_risks,
)
from afterword.derive.promises.follow_through import is_owed_here
from afterword.derive.timing.calendar import record_day
from afterword.derive.words.labels import (
    class_ids,
    entry_for,
    service_ids,
    severity_id,
    severity_order,
    year_entry,
)
from afterword.model.archive import Archive
from afterword.model.record import Postmortem
from afterword.model.settings import Entry, Settings
from afterword.model.value import plain_value


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """The causes of the records of one service, severity, class or year; a record with two services counts under both.

    `treeless` are the records without a causal tree.
    """

    entry: Entry
    records: int
    treeless: int
    leaves: CauseCounts
    factors: CauseCounts


@plain_value()
class OpenCause:
    """A cause that nothing answers; `days` have passed since the incident, None where its day is not known."""

    record: Postmortem
    cause: Cause
    days: int | None


@dataclass(frozen=True, slots=True)
class UnmarkedRecord:
    """A record of which no cause names an action or is accepted."""

    record: Postmortem
    causes: tuple[OpenCause, ...]


@plain_value()
class RegisteredRisk:
    """An accepted risk of a record; `past` from the day after its review day, `days_past` days ago."""

    record: Postmortem
    risk: AcceptedRisk
    days_past: int

    @property
    def past(self) -> bool:
        """Tell whether the review day is over."""
        return self.days_past > 0

    @property
    def review(self) -> date | None:
        """Give the day on which it is looked at again, None where it cannot be read."""
        return self.risk.acceptance.review


@plain_value()
class Unanswered:
    """What waits for an answer, in numbers: see `ArchiveCoverage`."""

    open_count: int
    past_reviews: int


@dataclass(frozen=True, slots=True)
class ArchiveCoverage:
    """The causes of an archive on a day.

    Drafts and files that cannot be read are counted in `drafts` and `unreadable` and nowhere else. Retold records oblige nobody here:
    they are counted in `retold`, their open causes and risks stand apart, and they are in no figure.

    `divided` holds the lines by service, severity, class and year, under the ids of the indexes. `open` are the causes that nothing answers in
    records that mark some: root causes first, then by severity, then oldest first; `unmarked` the records that mark none. `risks` are
    sorted by review day, those without a readable one are in `undated_risks`.
    """

    records: int
    drafts: int
    retold: int
    unreadable: int
    leaves: CauseCounts
    factors: CauseCounts
    divided: Mapping[str, tuple[CoverageLine, ...]]
    open: tuple[OpenCause, ...]
    unmarked: tuple[UnmarkedRecord, ...]
    treeless: tuple[Postmortem, ...]
    risks: tuple[RegisteredRisk, ...]
    undated_risks: tuple[RegisteredRisk, ...]
    retold_open: tuple[OpenCause, ...]
    retold_risks: tuple[RegisteredRisk, ...]

    @property
    def open_count(self) -> int:
        """Give the number of causes that nothing answers, also in records that mark none."""
        return len(self.open) + sum(len(each.causes) for each in self.unmarked)

    @property
    def past_reviews(self) -> int:
        """Give the number of accepted risks whose review day is over."""
        return sum(each.past for each in self.risks)

    @property
    def unanswered(self) -> Unanswered:
        """Give both numbers."""
        return Unanswered(self.open_count, self.past_reviews)


def archive_coverage(
    archive: Archive, as_of: date, judged: Mapping[str, CauseSummary] | None = None
) -> ArchiveCoverage:
    """Sum up what is answered; `judged` are the causes of each record by its id on the same day, judged here where they are not given."""
    settings = archive.settings
    causes = causes_of(archive, as_of) if judged is None else judged
    final, readable = _final(archive)
    own = [record for record in readable if is_owed_here(record)]
    retold = [record for record in readable if not is_owed_here(record)]

    def opened(records: Iterable[Postmortem]) -> list[OpenCause]:
        return [
            OpenCause(record, cause, _days_since(record_day(record), as_of))
            for record in records
            for cause in causes[record.id].open
        ]

    by_severity = _severity_key(settings)
    unmarked = [record for record in own if not causes[record.id].marked and causes[record.id].open]
    risks = registered_risks(own, as_of)
    return ArchiveCoverage(
        len(own),
        len(archive.records) - len(final),
        len(retold),
        len(final) - len(readable),
        CauseCounts.sum(causes[record.id].leaves for record in own),
        CauseCounts.sum(causes[record.id].factors for record in own),
        {
            "services": _lines(own, causes, lambda record: service_ids(record, settings), settings.services),
            "severities": tuple(
                sorted(
                    _lines(
                        own, causes, lambda record: _one(severity_id(record, settings)), settings.severities
                    ),
                    key=lambda line: severity_order(settings, line.entry.id),
                )
            ),
            "classes": _lines(
                own, causes, lambda record: class_ids(record, settings), settings.failure_classes
            ),
            "years": tuple(
                sorted(
                    _lines(
                        own,
                        causes,
                        lambda record: (record.year,),
                        map(year_entry, sorted({record.year for record in own})),
                    ),
                    key=_newest_first,
                    reverse=True,
                )
            ),
        },
        tuple(sorted(opened(record for record in own if causes[record.id].marked), key=_order(by_severity))),
        tuple(
            UnmarkedRecord(record, tuple(opened([record])))
            for record in sorted(unmarked, key=lambda record: (by_severity(record), oldest_first(record)))
        ),
        tuple(
            sorted(
                newest_first(record for record in own if record.causal_tree is None),
                key=by_severity,
            )
        ),
        _by_review(risks),
        tuple(each for each in risks if each.review is None),
        tuple(sorted(opened(retold), key=_order(by_severity))),
        tuple(sorted(registered_risks(retold, as_of), key=_review_order)),
    )


def registered_risks(records: Iterable[Postmortem], as_of: date) -> list[RegisteredRisk]:
    """List what is accepted in records, in their order."""
    return [
        RegisteredRisk(record, risk, max(_days_since(risk.acceptance.review, as_of) or 0, 0))
        for record in records
        for risk in accepted_risks(record)
    ]


def risk_register(archive: Archive, as_of: date) -> tuple[RegisteredRisk, ...]:
    """Give the accepted risks of an archive by their review day, those without one left out; no cause is judged for it."""
    _, readable = _final(archive)
    return _by_review(registered_risks(filter(is_owed_here, readable), as_of))


def _by_review(risks: Iterable[RegisteredRisk]) -> tuple[RegisteredRisk, ...]:
    return tuple(sorted((each for each in risks if each.review), key=_review_order))


def _final(archive: Archive) -> tuple[list[Postmortem], list[Postmortem]]:
    """Give the records that are no drafts, and those of them that can be read."""
    final = [record for record in archive.records if record.header.status != "draft"]
    return final, [record for record in final if record.unreadable is None]


def causes_of(archive: Archive, as_of: date) -> Mapping[str, CauseSummary]:
    """Judge every record, by its id."""
    return {record.id: RecordCauses.of(record, archive, as_of).summary for record in archive.records}


def _lines(
    records: Iterable[Postmortem],
    causes: Mapping[str, CauseSummary],
    ids: Callable[[Postmortem], Iterable[str]],
    entries: Iterable[Entry],
) -> tuple[CoverageLine, ...]:
    """Divide records by what occurs in them, by name."""
    listed: dict[str, list[Postmortem]] = {}
    for record in records:
        for each in ids(record):
            listed.setdefault(each, []).append(record)
    catalogue = tuple(entries)
    lines = [
        CoverageLine(
            entry_for(catalogue, each),
            len(found),
            sum(record.causal_tree is None for record in found),
            CauseCounts.sum(causes[record.id].leaves for record in found),
            CauseCounts.sum(causes[record.id].factors for record in found),
        )
        for each, found in listed.items()
    ]
    return tuple(sorted(lines, key=lambda line: (line.entry.label.casefold(), line.entry.id)))


def _one(word: str) -> tuple[str, ...]:
    return (word,) if word else ()


def _newest_first(line: CoverageLine) -> str:
    return line.entry.id


def _days_since(then: date | None, as_of: date) -> int | None:
    return (as_of - then).days if then else None


def _severity_key(settings: Settings) -> Callable[[Postmortem], tuple[int, str]]:
    known: dict[str, tuple[int, str]] = {}

    def key(record: Postmortem) -> tuple[int, str]:
        word = record.header.severity or ""
        if word not in known:
            known[word] = severity_order(settings, severity_id(record, settings))
        return known[word]

    return key


def _order(
    by_severity: Callable[[Postmortem], tuple[int, str]],
) -> Callable[[OpenCause], tuple[bool, tuple[int, str], tuple[date, str]]]:
    """Sort open causes: root causes first, the worst severity, the longest ago."""
    return lambda each: (not each.cause.root_cause, by_severity(each.record), oldest_first(each.record))


def _review_order(risk: RegisteredRisk) -> tuple[date, str]:
    return (risk.review or date.max, risk.record.id)

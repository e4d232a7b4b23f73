"""Incidents that a list names and no record tells of, with what the policy asks for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from afterword.derive.promises.follow_through import is_owed_here
from afterword.derive.timing.calendar import business_days_after, business_days_between
from afterword.derive.words.labels import class_ids
from afterword.model.archive import Archive
from afterword.model.incident import ListedIncident


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """A closed incident without a record, of which the policy makes one mandatory.

    `due` and `draft_due` are None where the policy has no deadline for the severity; `days_late` are the business days since `due`.
    """

    incident: ListedIncident
    closed: date
    due: date | None
    draft_due: date | None
    days_late: int


@dataclass(frozen=True, slots=True)
class ListedIncidents:
    """What became of the incidents of a list, of which there are `total`.

    `missing` are those whose post-mortem is mandatory, the longest due first; `new_classes` those of which it is optional and that no record's failure
    class is that of. The others are counted: with a record (`recorded`), not asked for, closed later or not at all (`not_closed`), and of an unknown severity.
    """

    path: str
    total: int
    recorded: int
    missing: tuple[Unrecorded, ...]
    new_classes: tuple[ListedIncident, ...]
    not_asked_for: int
    not_closed: int
    unknown_severity: int

    @property
    def late(self) -> tuple[Unrecorded, ...]:
        """Give those whose deadline is past."""
        return tuple(each for each in self.missing if each.days_late)


def listed_incidents(archive: Archive, as_of: date) -> ListedIncidents | None:
    """Compare the list with the records of all folders, by the ids in their `incidents`; None where there is no list."""
    if archive.incidents is None:
        return None
    own = [record for record in archive.records if is_owed_here(record)]
    told = {name.strip().casefold() for record in own for name in record.header.incidents}
    classes = {one for record in own for one in class_ids(record, archive.settings)}
    recorded = not_asked_for = not_closed = unknown_severity = 0
    missing: list[Unrecorded] = []
    new_classes: list[ListedIncident] = []
    for incident in archive.incidents.incidents:
        if incident.id.casefold() in told:
            recorded += 1
        elif incident.severity is None:
            unknown_severity += 1
        elif incident.closed is None or incident.closed > as_of:
            not_closed += 1
        else:
            asked = archive.settings.requirement(incident.severity).postmortem
            if asked == "mandatory":
                missing.append(_missing(incident, incident.closed, archive, as_of))
                continue
            not_asked_for += 1
            if asked == "optional" and incident.failure_class and incident.failure_class not in classes:
                new_classes.append(incident)
    return ListedIncidents(
        archive.incidents.path,
        len(archive.incidents.incidents),
        recorded,
        tuple(sorted(missing, key=lambda each: (each.due or date.max, each.incident.id))),
        tuple(new_classes),
        not_asked_for,
        not_closed,
        unknown_severity,
    )


def _missing(incident: ListedIncident, closed: date, archive: Archive, as_of: date) -> Unrecorded:
    settings = archive.settings
    days = settings.requirement(incident.severity).deadline
    if days is None:
        return Unrecorded(incident, closed, None, None, 0)
    due = business_days_after(closed, days, settings.holidays)
    draft = business_days_after(closed, settings.policy.first_draft, settings.holidays)
    return Unrecorded(incident, closed, due, draft, business_days_between(due, as_of, settings.holidays))

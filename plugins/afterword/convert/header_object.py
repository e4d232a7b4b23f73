"""The front matter as JSON, under the keys that its author wrote."""

from __future__ import annotations

from collections.abc import Iterable

from afterword.convert.values import Object, day, plain, utc
from afterword.model.header import AllspawTest, Header, Impact, Person


def header_object(header: Header) -> Object:
    """Give every field of the header, null or an empty list where nothing is said; words of a catalogue by their ids.

    `duration` is in seconds, `closed` in UTC; keys of `x-…`, of the settings' own fields and of the site stand in `extra`.
    """
    return {
        "title": header.title,
        "date": day(header.date),
        "severity": header.severity,
        "potential_severity": header.potential_severity,
        "opened_as": header.opened_as,
        "severity_reason": header.severity_reason or None,
        "status": header.status,
        "kind": header.kind,
        "services": list(header.services),
        "failure_class": list(header.failure_class),
        "detected_by": header.detected_by,
        "authors": _people(header.authors),
        "commander": _people(header.commander),
        "reviewers": _people(header.reviewers),
        "participants": _people(header.participants),
        "incidents": list(header.incidents),
        "recurrences": [
            {"date": day(each.date), "incident": each.incident or None, "note": each.note or None}
            for each in header.recurrences
        ],
        "timezone": header.timezone,
        "duration": int(header.duration.total_seconds()) if header.duration is not None else None,
        "review_meeting": day(header.review_meeting),
        "published": day(header.published),
        "closed": utc(header.closed),
        "impact": _impact(header.impact),
        "links": [{"rel": link.rel, "url": link.url, "title": link.title or None} for link in header.links],
        "recurrence_of": list(header.recurrence_of),
        "distinct_from": [{"id": each.id, "reason": each.reason or None} for each in header.distinct_from],
        "aliases": list(header.aliases),
        "retold_from": header.retold_from,
        "visibility": header.visibility,
        "allspaw_test": _allspaw_test(header.allspaw_test),
        "sign_off": [
            {"role": each.role or None, "name": each.name or None, "date": day(each.date)}
            for each in header.sign_off
        ],
        "language": header.language,
        "extra": {key: plain(value) for key, value in sorted(header.extra.items())},
    }


def _people(people: Iterable[Person]) -> list[Object]:
    return [{"name": person.name, "role": person.role or None} for person in people]


def _impact(impact: Impact) -> Object:
    revenue = None
    if impact.revenue_amount is not None:
        revenue = {"amount": impact.revenue_amount, "currency": impact.revenue_currency or None}
    return {
        "customers": impact.customers,
        "segments": list(impact.segments),
        "revenue": revenue,
        "error_budget_burned": impact.error_budget_burned,
        "teams_blocked": list(impact.teams_blocked),
        "communication": list(impact.communication),
        "reportable": impact.reportable,
    }


def _allspaw_test(test: AllspawTest | None) -> Object | None:
    return {"passed": test.passed, "date": day(test.date)} if test else None

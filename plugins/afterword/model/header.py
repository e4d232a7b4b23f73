"""The front matter of a record (docs/format.md, section 2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field

from afterword.model.span import START, Span
from afterword.model.value import plain_value


@plain_value()
class Person:
    """Someone with a part in the incident or its write-up; `role` is empty where none is given."""

    name: str
    role: str = ""


@plain_value()
class RecurrenceEntry:
    """The same class seen again below the threshold, recorded here instead of in a record of its own."""

    date: dt.date | None
    incident: str = ""
    note: str = ""


@plain_value()
class Distinction:
    """A record that looks alike and is not, with the reason."""

    id: str
    reason: str = ""


@plain_value()
class Link:
    """A linked document of the header: `rel` is one of chat, dashboard, runbook, change, ticket, regulator, related."""

    rel: str
    url: str
    title: str = ""


@plain_value()
class Impact:
    """What the incident did, as far as the header says; `error_budget_burned` is in percent."""

    customers: int | None = None
    segments: tuple[str, ...] = ()
    revenue_amount: float | None = None
    revenue_currency: str = ""
    error_budget_burned: float | None = None
    teams_blocked: tuple[str, ...] = ()
    communication: tuple[str, ...] = ()
    reportable: bool | None = None


@plain_value()
class AllspawTest:
    """Would the person who pushed the button call this fair?"""

    passed: bool | None
    date: dt.date | None = None


@plain_value()
class SignOff:
    """One signature under the finished record."""

    role: str
    name: str = ""
    date: dt.date | None = None


@plain_value()
class Header:
    """All that the front matter says, typed; what is absent or could not be read is None or empty.

    `spans` gives the place of a key's value by its path (`authors`, `authors[0].name`, `impact.customers`) and of the key itself
    by the path behind `@` (`@severity`). `extra` holds the keys of `x-…`, of the settings' own fields and of the site, as read.
    """

    title: str = ""
    date: dt.date | None = None
    severity: str | None = None
    potential_severity: str | None = None
    opened_as: str | None = None
    severity_reason: str = ""
    status: str | None = None
    kind: str | None = None
    services: tuple[str, ...] = ()
    failure_class: tuple[str, ...] = ()
    detected_by: str | None = None
    authors: tuple[Person, ...] = ()
    commander: tuple[Person, ...] = ()
    reviewers: tuple[Person, ...] = ()
    participants: tuple[Person, ...] = ()
    incidents: tuple[str, ...] = ()
    recurrences: tuple[RecurrenceEntry, ...] = ()
    timezone: str | None = None
    duration: dt.timedelta | None = None
    review_meeting: dt.date | None = None
    published: dt.date | None = None
    closed: dt.datetime | None = None
    impact: Impact = field(default_factory=Impact)
    links: tuple[Link, ...] = ()
    recurrence_of: tuple[str, ...] = ()
    distinct_from: tuple[Distinction, ...] = ()
    aliases: tuple[str, ...] = ()
    retold_from: str | None = None
    visibility: str | None = None
    allspaw_test: AllspawTest | None = None
    sign_off: tuple[SignOff, ...] = ()
    language: str | None = None
    extra: Mapping[str, object] = field(default_factory=dict)
    spans: Mapping[str, Span] = field(default_factory=dict)

    def span(self, path: str) -> Span:
        """Give the place of a value, of the nearest value above it where it has none, else of the file's start."""
        while path:
            if path in self.spans:
                return self.spans[path]
            path = path.rpartition(".")[0] if path.rfind(".") > path.rfind("[") else path.rpartition("[")[0]
        return START

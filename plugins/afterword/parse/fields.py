"""The table of header fields (docs/format.md, section 2): one line each, and the shapes of their parts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from afterword.model.header import (
    AllspawTest,
    Distinction,
    Impact,
    Link,
    Person,
    RecurrenceEntry,
    SignOff,
)
from afterword.model.settings import Settings
from afterword.model.words import COMMUNICATION, DETECTED_BY, LINK_RELS, STATUS_OF_RECORD, VISIBILITY
from afterword.parse import scalars as s
from afterword.parse.values import Read, Reader, list_of, mapping_of, text, word, wrong
from afterword.parse.vocabulary import failure_class, kind, service, severity
from afterword.parse.yaml_nodes import YamlNode


@dataclass(frozen=True, slots=True)
class Field:
    """One key of the front matter: its type as documentation names it, how its value is read, when it is required, its fixed words."""

    key: str
    type: str
    read: Reader[Any]
    required: str = "no"
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Money:
    """An amount and its currency, which may be unknown."""

    amount: float | None = None
    currency: str = ""


_Parts = Mapping[str, Reader[Any]]

PERSON: _Parts = {"name": text, "role": text}
RECURRENCE: _Parts = {"date": s.date, "incident": s.incident, "note": text}
LINK: _Parts = {"rel": word(LINK_RELS), "url": s.url, "title": text}
DISTINCTION: _Parts = {"id": s.record_id, "reason": text}
ALLSPAW_TEST: _Parts = {"passed": s.boolean, "date": s.date}
SIGN_OFF: _Parts = {"role": text, "name": text, "date": s.date}
MONEY: _Parts = {"amount": s.number, "currency": s.currency}


def _person(node: YamlNode, name: str, settings: Settings) -> Read[Person]:
    read = text(node, name, settings)
    return Read(Person(read.value) if read.value else None, read.findings)


def _recurrence(date: dt.date | None = None, incident: str = "", note: str = "") -> RecurrenceEntry:
    return RecurrenceEntry(date, incident, note)


def _link(url: str, rel: str = "related", title: str = "") -> Link:
    return Link(rel, url, title)


def _bare_link(node: YamlNode, name: str, settings: Settings) -> Read[Link]:
    read = s.url(node, name, settings)
    return Read(_link(read.value) if read.value else None, read.findings)


def _distinct_id(node: YamlNode, name: str, settings: Settings) -> Read[Distinction]:
    read = s.record_id(node, name, settings)
    return Read(Distinction(read.value) if read.value else None, read.findings)


def _allspaw_test(passed: bool | None = None, date: dt.date | None = None) -> AllspawTest:
    return AllspawTest(passed, date)


def _passed(node: YamlNode, name: str, settings: Settings) -> Read[AllspawTest]:
    read = s.boolean(node, name, settings)
    return Read(AllspawTest(read.value) if read.value is not None else None, read.findings)


def _sign_off(role: str = "", name: str = "", date: dt.date | None = None) -> SignOff:
    return SignOff(role, name, date)


def _money_text(node: YamlNode, name: str, settings: Settings) -> Read[Money]:
    """Read `12,000 EUR` or `EUR 12,000`."""
    words = node.text.split()
    if len(words) >= 2:
        first_is_code = words[0].isalpha()
        code = words[0] if first_is_code else words[-1]
        amount = " ".join(words[1:] if first_is_code else words[:-1])
        parts = [YamlNode("scalar", node.span, part) for part in (amount, code)]
        number, currency = s.number(parts[0], name, settings), s.currency(parts[1], name, settings)
        if number.value is not None and currency.value is not None:
            return Read(Money(number.value, currency.value))
    return wrong(
        node,
        "wrong-type",
        f"{name} is no amount of money, expected {{amount, currency}} or such as 12000 EUR",
    )


def _impact(revenue: Money | None = None, **rest: Any) -> Impact:
    money = revenue or Money()
    return Impact(revenue_amount=money.amount, revenue_currency=money.currency, **rest)


IMPACT: _Parts = {
    "customers": s.count,
    "segments": list_of(text),
    "revenue": mapping_of(Money, MONEY, _money_text),
    "error_budget_burned": s.percent,
    "teams_blocked": list_of(text),
    "communication": list_of(word(COMMUNICATION)),
    "reportable": s.boolean,
}

_PEOPLE = list_of(mapping_of(Person, PERSON, _person, needs="name"))

FIELDS = (
    Field("title", "text", text, "yes"),
    Field("date", "date", s.date, "yes"),
    Field("severity", "severity", severity, "yes"),
    Field("potential_severity", "severity", severity, "for a near miss"),
    Field("opened_as", "severity", severity),
    Field("severity_reason", "text", text),
    Field("status", "word", word(STATUS_OF_RECORD, "unknown-status"), "yes", STATUS_OF_RECORD),
    Field("kind", "kind", kind, "yes"),
    Field("services", "list of service", list_of(service), "yes"),
    Field("failure_class", "list of failure class", list_of(failure_class), "yes"),
    Field("detected_by", "word", word(DETECTED_BY), words=DETECTED_BY),
    Field("authors", "list of person", _PEOPLE, "yes"),
    Field("commander", "list of person", _PEOPLE),
    Field("reviewers", "list of person", _PEOPLE),
    Field("participants", "list of person", _PEOPLE),
    Field("incidents", "list of incident id", list_of(s.incident)),
    Field("recurrences", "list of recurrence", list_of(mapping_of(_recurrence, RECURRENCE))),
    Field("timezone", "time zone", s.zone),
    Field("duration", "duration", s.duration),
    Field("review_meeting", "date", s.date),
    Field("published", "date", s.date),
    Field("closed", "datetime", s.moment),
    Field("impact", "impact", mapping_of(_impact, IMPACT)),
    Field("links", "list of link", list_of(mapping_of(_link, LINK, _bare_link, needs="url"))),
    Field("recurrence_of", "list of record id", list_of(s.record_id)),
    Field(
        "distinct_from",
        "list of distinction",
        list_of(mapping_of(Distinction, DISTINCTION, _distinct_id, needs="id")),
    ),
    Field("aliases", "list of record id or path", list_of(s.alias)),
    Field("retold_from", "url", s.url),
    Field("visibility", "word", word(VISIBILITY, mended=False), words=VISIBILITY),
    Field(
        "allspaw_test",
        "allspaw test",
        mapping_of(_allspaw_test, ALLSPAW_TEST, _passed),
        "for final at sev0 to sev2",
    ),
    Field("sign_off", "list of sign-off", list_of(mapping_of(_sign_off, SIGN_OFF)), "by policy"),
    Field("language", "language tag", s.language),
)
"""Every field of the header, in the order of the specification."""

BY_KEY = {field.key: field for field in FIELDS}

OWN_TYPES: Mapping[str, Reader[Any]] = {
    "text": text,
    "date": s.date,
    "number": s.number,
    "boolean": s.boolean,
    "list": list_of(text),
}
"""The types that settings may give to fields of their own."""

PAGE_KEYS = frozenset(
    [
        "author",
        "boost",
        "categories",
        "comments",
        "description",
        "draft",
        "edit_url",
        "hide",
        "icon",
        "image",
        "keywords",
        "pin",
        "readtime",
        "robots",
        "search",
        "slug",
        "social",
        "subtitle",
        "tags",
        "template",
    ]
)
"""Keys that MkDocs and Material give a meaning to; those that are also fields here are fields."""

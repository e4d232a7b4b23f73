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
from afterword.parse.values import scalars as s
from afterword.parse.values.readers import Read, Reader, list_of, mapping_of, text, word, wrong
from afterword.parse.values.vocabulary import failure_class, kind, service, severity
from afterword.parse.values.yaml_nodes import YamlNode


@dataclass(frozen=True, slots=True)
class Field:
    """One key of the front matter: its type as documentation names it, how its value is read, when it is required, what it means, its fixed words."""

    key: str
    type: str
    read: Reader[Any]
    required: str
    meaning: str
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


def _recurrence(date: dt.date | None = None, incident: str = "", note: str = "") -> RecurrenceEntry:
    return RecurrenceEntry(date, incident, note)


def _link(url: str, rel: str = "related", title: str = "") -> Link:
    return Link(rel, url, title)


def _allspaw_test(passed: bool | None = None, date: dt.date | None = None) -> AllspawTest:
    return AllspawTest(passed, date)


def _sign_off(role: str = "", name: str = "", date: dt.date | None = None) -> SignOff:
    return SignOff(role, name, date)


def money_text(node: YamlNode, name: str, settings: Settings) -> Read[Money]:
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
    "revenue": mapping_of(Money, MONEY, money_text),
    "error_budget_burned": s.percent,
    "teams_blocked": list_of(text),
    "communication": list_of(word(COMMUNICATION)),
    "reportable": s.boolean,
}

_PEOPLE = list_of(mapping_of(Person, PERSON, "name", needs="name"))

FIELDS = (
    Field("title", "text", text, "yes", "what happened, as the customer saw it"),
    Field("date", "date", s.date, "yes", "the day the incident started; equals the date in the file name"),
    Field("severity", "severity", severity, "yes", "how bad it was, as at close"),
    Field("potential_severity", "severity", severity, "for a near miss", "how bad it nearly was"),
    Field(
        "opened_as",
        "severity",
        severity,
        "no",
        "the severity at open, where it differs; lowering needs `severity_reason`",
    ),
    Field("severity_reason", "text", text, "no", "why the severity was changed after it was opened"),
    Field(
        "status",
        "word",
        word(STATUS_OF_RECORD, "unknown-status"),
        "yes",
        "how far the record is; drafts are published with a banner and judged leniently",
        STATUS_OF_RECORD,
    ),
    Field("kind", "kind", kind, "yes", "what kind of incident it was; for a near miss, what nearly happened"),
    Field(
        "services",
        "list of service",
        list_of(service),
        "yes",
        "the affected services, by their ids in the catalogue",
    ),
    Field(
        "failure_class",
        "list of failure class",
        list_of(failure_class),
        "yes",
        "the kinds of weakness it brought to light; they decide what counts as a recurrence",
    ),
    Field("detected_by", "word", word(DETECTED_BY), "no", "who or what noticed", DETECTED_BY),
    Field("authors", "list of person", _PEOPLE, "yes", "who wrote the record: `Name`, or `{name, role}`"),
    Field("commander", "list of person", _PEOPLE, "no", "who led the response: `Name`, or `{name, role}`"),
    Field("reviewers", "list of person", _PEOPLE, "no", "who reviewed the record: `Name`, or `{name, role}`"),
    Field(
        "participants",
        "list of person",
        _PEOPLE,
        "no",
        "who took part in the response: `Name`, or `{name, role}`",
    ),
    Field(
        "incidents",
        "list of incident id",
        list_of(s.incident),
        "no",
        "the ids of the incident in its tracker; one record may cover several",
    ),
    Field(
        "recurrences",
        "list of recurrence",
        list_of(mapping_of(_recurrence, RECURRENCE)),
        "no",
        "the same class seen again below the threshold, recorded here instead of in a record of its own",
    ),
    Field(
        "timezone",
        "time zone",
        s.zone,
        "no",
        "the zone of the timeline's times: an IANA name such as Europe/Berlin, or UTC; the archive's default otherwise",
    ),
    Field(
        "duration",
        "duration",
        s.duration,
        "no",
        "customer impact where no timeline gives it, such as `1h 22m` or `PT1H22M`",
    ),
    Field("review_meeting", "date", s.date, "no", "the day on which the record was reviewed"),
    Field(
        "published", "date", s.date, "no", "the day on which the record became final; otherwise git knows it"
    ),
    Field(
        "closed",
        "datetime",
        s.moment,
        "no",
        "when the incident was closed, with its zone: the deadline runs from here; otherwise `[CLOSED]`, else `[RESOLVED]`",
    ),
    Field("impact", "impact", mapping_of(_impact, IMPACT), "no", "what the incident did, in figures"),
    Field(
        "links",
        "list of link",
        list_of(mapping_of(_link, LINK, "url", needs="url")),
        "no",
        "where more is to be found: `{rel, url, title}`",
    ),
    Field(
        "recurrence_of",
        "list of record id",
        list_of(s.record_id),
        "no",
        "earlier records of the same: this happened before, says the author",
    ),
    Field(
        "distinct_from",
        "list of distinction",
        list_of(mapping_of(Distinction, DISTINCTION, "id", needs="id")),
        "no",
        "records that look alike and are not, with the reason: the pair is no recurrence",
    ),
    Field(
        "aliases",
        "list of record id or path",
        list_of(s.alias),
        "no",
        "former ids, or former `.md` paths below the archive: each becomes a redirect",
    ),
    Field(
        "retold_from",
        "url",
        s.url,
        "no",
        "where a public incident is told by others: nobody here owes its actions, which count in no rate",
    ),
    Field(
        "visibility",
        "word",
        word(VISIBILITY, mended=False),
        "no",
        "whether a public build may show the record once it is final; `internal` by default",
        VISIBILITY,
    ),
    Field(
        "allspaw_test",
        "allspaw test",
        mapping_of(_allspaw_test, ALLSPAW_TEST, "passed"),
        "for final at sev0 to sev2",
        "would the person who pushed the button call this fair?",
    ),
    Field(
        "sign_off",
        "list of sign-off",
        list_of(mapping_of(_sign_off, SIGN_OFF)),
        "by policy",
        "who has signed the finished record: `{role, name, date}`",
    ),
    Field(
        "language",
        "language tag",
        s.language,
        "no",
        "the language the record is written in; the archive's by default",
    ),
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

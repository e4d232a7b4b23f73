"""The table of header fields, field by field, with the exact places of findings."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from afterword.model.finding import Nature
from afterword.model.header import AllspawTest, Distinction, Impact, Link, Person, RecurrenceEntry, SignOff
from afterword.model.settings import Entry, OwnField, Settings
from afterword.model.span import Span
from afterword.parse.values.fields import FIELDS
from afterword.parse.values.header import read_header

WHOLE = """\
title: API answers 500 for 22 minutes
date: 2026-03-14
severity: sev1
opened_as: sev2
severity_reason: "no: data was at stake"
status: final
kind: outage
services: [payments-api, checkout]
failure_class: capacity
detected_by: alert
authors:
  - Ada Example
  - {name: Bo Example, role: incident lead}
commander: Cy Example
incidents: [INC-142, INC-143]
recurrences:
  - {date: 2026-04-01, incident: INC-160, note: again at night}
timezone: Europe/Berlin
duration: 1h 22m
review_meeting: 2026-03-20
published: 2026-03-21
closed: 2026-03-14 17:40 Europe/Berlin
impact:
  customers: 1,200
  segments: [retail]
  revenue: {amount: 12000.50, currency: eur}
  error_budget_burned: 31 %
  teams_blocked: checkout
  communication: [status-page, email]
  reportable: no
links:
  - {rel: change, url: "https://example.org/c/1", title: the change}
recurrence_of: [2025-11-02-pool-exhausted]
distinct_from:
  - {id: 2025-10-02-pool-slow, reason: another pool}
aliases: [2026/2026-03-14-old.md, 2026-03-14-older]
visibility: public
allspaw_test: {passed: yes, date: 2026-03-19}
sign_off:
  - {role: VP engineering, name: Di Example, date: 2026-03-20}
language: en-GB
x-team: {a: no}
tags: [one]
search: {boost: 2}
"""


def read(text, settings=Settings()):  # noqa: B008 - frozen
    """Read a header that begins on the second line of its file."""
    return read_header(text, 2, settings)


def said(text, settings=Settings()):  # noqa: B008 - frozen
    """Give the findings of a header as `line:column-end rule: message`."""
    return [
        f"{f.span.line}:{f.span.column}-{f.span.end_column} {f.rule}: {f.message}"
        for f in read(text, settings)[1]
    ]


def test_a_whole_header_is_read():
    """Every field of the table becomes its typed value, without a finding."""
    header, findings = read(WHOLE)
    assert findings == ()
    assert (header.title, header.date) == ("API answers 500 for 22 minutes", dt.date(2026, 3, 14))
    assert (header.severity, header.opened_as, header.status, header.kind) == (
        "sev1",
        "sev2",
        "final",
        "outage",
    )
    assert header.severity_reason == "no: data was at stake"
    assert (header.services, header.failure_class) == (("payments-api", "checkout"), ("capacity",))
    assert header.authors == (Person("Ada Example"), Person("Bo Example", "incident lead"))
    assert header.commander == (Person("Cy Example"),)
    assert header.incidents == ("INC-142", "INC-143")
    assert header.recurrences == (RecurrenceEntry(dt.date(2026, 4, 1), "INC-160", "again at night"),)
    assert (header.timezone, header.duration) == ("Europe/Berlin", dt.timedelta(minutes=82))
    assert header.closed is not None
    assert header.closed.astimezone(dt.UTC) == dt.datetime(2026, 3, 14, 16, 40, tzinfo=dt.UTC)
    assert header.impact == Impact(
        1200, ("retail",), 12000.5, "EUR", 31.0, ("checkout",), ("status-page", "email"), False
    )
    assert header.links == (Link("change", "https://example.org/c/1", "the change"),)
    assert header.recurrence_of == ("2025-11-02-pool-exhausted",)
    assert header.distinct_from == (Distinction("2025-10-02-pool-slow", "another pool"),)
    assert header.aliases == ("2026/2026-03-14-old.md", "2026-03-14-older")
    assert header.allspaw_test == AllspawTest(True, dt.date(2026, 3, 19))
    assert header.sign_off == (SignOff("VP engineering", "Di Example", dt.date(2026, 3, 20)),)
    assert (header.visibility, header.language) == ("public", "en-GB")
    assert header.extra == {"x-team": {"a": "no"}, "tags": ("one",), "search": {"boost": 2}}


def test_every_field_of_the_table_is_in_the_whole_header():
    """The example above leaves out only the two fields that contradict it."""
    assert {field.key for field in FIELDS} - set(read(WHOLE)[0].spans) == {
        "potential_severity", "reviewers", "participants", "retold_from",
    }  # fmt: skip


def test_places_are_kept_by_path():
    """Values stand under their path, keys under the path behind `@`, list items under their index among the values."""
    header, _ = read("severity: sev1\nimpact:\n  customers: 3\nservices: [a b, c]\nauthors: [{name: A}]\n")
    assert header.spans["severity"] == Span(2, 11, 2, 15)
    assert header.spans["@severity"] == Span(2, 1, 2, 9)
    assert header.spans["impact.customers"] == Span(4, 14, 4, 15)
    assert header.spans["@impact.customers"] == Span(4, 3, 4, 12)
    assert header.spans["services[1]"] == Span(5, 17, 5, 18)
    assert header.spans["authors[0].name"] == Span(6, 18, 6, 19)
    assert header.spans["@authors[0].name"] == Span(6, 12, 6, 16)


def test_an_unreadable_value_leaves_out_its_list_item_only():
    """Indexes in spans are those of the values that were read."""
    header, findings = read("recurrence_of: [nonsense, 2026-01-02-x]\n")
    assert header.recurrence_of == ("2026-01-02-x",)
    assert header.spans["recurrence_of[0]"] == Span(2, 27, 2, 39)
    assert [finding.rule for finding in findings] == ["bad-id"]


@pytest.mark.parametrize("written", ["SEV-1", "Sev 1", "S1", "1", "sev_1", "SEV1"])
def test_spellings_of_a_severity_are_read_with_a_warning(written):
    """A severity written in another way is read, and said."""
    header, findings = read(f"severity: {written}\n")
    assert header.severity == "sev1"
    assert [(f.rule, f.nature, f.hint) for f in findings] == [
        ("severity-spelling", Nature.WARNING, "write sev1")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "severity: P1",
            "2:11-13 unknown-severity: severity 'P1' is not one of sev0, sev1, sev2, sev3, sev4, near-miss (did you mean 'sev1'?)",
        ),
        ("severity: sev9", "2:11-15 unknown-severity: severity 'sev9' is not one of sev0, sev1, sev2, sev3, sev4, near-miss"),
        ("status: finl", "2:9-13 unknown-status: status 'finl' is not one of draft, in-review, final (did you mean 'final'?)"),
        ("status: In review", "2:9-18 unknown-status: status 'In review' is not one of draft, in-review, final (did you mean 'in-review'?)"),
        (
            "kind: outtage",
            "2:7-14 unknown-kind: kind 'outtage' is not one of outage, regression, missed-launch, failed-experiment, customer-escalation, security, data-loss (did you mean 'outage'?)",
        ),
        ("detected_by: luck", "2:14-18 unknown-value: detected_by 'luck' is not one of alert, customer, staff, third-party, review"),
        ("visibility: no", "2:13-15 unknown-value: visibility 'no' is not one of internal, public"),
        ("severty: sev1", "2:1-8 unknown-key: unknown key 'severty' (did you mean 'severity'?)"),
        ("impact: {custmers: 1}", "2:10-18 unknown-key: unknown key 'custmers' of impact (did you mean 'customers'?)"),
        ("date: 14/03/2026", "2:7-17 bad-date: date '14/03/2026' is no date, expected YYYY-MM-DD"),
        ("date: 2026-02-30", "2:7-17 bad-date: date '2026-02-30' is no day of the calendar, expected YYYY-MM-DD"),
        ("date: 0026-03-14", "2:7-17 bad-date: date '0026-03-14' is no day of the calendar, expected YYYY-MM-DD"),
        ("date: [2026-03-14]", "2:7-19 wrong-type: date is a list, expected a date"),
        ("closed: 2026-03-14 16:40", "2:9-25 bad-datetime: closed '2026-03-14 16:40': no zone is given, expected Z, an offset such as +01:00, or an IANA name"),
        ("closed: 2026-03-14 16:40 CET", "2:9-29 bad-datetime: closed '2026-03-14 16:40 CET': the zone 'CET' is not known, expected Z, an offset such as +01:00, or an IANA name"),
        ("duration: soon", "2:11-15 bad-duration: duration 'soon' is no duration, expected such as 1h 22m or PT1H22M"),
        ("timezone: Europe/Berln", "2:11-23 bad-timezone: timezone 'Europe/Berln' is not read as a time zone, expected UTC or a name such as Europe/Berlin (did you mean 'Europe/Berlin'?)"),
        ("retold_from: javascript:alert(1)", "2:14-33 bad-url: retold_from 'javascript:alert(1)' is no web address, expected https://…"),
        ("language: en_GB", "2:11-16 bad-language: language 'en_GB' is no language tag, expected such as en or pt-BR"),
        ("services: [Payments API]", "2:12-24 bad-id: service 'Payments API' is no id, expected small letters, digits and hyphens such as payments-api"),
        ("aliases: ../x.md", "2:10-17 bad-id: aliases '../x.md' is neither a record id nor a relative .md path below the archive"),
        ("aliases: 404.html.md", "2:10-21 bad-id: aliases '404.html.md' is no former page, '404.html' is the name of another kind of file"),
        ("aliases: a/Pool.PNG/b.md", "2:10-25 bad-id: aliases 'a/Pool.PNG/b.md' is no former page, 'Pool.PNG' is the name of another kind of file"),
        (f"aliases: {'a/' * 150}b.md", f"2:10-314 bad-id: aliases '{'a/' * 29}a…' has more than 250 bytes"),
        ("impact: {customers: many}", "2:21-25 wrong-type: impact.customers 'many' is no count, expected a whole number"),
        ("impact: outage", "2:9-15 wrong-type: impact is text, expected {customers, segments, revenue, error_budget_burned, teams_blocked, communication, reportable}"),
        ("authors: [{role: x}]", "2:11-20 wrong-type: authors has no name, expected {name, role}"),
        ("- a\n- b", "2:1-4 yaml-syntax: the front matter is a list, expected lines of `key: value`"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_at_its_place(text, expected):
    """Each finding names the value and what was expected, at the value."""
    assert said(text) == [expected]


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("14/03/2026", "write 2026-03-14"),
        ("2026/3/4", "write 2026-03-04"),
        ("2026-03-14 14:02", "write 2026-03-14"),
        ("2026-03-14 14:02:00 +0200", "write 2026-03-14"),
        ("2026-03-14 00:00:00 -0500", "write 2026-03-14"),
        ("March 14, 2026", "write 2026-03-14"),
        ("03/04/2026", "write 2026-04-03 or 2026-03-04, as it is meant"),
        ("yesterday", "such as 2026-03-14"),
    ],
)
def test_dates_in_other_notations_get_the_day_they_can_only_mean(written, hint):
    """The hint is the day where there is only one, else an example."""
    assert [finding.hint for finding in read(f"date: {written}")[1]] == [hint]


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("90m", 90),
        ("2d 3h", 3060),
        ("PT1H22M", 82),
        ("PT1.5H", 90),
        ("PT0,5H", 30),
        ("1h22m", 82),
        ("1.5h", 90),
        ("90 minutes", 90),
        ("P1DT2H", 1560),
    ],
)
def test_durations(written, minutes):
    """Durations are read in the notations of people and of ISO 8601."""
    assert read(f"duration: {written}")[0].duration == dt.timedelta(minutes=minutes)


@pytest.mark.parametrize("written", ["2026-03-14T16:40Z", "2026-03-14 16:40 UTC", "2026-03-14 17:40+01:00"])
def test_closed_takes_every_zone_that_is_one(written):
    """A moment needs a zone: `Z`, UTC, an offset or an IANA name."""
    header, findings = read(f"closed: {written}")
    assert header.closed == dt.datetime(2026, 3, 14, 16, 40, tzinfo=dt.UTC)
    assert findings == ()


def test_the_catalogue_of_the_settings():
    """Aliases and former ids become the id; another id is kept with a finding and the nearest one."""
    settings = Settings(
        services=(Entry("payments-api", "Payments API", aliases=("pay",), renamed_from=("billing",)),),
        failure_classes=(Entry("capacity"),),
    )
    text = "services: [pay, billing, payments-ap, other]\nfailure_class: [capcity]\n"
    header, _ = read(text, settings)
    assert header.services == ("payments-api", "payments-ap", "other")
    assert header.failure_class == ("capcity",)
    assert said(text, settings) == [
        "2:26-37 unknown-service: service 'payments-ap' is not in the catalogue of the settings (did you mean 'payments-api'?)",
        "2:39-44 unknown-service: service 'other' is not in the catalogue of the settings",
        "3:17-24 unknown-class: failure class 'capcity' is not in the catalogue of the settings (did you mean 'capacity'?)",
    ]


def test_a_word_that_is_not_in_the_catalogue_says_what_is() -> None:
    """The hint lists the catalogue and names the place where another word is added."""
    settings = Settings(services=(Entry("checkout"), Entry("search")))
    assert [finding.hint for finding in read("services: [zebra]\n", settings)[1]] == [
        "write one of checkout, search, or add it to `services` in afterword.yml"
    ]


def test_a_guess_at_a_key_is_close() -> None:
    """Keys that share a few letters are no guess; then the first known ones are listed."""
    (finding,) = read("region: eu\n")[1]
    assert "did you mean" not in finding.message and "expected one of title" in finding.message


def test_an_archives_own_fields_are_typed():
    """Fields that settings declare are read by their type into `extra`."""
    settings = Settings(
        fields=(OwnField("region", "list"), OwnField("cost", "number"), OwnField("seen", "date"))
    )
    header, findings = read("region: eu\ncost: 12\nseen: never\n", settings)
    assert header.extra == {"region": ("eu",), "cost": 12.0}
    assert [(finding.rule, finding.span.line) for finding in findings] == [("bad-date", 4)]


def test_empty_values_are_absent_and_their_keys_are_known():
    """`key:`, `~` and `null` are no values and no faults; the key's place tells an empty field from a missing one."""
    header, findings = read("title:\ndate: ~\nservices: null\n")
    assert (header.title, header.date, header.services, findings) == ("", None, (), ())
    assert "@title" in header.spans and "@severity" not in header.spans


def test_no_front_matter_is_an_empty_header():
    """A file without front matter has a header with nothing in it."""
    assert read_header(None, 1, Settings())[0].title == ""


_VALUE = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["9999-12-31", "0001-01-01T00:00+14:00", "99999999999999999999d", "P999999W", "http://[", "../../etc/passwd",
         "{name: [x]}", "[[a], {b: c}]", "{id: {a: b}}", "{amount: x, currency: 1}", "٣", "²", "1e999", "Europe", "\x00"]
    ),
)  # fmt: skip


@examples(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([field.key for field in FIELDS]), _VALUE), max_size=6))
def test_no_value_raises(pairs):
    """Any text in any field is a value or a finding."""
    header, _ = read("\n".join(f"{key}: {value}" for key, value in pairs))
    if header.closed is not None:
        header.closed.astimezone(dt.UTC)

"""`afterword.yml`: everything has a default, everything odd is a finding with its place."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from afterword.model.finding import Level
from afterword.model.settings import (
    CATEGORIES,
    DEFAULT_POLICY,
    KINDS,
    SEVERITIES,
    ArchiveFolder,
    Entry,
    OwnField,
    RosterEntry,
    RuleSetting,
    SearchSettings,
    Settings,
    Tracker,
)
from afterword.parse.settings.settings import KEYS, read_settings

WHOLE = """\
format: 1
archives:
  - {name: Main, folder: ./docs/postmortems/, address: /postmortems/, visibility: public}
  - other
language: de
timezone: Europe/Berlin
holidays: [2026-12-25, 2026-12-26]
services:
  - {id: payments-api, name: Payments API, team: payments, aliases: [pay], renamed_from: billing}
  - checkout
severities: [{id: sev1, aliases: [major]}, {id: sev9, name: Nine}]
kinds: [outage, drill]
categories: [prevent]
failure_classes: [{id: capacity}, {id: pool, broader: capacity}]
policy:
  sev1: {deadline: none, methods: any, anchors: [trigger], sections: [summary], sign_off: [VP]}
  sev9: {postmortem: mandatory, deadline: 2}
  first_draft: 2
  due_within: {P0: 7}
  kinds_without_anchors: [drill]
fields:
  - {id: region, type: list, required_for: [sev1], facet: yes, audience: executives}
section_aliases: {summary: [In short]}
words: {de: {summary: [Zusammenfassung], AND: UND}}
people: [Ada Example, {name: Bo Example, team: payments, left: 2026-01-31}]
teams: [{id: payments, name: Payments}]
trackers: [{name: jira, key: PAY-#, url: "https://tracker.example/PAY-#", can_open: true}]
rules:
  summary-length: off
  few-positives: {level: error, at_least: 4}
completion_targets: {90: 95 %, 30: 60}
attachments: {types: [.PNG, pdf]}
image_hosts: [images.example.org]
cache_safe_plugins: [search, tags]
largest_drawing: 400
search: {engine: postings, budget: 200 KB}
actions_per_person: 8
"""


def said(text):
    """Give the findings of settings as `line:column rule: message`."""
    return [
        f"{f.span.line}:{f.span.column} {f.rule}: {f.message}"
        for f in read_settings(text, "afterword.yml").findings
    ]


def test_an_empty_file_gives_the_defaults():
    """Nothing has to be said."""
    assert read_settings("", "afterword.yml") == Settings(path="afterword.yml")


def test_every_setting_is_read():
    """All keys of the specification become their typed values, without a finding."""
    read = read_settings(WHOLE, "afterword.yml")
    assert read.findings == ()
    assert read.archives == (
        ArchiveFolder("docs/postmortems", "Main", "postmortems", "public"),
        ArchiveFolder("other"),
    )
    assert (read.language, read.timezone) == ("de", "Europe/Berlin")
    assert read.holidays == {dt.date(2026, 12, 25), dt.date(2026, 12, 26)}
    assert read.services == (
        Entry("payments-api", "Payments API", "payments", ("pay",), ("billing",)),
        Entry("checkout"),
    )
    assert read.severities == (
        Entry("sev1", "Sev 1", aliases=("major",), rank=0),
        Entry("sev9", "Nine", rank=1),
    )
    assert read.kinds == (Entry("outage", "Outage"), Entry("drill"))
    assert read.failure_classes == (Entry("capacity"), Entry("pool", broader="capacity"))
    sev1 = read.requirement("sev1")
    assert (sev1.deadline, sev1.methods, sev1.anchors, sev1.sections) == (
        None,
        (),
        ("TRIGGER",),
        ("summary",),
    )
    assert sev1.postmortem == "mandatory"
    assert read.requirement("sev9").deadline == 2
    assert read.requirement("sev2") == DEFAULT_POLICY.by_severity["sev2"]
    assert (read.policy.first_draft, read.policy.due_within["P0"], read.policy.due_within["P1"]) == (2, 7, 30)
    assert read.policy.kinds_without_anchors == ("drill",)
    assert read.fields == (OwnField("region", "list", ("sev1",), True, "executives"),)
    assert read.section_aliases == {"summary": ("In short",)}
    assert read.words == {"de": {"summary": ("Zusammenfassung",), "AND": ("UND",)}}
    assert read.people == (
        RosterEntry("Ada Example"),
        RosterEntry("Bo Example", "payments", dt.date(2026, 1, 31)),
    )
    assert read.teams == (RosterEntry("Payments", id="payments"),)
    assert read.trackers == (Tracker("jira", "PAY-#", "https://tracker.example/PAY-#", True),)
    assert read.rules == {
        "summary-length": RuleSetting(Level.OFF),
        "few-positives": RuleSetting(Level.ERROR, {"at_least": 4}),
    }
    assert read.completion_targets == ((30, 60.0), (90, 95.0))
    assert read.attachment_types == ("png", "pdf")
    assert read.largest_drawing == 400
    assert read.search == SearchSettings("postings", 200_000)
    assert read.actions_per_person == 8
    assert (read.image_hosts, read.cache_safe_plugins) == (("images.example.org",), ("search", "tags"))


@pytest.mark.parametrize(
    ("text", "engine", "budget"),
    [
        ("off", "off", 150_000),
        ("{budget: 1 MB}", "auto", 1_000_000),
        ("{budget: 64KiB}", "auto", 65_536),
        ("{budget: 900}", "auto", 900),
    ],
)
def test_search_is_an_engine_or_more(text, engine, budget):
    """One word names the engine; the budget is a number of bytes with or without a unit."""
    read = read_settings(f"search: {text}\n", "afterword.yml")
    assert read.findings == ()
    assert read.search == SearchSettings(engine, budget)


def test_a_single_archive_has_an_address():
    """`archive`, `address` and `visibility` describe the one folder."""
    read = read_settings("archive: records\naddress: incidents/\nvisibility: public\n", "afterword.yml")
    assert read.archives == (ArchiveFolder("records", address="incidents", visibility="public"),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("format: 2", "1:9 settings-format: format 2 is newer than this version reads, expected 1"),
        ("servces: []", "1:1 settings: unknown key 'servces' (did you mean 'services'?)"),
        ("services:\n  - {id: a, nme: b}", "2:13 settings: unknown key 'nme' of services (did you mean 'name'?)"),
        ("archive: /etc", "1:10 settings: archive '/etc' is absolute, expected a folder below this file's"),
        ("archive: C:\\x", "1:10 settings: archive 'C:\\x' is absolute, expected a folder below this file's"),
        ("archive: a/../../b", "1:10 settings: archive 'a/../../b' leaves the folder of this file"),
        ("archive: a\narchives: [b]", "1:1 settings: archive is not used beside archives, expected it in each of them"),
        ("services: [Payments]", "1:12 settings: services 'Payments' is no id, expected small letters, digits and hyphens"),
        ("services: [a, {id: a}]", "1:15 settings: services id 'a' stands twice, the first is read"),
        ("services: [{id: a, aliases: b}, b]", "1:12 settings: services alias 'b' of 'a' already means 'b'"),
        ("failure_classes:\n- {id: a, broader: b}\n- {id: b, broader: a}", "2:20 settings: broader 'b' of 'a' leads back to 'a'"),
        ("timezone: CET", "1:11 settings: timezone 'CET' may mean several zones and is not read, expected UTC or a name such as Europe/Berlin"),
        ("holidays: [25.12.2026]", "1:12 settings: holidays '25.12.2026' is no date, expected YYYY-MM-DD"),
        ("policy:\n  sev11: {}", "2:3 settings: unknown key 'sev11' of policy (did you mean 'sev1'?)"),
        ("policy: {sev1: {sections: [sumary]}}", "1:28 settings: policy.sev1.sections 'sumary' is not one of summary, impact, timeline, went-well, went-wrong, factors, causes, actions, … (did you mean 'summary'?)"),
        ("policy: {sev1: {targets: {time-to-detct: 5m}}}", "1:27 settings: unknown key 'time-to-detct' of policy.sev1.targets (did you mean 'time-to-detect'?)"),
        ("policy: {sev1: {targets: {time-to-detect: 5}}}", "1:43 settings: policy.sev1.targets.time-to-detect '5' is no duration, expected such as 1h 22m or PT1H22M"),
        ("policy: {sev1: {targets: {time-to-detect: 0m}}}", "1:43 settings: policy.sev1.targets.time-to-detect '0m' is no time at all, expected such as 5m"),
        ("policy: {kinds_without_anchors: [outtage]}", "1:34 settings: policy.kinds_without_anchors 'outtage' is no kind (did you mean 'outage'?)"),
        ("fields: [{id: title}]", "1:15 settings: field 'title' is a field of the format"),
        ("rules: {summary-length: loud}", "1:25 settings: rules.summary-length 'loud' is not one of off, info, warning, error"),
        ("attachments: [html]", "1:15 settings: attachments 'html' is never published as an attachment"),
        ("trackers: [{name: x, key: PAY}]", "1:27 settings: trackers.key 'PAY' has no # for the digits, expected such as PAY-#"),
        ("trackers: [{name: x}, {name: x}]", "1:30 settings: tracker 'x' stands twice, the first is read"),
        ("trackers: [{name: a b}, {name: A-B}]", "1:32 settings: tracker 'A-B' cannot be told from 'a b' in the environment, the first is read"),
        ("trackers: [{name: x, kind: jira}]", "1:28 settings: tracker 'x' has a kind and no key, expected such as key: PAY-#"),
        ("trackers: [{name: x, kind: girhub, key: PAY-#}]", "1:28 settings: tracker 'x' has the kind 'girhub', which is none (did you mean 'github'?)"),
        ("trackers: [{name: x, kind: deskline, key: PAY-#}]", "1:28 settings: tracker 'x' has the kind 'deskline', which is none, expected one of github, gitlab, jira, linear, roundup, file"),
        ("trackers: [{name: x, kind: file, key: PAY-#}]", "1:28 settings: tracker 'x' is read from a file, expected file: PATH"),
        ("trackers: [{name: x, key: PAY-#, project: PAY}]", "1:12 settings: tracker 'x' has a project and no kind, expected such as kind: github"),
        ("trackers: [{name: x, api: 'http://tracker.example'}]", "1:27 settings: trackers.api 'http://tracker.example' is not encrypted, expected https://…"),
        ("trackers: [{name: x, api: 'https://me:secret@tracker.example'}]", "1:27 settings: trackers.api is more than an address, expected https://HOST/PATH"),
        ("trackers: [{name: x, states: {Shipped: dne}}]", "1:40 settings: trackers.states.Shipped 'dne' is not one of candidate, open, in progress, in review, done, cancelled (did you mean 'done'?)"),
        ("tickets: postmortems/index.md", "1:10 settings: tickets 'postmortems/index.md' is no JSON file, expected such as tickets.json"),
        ("tickets: ../tickets.json", "1:10 settings: tickets '../tickets.json' leaves the folder of this file"),
        ("completion_targets: {soon: 70}", "1:22 settings: completion_targets 'soon' is no number of days"),
        ("words: {de: [a]}", "1:13 settings: words.de is a list, expected lines of `key: value`"),
        ("search: {engine: elastic}", "1:18 settings: search.engine 'elastic' is not one of auto, lunr, postings, off"),
        ("search: {budget: much}", "1:18 settings: search.budget 'much' is no size, expected such as 150 KB"),
        ("search: luner", "1:9 settings: search 'luner' is not one of auto, lunr, postings, off (did you mean 'lunr'?)"),
        ("- a", "1:1 settings: the settings are a list, expected lines of `key: value`"),
        ("language: &b en", "1:11 settings: '&b' is a YAML anchor"),
        ("language: en\nlanguage: de", "2:1 settings: key 'language' stands twice, first on line 1"),
    ],
)  # fmt: skip
def test_bad_settings_are_findings_with_their_place(text, expected):
    """Whatever does not fit is said where it stands."""
    assert said(text)[0] == expected


@pytest.mark.parametrize(
    "tracker",
    [
        "kind: file, key: PAY-#, file: ../tickets.csv",
        "kind: jira, key: PAY",
        "kind: a b, key: PAY-#, project: PAY",
    ],
)
def test_a_tracker_is_reported_once(tracker):
    """What stands there and cannot be read is not said to be missing, too."""
    assert len(said(f"trackers: [{{name: x, {tracker}}}]")) == 1


def test_a_tracker_says_how_it_is_asked():
    """Its words are compared in small letters; the address of its interface ends without a slash."""
    text = """trackers:
  - name: Payments
    key: "payments/api##"
    url: "https://git.example/payments/api/issues/#"
    kind: github
    api: "https://git.example/api/v3/"
    project: payments/api
    type: Task
    labels: [post-mortem]
    states: { Shipped: done, "Won't fix": cancelled }
    can_open: true
tickets: state/tickets.json
"""
    read = read_settings(text, "afterword.yml")
    assert not read.findings
    assert read.tickets == "state/tickets.json"
    assert read.trackers == (
        Tracker(
            "Payments",
            "payments/api##",
            "https://git.example/payments/api/issues/#",
            True,
            "github",
            "https://git.example/api/v3",
            "payments/api",
            "Task",
            ("post-mortem",),
            {"shipped": "done", "won't fix": "cancelled"},
        ),
    )


def test_bad_settings_keep_the_default_and_the_path():
    """What cannot be read leaves the default, and findings name the file."""
    read = read_settings("archive: /etc\nlanguage: en us\nseverities: [BAD ID]\n", "afterword.yml")
    assert (read.archives, read.language) == ((ArchiveFolder("postmortems"),), "en")
    assert read.severities == Settings().severities
    assert {finding.path for finding in read.findings} == {"afterword.yml"}


def test_long_catalogues_are_read_whole():
    """A catalogue may have thousands of entries."""
    text = "services:\n" + "".join(f"  - s{number}\n" for number in range(3000))
    assert len(read_settings(text, "afterword.yml").services) == 3000


_VALUES = ["x", "[x]", "{x: y}", "[{x: y}]", "[[x]]", "-1", "{id: x}", "[{id: x}, {id: x}]", "{30: {a: b}}", "{x: {level: {a: b}}}", "{? [a] : b}", "99999999999"]  # fmt: skip


@examples(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([*KEYS, "policy"]), st.one_of(st.sampled_from(_VALUES), st.text(max_size=20))
        )
    )
)
def test_no_settings_raise(pairs):
    """Any value under any key is read or is a finding."""
    read_settings("\n".join(f"{key}: {value}" for key, value in pairs), "afterword.yml")


def test_an_empty_catalogue_leaves_the_built_in_one():
    """Of severities, kinds and categories, without which no record could be right."""
    read = read_settings("severities: []\nkinds: []\ncategories: []\n", "afterword.yml")
    assert (read.severities, read.kinds, read.categories) == (SEVERITIES, KINDS, CATEGORIES)


def test_a_kind_asks_for_more():
    """What a kind requires is laid over what the severity does; a severity that is unknown asks for a summary."""
    read = read_settings("policy: {kinds: {security: {deadline: none, sign_off: [CISO]}}}", "afterword.yml")
    assert read.findings == ()
    basis, own = read.requirement("sev1", "outage"), read.requirement("sev1", "security")
    assert basis == DEFAULT_POLICY.by_severity["sev1"]
    assert (own.deadline, own.sign_off, own.sections) == (None, ("CISO",), basis.sections)
    assert read.requirement(None, "security").sign_off == ()


def test_targets_of_a_severity_and_of_a_kind():
    """Targets are durations by the figure's id; those of a kind stand in the place of the severity's, and there are none unless they are set."""
    read = read_settings(
        "policy: {sev1: {targets: {time-to-detect: 5m, customer-impact: PT1H}}, kinds: {security: {targets: {time-to-detect: 1d}}}}",
        "afterword.yml",
    )
    assert read.findings == ()
    assert read.requirement("sev1", "outage").targets == {
        "time-to-detect": dt.timedelta(minutes=5),
        "customer-impact": dt.timedelta(hours=1),
    }
    assert read.requirement("sev1", "security").targets == {"time-to-detect": dt.timedelta(days=1)}
    assert not read.requirement("sev2").targets and not Settings().requirement("sev1").targets

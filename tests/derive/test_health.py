"""An archive's health by quarter (docs/health.md)."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any

import pytest

from afterword.derive.health.health import ArchiveHealth, archive_health
from afterword.derive.health.health_figure import HealthFigure, Share
from afterword.derive.health.unrecorded import listed_incidents
from afterword.derive.history.as_it_was import as_it_was
from afterword.derive.timing.calendar import quarter_of
from afterword.model.archive import Archive
from afterword.model.header import AllspawTest, RecurrenceEntry
from afterword.model.history import History
from afterword.model.incident import IncidentList, ListedIncident
from afterword.model.markup import Kind, Node
from afterword.model.record import Postmortem, Section
from afterword.model.settings import DEFAULT_POLICY, RuleSetting, Settings
from afterword.model.span import START
from tests.derive.drawn_histories import UNTIL, a_history
from tests.derive.drawn_records import a_record, actions, an_archive, day

TODAY = day("2026-06-01")
Q1, Q2 = quarter_of(day("2026-01-01")), quarter_of(day("2026-04-01"))


def figure(health: ArchiveHealth, name: str) -> HealthFigure:
    """Find a figure by its id."""
    return next(each for each in health.figures if each.id == name)


def shares(
    name: str, *records: Postmortem, settings: Settings | None = None, **more: Any
) -> dict[int, Share]:
    """Measure records, and give a figure's shares by quarter."""
    archive = dataclasses.replace(an_archive(*records, settings=settings), **more)
    return dict(figure(archive_health(archive, TODAY, listed_incidents(archive, TODAY)), name).quarters)


def closed(id: str, on: str, **header: Any) -> Postmortem:
    """Make a sev2 record whose incident was closed on a day, and which is due seven business days later."""
    return a_record(id, closed=datetime.fromisoformat(f"{on}T16:00:00+00:00"), **header)


def went_well(items: int) -> Section:
    """Write What went well."""
    item = Node(Kind.ITEM, children=(Node(Kind.PARAGRAPH, children=(Node(Kind.TEXT, text="It held."),)),))
    return Section(
        "went-well",
        "What went well",
        "went-well",
        Node(Kind.HEADING),
        (Node(Kind.LIST, children=(item,) * items),),
        START,
    )


def test_published_in_time_counts_in_the_quarter_of_the_close() -> None:
    """What is published by the deadline is in time, a weekend later too; what is not published after it is late."""
    found = shares(
        "in-time",
        closed("2026-03-24-in-time", "2026-03-25", published="2026-04-03"),
        closed("2026-03-24-weekend", "2026-03-25", published="2026-04-05"),
        closed("2026-03-24-late", "2026-03-25", published="2026-04-06"),
        closed("2026-03-31-slow", "2026-04-02", published="2026-05-30"),
        closed("2026-04-01-forgotten", "2026-04-02", status="draft"),
    )
    assert found == {Q1: Share(2, 3), Q2: Share(0, 2)}


def test_what_cannot_be_judged_is_left_out_with_its_reason() -> None:
    """Neither what is not due, nor what has no close or no day of publication, moves the share; who has no deadline is nowhere."""
    found = shares(
        "in-time",
        closed("2026-05-29-not-due", "2026-05-29", status="draft"),
        a_record("2026-04-02-open-end"),
        closed("2026-04-03-undated", "2026-04-03"),
        closed("2026-04-03-minor", "2026-04-03", severity="sev3"),
        closed("2026-04-03-retold", "2026-04-03", retold_from="https://status.example/1"),
        closed("2026-12-03-to-come", "2026-12-03"),
    )
    assert found == {Q2: Share(0, 0, {"not due yet": 1, "undated": 1, "without a close": 1})}
    assert found[Q2].percent is None


def test_skipped_severities_are_never_late() -> None:
    """Where the policy skips a severity, a record that is there all the same has no deadline to miss."""
    sev2 = dataclasses.replace(DEFAULT_POLICY.by_severity["sev2"], postmortem="skip")
    policy = dataclasses.replace(DEFAULT_POLICY, by_severity={**DEFAULT_POLICY.by_severity, "sev2": sev2})
    record = closed("2026-04-03-late", "2026-04-03", published="2026-05-30")
    assert shares("in-time", record, settings=Settings(policy=policy)) == {}


def test_first_drafts_are_known_from_git_alone() -> None:
    """The first version has to be there within three business days of the close; a record that git does not know is left out."""
    records = [
        closed("2026-04-01-soon", "2026-04-02"),
        closed("2026-04-01-late", "2026-04-02"),
        closed("2026-04-01-new", "2026-04-02"),
    ]
    lives = {
        **a_history(records[0], "2026-04-07", A1="2026-04-07 open").records,
        **a_history(records[1], "2026-04-08", A1="2026-04-08 open").records,
    }
    found = shares("first-drafts", *records, history=History(lives, "c9", UNTIL))
    assert found == {Q2: Share(1, 2, {"not in git": 1})}


def test_records_that_came_into_git_after_publication_tell_nothing_of_their_draft() -> None:
    """Not even those that were published by the day on which a draft was due: of the others nobody knows, and to count them alone would better the share."""
    late = closed("2026-02-02-late", "2026-02-03", published="2026-02-10")
    soon = closed("2026-02-03-soon", "2026-02-03", published="2026-02-05")
    lives = {
        **a_history(late, "2026-04-01", A1="2026-04-01 open").records,
        **a_history(soon, "2026-04-01", A1="2026-04-01 open").records,
    }
    archive = dataclasses.replace(an_archive(late, soon), history=History(lives, "c9", UNTIL))
    found = figure(archive_health(as_it_was(archive, TODAY), TODAY), "first-drafts").quarters
    assert found == {Q1: Share(0, 0, {"in git after publication": 2})}


@pytest.mark.parametrize("why", ["the clone is shallow", ""])
def test_without_git_first_drafts_are_absent(why: str) -> None:
    """Absent is no zero: there is no share in any quarter, and a reason."""
    archive = dataclasses.replace(
        an_archive(closed("2026-04-01-a", "2026-04-02")), history=History(absent=why)
    )
    found = figure(archive_health(archive, TODAY), "first-drafts")
    assert found.quarters == {} and found.whole.percent is None
    assert found.absent == (why or "git was not asked when a record was first there")


def test_allspaw_test_is_asked_of_finished_records_whose_policy_has_it() -> None:
    """A record that does not say has not passed it, and is counted as silent; drafts are left out."""
    found = shares(
        "allspaw-test",
        a_record("2026-04-01-fair", allspaw_test=AllspawTest(passed=True)),
        a_record("2026-04-02-unfair", allspaw_test=AllspawTest(passed=False)),
        a_record("2026-04-03-silent"),
        a_record("2026-04-04-draft", status="draft"),
        a_record("2026-04-05-minor", severity="sev3"),
    )
    assert found == {Q2: Share(1, 3, {"not final yet": 1}, untold=1)}


def test_positives_are_counted_as_the_rule_counts_them() -> None:
    """With the number that settings give the rule; a record that need not say what went well counts where it does."""
    records = (
        a_record("2026-04-01-three", sections=(went_well(3),)),
        a_record("2026-04-02-two", sections=(went_well(2),)),
        a_record("2026-04-03-none"),
        a_record("2026-04-04-minor", severity="sev3"),
        a_record("2026-04-05-minor", severity="sev3", sections=(went_well(4),)),
    )
    assert shares("positives", *records) == {Q2: Share(2, 4, untold=1)}
    two = Settings(rules={"few-positives": RuleSetting(options={"at_least": 2})})
    assert shares("positives", *records, settings=two) == {Q2: Share(3, 4, untold=1)}


def test_promises_count_in_the_quarter_of_publication() -> None:
    """Completion at both targets and cancellation, with the records that are too young and those whose day nothing tells."""
    table = actions(
        "A1 | done | closed 2026-04-05\nA2 | open\nA3 | cancelled | closed 2026-04-04\nA4 | candidate"
    )
    records = (
        a_record("2026-03-30-a", published="2026-04-01", actions=table),
        a_record("2026-05-20-b", published="2026-05-25", actions=actions("A1 | open")),
        a_record("2026-01-20-c", actions=actions("A1 | open")),
    )
    assert shares("done-in-30-days", *records) == {
        Q1: Share(0, 0, {"undated": 1}),
        Q2: Share(1, 2, {"too young": 1}),
    }
    assert shares("done-in-90-days", *records)[Q2] == Share(0, 0, {"too young": 2})
    assert shares("cancelled", *records)[Q2] == Share(1, 4)


def test_recurrence_counts_in_the_quarter_of_the_first() -> None:
    """Of incidents at least 90 days old, whether one like it followed within 90 days; near misses are left out."""
    same = {"services": ("api",), "failure_class": ("capacity",)}
    found = shares(
        "recurred",
        a_record("2026-01-05-first", **same),
        a_record("2026-02-05-again", **same),
        a_record("2026-02-06-near", **same, severity="near-miss"),
        a_record(
            "2026-02-07-other", services=("db",), recurrences=(RecurrenceEntry(day("2026-05-08"), "INC-2"),)
        ),
        a_record("2026-05-20-young", **same),
    )
    assert found == {Q1: Share(2, 3), Q2: Share(0, 0, {"too young": 1})}


def test_targets_are_reached_at_the_share_or_below_it() -> None:
    """Just the target is enough for what should be done, and too much for what should be rare."""
    health = archive_health(an_archive(), TODAY)
    assert figure(health, "done-in-30-days").met(Share(7, 10)) is True
    assert figure(health, "cancelled").met(Share(1, 10)) is False
    assert figure(health, "cancelled").met(Share()) is None
    assert figure(health, "recurred").met(Share(1, 10)) is None


def listed(*incidents: ListedIncident) -> IncidentList:
    """Make a list."""
    return IncidentList("incidents.csv", incidents)


def test_listed_incidents_without_a_record_are_late_like_records() -> None:
    """Mandatory ones after their deadline count as not in time, before it they are left out; those with a record count by the record."""
    history = History({}, "c9", UNTIL)
    incidents = listed(
        ListedIncident("INC-1", "sev1", day("2026-03-02")),
        ListedIncident("INC-2", "sev2", day("2026-05-29")),
        ListedIncident("inc-3", "sev2", day("2026-03-02")),
        ListedIncident("INC-4", "sev3", day("2026-03-02")),
    )
    record = closed("2026-03-01-told", "2026-03-02", incidents=("INC-3",), published="2026-03-04")
    assert shares("in-time", record, incidents=incidents) == {
        Q1: Share(1, 2),
        Q2: Share(0, 0, {"not due yet": 1}),
    }
    drafts = shares("first-drafts", record, incidents=incidents, history=history)
    assert drafts == {Q1: Share(0, 1, {"not in git": 1}), Q2: Share(0, 0, {"not due yet": 1})}


def test_what_became_of_each_listed_incident_is_told() -> None:
    """Every one is in just one count, and an optional one of a class that no record has is named."""
    archive = dataclasses.replace(
        an_archive(
            a_record("2026-03-01-told", incidents=("INC-1",), failure_class=("capacity",)),
            a_record("2026-03-02-retold", incidents=("INC-2",), retold_from="https://status.example/2"),
        ),
        incidents=listed(
            ListedIncident("INC-1", "sev1", day("2026-03-02")),
            ListedIncident("INC-2", "sev1", day("2026-03-02")),
            ListedIncident("INC-3", "sev1"),
            ListedIncident("INC-4", "sev1", day("2026-07-02")),
            ListedIncident("INC-5", None, day("2026-03-02")),
            ListedIncident("INC-6", "sev3", day("2026-03-02"), "capacity"),
            ListedIncident("INC-7", "sev3", day("2026-03-02"), "dns"),
        ),
    )
    found = listed_incidents(archive, TODAY)
    assert found is not None
    assert (found.total, found.recorded, found.not_asked_for, found.not_closed, found.unknown_severity) == (
        7,
        1,
        2,
        2,
        1,
    )
    assert [(each.incident.id, each.due, each.days_late) for each in found.missing] == [
        ("INC-2", day("2026-03-09"), 60)
    ]
    assert [each.id for each in found.new_classes] == ["INC-7"]
    assert listed_incidents(an_archive(), TODAY) is None


def test_recent_quarters_end_with_the_last_in_which_there_is_something() -> None:
    """Four of them where there are as many, none before the first."""
    health = archive_health(an_archive(a_record("2025-01-05-a"), a_record("2026-04-05-b")), TODAY)
    assert health.quarters == (Q2 - 5, Q2)
    assert list(health.recent) == [Q2 - 3, Q2 - 2, Q2 - 1, Q2]
    only = archive_health(an_archive(a_record("2026-04-05-b")), TODAY)
    assert list(only.recent) == [Q2] and list(archive_health(Archive(Settings()), TODAY).recent) == []

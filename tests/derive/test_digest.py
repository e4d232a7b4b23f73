"""What happened between two days, and what is due, from records and histories that are drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from afterword.derive.digest import Digest, digest
from afterword.derive.history.as_it_was import as_it_was
from afterword.model.archive import Archive
from afterword.model.header import RecurrenceEntry
from afterword.model.history import History
from afterword.model.record import Postmortem
from afterword.model.settings import Entry, RosterEntry, Settings
from tests.derive.drawn_histories import a_history, at
from tests.derive.drawn_records import a_record, actions, an_archive, day, tree

SINCE, AS_OF = day("2026-04-20"), day("2026-04-27")


def summed(archive: Archive, **narrowed: str) -> Digest:
    """Sum up a week."""
    return digest(as_it_was(archive, AS_OF), SINCE, AS_OF, **narrowed)


def lived(record: Postmortem, **lives: str) -> Digest:
    """Sum up the week of a record whose actions have lived so."""
    archive = an_archive(record)
    return summed(replace(archive, history=a_history(record, first="2026-03-01", **lives)))


def test_a_week_in_which_nothing_happened_is_empty() -> None:
    """What was published and closed before it is no news, and what is due later does not wait."""
    record = a_record(
        published="2026-03-20", actions=actions("A1 | done | closed 2026-04-19\nA2 | open | due 2026-05-05")
    )
    found = summed(an_archive(record))
    assert found.is_empty and not found.is_due


def test_both_days_belong_to_it() -> None:
    """What happened on the first and on the last day is told, what happened beside them is not."""
    days = ("2026-04-19", "2026-04-20", "2026-04-27", "2026-04-28")
    records = [a_record(f"2026-03-0{n}-x", published=each) for n, each in enumerate(days, start=1)]
    assert [each.id for each in summed(an_archive(*records)).published] == ["2026-03-02-x", "2026-03-03-x"]


def test_the_gravest_comes_first_and_what_is_retold_stands_apart() -> None:
    """A retold incident is no incident here, whatever its severity."""
    records = (
        a_record("2026-03-01-mild", severity="sev3", published="2026-04-21"),
        a_record("2026-03-02-grave", severity="sev0", published="2026-04-21"),
        a_record(
            "2026-03-03-theirs", severity="sev0", published="2026-04-21", retold_from="https://x.example/"
        ),
    )
    found = summed(an_archive(*records))
    assert [each.id for each in found.published] == ["2026-03-02-grave", "2026-03-01-mild"]
    assert [each.id for each in found.retold] == ["2026-03-03-theirs"]


def test_actions_of_the_week() -> None:
    """Done and cancelled by their days, overdue, and due up to the seventh day from now; candidates owe nothing."""
    drawing = """
        A1 | done | closed 2026-04-21
        A2 | cancelled | closed 2026-04-22
        A3 | open | due 2026-04-26
        A4 | in progress | due 2026-04-27
        A5 | open | due 2026-05-04
        A6 | open | due 2026-05-05
        A7 | candidate | due 2026-04-01
    """
    found = summed(an_archive(a_record(published="2026-03-20", actions=actions(drawing))))
    assert [each.view.action.id for each in found.done] == ["A1"]
    assert [each.view.action.id for each in found.cancelled] == ["A2"]
    assert [each.action.id for each in found.overdue] == ["A3"]
    assert [each.action.id for each in found.coming] == ["A4", "A5"]
    assert not found.promised
    assert found.unknown == "the history was not read"


def test_without_git_a_promise_is_as_old_as_its_record() -> None:
    """What a record promises that was published in the week is new."""
    found = summed(an_archive(a_record(published="2026-04-21", actions=actions("A1 | open\nA2 | candidate"))))
    assert [(each.view.action.id, each.day) for each in found.promised] == [("A1", day("2026-04-21"))]


def test_what_git_knows_of_promises() -> None:
    """An action that came later is new, and so is a candidate that became a promise; one that was put off says how often, unless that was taken back; one that was closed is taken up again."""
    drawing = "A1 | open\nA2 | open\nA3 | open | due 2026-06-01\nA4 | open\nA5 | open | due 2026-05-01"
    found = lived(
        a_record(published="2026-03-10", actions=actions(drawing)),
        A1="2026-04-22 open",
        A2="2026-03-01 candidate; 2026-04-23 open",
        A3="2026-03-01 open due 2026-04-01; 2026-03-25 open due 2026-05-01; 2026-04-24 open due 2026-06-01",
        A4="2026-03-01 open; 2026-03-05 done; 2026-04-25 open",
        A5="2026-03-01 open due 2026-05-01; !2026-04-24 open due 2026-05-10; !2026-04-25 open due 2026-05-01",
    )
    assert [(each.view.action.id, each.again) for each in found.promised] == [
        ("A1", False),
        ("A2", False),
        ("A4", True),
    ]
    (put_off,) = found.put_off
    assert put_off.view.action.id == "A3"
    assert [(each.before, each.after) for each in put_off.slips] == [(day("2026-05-01"), day("2026-06-01"))]
    assert len(put_off.view.slips) == 2
    assert found.unknown == ""


def test_what_an_old_record_promised_is_not_new_with_its_table() -> None:
    """A list of actions became a table this week: what was due or done before is no promise of now. In a record of this week it is."""
    drawing = "A1 | open | due 2026-04-19\nA2 | done | closed 2026-04-02\nA3 | open | due 2026-04-20"
    lives = {
        "A1": "2026-04-22 open due 2026-04-19",
        "A2": "2026-04-22 done closed 2026-04-02",
        "A3": "2026-04-22 open due 2026-04-20",
    }
    old = lived(a_record(published="2026-04-19", actions=actions(drawing)), **lives)
    assert [each.view.action.id for each in old.promised] == ["A3"]
    new = lived(a_record(published="2026-04-20", actions=actions(drawing)), **lives)
    assert sorted(each.view.action.id for each in new.promised) == ["A1", "A2", "A3"]


def test_a_promise_that_was_taken_out_is_told() -> None:
    """To delete a row is not to keep its promise; rows of what was done, of candidates, and of other weeks are none of it."""
    found = lived(
        a_record(published="2026-03-10"),
        A1="2026-03-01 open owner Ada; 2026-04-22 gone",
        A2="2026-03-01 done; 2026-04-22 gone",
        A3="2026-03-01 candidate; 2026-04-22 gone",
        A4="2026-03-01 open; 2026-04-10 gone",
        A5="2026-03-01 open; 2026-04-28 gone",
    )
    assert [(each.id, each.day, each.state.owner) for each in found.removed] == [
        ("A1", day("2026-04-22"), "Ada")
    ]


def test_promises_go_with_their_record() -> None:
    """What was owed in a record that was deleted is told for the whole archive; one team or service cannot know whose it was."""
    kept = a_record("2026-03-01-kept", services=("checkout",))
    gone = a_history(a_record("2026-03-02-gone"), A1="2026-03-02 open owner Ada; 2026-04-22 gone")
    life = replace(gone.records["2026-03-02-gone"], gone=at("2026-04-22"))
    history = replace(gone, records={life.id: life})
    archive = replace(an_archive(kept), history=history)
    assert [(each.record, each.record_id, each.id) for each in summed(archive).removed] == [
        (None, "2026-03-02-gone", "A1")
    ]
    assert not summed(archive, service="checkout").removed


def test_drafts_past_their_deadline_wait() -> None:
    """Seven business days after the close of a sev2; a weekend after the last day is no day later, and a severity without a deadline is never late."""
    late = a_record("2026-04-01-late", status="draft", closed="2026-04-14T12:00:00+00:00")
    in_time = a_record("2026-04-02-in-time", status="draft", closed="2026-04-16T12:00:00+00:00")
    mild = a_record("2026-04-03-mild", status="draft", severity="sev3", closed="2026-04-01T12:00:00+00:00")
    done = a_record("2026-04-04-done", closed="2026-04-01T12:00:00+00:00", published="2026-04-02")
    found = summed(an_archive(late, in_time, mild, done))
    assert [(each.record.id, each.due) for each in found.late] == [("2026-04-01-late", day("2026-04-23"))]
    assert found.is_due


def test_accepted_risks_are_reviewed() -> None:
    """Those whose review day is over, and those of the coming week; a draft has accepted nothing yet."""
    drawing = """
        outcome
          past -- accepted 2026-04-26
          near -- accepted 2026-05-04
          far -- accepted 2026-05-05
          undated -- accepted ?
    """
    record = a_record(tree=tree(drawing))
    draft = a_record("2026-03-15-draft", status="draft", tree=tree(drawing))
    found = summed(an_archive(record, draft))
    assert [(each.risk.text, each.past) for each in found.reviews] == [("past", True), ("near", False)]


def test_what_was_seen_again_is_told() -> None:
    """The nearest of the earlier ones within 90 days, and what a record notes itself; what was known before is no news."""
    words = {"services": ("checkout",), "failure_class": ("capacity",)}
    records = (
        a_record("2026-01-20-too-early", **words),
        a_record("2026-02-01-first", **words),
        a_record(
            "2026-03-01-second",
            **words,
            recurrences=(RecurrenceEntry(day("2026-04-22")), RecurrenceEntry(None)),
        ),
        a_record("2026-04-21-third", **words),
    )
    found = summed(an_archive(*records))
    told = [(each.record.id, each.earlier.earlier.id if each.earlier else "noted") for each in found.again]
    assert told == [("2026-03-01-second", "noted"), ("2026-04-21-third", "2026-03-01-second")]


TEAMS = Settings(
    teams=(RosterEntry("Payments", id="payments"), RosterEntry("Platform", id="platform")),
    people=(RosterEntry("Ada", "payments"), RosterEntry("Bo", "platform")),
    services=(Entry("checkout", team="payments"), Entry("bus", team="platform")),
)


def _two_teams() -> Archive:
    record = a_record(
        "2026-04-01-checkout",
        services=("checkout",),
        published="2026-04-21",
        actions=actions("A1 | open | due 2026-04-25 | owner Ada\nA2 | open | due 2026-04-25 | owner Bo"),
    )
    other = a_record(
        "2026-04-02-bus", services=("bus",), published="2026-04-21", actions=actions("A1 | open")
    )
    life = "2026-03-01 open owner {}; 2026-04-22 gone"
    history = a_history(
        record,
        A1="2026-04-21 open due 2026-04-25 owner Ada",
        A2="2026-04-21 open due 2026-04-25 owner Bo",
        A3=life.format("Ada"),
        A4=life.format("Bo"),
    )
    return replace(an_archive(record, other, settings=TEAMS), history=history)


@pytest.mark.parametrize(
    ("narrowed", "published", "overdue", "removed"),
    [
        ({"team": "Payments"}, ["2026-04-01-checkout"], ["A1"], ["A3"]),
        ({"team": "Platform"}, ["2026-04-01-checkout", "2026-04-02-bus"], ["A2"], ["A4"]),
        ({"service": "checkout"}, ["2026-04-01-checkout"], ["A1", "A2"], ["A3", "A4"]),
        ({"service": "bus"}, ["2026-04-02-bus"], [], []),
        ({"team": "Payments", "service": "bus"}, [], [], []),
    ],
)
def test_one_team_or_service(
    narrowed: dict[str, str], published: list[str], overdue: list[str], removed: list[str]
) -> None:
    """A team sees the records of its services and those that it promised something in, with its own actions alone; its rates are its own."""
    found = summed(_two_teams(), **narrowed)
    assert [each.id for each in found.published] == published
    assert [each.action.id for each in found.overdue] == overdue
    assert [each.id for each in found.removed] == removed


def test_a_team_answers_for_its_own_rates() -> None:
    """What another team left undone, and what it took out, does not count against it."""
    record = a_record(
        "2026-01-01-x",
        published="2026-01-02",
        actions=actions("A1 | done | closed 2026-01-10 | owner Ada\nA2 | open | owner Bo"),
    )
    history = a_history(
        record,
        A1="2026-01-02 open owner Ada; 2026-01-10 done",
        A2="2026-01-02 open owner Bo",
        A3="2026-01-02 open owner Bo; 2026-01-05 gone",
    )
    archive = replace(an_archive(record, settings=TEAMS), history=history)
    for team, percent in (("Payments", 100.0), ("Platform", 0.0)):
        assert summed(archive, team=team).completions[0].percent == percent


def test_why_git_tells_nothing_is_passed_on() -> None:
    """A shallow clone is said plainly."""
    archive = replace(an_archive(a_record()), history=History(absent="the clone is shallow"))
    assert summed(archive).unknown == "the clone is shallow"

"""Overdue actions and completion (docs/format.md, section 6)."""

from __future__ import annotations

import pytest

from afterword.derive.follow_through import Completion, action_views, completion, is_overdue, published_on
from afterword.model.settings import Entry, RosterEntry, Settings
from tests.derive.drawn_records import a_record, actions, an_archive, day

TODAY = day("2026-06-01")


@pytest.mark.parametrize(
    ("drawing", "overdue"),
    [
        ("A1 | open | due 2026-05-31", True),
        ("A1 | open | due 2026-06-01", False),
        ("A1 | in review | due 2026-05-31", True),
        ("A1 | ? | due 2026-05-31", True),
        ("A1 | open", False),
        ("A1 | candidate | due 2026-05-31", False),
        ("A1 | done | due 2026-05-31", False),
        ("A1 | cancelled | due 2026-05-31", False),
    ],
)
def test_overdue_from_the_day_after_due(drawing: str, overdue: bool) -> None:
    """A promise not yet kept is overdue from the day after its due day; an unreadable status counts as open."""
    (action,) = actions(drawing)
    assert is_overdue(action, TODAY) is overdue


def test_views_come_in_the_order_of_need() -> None:
    """Overdue first (oldest due day first), then unfinished by due day, candidates, then done and cancelled, newest first."""
    first = a_record(
        "2026-01-01-first",
        actions=actions("""
            A1 | done | closed 2026-02-01
            A2 | candidate
            A3 | open
            A4 | open | due 2026-05-01
            A5 | in review | due 2026-07-01
        """),
    )
    second = a_record(
        "2026-02-02-second",
        actions=actions("""
            B1 | cancelled | closed 2026-03-01
            B2 | in progress | due 2026-04-01
            B3 | done
            B4 | ? | due 2026-06-15
        """),
    )
    views = action_views(an_archive(second, first), TODAY)
    assert [(view.action.id, view.state, view.days_overdue) for view in views] == [
        ("B2", "overdue", 61),
        ("A4", "overdue", 31),
        ("B4", "open", 0),
        ("A5", "in review", 0),
        ("A3", "open", 0),
        ("A2", "candidate", 0),
        ("B1", "cancelled", 0),
        ("A1", "done", 0),
        ("B3", "done", 0),
    ]


def test_retold_actions_are_listed_and_never_overdue() -> None:
    """Nobody here owes the actions of a retold incident."""
    retold = a_record(actions=actions("A1 | open | due 2026-05-01"), retold_from="https://status.example/1")
    (view,) = action_views(an_archive(retold), TODAY)
    assert (view.state, view.overdue, view.owed, view.unfinished) == ("open", False, False, False)


def test_team_is_the_owners_else_the_services() -> None:
    """An action is the team's whose member owns it, a team's own, or that of the first service with a team."""
    settings = Settings(
        services=(Entry("web"), Entry("api", team="platform", aliases=("gateway",))),
        people=(RosterEntry("Ada Example", team="data"), RosterEntry("No Team")),
        teams=(RosterEntry("Data Team", id="data"), RosterEntry("Edge")),
    )
    drawing = "A1 | open | owner ada example\nA2 | open | owner Edge\nA3 | open | owner No Team\nA4 | open"
    record = a_record(actions=actions(drawing), services=("web", "gateway"))
    views = action_views(an_archive(record, settings=settings), TODAY)
    assert [view.team for view in views] == ["Data Team", "Edge", "platform", "platform"]
    stranger = a_record(actions=actions("A1 | open | owner Someone"))
    assert action_views(an_archive(stranger), TODAY)[0].team == ""


def at_30(*records_actions: str, published: str = "2026-03-01", as_of: str = "2026-06-01") -> Completion:
    """Measure completion at 30 days of records with these actions; day 30 is 2026-03-31."""
    records = [
        a_record(f"2026-02-0{number}-x", actions=actions(drawing), published=published)
        for number, drawing in enumerate(records_actions, 1)
    ]
    (found,) = completion(
        an_archive(*records, settings=Settings(completion_targets=((30, 70.0),))), day(as_of)
    )
    return found


def test_done_on_day_n_is_done_by_then() -> None:
    """An action closed on day N counts as done, one closed the day after does not."""
    found = at_30("A1 | done | closed 2026-03-31", "A1 | done | closed 2026-04-01\nA2 | open")
    assert (found.records, found.actions, found.done) == (2, 3, 1)
    assert found.share == pytest.approx(1 / 3)
    assert found.percent == pytest.approx(100 / 3)
    assert found.met is False


def test_done_before_publication_is_done() -> None:
    """What was done before the record was published was a commitment on that day, and kept."""
    found = at_30("A1 | done | closed 2026-02-20")
    assert (found.actions, found.done, found.share, found.met) == (1, 1, 1.0, True)


def test_cancelled_by_then_is_left_out() -> None:
    """A cancellation up to day N leaves the count, a later one is a promise not kept by then."""
    found = at_30("A1 | cancelled | closed 2026-03-31\nA2 | cancelled | closed 2026-04-01\nA3 | candidate")
    assert (found.actions, found.done) == (1, 0)


def test_end_without_a_day_does_not_better_the_rate() -> None:
    """A done action without a day counts as an action not done, a cancelled one is left out, and both are reported."""
    found = at_30("A1 | done\nA2 | cancelled\nA3 | done | closed 2026-03-05\nA4 | ?")
    assert (found.actions, found.done, found.without_date) == (3, 1, 2)


def test_young_records_are_left_out_and_counted() -> None:
    """A record younger than N days is too young; at N days it counts."""
    young = at_30("A1 | done | closed 2026-03-05", as_of="2026-03-30")
    assert (young.records, young.too_young, young.actions, young.share) == (0, 1, 0, None)
    assert young.met is None
    grown = at_30("A1 | done | closed 2026-03-05", as_of="2026-03-31")
    assert (grown.records, grown.too_young, grown.actions) == (1, 0, 1)


def test_unpublished_and_retold_records_count_in_no_rate() -> None:
    """A record without a day of publication is not measured, nor is one that retells an incident of others."""
    table = actions("A1 | done | closed 2026-03-05")
    unpublished = a_record("2026-02-01-a", actions=table)
    retold = a_record(
        "2026-02-01-b", actions=table, published="2026-03-01", retold_from="https://status.example/1"
    )
    found = completion(an_archive(unpublished, retold), TODAY)
    assert [(each.days, each.target, each.records, each.too_young) for each in found] == [
        (30, 70, 0, 0),
        (90, 90, 0, 0),
    ]
    assert published_on(unpublished) is None


def test_publication_at_the_end_of_the_calendar() -> None:
    """A record published on the last day there is, is too young, not an overflow."""
    assert at_30("A1 | open", published="9999-12-31").too_young == 1

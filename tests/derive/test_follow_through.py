"""Overdue actions and completion (docs/format.md, section 6)."""

from __future__ import annotations

import pytest

from afterword.derive.promises.follow_through import action_views, is_overdue
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

"""What a review of action items looks at first."""

from __future__ import annotations

import dataclasses

import pytest

from afterword.derive.promises.follow_through import action_views
from afterword.derive.promises.review_board import ReviewBoard, review_board, vanished_actions
from afterword.model.archive import Archive
from afterword.model.history import History
from tests.derive.drawn_histories import a_history, at
from tests.derive.drawn_records import a_record, actions, an_archive, day

AS_OF = day("2026-06-01")


def board(drawing: str, history: History | None = None) -> ReviewBoard:
    """Divide the actions of one record."""
    drawn = an_archive(a_record(actions=actions(drawing)))
    drawn = dataclasses.replace(drawn, history=history or History())
    return review_board(action_views(drawn, AS_OF), AS_OF)


def ids(views: object) -> list[str]:
    """Give the ids of views."""
    return [view.action.id for view in views]  # type: ignore[attr-defined]


def test_due_days_divide_what_is_open() -> None:
    """Overdue from the day after, soon from the day itself to a week ahead, later beyond and without a day; the nearest first."""
    found = board(
        "A1 | open | due 2026-05-31\nA2 | open | due 2026-06-08\nA3 | in progress | due 2026-06-01\n"
        "A4 | open | due 2026-06-09\nA5 | open\nA6 | open | due 2025-01-01\nA7 | candidate | due 2026-01-01"
    )
    assert (ids(found.overdue), ids(found.soon), ids(found.later)) == (
        ["A6", "A1"],
        ["A3", "A2"],
        ["A4", "A5"],
    )
    assert ids(found.unfinished) == ["A6", "A1", "A3", "A2", "A4", "A5"]


def test_closings_of_the_last_seven_days() -> None:
    """Done and cancelled within seven days up to the one asked for, the last first."""
    found = board(
        "A1 | done | closed 2026-05-25\nA2 | done | closed 2026-05-26\nA3 | cancelled | closed 2026-06-01\nA4 | done\nA5 | done | closed 2026-06-02"
    )
    assert ids(found.closed) == ["A3", "A2"]


def test_what_lies_still_for_thirty_days() -> None:
    """An open action whose row has not changed for thirty days lies still, longest first; a done one does not."""
    drawing = "A1 | open | due 2026-05-01\nA2 | open\nA3 | open\nA4 | done"
    drawn = a_record(actions=actions(drawing))
    history = a_history(
        drawn,
        A1="2026-04-01 open due 2026-05-01",
        A2="2026-03-01 candidate; 2026-05-02 open",
        A3="2026-03-01 open; 2026-05-03 in-progress; 2026-05-04 open",
        A4="2026-01-01 done",
    )
    found = board(drawing, history)
    assert ids(found.still) == ["A1", "A2"]
    assert ids(found.still_in_time) == ["A2"]


def test_without_history_nothing_is_said_to_lie_still() -> None:
    """Where git knows nothing, no action is called unchanged."""
    assert board("A1 | open | due 2020-01-01").still == ()


@pytest.fixture
def gone() -> Archive:
    """Draw rows that went: open, done, a candidate, taken back, and one that stands in the file again."""
    drawn = a_record(actions=actions("A5 | open"))
    history = a_history(
        drawn,
        A1="2026-01-01 open owner Ada; 2026-02-01 gone",
        A2="2026-01-01 open; 2026-01-10 done; 2026-02-01 gone",
        A3="2026-01-01 candidate; 2026-02-01 gone",
        A4="2026-01-01 open; !2026-02-01 gone",
        A5="2026-01-01 open; 2026-02-01 gone",
        A6="2026-01-01 open; 2026-03-01 gone",
        A7="2026-01-01 open; 2026-07-01 gone",
    )
    return dataclasses.replace(an_archive(drawn), history=history)


def test_deleted_promises_are_found(gone: Archive) -> None:
    """A row that was deleted while it was open is told with what it said last; closed ones, ideas and what came back are not."""
    found = vanished_actions(gone, AS_OF)
    assert [(each.id, each.day) for each in found] == [("A6", day("2026-03-01")), ("A1", day("2026-02-01"))]
    assert found[1].state.owner == "Ada" and found[1].record is gone.records[0]


def test_promises_of_a_deleted_record_are_found() -> None:
    """What was open when a whole record went is told under its id, from that day on."""
    drawn = a_record("2026-01-05-gone", actions=actions("A1 | open"))
    history = a_history(drawn, A1="2026-01-06 open", A2="2026-01-06 done")
    life = dataclasses.replace(history.records[drawn.id], gone=at("2026-04-01"))
    empty = dataclasses.replace(an_archive(), history=dataclasses.replace(history, records={drawn.id: life}))
    found = vanished_actions(empty, AS_OF)
    assert [(each.record_id, each.record, each.id) for each in found] == [("2026-01-05-gone", None, "A1")]
    assert not vanished_actions(empty, day("2026-03-31"))

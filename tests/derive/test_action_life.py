"""The life of an action from commit to commit."""

from __future__ import annotations

import pytest

from afterword.derive.promises.action_life import (
    closing_of,
    closings,
    promised_on,
    slips,
    state_on,
    unchanged_since,
    was_promised_between,
)
from tests.derive.drawn_histories import a_life
from tests.derive.drawn_records import day

LAST = day("2026-12-31")


def status_on(drawing: str, on: str) -> str | None:
    """Give the status at the end of a day."""
    state = state_on(a_life(drawing), day(on))
    return str(state.status) if state else None


@pytest.mark.parametrize(
    ("on", "status"),
    [
        ("2026-02-28", None),
        ("2026-03-01", "open"),
        ("2026-03-31", "open"),
        ("2026-04-01", "in progress"),
        ("2026-05-01", "done"),
        ("2026-06-01", "done"),
    ],
)
def test_a_state_holds_until_the_next_commit(on: str, status: str | None) -> None:
    """At the end of a day an action is what the last commit up to that day said."""
    assert status_on("2026-03-01 open; 2026-04-01 in-progress; 2026-05-01 done", on) == status


def test_a_stated_day_wins_over_the_commit() -> None:
    """What was done on Friday and written down on Monday was done on Friday; what was written down too early was not done before."""
    late = "2026-03-01 open; 2026-04-06 done closed 2026-04-03"
    assert [status_on(late, on) for on in ("2026-04-02", "2026-04-03")] == ["open", "done"]
    early = "2026-03-01 in-progress; 2026-04-03 done closed 2026-04-06"
    assert [status_on(early, on) for on in ("2026-04-05", "2026-04-06")] == ["in progress", "done"]


def test_an_action_that_came_as_done_was_there_on_the_day_it_states() -> None:
    """A row that is first written when the work is done counts from the day that it states."""
    assert status_on("2026-04-06 done closed 2026-04-03", "2026-04-04") == "done"


def test_each_stretch_of_being_closed_is_one_closing() -> None:
    """Done and reopened and done again are two closings, and the last one lasts; a day that is added later is that of the whole stretch."""
    life = a_life(
        "2026-03-01 open; 2026-03-10 done; 2026-03-20 open; 2026-04-01 done; 2026-04-09 done closed 2026-03-30"
    )
    first, last = closings(life)
    assert (first.day, first.reopened, first.stated) == (day("2026-03-10"), day("2026-03-20"), False)
    assert (last.day, last.reopened, last.stated) == (day("2026-03-30"), None, True)
    assert closing_of(life) == last


def test_reopened_or_gone_is_not_closed() -> None:
    """An action that is open again, or whose row is gone, has no closing that lasts."""
    assert closing_of(a_life("2026-03-01 done; 2026-03-10 open")) is None
    assert closing_of(a_life("2026-03-01 done; 2026-03-10 gone")) is None
    assert status_on("2026-03-01 done; 2026-03-10 gone", "2026-03-10") is None


def test_a_slip_is_a_later_due_day() -> None:
    """A due day that is put off or taken away has slipped; one that comes earlier, or is set for the first time, has not."""
    life = a_life(
        "2026-03-01 open; 2026-03-02 open due 2026-04-01; 2026-03-20 open due 2026-04-15; 2026-03-25 open due 2026-04-10; 2026-04-11 - due 2026-05-01"
    )
    found = slips(life, LAST)
    assert [(each.before, each.after) for each in found] == [
        (day("2026-04-01"), day("2026-04-15")),
        (day("2026-04-10"), day("2026-05-01")),
    ]
    assert len(slips(life, day("2026-04-01"))) == 1


def test_what_was_taken_back_is_no_slip_and_no_change() -> None:
    """A commit that was reverted, and its revert, put nothing off and leave an action as unchanged as it was."""
    life = a_life(
        "2026-03-01 open due 2026-04-01; !2026-03-20 open due 2026-05-01; !2026-03-21 open due 2026-04-01"
    )
    assert slips(life, LAST) == ()
    assert unchanged_since(life, LAST) == day("2026-03-01")


def test_unchanged_since_the_last_change_up_to_a_day() -> None:
    """Any change to the row counts, up to the day that is asked for."""
    life = a_life("2026-03-01 open; 2026-04-01 open owner Ada; 2026-05-01 done")
    assert unchanged_since(life, day("2026-04-30")) == day("2026-04-01")
    assert unchanged_since(life, LAST) == day("2026-05-01")


def test_promised_from_the_first_commitment() -> None:
    """A candidate is no promise until it is one."""
    life = a_life("2026-03-01 candidate; 2026-04-01 open")
    assert promised_on(life) == day("2026-04-01")
    assert promised_on(a_life("2026-03-01 candidate")) is None
    assert not was_promised_between(life, day("2026-03-01"), day("2026-03-31"))
    assert was_promised_between(life, day("2026-03-01"), day("2026-04-01"))

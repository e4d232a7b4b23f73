"""Histories for the tests of deriving, drawn in a line for each action."""

from __future__ import annotations

from datetime import UTC, datetime

from afterword.model.action import Status
from afterword.model.history import ActionLife, ActionState, History, Moment, RecordLife, Version
from afterword.model.record import Postmortem
from tests.derive.drawn_records import day

UNTIL = datetime(2026, 5, 1, tzinfo=UTC)
"""The time of the last commit of a history that is drawn."""


def at(text: str) -> datetime:
    """Give noon of a day."""
    return datetime.fromisoformat(f"{text}T12:00:00+00:00")


def a_life(drawing: str, name: str = "A1") -> ActionLife:
    """Draw an action: `2026-03-01 open due 2026-04-01 owner Ada; 2026-04-02 done closed 2026-03-30; 2026-04-05 gone`; `!` before a day is a change that was undone.

    What is not said again stays, but for the day of closing.
    """
    moments: list[Moment] = []
    state = ActionState(text=f"Action {name}")
    for number, piece in enumerate(drawing.split(";")):
        when, status, *rest = piece.split()
        facts = dict(zip(rest[::2], rest[1::2], strict=True))
        state = ActionState(
            state.status if status == "-" else None if status == "gone" else Status(status.replace("-", " ")),
            facts.get("owner", state.owner),
            day(facts["due"]) if "due" in facts else state.due,
            day(facts["closed"]) if "closed" in facts else None,
            text=facts.get("text", state.text),
        )
        moment = Moment(
            at(when.removeprefix("!")),
            f"c{number}",
            None if status == "gone" else state,
            when.startswith("!"),
        )
        moments.append(moment)
    return ActionLife(name, tuple(moments))


def a_history(record: Postmortem, first: str = "", final: str = "", **actions: str) -> History:
    """Draw the history of a record by its actions; it was first seen on the day `first`, else with its first action, and final from `final` on."""
    lives = {name: a_life(drawing, name) for name, drawing in actions.items()}
    start = at(first) if first else min(life.moments[0].at for life in lives.values())
    versions = [Version(start, "c0", "draft" if final else record.header.status, record.header.severity)]
    if final:
        versions.append(Version(at(final), "c1", "final", record.header.severity))
    life = RecordLife(record.id, tuple(versions), lives)
    return History({record.id: life}, "c9", UNTIL)

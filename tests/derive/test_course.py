"""The course of a record: which lane an event is in, and what is left out."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from afterword.derive.timing.course import MOST_LANES, Course, course_of
from afterword.model.timeline import Timeline
from tests.derive.drawn_records import a_record, timeline


def _course(drawing: str | Timeline, **header: object) -> Course | None:
    drawn = timeline(drawing) if isinstance(drawing, str) else drawing
    return course_of(a_record(timeline=drawn, **header), drawn)


def _lanes(drawing: str, **header: object) -> dict[str | None, list[int]]:
    course = _course(drawing, **header)
    assert course is not None
    return {lane.incident: [told.number for told in lane.told] for lane in course.lanes}


def test_fewer_than_two_times_are_no_course() -> None:
    """Nothing to scale can be drawn of one time, be it of several events."""
    assert _course("14:00 TRIGGER\n-- DETECTED") is None
    assert _course("14:00 TRIGGER\n14:00 DETECTED") is None
    assert _course("14:00 TRIGGER\n14:01 DETECTED") is not None


def test_what_has_no_time_is_left_out_and_counted() -> None:
    """Events without a time and such that run backwards are not told."""
    course = _course("14:00 TRIGGER\n-- DECISION\n13:00 back DETECTED\n14:20 MITIGATED")
    assert course is not None
    assert (course.left_out.unreadable, course.left_out.backwards) == (1, 1)
    assert [told.number for told in course.lanes[0].told] == [1, 4]


def test_each_incident_has_a_lane() -> None:
    """An event is in the lane of the incident that it names; what names none, or several, is told once, below; one of which nothing is told has none."""
    drawn = "14:00 DECISION\n14:01 TRIGGER INC-1\n14:02 TRIGGER inc-2\n14:05 DETECTED INC-1\n14:06 RESOLVED"
    found = _lanes(drawn, incidents=("INC-1", "INC-2", "INC-3"))
    assert found == {"INC-1": [2, 4], "INC-2": [3], None: [1, 5]}


def test_more_incidents_than_lanes_are_said() -> None:
    """The first have a lane; the events of the others are told below, with their incident."""
    ids = tuple(f"INC-{number}" for number in range(MOST_LANES + 2))
    drawn = "\n".join(f"14:{number:02} TRIGGER {each}" for number, each in enumerate(ids))
    course = _course(drawn, incidents=ids)
    assert course is not None
    assert course.left_out.incidents == 2
    assert [told.incident for told in course.lanes[-1].told] == list(ids[MOST_LANES:])


def test_times_of_a_zone_that_is_not_read_are_told_among_themselves() -> None:
    """Of times in zones that cannot be compared, those of one are told: the ones that are most."""
    drawn = timeline("14:00 TRIGGER\n14:05 DETECTED\n14:06 DECISION\n14:30 MITIGATED")
    events = [
        dataclasses.replace(event, clock_written="" if event.has("DECISION") else f"{event.written} PST")
        for event in drawn.events
    ]
    course = _course(Timeline(tuple(events), "UTC"))
    assert course is not None
    assert (course.zone_name, course.zone_is_read, course.left_out.other_zone) == ("PST", False, 1)
    assert [told.number for told in course.lanes[0].told] == [1, 2, 4]


@given(
    st.lists(
        st.tuples(st.integers(0, 10**6), st.booleans(), st.sampled_from(["A-1", "B-2", "C-3", ""])),
        max_size=40,
    )
)
def test_every_event_with_a_time_is_told_once(events: list[tuple[int, bool, str]]) -> None:
    """No lane takes an event from another, and none is lost."""
    drawn = timeline(
        "\n".join(f"14:00 DECISION {incident}".strip() for _, _, incident in events) or "14:00 DECISION"
    )
    placed = [
        dataclasses.replace(event, at=event.at + timedelta(seconds=seconds) if event.at and counts else None)
        for event, (seconds, counts, _) in zip(drawn.events, events, strict=False)
    ]
    course = _course(Timeline(tuple(placed), "UTC"), incidents=("A-1", "B-2"))
    if course is None:
        assert len({event.at for event in placed if event.at}) < 2
        return
    told = [each.number for lane in course.lanes for each in lane.told]
    assert sorted(told) == [number for number, event in enumerate(placed, start=1) if event.at]
    for lane in course.lanes:
        assert [each.at for each in lane.told] == sorted(each.at for each in lane.told)

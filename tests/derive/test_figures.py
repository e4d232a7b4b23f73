"""Figures of incidents (docs/format.md, section 4)."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest

from afterword.derive.timing.figures import (
    close_time,
    customer_impact,
    format_duration,
    incident_figures,
)
from afterword.model.record import Postmortem
from tests.derive.drawn_records import a_record, rich, timeline

POOL = """
    14:03 TRIGGER
    14:09 SIGNAL
    14:13 DETECTED
    14:16 ESCALATED
    14:18 DECISION
    14:19 MITIGATING
    14:25 MITIGATED
    15:40 RESOLVED
"""


def minutes(record: Postmortem) -> list[dict[str, int]]:
    """Give the figures of each incident in minutes."""
    return [
        {figure.kind.id: int(figure.duration.total_seconds() // 60) for figure in incident.figures}
        for incident in incident_figures(record)
    ]


def test_all_figures_of_a_full_timeline() -> None:
    """Every figure runs between its two anchors, and TRIGGER stands for an IMPACT that is not stated."""
    record = a_record(timeline=timeline(POOL))
    assert minutes(record) == [
        {
            "detection-latency": 4,
            "time-to-detect": 10,
            "time-to-escalate": 3,
            "time-to-mitigate": 12,
            "time-to-resolve": 87,
            "customer-impact": 22,
        }
    ]


def test_stated_impact_goes_before_trigger() -> None:
    """Where customers were affected later than the trigger, time to detect and customer impact run from IMPACT."""
    record = a_record(timeline=timeline("14:00 TRIGGER\n14:05 IMPACT\n14:15 DETECTED\n14:25 MITIGATED"))
    assert minutes(record) == [{"time-to-detect": 10, "time-to-mitigate": 10, "customer-impact": 20}]


def test_impact_without_a_readable_time_is_not_replaced() -> None:
    """An IMPACT that is stated and cannot be used makes its figures absent: TRIGGER stands for an absent one only."""
    record = a_record(timeline=timeline("14:00 TRIGGER\n-- IMPACT\n14:15 DETECTED\n14:25 MITIGATED"))
    assert minutes(record) == [{"time-to-mitigate": 10}]


def test_missing_anchor_makes_a_figure_absent() -> None:
    """A figure without one of its anchors is absent, not zero; two anchors at one time are zero."""
    record = a_record(timeline=timeline("14:00 DETECTED\n14:00 MITIGATED"))
    assert minutes(record) == [{"time-to-mitigate": 0}]
    assert minutes(a_record()) == [{}]


@pytest.mark.parametrize("drawing", ["~14:00 DETECTED\n14:09 MITIGATED", "14:00 DETECTED\n~14:09 MITIGATED"])
def test_approximate_end_makes_a_figure_about(drawing: str) -> None:
    """A figure is marked about where its start or its end is approximate."""
    (incident,) = incident_figures(a_record(timeline=timeline(drawing)))
    assert [figure.about for figure in incident.figures] == [True]


def test_negative_figure_is_kept_apart() -> None:
    """A figure below zero is absent and reported on its own."""
    record = a_record(timeline=timeline("14:20 DETECTED\n14:10 MITIGATED\n15:00 RESOLVED"))
    (incident,) = incident_figures(record)
    assert [figure.kind.id for figure in incident.figures] == ["time-to-resolve"]
    assert [(figure.kind.id, figure.duration) for figure in incident.negative] == [
        ("time-to-mitigate", timedelta(minutes=-10))
    ]


def test_event_that_runs_backwards_counts_in_no_figure() -> None:
    """An event out of order keeps its anchor and gives no figure."""
    record = a_record(timeline=timeline("14:20 DETECTED\n14:10 back MITIGATED"))
    (incident,) = incident_figures(record)
    assert (incident.figures, incident.negative, list(incident.anchors)) == (
        (),
        (),
        ["DETECTED", "MITIGATED"],
    )


def test_two_incidents_share_what_names_none() -> None:
    """Marks that name an incident belong to it alone, whatever the case; a mark without a name belongs to all."""
    drawing = "14:00 TRIGGER\n14:10 DETECTED inc-1\n14:20 DETECTED INC-2\n14:30 MITIGATED INC-1\n14:50 MITIGATED INC-2"
    record = a_record(timeline=timeline(drawing), incidents=("INC-1", "INC-2"))
    assert [incident.incident for incident in incident_figures(record)] == ["INC-1", "INC-2"]
    assert minutes(record) == [
        {"time-to-detect": 10, "time-to-mitigate": 20, "customer-impact": 30},
        {"time-to-detect": 20, "time-to-mitigate": 30, "customer-impact": 50},
    ]
    assert customer_impact(record) == timedelta(minutes=50)


def test_mark_of_the_incident_goes_before_a_common_one() -> None:
    """Of an anchor for all and one that names the incident, the latter counts."""
    drawing = "14:00 DETECTED\n14:05 DETECTED INC-2\n14:10 MITIGATED"
    record = a_record(timeline=timeline(drawing), incidents=("INC-1", "INC-2"))
    assert [each["time-to-mitigate"] for each in minutes(record)] == [10, 5]


def test_single_incident_has_no_name_and_leaves_others_out() -> None:
    """With one incident in the header its figures carry no name, and marks of another incident are not its own."""
    drawing = "14:00 DETECTED\n14:10 MITIGATED INC-9\n14:30 RESOLVED INC-1"
    record = a_record(timeline=timeline(drawing), incidents=("INC-1",))
    assert minutes(record) == [{"time-to-resolve": 30}]
    assert [incident.incident for incident in incident_figures(record)] == [None]


def test_customer_impact_falls_back_to_duration() -> None:
    """The header's duration is used where no timeline gives customer impact, and only there."""
    stated = timedelta(minutes=90)
    assert customer_impact(a_record(duration=stated)) == stated
    assert customer_impact(a_record(duration=stated, timeline=timeline(POOL))) == timedelta(minutes=22)
    assert customer_impact(a_record()) is None


def test_close_is_stated_or_closed_or_resolved() -> None:
    """The close is the header's, else CLOSED, else RESOLVED."""
    both = timeline("15:00 RESOLVED\n16:00 CLOSED")
    assert close_time(a_record(timeline=both, closed="2026-03-15T09:00+00:00")) == datetime(
        2026, 3, 15, 9, tzinfo=UTC
    )
    assert close_time(a_record(timeline=both)) == datetime(2026, 3, 14, 16, tzinfo=UTC)
    assert close_time(a_record(timeline=timeline("15:00 RESOLVED"))) == datetime(2026, 3, 14, 15, tzinfo=UTC)
    assert close_time(a_record(timeline=timeline("15:00 MITIGATED"))) is None


def test_close_of_several_incidents_is_the_last() -> None:
    """A record of two incidents is closed when the last one is, each by its own CLOSED or RESOLVED."""
    drawing = "15:00 RESOLVED INC-1\n15:30 CLOSED INC-1\n17:00 RESOLVED INC-2"
    record = a_record(timeline=timeline(drawing), incidents=("INC-1", "INC-2"))
    assert close_time(record) == datetime(2026, 3, 14, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        (timedelta(), "0 min"),
        (timedelta(seconds=45), "45 s"),
        (timedelta(minutes=22), "22 min"),
        (timedelta(minutes=59, seconds=40), "1 h"),
        (timedelta(hours=1, minutes=22, seconds=29), "1 h 22 min"),
        (timedelta(hours=23, minutes=59, seconds=50), "1 d"),
        (timedelta(days=3, hours=4, minutes=10), "3 d 4 h"),
        (timedelta(minutes=-10), "-10 min"),
    ],
)
def test_duration_in_words(duration: timedelta, words: str) -> None:
    """A duration is written in its two largest units, rounded."""
    assert format_duration(duration) == words


def test_a_placeholder_gives_way_to_what_is_written() -> None:
    """A mark that stands on a placeholder and on an event is the event's, wherever the two stand."""
    drawn = timeline("14:03 TRIGGER\n-- MITIGATED\n14:25 MITIGATED\n-- RESOLVED")
    waiting = [dataclasses.replace(drawn.events[at], text=rich("… what ended it")) for at in (1, 3)]
    record = a_record(
        timeline=dataclasses.replace(drawn, events=(drawn.events[0], waiting[0], drawn.events[2], waiting[1]))
    )
    assert customer_impact(record) == timedelta(minutes=22)
    assert close_time(record) is None
    assert incident_figures(record)[0].anchors["RESOLVED"].is_placeholder

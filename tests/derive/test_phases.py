"""The phases between anchors: what absent, approximate and misplaced ones make of them."""

from __future__ import annotations

import pytest

from afterword.derive.timing.figures import format_duration, incident_figures
from afterword.derive.timing.phases import Phases, phases_between
from tests.derive.drawn_records import a_record, timeline


def _phases(drawing: str) -> Phases:
    (incident,) = incident_figures(a_record(timeline=timeline(drawing)))
    return phases_between(incident.anchors)


def _told(drawing: str) -> list[str]:
    return [
        f"{phase.name} {'about ' if phase.about else ''}{format_duration(phase.duration)}"
        for phase in _phases(drawing).phases
    ]


ALL = "14:00 TRIGGER\n14:03 IMPACT\n14:13 DETECTED\n14:19 MITIGATING\n14:25 MITIGATED\n15:40 RESOLVED"


@pytest.mark.parametrize(
    ("without", "expected"),
    [
        ("", ["undetected 10 min", "detected 6 min", "mitigating 6 min", "resolving 1 h 15 min"]),
        ("IMPACT", ["undetected 13 min", "detected 6 min", "mitigating 6 min", "resolving 1 h 15 min"]),
        ("MITIGATING", ["undetected 10 min", "detected 12 min", "resolving 1 h 15 min"]),
        ("MITIGATED", ["undetected 10 min", "detected 6 min", "mitigating 1 h 21 min"]),
        ("MITIGATING MITIGATED", ["undetected 10 min", "detected 1 h 27 min"]),
        ("DETECTED", ["affected 16 min", "mitigating 6 min", "resolving 1 h 15 min"]),
        ("TRIGGER IMPACT", ["detected 6 min", "mitigating 6 min", "resolving 1 h 15 min"]),
        ("RESOLVED", ["undetected 10 min", "detected 6 min", "mitigating 6 min"]),
        ("DETECTED MITIGATING MITIGATED RESOLVED", []),
    ],
)
def test_a_phase_goes_on_until_the_next_anchor_that_is_there(without: str, expected: list[str]) -> None:
    """Absent anchors merge phases; no time is made up."""
    lines = [line for line in ALL.splitlines() if line.split()[1] not in without.split()]
    assert _told("\n".join(lines)) == expected


def test_an_approximate_anchor_makes_both_phases_approximate() -> None:
    """A phase is as exact as its two ends."""
    assert _told("14:03 IMPACT\n~14:13 DETECTED\n14:25 MITIGATED\n15:40 RESOLVED") == [
        "undetected about 10 min",
        "detected about 12 min",
        "resolving 1 h 15 min",
    ]


@pytest.mark.parametrize("mark", ["-- DETECTED", "14:13 back DETECTED"])
def test_an_anchor_that_does_not_count_is_as_if_absent(mark: str) -> None:
    """Neither a time that cannot be read nor one that runs backwards begins a phase."""
    assert _told(f"14:03 IMPACT\n{mark}\n14:25 MITIGATED") == ["affected 22 min"]


def test_a_phase_below_zero_is_said_and_not_there() -> None:
    """Detected before customers were affected: nothing was undetected, and the next phase begins where it was detected."""
    found = _phases("14:00 DETECTED\n14:10 IMPACT\n14:20 MITIGATED")
    assert found.backwards == (("IMPACT", "DETECTED"),)
    assert [(phase.name, phase.duration.seconds) for phase in found.phases] == [("detected", 1200)]


def test_an_anchor_before_the_one_it_follows_ends_no_phase() -> None:
    """Mitigated before anybody set about it: the phases stay in the order of time."""
    found = _phases("14:00 IMPACT\n14:05 DETECTED\n14:20 MITIGATED\n14:30 MITIGATING\n14:40 RESOLVED")
    assert found.backwards == (("MITIGATING", "MITIGATED"),)
    assert [phase.name for phase in found.phases] == ["undetected", "detected", "mitigating"]

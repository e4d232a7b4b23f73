"""Figures beside the targets of the policy."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from afterword.derive.timing.figures import incident_figures
from afterword.derive.timing.targets import AgainstTarget, targets_of, untold
from afterword.model.record import Postmortem
from afterword.model.settings import DEFAULT_POLICY, Settings
from tests.derive.drawn_records import a_record, rich, timeline

TARGETS = {"time-to-detect": timedelta(minutes=5), "customer-impact": timedelta(hours=1)}
SETTINGS = Settings(
    policy=replace(
        DEFAULT_POLICY,
        by_severity={
            **DEFAULT_POLICY.by_severity,
            "sev2": replace(DEFAULT_POLICY.by_severity["sev2"], targets=TARGETS),
        },
    )
)


def lacking(record: Postmortem) -> list[tuple[str, str]]:
    """Give what is said about absent figures that have a target."""
    return [
        (each.kind.id, each.reason)
        for incident in incident_figures(record)
        for each in untold(record, incident, SETTINGS)
    ]


@pytest.mark.parametrize(
    ("minutes", "about", "words", "within"),
    [
        (3, False, "within 5 min", True),
        (5, False, "within 5 min", True),
        (8, False, "over 5 min by 3 min", False),
        (3, True, "within 5 min by about 2 min", True),
        (5, True, "about 5 min, as aimed at", True),
        (8, True, "over 5 min by about 3 min", False),
        (0, False, "within 5 min", True),
    ],
)
def test_comparison_in_words(minutes: int, about: bool, words: str, within: bool) -> None:
    """What takes as long as its target is within it; an approximate figure says how near it is."""
    beside = AgainstTarget(timedelta(minutes=5), timedelta(minutes=minutes), about)
    assert (beside.words, beside.within) == (words, within)


def test_retold_incidents_have_no_targets() -> None:
    """An incident of others was handled under nobody's policy here."""
    assert targets_of(a_record(), SETTINGS) == TARGETS
    assert targets_of(a_record(severity="sev3"), SETTINGS) == {}
    assert targets_of(a_record(retold_from="https://example.org/incident"), SETTINGS) == {}


@pytest.mark.parametrize(
    ("drawing", "reason"),
    [
        ("14:00 TRIGGER", "no event is marked [DETECTED]"),
        ("14:00 DETECTED", "no event is marked [IMPACT] or [TRIGGER]"),
        ("14:00 SIGNAL", "no event is marked [IMPACT] or [TRIGGER], and none [DETECTED]"),
        ("14:00 TRIGGER\n-- DETECTED", "the time of [DETECTED] cannot be read"),
        ("14:00 TRIGGER\n13:50 back DETECTED", "[DETECTED] runs backwards in time"),
        ("14:10 IMPACT\n14:00 DETECTED", "[DETECTED] is earlier than [IMPACT]"),
    ],
)
def test_absent_figure_with_a_target_says_what_is_missing(drawing: str, reason: str) -> None:
    """Where a figure has a target and is absent, the mark that is missing or of no use is named."""
    assert ("time-to-detect", reason) in lacking(a_record(timeline=timeline(drawing)))


def test_nothing_is_missing_that_nobody_asks_for() -> None:
    """A figure that is there, one that the header states, and a kind that needs no anchors leave nothing to say."""
    told = timeline("14:00 TRIGGER\n14:03 DETECTED\n14:20 MITIGATED")
    assert lacking(a_record(timeline=told)) == []
    assert [name for name, _ in lacking(a_record(duration=timedelta(hours=2)))] == ["time-to-detect"]
    assert lacking(a_record(kind="missed-launch")) == []
    assert lacking(a_record(severity="sev3")) == []


def test_a_placeholder_is_said_to_be_one() -> None:
    """A mark that waits to be written is there, and has no time that could be read."""
    drawn = timeline("14:03 TRIGGER\n-- DETECTED")
    events = (drawn.events[0], replace(drawn.events[1], text=rich("… somebody knows")))
    record = a_record(severity="sev2", timeline=replace(drawn, events=events))
    assert ("time-to-detect", "the event of [DETECTED] is still to be written") in lacking(record)

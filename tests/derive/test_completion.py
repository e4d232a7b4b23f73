"""Completion and cancellation (docs/format.md, section 6)."""

from __future__ import annotations

import pytest

from afterword.derive.history.as_it_was import as_it_was
from afterword.derive.promises.completion import Completion, by_quarter, cancellation, completion
from afterword.derive.promises.follow_through import published_on
from afterword.derive.timing.calendar import quarter_label
from afterword.model.archive import Archive
from afterword.model.history import History
from afterword.model.record import Postmortem
from afterword.model.settings import Settings
from tests.derive.drawn_histories import a_history
from tests.derive.drawn_records import a_record, actions, an_archive, day

TODAY = day("2026-06-01")


def measured(record: Postmortem, history: History) -> tuple[int, int]:
    """Give the actions and the done ones 30 days after publication."""
    archive = Archive.of(Settings(completion_targets=((30, 70.0),)), [record], history=history)
    (found,) = completion(as_it_was(archive, TODAY), TODAY)
    return found.actions, found.done


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
    assert young.absent == "no record is old enough"
    grown = at_30("A1 | done | closed 2026-03-05", as_of="2026-03-31")
    assert (grown.records, grown.too_young, grown.actions) == (1, 0, 1)


def test_records_without_a_promise_are_no_young_ones() -> None:
    """Why there is no share is that nothing was promised, as in an archive whose actions were not tables."""
    empty = at_30("", as_of="2026-06-01")
    assert (empty.records, empty.share, empty.absent) == (1, None, "nothing was promised")
    assert at_30("A1 | open").absent == ""


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
    """A record published on the last day there is, is too young on that day, not an overflow; before, it is not published."""
    assert at_30("A1 | open", published="9999-12-31", as_of="9999-12-31").too_young == 1
    assert at_30("A1 | open", published="9999-12-31").too_young == 0


def test_a_promise_made_within_the_days_counts_and_a_later_one_does_not() -> None:
    """An action that came into the record up to day N after publication was a commitment by then; one that came later was not."""
    record = a_record(
        "2026-02-01-x", published="2026-03-01", actions=actions("A1 | open\nA2 | open\nA3 | open")
    )
    history = a_history(
        record,
        A1="2026-03-01 open",
        A2="2026-03-31 open",
        A3="2026-04-01 open",
    )
    assert measured(record, history) == (2, 0)


def test_what_was_done_and_reopened_counts_as_it_stood_on_the_day() -> None:
    """Day N decides: done then and reopened later was done, done later was not."""
    record = a_record("2026-02-01-x", published="2026-03-01", actions=actions("A1 | open\nA2 | done"))
    history = a_history(
        record,
        A1="2026-03-01 open; 2026-03-20 done; 2026-04-20 open",
        A2="2026-03-01 open; 2026-03-20 done; 2026-03-25 open; 2026-04-20 done",
    )
    assert measured(record, history) == (2, 1)


def test_a_promise_whose_row_was_deleted_was_not_kept() -> None:
    """To delete a row that was promised at publication does not better the rate; one that went while the record was a draft was no promise."""
    record = a_record("2026-02-01-x", published="2026-03-01", actions=actions("A1 | done"))
    history = a_history(
        record,
        A1="2026-02-10 open; 2026-03-05 done",
        A2="2026-02-10 open; 2026-03-10 gone",
        A3="2026-02-10 open; 2026-02-20 gone",
    )
    assert measured(record, history) == (2, 1)


def test_a_candidate_that_is_promised_later_counts_from_then() -> None:
    """A candidate counts in no rate until somebody commits to it."""
    record = a_record("2026-02-01-x", published="2026-03-01", actions=actions("A1 | open\nA2 | open"))
    history = a_history(
        record,
        A1="2026-03-01 candidate; 2026-03-20 open",
        A2="2026-03-01 candidate; 2026-04-20 open",
    )
    assert measured(record, history) == (1, 0)


def test_cancellation_is_a_share_of_all_promises() -> None:
    """Of the promises of published records, candidates left out, so many were cancelled."""
    record = a_record(
        "2026-02-01-x",
        published="2026-03-01",
        actions=actions("A1 | done\nA2 | cancelled\nA3 | open\nA4 | candidate\nA5 | cancelled"),
    )
    found = cancellation(an_archive(record), TODAY)
    assert (found.actions, found.cancelled, found.percent, found.met) == (4, 2, 50.0, False)


def test_quarters_are_those_of_publication() -> None:
    """Each published record counts in the quarter of its publication, the earliest first, and none where nothing was published."""
    records = [
        a_record(
            f"2025-01-0{number}-x", actions=actions("A1 | done | closed 2026-01-01"), published=published
        )
        for number, published in enumerate(("2025-12-31", "2026-04-01", "2026-04-30"), 1)
    ]
    found = by_quarter(an_archive(*records), TODAY)
    assert [(quarter_label(each.quarter), each.records) for each in found] == [("Q4 2025", 1), ("Q2 2026", 2)]
    assert [each.completions[0].done for each in found] == [1, 2]


def test_a_candidate_that_turned_out_to_be_done_in_time_counts() -> None:
    """A row that was a candidate until it was done, on a stated day before day 30 and committed after it, was kept."""
    record = a_record(
        "2026-02-01-x", actions=actions("A1 | done | closed 2026-03-25"), published="2026-03-01"
    )
    history = a_history(record, A1="2026-02-02 candidate due 2026-04-01; 2026-04-10 done closed 2026-03-25")
    assert measured(record, history) == (1, 1)

"""The history of a generated repository, against what its trees say to a program that shares no code with ours."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks.history import write_history

from afterword.derive.history.as_it_was import as_it_was
from afterword.derive.promises.completion import cancellation, completion
from afterword.derive.promises.follow_through import action_views
from afterword.model.archive import Archive
from afterword.operations.reading.ledger import history_of
from afterword.operations.reading.loading import load
from afterword.sources.cache import Cache
from tests.history.naive import Naive


def _actions(archive: Archive, day: dt.date) -> dict[tuple[str, str], tuple[object, ...]]:
    """Give what our views say of each action, written as the naive computation does."""
    return {
        (view.record.id, view.action.id.upper()): (
            str(view.action.status),
            view.action.owner,
            str(view.action.due or ""),
            str(view.action.closed or ""),
            view.overdue,
            str(view.first_seen),
            str(view.unchanged_since),
            len(view.slips),
        )
        for view in action_views(archive, day)
    }


def _compare(folder: Path, records: int, commits: int, days: int, seed: int) -> Archive:
    """Compare what both say of so many days, spread over the history and one beyond it."""
    known = write_history(folder / "repository", records, commits, seed)
    loaded = load(start=known.folder)
    history = history_of(loaded.archive, loaded.root, Cache(folder / "cache"))
    assert history.absent == ""
    archive = replace(loaded.archive, history=history)
    naive = Naive(known.folder, "Europe/Berlin", known.undone)
    first, last = (dt.date.fromisoformat(each) for each in (naive.trees[0][1], naive.last))
    step = max(1, (last - first).days // days)
    for day in [first + dt.timedelta(days=number) for number in range(0, (last - first).days + 2, step)]:
        then = as_it_was(archive, day)
        ours, theirs = _actions(then, day), naive.actions(str(day))
        differing = {
            each: (ours.get(each), theirs.get(each))
            for each in ours.keys() | theirs.keys()
            if ours.get(each) != theirs.get(each)
        }
        assert not differing, day
        measured = [(each.records, each.actions, each.done) for each in completion(then, day)]
        assert measured == [naive.completion(str(day), each) for each in (30, 90)], day
        cancelled = cancellation(then, day)
        assert (cancelled.actions, cancelled.cancelled) == naive.cancellation(str(day)), day
    again = history_of(loaded.archive, loaded.root, Cache(folder / "cache"))
    assert again == history
    return archive


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_figures_of_past_days_are_those_of_the_trees(tmp_path: Path, seed: int) -> None:
    """Open, overdue, slips, unchanged, closing days, completion and cancellation on past days are what the tree of each commit says."""
    archive = _compare(tmp_path, 12, 150, 25, seed)
    moments = [
        moment
        for life in archive.history.records.values()
        for action in life.actions.values()
        for moment in action.moments
    ]
    assert any(moment.undone for moment in moments) and any(moment.state is None for moment in moments)


@pytest.mark.slow
def test_figures_of_a_long_history_are_those_of_its_trees(tmp_path: Path) -> None:
    """The same of 300 records and 3,000 commits."""
    _compare(tmp_path, 300, 3000, 60, 7)

"""An archive as it was on a day, and with what git knows."""

from __future__ import annotations

from afterword.derive.history.as_it_was import as_it_was
from afterword.derive.promises.closing_times import by_category, by_priority, time_to_close
from afterword.derive.promises.follow_through import action_views, published_on
from afterword.model.archive import Archive
from afterword.model.history import History
from afterword.model.record import Postmortem
from afterword.model.settings import Settings
from tests.derive.drawn_histories import a_history
from tests.derive.drawn_records import a_record, actions, day

TODAY = day("2026-06-01")


def on(text: str, record: Postmortem, history: History) -> Archive:
    """Give the archive of one record on a day."""
    return as_it_was(Archive.of(Settings(), [record], history=history), day(text))


def test_git_gives_the_days_that_a_record_does_not_state() -> None:
    """Published on the first commit with `status: final`, closed on the commit that closed it."""
    record = a_record(actions=actions("A1 | done\nA2 | done | closed 2026-04-02"))
    history = a_history(
        record,
        final="2026-03-20",
        A1="2026-03-15 open; 2026-04-10 done",
        A2="2026-03-15 open; 2026-04-10 done closed 2026-04-02",
    )
    (found,) = on("2026-06-01", record, history).records
    assert published_on(found) == day("2026-03-20")
    assert [action.closed for action in found.actions] == [day("2026-04-10"), day("2026-04-02")]


def test_a_stated_day_of_publication_stays() -> None:
    """What the header states wins over git."""
    record = a_record(published="2026-03-18", actions=actions("A1 | open"))
    history = a_history(record, first="2026-03-15", final="2026-03-25", A1="2026-03-15 open")
    assert published_on(on("2026-06-01", record, history).records[0]) == day("2026-03-18")


def test_on_a_past_day_actions_are_what_they_were() -> None:
    """Owner, due day and status are those of the day, and what came later is not there."""
    record = a_record(actions=actions("A1 | done | owner Bo | due 2026-05-01\nA2 | open"))
    history = a_history(
        record,
        A1="2026-03-15 open owner Ada due 2026-04-01; 2026-04-05 open due 2026-05-01; 2026-04-20 done owner Bo",
        A2="2026-04-20 open",
    )
    archive = on("2026-04-03", record, history)
    (view,) = action_views(archive, day("2026-04-03"))
    assert (view.action.owner, view.state, view.days_overdue) == ("Ada", "overdue", 2)
    later = action_views(on("2026-04-06", record, history), day("2026-04-06"))
    assert [(each.state, len(each.slips)) for each in later] == [("open", 1)]


def test_a_record_is_not_there_before_its_first_commit() -> None:
    """Before its first commit, and before the day of publication that it states, a record is not in the archive."""
    record = a_record(actions=actions("A1 | open"))
    history = a_history(record, A1="2026-03-20 open")
    assert on("2026-03-19", record, history).records == ()
    assert len(on("2026-03-20", record, history).records) == 1
    stated = a_record(published="2026-03-16", actions=actions("A1 | open"))
    assert len(on("2026-03-16", stated, a_history(stated, A1="2026-03-20 open")).records) == 1


def test_from_the_last_commit_on_the_files_tell() -> None:
    """What is not committed yet is shown as it is, from the day of the last commit on."""
    record = a_record(actions=actions("A1 | in progress\nA2 | open"))
    archive = on("2026-05-01", record, a_history(record, A1="2026-03-20 open"))
    assert [view.state for view in action_views(archive, TODAY)] == ["in progress", "open"]


def test_a_record_that_came_into_git_after_its_publication_had_its_actions_then() -> None:
    """An archive that was imported knows nothing of the time before: its actions are as old as the publication, and were open until the import said otherwise."""
    record = a_record("2024-03-14-x", published="2024-03-20", actions=actions("A1 | done\nA2 | open"))
    history = a_history(record, first="2026-02-01", A1="2026-02-01 done", A2="2026-02-01 open")
    archive = on("2026-06-01", record, history)
    done, still_open = action_views(archive, TODAY)[1], action_views(archive, TODAY)[0]
    assert (done.action.closed, done.first_seen) == (day("2026-02-01"), day("2024-03-20"))
    assert still_open.unchanged_since == day("2024-03-20")
    assert [view.state for view in action_views(on("2025-01-01", record, history), day("2025-01-01"))] == [
        "open",
        "open",
    ]


def test_without_git_nothing_is_known() -> None:
    """An archive without history is as it is, on any day."""
    record = a_record(actions=actions("A1 | done"))
    archive = Archive.of(Settings(), [record], history=History(absent="no git repository"))
    assert as_it_was(archive, day("2026-01-01")) is archive
    (view,) = action_views(archive, TODAY)
    assert (view.first_seen, view.unchanged_since, view.slips) == (None, None, ())


def test_time_to_close_runs_from_the_promise() -> None:
    """From the commit that made the promise, else from publication, to the day it was done; without one of them it is not known."""
    record = a_record(
        published="2026-03-10",
        actions=actions(
            "A1 | done | closed 2026-03-30\nA2 | done | closed 2026-03-30\nA3 | done\nA4 | cancelled"
        ),
    )
    archive = on(
        "2026-06-01",
        record,
        a_history(
            record,
            first="2026-03-10",
            A1="2026-03-20 open; 2026-04-01 done closed 2026-03-30",
            A4="2026-03-20 cancelled",
        ),
    )
    (found,) = archive.records
    times = [time_to_close(archive, found, action) for action in found.actions]
    assert [each.days if each else None for each in times] == [10, 20, None, None]
    (group,) = by_category(archive)
    assert (group.id, group.lacking, group.spread.count if group.spread else 0) == ("", 1, 2)
    assert by_priority(archive)[0].spread == group.spread

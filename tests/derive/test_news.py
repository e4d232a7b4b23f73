"""What feeds tell of records and actions."""

from __future__ import annotations

from datetime import UTC, date, datetime

from afterword.derive.history.as_it_was import as_it_was
from afterword.derive.places.identity import lasting_id, urn
from afterword.derive.promises.news import ActionNews, ChangeKind, RecordNews, action_news, record_news
from afterword.model.archive import Archive
from afterword.model.history import History, RecordLife, Version
from afterword.model.record import Postmortem
from afterword.model.settings import Settings
from tests.derive.drawn_histories import UNTIL, a_history, a_life, at
from tests.derive.drawn_records import a_record, actions, day

TODAY = day("2026-06-01")


def news(record: Postmortem, history: History, as_of: date = TODAY) -> tuple[ActionNews, ...]:
    """Give the news of the actions of one record."""
    return action_news(as_it_was(Archive.of(Settings(), [record], history=history), as_of), as_of)


def told(drawing: str, as_of: date = TODAY) -> list[tuple[str, tuple[str, ...]]]:
    """Tell what became of an action, the oldest first, by days."""
    record = a_record(actions=actions("A1 | open"))
    found = news(record, a_history(record, A1=drawing), as_of)
    return [(f"{each.at:%m-%d}", tuple(map(str, each.kinds))) for each in reversed(found) if each.kinds]


def test_each_change_is_told_by_its_kind() -> None:
    """New, promised, dated, put off, brought forward, given to somebody, done, reopened, cancelled, removed."""
    assert told(
        "2026-03-01 candidate; 2026-03-02 open; 2026-03-03 open due 2026-04-01; 2026-03-04 open due 2026-05-01 owner Bo; "
        "2026-03-05 in-progress; 2026-03-06 open due 2026-04-20; 2026-03-07 done; 2026-03-08 open; 2026-03-09 cancelled; 2026-03-10 gone"
    ) == [
        ("03-01", ("new",)),
        ("03-02", ("promised",)),
        ("03-03", ("dated",)),
        ("03-04", ("put off", "reassigned")),
        ("03-06", ("brought forward",)),
        ("03-07", ("done",)),
        ("03-08", ("reopened",)),
        ("03-09", ("cancelled",)),
        ("03-10", ("removed",)),
    ]


def test_what_was_taken_back_or_is_still_to_come_is_not_told() -> None:
    """A change that was undone, and its undoing, are no news, nor is what happened after the day."""
    drawing = "2026-03-01 open due 2026-04-01; !2026-03-02 open due 2026-09-01; !2026-03-03 open due 2026-04-01; 2026-04-02 done"
    assert told(drawing) == [("03-01", ("new",)), ("04-02", ("done",))]
    assert told(drawing, day("2026-03-31")) == [("03-01", ("new",))]


def test_a_closing_is_told_for_the_day_that_is_stated() -> None:
    """Of work done on Friday and written down on Monday, Friday counts."""
    assert told("2026-03-01 open; 2026-03-09 done closed 2026-03-06") == [
        ("03-01", ("new",)),
        ("03-06", ("done",)),
    ]


def test_actions_of_retold_incidents_are_not_told() -> None:
    """Nobody here owes them."""
    record = a_record(actions=actions("A1 | open"), retold_from="https://elsewhere.example/")
    assert news(record, a_history(record, A1="2026-03-01 open; 2026-03-02 done")) == ()


def test_news_of_one_commit_keep_the_order_of_the_table() -> None:
    """The newest commit comes first, and within one the first action."""
    record = a_record(actions=actions("A1 | open\nA2 | open"))
    found = news(record, a_history(record, A1="2026-03-01 open; 2026-03-05 done", A2="2026-03-01 open"))
    assert [(each.action_id, each.at.day) for each in found] == [("A1", 5), ("A1", 1), ("A2", 1)]


def of_record(record: Postmortem, history: History | None, as_of: date = TODAY) -> RecordNews | None:
    """Give the news of one record."""
    archive = Archive.of(Settings(), [record], history=history)
    return next(iter(record_news(as_it_was(archive, as_of), as_of)), None)


def test_a_record_comes_on_its_stated_day_else_when_it_was_finished() -> None:
    """The header's day wins over git's, git's over the day of the incident."""
    drawn = actions("A1 | open")
    stated = a_record(published="2026-03-20", actions=drawn)
    unstated = a_record(actions=drawn)
    history = a_history(unstated, first="2026-03-15", final="2026-03-25", A1="2026-03-15 open")
    assert [
        each and each.published
        for each in (of_record(stated, history), of_record(unstated, history), of_record(unstated, None))
    ] == [
        datetime(2026, 3, 20, tzinfo=UTC),
        at("2026-03-25"),
        datetime(2026, 3, 14, tzinfo=UTC),
    ]
    assert of_record(unstated, None, day("2026-03-13")) is None


def test_ticking_off_an_action_is_no_revision_of_its_record() -> None:
    """A record is updated by its text, status or severity, not by commits that changed its actions alone."""
    record = a_record(actions=actions("A1 | done"))
    life = a_life("2026-03-15 open; 2026-04-10 done")

    def updated(*versions: Version) -> datetime | None:
        history = History({record.id: RecordLife(record.id, versions, {"A1": life})}, "c9", UNTIL)
        found = of_record(record, history)
        return found and found.updated

    first = Version(at("2026-03-15"), "c0", "final", "sev2")
    ticked = Version(at("2026-04-10"), "c1", "final", "sev2")
    assert updated(first, ticked) == at("2026-03-15")
    assert updated(first, Version(at("2026-04-10"), "c1", "final", "sev1")) == at("2026-04-10")
    assert updated(first, Version(at("2026-04-02"), "words", "final", "sev2"), ticked) == at("2026-04-02")


def test_the_first_and_last_day_of_the_calendar_are_days() -> None:
    """A slip such as the year 9999 stops nothing, whatever the zone."""
    settings = Settings(timezone="Pacific/Kiritimati")
    records = [
        a_record("2026-03-14-a", date="0001-01-01"),
        a_record("2026-03-14-b", date=date.max.isoformat()),
    ]
    found = record_news(Archive.of(settings, records), date.max)
    assert [each.published.year for each in found] == [9999, 1]


def test_an_id_outlasts_a_new_name() -> None:
    """A record that was renamed is known by its first id; a page's former path is none."""
    assert lasting_id(a_record("2026-03-14-new")) == "2026-03-14-new"
    renamed = a_record("2026-03-14-new", aliases=("wiki/old-page.md", "2026-03-14-Old", "2026-03-14-older"))
    assert lasting_id(renamed) == "2026-03-14-old"
    assert urn("example.org", "a", "b") == urn("example.org", "a", "b") != urn("", "a", "b")
    assert ChangeKind.DONE == "done"

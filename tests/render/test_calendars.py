"""Whose calendar holds what."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import icalendar
import recurring_ical_events

from afterword.derive.causes.archive_coverage import archive_coverage
from afterword.derive.history.as_it_was import as_it_was
from afterword.model.archive import Archive
from afterword.model.settings import RosterEntry
from afterword.render.actions.promises import Promises
from afterword.render.feeds.calendars import calendar_files
from afterword.render.page.site_url import SiteUrl
from tests.derive.drawn_histories import a_history
from tests.render.drawn_archives import DAY, FOLDER, SETTINGS, a_file, an_archive
from tests.render.ics_lines import properties

SITE = SiteUrl.of("https://pm.example.org/docs")
ROSTER = replace(SETTINGS, people=(RosterEntry("Juno Papercliff", "core", id="juno"), RosterEntry("Jörg Ek")))
ACTIONS = """| A1 | Mend the pool | @juno | 2026-05-01 | T-1 | prevent | open | |
| A2 | Watch the pool | Juno Papercliff | 2026-07-01 | | detect | in progress | |
| A3 | Nobody's; thing, here | | 2026-07-02 | | detect | open | |
| A4 | Old | Jorg Ek | 2026-04-01 | | detect | done 2026-04-02 | |
| A5 | Maybe | Jörg Ek | 2026-04-01 | | detect | candidate | |
| A6 | Some day | Jörg Ek | | | detect | open | |
| A7 | For us | Core services | 2026-08-01 | | detect | open | |
"""
RISKS = """
## Root cause analysis

Method: causal tree

- It broke
  - Rare -- accepted: it costs too much (platform lead, 2026-09-30)
  - Old -- accepted: it will go (Juno Papercliff, 2026-05-31)
  - Undated -- accepted: some day (platform lead, soon)
"""
FILES = {"2026/2026-03-14-pool.md": a_file(actions=ACTIONS) + RISKS}


def calendars(archive: Archive, site: SiteUrl = SITE, as_of: dt.date = DAY) -> dict[str, icalendar.Calendar]:
    """Write the calendars, and read them by their names."""
    risks = archive_coverage(archive, as_of).risks
    made = calendar_files(Promises.of(archive, FOLDER, as_of), risks, site)
    for file in made:
        properties(file.content)
    return {
        file.address.removeprefix("postmortems/feeds/"): icalendar.Calendar.from_ical(file.content)
        for file in made
    }


def summaries(calendar: icalendar.Calendar) -> list[str]:
    """Give what a client shows in a span of years, in the order of days."""
    shown = recurring_ical_events.of(calendar).between(dt.date(2000, 1, 1), dt.date(2100, 1, 1))
    return [str(event["SUMMARY"]) for event in sorted(shown, key=lambda each: each["DTSTART"].dt)]


def test_all_that_is_owed_is_in_the_calendar_of_all() -> None:
    """Unfinished actions with a due day, overdue ones too, and reviews of risks; nothing that is done, a candidate or without a day."""
    found = calendars(an_archive(FILES, ROSTER))
    assert summaries(found["all.ics"]) == [
        "Due: Mend the pool",
        "Review the risk: Old",
        "Due: Watch the pool",
        "Due: Nobody's; thing, here",
        "Due: For us",
        "Review the risk: Rare",
    ]
    assert summaries(found["risks.ics"]) == ["Review the risk: Old", "Review the risk: Rare"]


def test_owners_and_teams_have_their_own() -> None:
    """Spellings of one person share a calendar, an owner who owes nothing keeps one, and a role that names a person counts as that person."""
    found = calendars(an_archive(FILES, ROSTER))
    *others, juno = sorted(name for name in found if name.startswith("owners/"))
    assert juno == "owners/juno.ics"
    assert len(others) == 2 and all(name.startswith("owners/jorg-ek") for name in others)
    assert [summaries(found[name]) for name in others] == [[], []]
    assert summaries(found["owners/juno.ics"]) == [
        "Due: Mend the pool",
        "Review the risk: Old",
        "Due: Watch the pool",
    ]
    assert "Due: For us" in summaries(found["teams/core.ics"])
    assert "Due: Nobody's; thing, here" in summaries(found["teams/core.ics"])


def test_who_handed_everything_on_keeps_a_calendar() -> None:
    """An owner whom only git knows has an empty calendar; one who was named by a change that was taken back has none, nor a team."""
    archive = an_archive(FILES, ROSTER)
    (record,) = archive.records
    history = a_history(
        record,
        A1="2026-03-15 open owner Kim; !2026-03-16 - owner Lou; 2026-03-17 - owner core; 2026-03-20 - owner Juno",
    )
    found = calendars(as_it_was(replace(archive, history=history), DAY))
    assert summaries(found["owners/kim.ics"]) == []
    assert "owners/lou.ics" not in found and "owners/core.ics" not in found


def test_an_event_is_the_same_for_as_long_as_its_action() -> None:
    """A name and a revision that rises; text, owner and day may change, and the file may move."""
    drawing = "2026-03-15 open due 2026-04-01; 2026-03-20 open due 2026-05-01; 2026-05-20 open owner Bo"
    first = an_archive(FILES, ROSTER)
    moved = an_archive(
        {"old/2026-03-14-pond.md": a_file(actions=ACTIONS, more="aliases: [2026-03-14-pool]\n") + RISKS},
        ROSTER,
    )
    for archive, as_of, revision, changed in (
        (first, DAY, 2, dt.datetime(2026, 5, 20, 12, tzinfo=dt.UTC)),
        (moved, dt.date(2026, 4, 1), 1, dt.datetime(2026, 3, 20, 12, tzinfo=dt.UTC)),
    ):
        (record,) = archive.records
        history = a_history(record, A1=drawing)
        then = as_it_was(replace(archive, history=history), as_of)
        event = calendars(then, as_of=as_of)["all.ics"].events[0]
        assert str(event["UID"]) == "2026-03-14-pool.a1@pm.example.org"
        assert (event["SEQUENCE"], event["DTSTAMP"].dt) == (revision, changed)


def test_an_event_leads_to_its_action() -> None:
    """By a whole address; where it is not known where the site lies, by none."""
    archive = an_archive(FILES, ROSTER)
    event = calendars(archive)["all.ics"].events[0]
    assert event["URL"] == "https://pm.example.org/docs/postmortems/2026/2026-03-14-pool/#a1"
    assert "Owner: @juno" in event["DESCRIPTION"]
    nowhere = calendars(archive, SiteUrl())["all.ics"].events[0]
    assert "URL" not in nowhere
    assert nowhere["UID"].endswith(".a1@afterword.invalid")


def test_names_of_events_are_unique() -> None:
    """Two actions of one id, and two risks in the same words, are two events."""
    again = ACTIONS + "| A1 | Another | Bo | 2026-06-02 | | detect | open | |\n"
    more = RISKS + "  - Rare -- accepted: once more (platform lead, 2026-10-30)\n"
    events = calendars(an_archive({"2026-03-14-pool.md": a_file(actions=again) + more}, ROSTER))[
        "all.ics"
    ].events
    assert len(events) == 8
    assert len({str(event["UID"]) for event in events}) == 8


def test_retold_incidents_fill_no_calendar() -> None:
    """Nobody here owes what others promised."""
    retold = a_file(actions=ACTIONS, more="retold_from: https://elsewhere.example/\n") + RISKS
    assert summaries(calendars(an_archive({"2026-03-14-pool.md": retold}, ROSTER))["all.ics"]) == []

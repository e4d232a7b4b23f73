"""The timeline as events in UTC."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.model.finding import Finding, Nature
from afterword.model.header import Header
from afterword.model.settings import Settings
from afterword.model.span import Span
from afterword.model.timeline import Timeline, TimelineEvent
from afterword.parse.markdown.lexicon import Lexicon
from afterword.parse.markdown.markdown import parse_blocks
from afterword.parse.sections import read_sections
from afterword.parse.source.text import decode, split_lines
from afterword.parse.timeline.timeline import read_timeline

UTC_HEADER = Header(date=dt.date(2026, 3, 14), timezone="UTC")
BERLIN = replace(UTC_HEADER, timezone="Europe/Berlin")
BARE = Header(date=dt.date(2026, 3, 14))
HEAD = "## Timeline\n\n| Time | Event |\n|---|---|\n"

Read = tuple[Timeline | None, tuple[Finding, ...]]


def read(text: str, header: Header = UTC_HEADER, archive: Settings | None = None) -> Read:
    """Read the timeline section of a drawing."""
    archive = archive or Settings()
    lines = text.split("\n")
    lexicon = Lexicon.of(archive)
    end = Span.at(len(lines), len(lines[-1]) + 1)
    _, sections, *_ = read_sections(parse_blocks(text, 1), lines, lexicon, "", end)
    section = next(section for section in sections if section.key == "timeline")
    return read_timeline(section, header, archive, lexicon, lines)


def events(
    text: str, header: Header = UTC_HEADER, archive: Settings | None = None
) -> tuple[TimelineEvent, ...]:
    """Read a drawing that holds events."""
    timeline, _ = read(text, header, archive)
    assert timeline is not None
    return timeline.events


def rows(*cells: str) -> str:
    """Draw a table of times, each with an event."""
    return HEAD + "".join(f"| {cell} | x |\n" for cell in cells)


def moments(text: str, header: Header = UTC_HEADER) -> list[str]:
    """Give the moments in UTC."""
    return [f"{event.at:%m-%d %H:%M}" if event.at else "-" for event in events(text, header)]


def said(read_result: Read) -> list[tuple[int, int, str]]:
    """Give lines, columns and rules."""
    return [(finding.span.line, finding.span.column, finding.rule) for finding in read_result[1]]


def test_a_table_is_read_with_its_marks_and_places() -> None:
    """Time, text, marks, other columns and all spans are exact."""
    text = (
        "## Timeline\n\nAll of it.\n\n| Time (UTC) | Event | Source |\n|---|---|---|\n"
        "| 2026-03-14 14:03 | [TRIGGER] Batch **starts** | log |\n| 14:13 | [Detected] [DECISION]: Page | |\n"
    )
    timeline, findings = read(text, BARE)
    assert timeline is not None
    assert not findings
    assert (timeline.zone, timeline.heads, timeline.blocks) == ("UTC", ("Source",), (1,))
    first, second = timeline.events
    assert (first.written, first.text.text, [mark.name for mark in first.marks]) == (
        "2026-03-14 14:03",
        "Batch starts",
        ["TRIGGER"],
    )
    assert first.time_span == Span.at(7, 3, 16)
    assert first.marks[0].span == Span.at(7, 22, 9)
    assert first.text.span.column == 32
    assert [(head, cell.text) for head, cell in first.columns] == [("Source", "log")]
    assert (second.text.text, [mark.name for mark in second.marks]) == ("Page", ["DETECTED", "DECISION"])
    assert second.at == dt.datetime(2026, 3, 14, 14, 13, tzinfo=dt.UTC)
    assert second.columns == ()


def test_a_list_is_read_in_all_its_forms() -> None:
    """The time may be bold and be followed by a dash, a colon or nothing; nested blocks stay with their event."""
    text = (
        "## Timeline\n\n- **14:03** - [TRIGGER] a\n- 14:04 – b\n- 14:05: c\n- 14:06 d\n  - detail\n- **14:07:** e\n- 14:08 - 14:09 f\n"
        "- ~14:10 g\n"
    )
    timeline, findings = read(text)
    assert timeline is not None
    assert not findings
    assert [event.text.text for event in timeline.events] == ["a", "b", "c", "d", "e", "f", "g"]
    assert [event.has("TRIGGER") for event in timeline.events] == [True] + [False] * 6
    assert len(timeline.events[3].details) == 1
    assert timeline.events[5].until == dt.datetime(2026, 3, 14, 14, 9, tzinfo=dt.UTC)
    assert timeline.events[6].approximate
    assert timeline.events[0].time_span == Span.at(3, 5, 5)


def test_a_date_column_is_joined_to_the_time() -> None:
    """The date column may be empty where the date goes on."""
    text = "## Timeline\n\n| Date | Time | What happened |\n|---|---|---|\n| 2026-03-15 | 14:03 | a |\n| | 14:04 | b |\n| 2026-03-16 | 01:00 | c |\n"
    assert moments(text) == ["03-15 14:03", "03-15 14:04", "03-16 01:00"]
    assert [event.text.text for event in events(text)] == ["a", "b", "c"]


def test_the_event_column_is_found_by_its_head() -> None:
    """A column between time and event is one of the others."""
    event = events("## Timeline\n\n| Time | Who | Event |\n|---|---|---|\n| 14:03 | app | down |\n")[0]
    assert (event.text.text, [(head, cell.text) for head, cell in event.columns]) == (
        "down",
        [("Who", "app")],
    )


def test_rows_and_sub_headings_that_are_only_a_date_set_it() -> None:
    """What follows is of that day, in tables and in lists, also where it goes back to an earlier hour."""
    assert moments(rows("14:00") + "| 2026-03-20 | |\n| 15:00 | x |\n") == ["03-14 14:00", "03-20 15:00"]
    text = "## Timeline\n\n### 2026-03-16\n\n- 14:00 a\n\n### Tuesday, 2026-03-17\n\n- 13:00 b\n\n- 2026-03-18\n  - 09:00 c\n"
    timeline, findings = read(text)
    assert timeline is not None
    assert not findings
    assert moments(text) == ["03-16 14:00", "03-17 13:00", "03-18 09:00"]
    assert timeline.blocks == (0, 1, 2, 3)


def test_times_go_on_past_midnight() -> None:
    """Twelve hours back or more is the next day, and dates are carried from there."""
    assert moments(rows("23:50", "00:10", "00:20", "2026-03-20 10:00", "10:05")) == [
        "03-14 23:50",
        "03-15 00:10",
        "03-15 00:20",
        "03-20 10:00",
        "03-20 10:05",
    ]
    assert moments(rows("20:00", "08:00")) == ["03-14 20:00", "03-15 08:00"]


def test_less_than_twelve_hours_back_is_a_finding() -> None:
    """The event keeps date and place and counts in no figure; the next one is compared with it."""
    text = rows("14:00", "13:50", "14:05")
    assert moments(text) == ["03-14 14:00", "03-14 13:50", "03-14 14:05"]
    assert [event.counts for event in events(text)] == [True, False, True]
    assert said(read(text)) == [(6, 3, "time-backwards")]
    assert said(read(rows("20:00", "08:01"))) == [(6, 3, "time-backwards")]
    assert said(read(rows("2026-03-14 14:00", "2026-03-13 14:00"))) == [(6, 3, "time-backwards")]


def test_one_wrong_time_is_one_finding() -> None:
    """Rows below a time that is too late, or too early, are in order among themselves and count."""
    late = rows("14:00", "14:50", "14:10", "14:12", "14:20")
    assert [event.counts for event in events(late)] == [True, True, False, True, True]
    early = rows("14:00", "14:10", "14:05", "14:06", "14:20")
    assert [event.counts for event in events(early)] == [True, True, False, True, True]
    message = read(late)[1][0].message
    assert message == "'14:10' runs backwards: it is before '14:50' above it, and counts in no figure"


def test_backwards_between_zones_is_told_in_one() -> None:
    """The message gives the time above in the zone of the row."""
    message = read(rows("14:00 UTC", "14:30+02:00"))[1][0].message
    assert "'14:30+02:00' runs backwards: it is before '14:00 UTC' (16:00 in UTC+02:00) above it" in message


def test_a_zone_that_is_not_read_makes_no_row_run_backwards() -> None:
    """That its time is wrong is said already."""
    assert said(read(rows("14:00", "15:05 CET", "14:10"))) == [(6, 9, "zone-abbreviation")]


def test_other_notations_say_how_to_write_them() -> None:
    """The hint is the time in the format's form, which is no finding itself, with the header's year where none is written."""
    forms = {
        "Oct 31 10:04": "2026-10-31 10:04",
        "31 October 2023, 10:04": "2023-10-31 10:04",
        "2026/03/15 10:00": "2026-03-15 10:00",
        "15.03.2026 10:01": "2026-03-15 10:01",
        "about 00:35": "~00:35",
        "09:45 → 09:50": "09:45–09:50",
        "00h39": "00:39",
        "Jan 15, 5:33 PM UTC": "2026-01-15 17:33 UTC",
        "Jan 15, 11:33 PM - 12:05 AM": "2026-01-15 23:33 - 00:05",
        "20260315T003000Z": "2026-03-15 00:30:00Z",
        "2.15 PM UTC": "14:15 UTC",
        "March 14th, 2:15 p.m.": "2026-03-14 14:15",
        "12.05 AM → 2:15 PM": "00:05–14:15",
    }
    for text, wanted in forms.items():
        (finding,) = read(rows(text))[1]
        assert (finding.rule, finding.hint) == ("bad-time", f"write {wanted}"), text
        assert not read(rows(wanted))[1]
    for text in ("03/04/2026 10:00", "soon", "T+5", "10:99", "2.15 – 3:30 PM"):
        assert read(rows(text))[1][0].hint is None, text
    listed = read("## Timeline\n\n- 14:00 a\n- Oct 31, 10:04: x\n")[1][0]
    assert (listed.span.column, listed.span.end_column, listed.hint) == (3, 16, "write 2026-10-31 10:04")
    halved = read("## Timeline\n\n- 14:00 a\n- 2.15 PM it began\n")[1][0]
    assert (halved.span.column, halved.span.end_column, halved.hint) == (3, 10, "write 14:15")


def test_a_day_in_another_notation_is_a_finding_and_sets_the_date() -> None:
    """What follows would silently have the wrong date."""
    text = "## Timeline\n\n### October 15\n\n- 14:00 a\n"
    assert moments(text) == ["10-15 14:00"]
    assert [(each.rule, each.hint) for each in read(text)[1]] == [("bad-time", "write 2026-10-15")]


def test_a_year_out_of_reach_is_named() -> None:
    """Such a time is no fault of its form."""
    message = read(rows("9999-12-31 23:59"))[1][0].message
    assert message == "the year of '9999-12-31 23:59' is not read, expected one from 1900 to 2999"


def test_a_date_column_behind_the_time_is_joined_where_it_holds_dates() -> None:
    """Without that, all rows would be of the first day."""
    head = "## Timeline\n\n| Time (UTC) | Date | Event |\n|---|---|---|\n"
    assert moments(head + "| 14:00 | 2026-03-14 | a |\n| 14:00 | 2026-03-16 | b |\n") == [
        "03-14 14:00",
        "03-16 14:00",
    ]
    assert events(head + "| 14:00 | soon | a |\n")[0].columns[0][0] == "Date"


def test_heads_name_their_zone_with_or_without_parenthesis() -> None:
    """`Time UTC` and `Time [UTC]` are plain enough; old names of the IANA list are refused as abbreviations are."""
    for head in ("Time UTC", "Time [UTC]", "Time, utc", "UTC time"):
        text = f"## Timeline\n\n| {head} | Event |\n|---|---|\n| 14:00 utc | a |\n"
        assert said(read(text, BARE)) == [], head
    for name in ("EST5EDT", "Singapore"):
        text = f"## Timeline\n\n| Time ({name}) | Event |\n|---|---|\n| 14:00 | a |\n"
        assert said(read(text)) == [(3, 9, "zone-abbreviation")], name


def test_a_bracket_like_the_listed_incidents_is_one_of_them() -> None:
    """One that is not listed is a finding, and the marks behind it are read."""
    header = replace(UTC_HEADER, incidents=("INC-142", "INC-150"))
    text = "## Timeline\n\n- 14:00 [INC-999] [DETECTED] a\n- 14:01 [FOO-7] b\n"
    first, second = events(text, header)
    assert [mark.name for mark in first.marks] == ["DETECTED"]
    assert second.text.text == "[FOO-7] b"
    assert said(read(text, header)) == [(3, 9, "unknown-incident")]
    unlisted = events("## Timeline\n\n- 14:00 [INC-7] [DETECTED] a\n- 14:01 [INC-7] b\n")
    assert [event.has("DETECTED") for event in unlisted] == [True, False]
    assert unlisted[1].text.text == "[INC-7] b"


def test_ranges_may_end_on_the_next_day() -> None:
    """An end before its start is of the day after it, unless it states its date."""
    text = rows("23:50-00:10", "00:20 to ~00:30")
    first, second = events(text)
    assert first.until == dt.datetime(2026, 3, 15, 0, 10, tzinfo=dt.UTC)
    assert (second.at, second.until_approximate) == (dt.datetime(2026, 3, 15, 0, 20, tzinfo=dt.UTC), True)
    assert not read(text)[1]
    wrong = rows("2026-03-14 14:00 – 2026-03-13 15:00")
    assert said(read(wrong)) == [(5, 3, "time-backwards")]
    assert events(wrong)[0].until is None


def test_twelve_hour_times_are_read_and_reported() -> None:
    """The hint is the form to write, the place the clock time alone."""
    text = rows("2026-03-14 2:05 PM", "12:10 AM")
    assert moments(text) == ["03-14 14:05", "03-15 00:10"]
    findings = read(text)[1]
    assert [(finding.rule, finding.span, finding.hint) for finding in findings] == [
        ("twelve-hour-time", Span.at(5, 14, 7), "write 14:05"),
        ("twelve-hour-time", Span.at(6, 3, 8), "write 00:10"),
    ]


def test_unreadable_times_are_errors_in_their_place() -> None:
    """The event stays, without a moment; a date is used for what follows."""
    text = rows("14:00", "25:61", "2026-03-20 soon", "15:00", "")
    assert moments(text) == ["03-14 14:00", "-", "-", "03-20 15:00", "-"]
    findings = read(text)[1]
    assert [(finding.span.line, finding.span.column, finding.rule) for finding in findings] == [
        (6, 3, "bad-time"),
        (7, 3, "bad-time"),
        (9, 4, "bad-time"),
    ]
    assert all(finding.nature is Nature.UNREADABLE for finding in findings)
    listed = "## Timeline\n\n- 14:00 a\n- later that day b\n"
    assert said(read(listed)) == [(4, 3, "bad-time")]
    assert events(listed)[1].text.text == "later that day b"


def test_zones_are_taken_in_order_of_precedence() -> None:
    """Offset, cell, column's head, section's heading, header, archive."""
    table = "| Time (America/New_York) | Event |\n|---|---|\n| {} | x |\n"
    section = "## Timeline (Asia/Tokyo)\n\n"
    archive = Settings(timezone="Asia/Kolkata")

    def hour(text: str, header: Header) -> str:
        return f"{events(text, header, archive)[0].at:%H:%M}"

    assert hour(section + table.format("12:00+02:00 Europe/London"), BERLIN) == "10:00"
    assert hour(section + table.format("12:00 Europe/Berlin"), BERLIN) == "11:00"
    assert hour(section + table.format("12:00"), BERLIN) == "16:00"
    plain = table.replace(" (America/New_York)", "").format("12:00")
    assert hour(section + plain, BERLIN) == "03:00"
    assert hour("## Timeline\n\n" + plain, BERLIN) == "11:00"
    assert hour("## Timeline\n\n" + plain, BARE) == "06:30"


def test_a_line_about_all_times_says_their_zone() -> None:
    """It stands in the heading's place: before the header's zone, behind the heading's own. What else a paragraph says of times is none."""
    lines = {
        "All times in UTC+2.": "UTC+02:00",
        "*(All times US/Pacific, 24-hour clock.)*": "US/Pacific",
        "Where nothing else is noted, all times are listed\nin **UTC**.": "UTC",
        "All dates and times are in CET (UTC+1).": "UTC+01:00",
        "Timestamps: Asia/Kolkata": "Asia/Kolkata",
        "The client was restarted three times. In UTC this was at noon.": "Europe/Berlin",
        "The times of the first rows are those of a log in UTC.": "Europe/Berlin",
    }
    for line, zone in lines.items():
        timeline, findings = read(f"## Timeline\n\n{line}\n\n- 14:00 a\n", BERLIN)
        assert timeline is not None
        assert (timeline.zone, timeline.zone_unread, findings) == (zone, "", ()), line
    timeline, findings = read(
        "## Timeline\n\nAll times in CET, unless they say UTC.\n\n- 14:00 a\n", UTC_HEADER
    )
    assert timeline is not None
    assert timeline.zone_unread == "CET"
    assert [(each.span.line, each.span.column, each.rule) for each in findings] == [
        (3, 14, "zone-abbreviation")
    ]
    headed = read("## Timeline (UTC)\n\nAll times in Asia/Kolkata.\n\n- 14:00 a\n", BERLIN)[0]
    beside = read("## Timeline\n\n### 14:00\n\nAll times in UTC were wrong.\n", BERLIN)[0]
    assert [each.zone for each in (headed, beside) if each] == ["UTC", "Europe/Berlin"]


def test_the_headings_zone_is_read_before_an_emoji() -> None:
    """What decorates the heading hides neither its name nor its zone."""
    (event,) = events("## Timeline (Europe/Berlin) 🕐\n\n- 14:02 a\n")
    assert event.at == dt.datetime(2026, 3, 14, 13, 2, tzinfo=dt.UTC)


def test_the_zone_that_all_rows_share_is_shown() -> None:
    """A zone of one row alone is not; without one that all share it is UTC."""
    mixed, _ = read(rows("14:00+01:00", "14:10 UTC"), BERLIN)
    assert mixed is not None
    assert mixed.zone == "Europe/Berlin"
    assert [f"{event.local_at:%H:%M}" for event in mixed.events] == ["14:00", "15:10"]
    apart, _ = read(rows("14:00+01:00", "14:10+02:00", "14:20 UTC").replace("14:10", "15:10"), BARE)
    assert apart is not None
    assert apart.zone == "UTC"
    same, _ = read(rows("14:00+01:00", "14:10+01:00"), BERLIN)
    assert same is not None
    assert same.zone == "UTC+01:00"


def test_abbreviations_are_reported_and_the_next_source_used() -> None:
    """One finding for each abbreviation, at its first place, in cells, heads and headings."""
    text = "## Timeline (PST)\n\n| Time (CET) | Event |\n|---|---|\n| 14:00 EST | x |\n| 14:10 EST | x |\n"
    assert said(read(text)) == [
        (1, 14, "zone-abbreviation"),
        (3, 9, "zone-abbreviation"),
        (5, 9, "zone-abbreviation"),
    ]
    assert moments(text) == ["03-14 14:00", "03-14 14:10"]


def test_a_heading_that_begins_with_a_date_sets_it_and_stays() -> None:
    """Words behind the date are no event, nor are they lost; another notation sets the day as well, with a way out."""
    text = (
        "## Timeline\n\n### 2026-03-10 The first outage\n\n- 14:00 a\n\n### March 12, 2026 – the second\n\n- 14:00 b\n"
        "\n### May pods restarted\n\n- 15:00 c\n"
    )
    timeline, findings = read(text)
    assert moments(text) == ["03-10 14:00", "03-12 14:00", "03-12 15:00"]
    assert timeline is not None
    assert timeline.blocks == (1, 3, 5)
    assert [(each.span.line, each.span.column, each.rule, each.hint) for each in findings] == [
        (7, 5, "bad-time", "write 2026-03-12")
    ]


def test_a_heading_that_names_several_days_is_left_to_its_author() -> None:
    """The first day holds for what follows; one day written for several would leave the rest of them behind: `2026-03-12-13, 2026`."""
    text = (
        "## Timeline\n\n### March 12-13, 2026 - slow again\n\n- 14:00 a\n\n### April 1st – 2nd\n\n- 14:00 b\n"
        "\n### May 5, 2026 - 30 servers lost\n\n- 14:00 c\n"
    )
    assert moments(text) == ["03-12 14:00", "04-01 14:00", "05-05 14:00"]
    assert [(each.span.end_column, each.hint, bool(each.edits)) for each in read(text)[1]] == [
        (22, "write 2026-03-12", False),
        (20, "write 2026-04-01", False),
        (16, "write 2026-05-05", True),
    ]


def test_timed_headings_take_the_date_of_the_heading_above() -> None:
    """The day of a heading without a time holds for the timed ones below it, which state their own where they do."""
    text = "## Timeline\n\n### 2026-03-10 The first outage\n\n### 14:00\n\na\n\n### 2026-03-11 15:00\n\nb\n"
    assert moments(text) == ["03-10 14:00", "03-11 15:00"]


def test_times_without_a_zone_are_one_finding() -> None:
    """Nothing can be compared with other records, so no moment is given."""
    text = rows("14:00", "14:10")
    timeline, findings = read(text, BARE)
    assert timeline is not None
    assert [(finding.rule, finding.span.line, finding.nature) for finding in findings] == [
        ("zone-missing", 5, Nature.UNREADABLE)
    ]
    assert timeline.zone is None
    assert [event.at for event in timeline.events] == [None, None]


def test_without_any_date_nothing_is_placed() -> None:
    """A header without a readable date leaves times that state none unplaced until one does."""
    assert moments(rows("14:00", "2026-03-14 14:10", "14:20"), Header(timezone="UTC")) == [
        "-",
        "03-14 14:10",
        "03-14 14:20",
    ]


def test_a_skipped_hour_moves_forward() -> None:
    """On 2026-03-29 Berlin's clocks go from 02:00 to 03:00."""
    text = rows("2026-03-29 01:50", "02:30", "03:40")
    assert moments(text, BERLIN) == ["03-29 00:50", "03-29 01:30", "03-29 01:40"]
    findings = read(text, BERLIN)[1]
    assert [(finding.rule, finding.span, finding.nature) for finding in findings] == [
        ("dst-time", Span.at(6, 3, 5), Nature.HINT)
    ]
    assert f"{events(text, BERLIN)[1].local_at:%H:%M}" == "03:30"


def test_a_repeated_hour_is_the_first_unless_that_runs_backwards() -> None:
    """On 2026-10-25 Berlin's clocks go from 03:00 back to 02:00."""
    text = rows("2026-10-25 02:10", "02:50", "02:20", "03:05")
    assert moments(text, BERLIN) == ["10-25 00:10", "10-25 00:50", "10-25 01:20", "10-25 02:05"]
    findings = read(text, BERLIN)[1]
    assert [finding.rule for finding in findings] == ["dst-time"] * 3
    assert findings[2].hint == "write the offset, such as 2026-10-25 02:20+01:00"
    assert all(event.counts for event in events(text, BERLIN))


def test_dates_are_carried_between_zones() -> None:
    """The date above is the day that it was then in the row's own zone."""
    assert moments(rows("2026-03-15 01:00+02:00", "23:05Z")) == ["03-14 23:00", "03-14 23:05"]
    assert moments(rows("2026-03-14T20:00-05:00", "01:05Z")) == ["03-15 01:00", "03-15 01:05"]


def test_marks_are_read_where_markdown_made_a_link_or_emphasis() -> None:
    """The text decides; code is no mark, and neither are brackets further on."""
    text = (
        HEAD
        + "| 14:00 | [TRIGGER](https://example.com) a |\n| 14:01 | **[DETECTED]** b |\n| 14:02 | `[RESOLVED]` c |\n"
        "| 14:03 | d [CLOSED] |\n| 14:04 | [MITIGATED] [log](x) e |\n\n[mitigated]: https://example.com\n"
    )
    found = events(text)
    assert [[mark.name for mark in event.marks] for event in found] == [
        ["TRIGGER"],
        ["DETECTED"],
        [],
        [],
        ["MITIGATED"],
    ]
    assert [event.text.text for event in found] == ["a", "b", "[RESOLVED] c", "d [CLOSED]", "log e"]


def test_two_incidents_have_their_own_anchors() -> None:
    """A mark or a prefix names the incident, in any case; an anchor that names none is reported, and so is an unknown one."""
    header = replace(UTC_HEADER, incidents=("INC-142", "INC-143"))
    text = (
        HEAD
        + "| 14:00 | [TRIGGER INC-142] a |\n| 14:01 | [DETECTED inc-142] [DETECTED INC-143] b |\n| 14:02 | [INC-143] c |\n"
        "| 14:03 | [RESOLVED] d |\n| 14:04 | [CLOSED INC-9] e |\n| 14:05 | [DECISION] f |\n| 14:06 | [INC-142] [MITIGATED] g |\n"
    )
    found = events(text, header)
    assert [[(mark.name, mark.incident) for mark in event.marks] for event in found[:3]] == [
        [("TRIGGER", "INC-142")],
        [("DETECTED", "INC-142"), ("DETECTED", "INC-143")],
        [],
    ]
    assert (found[2].incident, found[2].text.text) == ("INC-143", "c")
    assert found[6].marks[0].incident == "INC-142"
    assert said(read(text, header)) == [(8, 11, "anchor-incident"), (9, 11, "unknown-incident")]


def test_an_anchor_stands_once_for_each_incident() -> None:
    """The second is reported with the line of the first; decisions may be many."""
    text = (
        HEAD
        + "| 14:00 | [DETECTED] a |\n| 14:01 | [DETECTED INC-1] b |\n| 14:02 | [DECISION] c |\n| 14:03 | [DECISION] d |\n"
    )
    (finding,) = read(text, replace(UTC_HEADER, incidents=("INC-1",)))[1]
    assert (finding.rule, finding.nature) == ("duplicate-anchor", Nature.CONTRADICTION)
    assert finding.message == "second [DETECTED] for INC-1, the first is on line 5"


def test_a_misspelt_mark_is_a_hint_and_stays_text() -> None:
    """Only brackets in capitals one edit from a mark are guessed at."""
    text = (
        HEAD
        + "| 14:00 | [DETCETED] a |\n| 14:01 | [Detceted] b |\n| 14:02 | [AWS] c |\n| 14:03 | [impact on EU] d |\n"
    )
    (finding,) = read(text)[1]
    assert (finding.rule, finding.span, finding.hint) == (
        "mark-spelling",
        Span.at(5, 11, 10),
        "write [DETECTED]",
    )
    assert [event.marks for event in events(text)] == [(), (), (), ()]


def test_headings_with_times_are_events_where_there_is_no_list() -> None:
    """The heading's own words, else the paragraph below it, are the event; what follows is kept with it."""
    text = "## Timeline\n\n### 2018-03-31 15:47\n\nProblem *starts*\n\n- note\n\n### 15:50 [DETECTED] Alert\n\nmore\n\n### Notes\n\nend\n"
    timeline, findings = read(text)
    assert timeline is not None
    assert not findings
    first, second = timeline.events
    assert (first.text.text, len(first.details)) == ("Problem starts", 1)
    assert first.at == dt.datetime(2018, 3, 31, 15, 47, tzinfo=dt.UTC)
    assert (second.text.text, second.has("DETECTED"), len(second.details)) == ("Alert", True, 1)
    assert timeline.blocks == (0, 1, 2, 3, 4)


def test_a_timeline_without_times_at_the_start_is_none() -> None:
    """It is published as it stands and reported once; an empty section is not: that it is missing is said elsewhere."""
    assert said(read("## Timeline\n\n14:00 a\n\n14:01 b\n")) == [(3, 1, "timeline-form")]
    assert said(read("## Timeline\n\n- one at 14:00\n- two\n")) == [(3, 1, "timeline-form")]
    assert read("## Timeline\n\n<!-- to be written -->\n") == (None, ())


def test_other_tables_and_lists_of_the_section_are_left_alone() -> None:
    """Only what holds times is taken."""
    timeline, findings = read(
        "## Timeline\n\n| Metric | Value |\n|---|---|\n| p99 | 3 s |\n\n- 14:00 a\n\n- [x] b\n"
    )
    assert timeline is not None
    assert timeline.blocks == (1,)
    assert [finding.rule for finding in findings] == ["bad-time"]


def test_a_row_of_another_width_is_an_error() -> None:
    """A bar in an event cuts it short, so the row is reported."""
    assert said(read(HEAD + "| 14:00 | a | b |\n")) == [(5, 1, "table-cells")]


PIECES = st.sampled_from(
    [
        "14:02", "2026-03-14 14:02", "2026-10-25 02:30", "0001-01-01 00:00", "9999-12-31 23:59", "~", " - ", "-", " to ", "–", "Z", "+14:00",
        "-05:00", " CET", " Europe/Berlin", " Foo/Bar", " PM", "25:61", "|", "\\|", "[TRIGGER]", "[DETECTED INC-1]", "[INC-1]", "[", "]", "(x)",
        "**", "`", "<b>", "&#49;", "é", "\n", "\n\n", "\n- ", "\n  - ", "\n### ", "\n| Time (PT) | Event |\n|-|-|\n", "\n| ", " x ", "2026-02-30",
        "[^1]", "\n[^1]: ", "![i](y)", "\t", "\\",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.lists(PIECES | st.text(max_size=4), max_size=30),
    st.sampled_from([None, "UTC", "Europe/Berlin", "nowhere", "America/St_Johns"]),
    st.dates(),
)
def test_no_text_raises(pieces: list[str], timezone: str | None, day: dt.date) -> None:
    """Any text gives events and findings whose places lie in the file."""
    text, _ = decode(("## Timeline (UTC)\n\n" + "".join(pieces)).encode("utf-8", "replace"))
    lines = split_lines(text)
    archive = Settings()
    lexicon = Lexicon.of(archive)
    end = Span.at(len(lines), len(lines[-1]) + 1)
    _, sections, *_ = read_sections(parse_blocks(text, 1), lines, lexicon, "", end)
    header = Header(date=day, timezone=timezone, incidents=("INC-1",))
    for section in sections:
        timeline, findings = read_timeline(section, header, archive, lexicon, lines)
        assert all(1 <= finding.span.line <= len(lines) for finding in findings)
        for event in timeline.events if timeline else ():
            assert event.until is None or event.at is None or event.at <= event.until


def test_the_time_of_a_placeholder_is_no_moment() -> None:
    """A template's row has no time, none is compared with it, and its date holds for the rows below; `…` further on holds no place."""
    text = HEAD + (
        "| 2026-03-13 00:00 | [TRIGGER] … what set it off |\n"
        "| 14:03 | [IMPACT] Errors … and then nothing |\n"
        "| 00:00 | [DETECTED] … somebody knows |\n"
        "| 14:25 | [MITIGATED] Errors stop |\n"
        "| 00:00 | [RESOLVED] TODO ask the owner |\n"
    )
    assert moments(text) == ["-", "03-13 14:03", "-", "03-13 14:25", "-"]
    assert read(text)[1] == ()
    assert [event.is_placeholder for event in events(text)] == [True, False, True, False, True]

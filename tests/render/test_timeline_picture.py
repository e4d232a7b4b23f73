"""The picture of a timeline: golden files, points and flags that lie on nothing, and what it says of itself."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.derive.timing.course import Told
from afterword.model.record import Postmortem
from afterword.render.picture.timeline_picture import TimelinePicture, timeline_picture
from afterword.render.picture.timeline_points import POINT, flags, label_width, points_of
from tests.derive.drawn_records import timeline
from tests.render.pages import HEADER, archive_of, page_of

GOLDEN = Path(__file__).parent / "golden"
INCIDENT = """\
| 2026-03-14 14:03 | [TRIGGER] Batch starts |
| 14:09 | [SIGNAL] Utilisation crosses 95 % |
| ~14:13 | [DETECTED] Page: error rate above 5 % |
| 14:16 | [ESCALATED] Database on-call joins |
| 14:18 | [DECISION] Restart the pool |
| 14:19 | [MITIGATING] Restart issued |
| 14:21–14:24 | Pools restart, one after the other |
| 14:25 | [MITIGATED] Error rate back under 0.1 % |
| 2026-03-16 15:40 | [RESOLVED] Batch disabled |
"""
LANES = """\
| 10:00 | Deploy of everything |
| 10:02 | [TRIGGER INC-1] x |
| 10:05 | [TRIGGER INC-2] y |
| 10:10 | [DETECTED INC-1] [DETECTED INC-2] one page for both |
| 10:20 | [MITIGATED INC-1] a |
| 10:50 | [MITIGATED INC-2] b |
"""
SUMMER_TIME = """\
| 2026-03-28 23:40 | [TRIGGER] Run moved to half past two |
| 2026-03-29 01:30 | Stock count ends |
| 03:10 | [DETECTED] Nothing printed |
| 04:20 | [MITIGATED] Run started by hand |
"""
DRAWINGS = {
    "timeline-incident": ("Time (UTC)", INCIDENT),
    "timeline-lanes": ("Time (UTC)", LANES),
    "timeline-summer-time": ("Time (Europe/Berlin)", SUMMER_TIME),
}


def _record(rows: str, head: str = "Time (UTC)") -> Postmortem:
    header = (
        HEADER.replace("severity:", "incidents: [INC-1, INC-2]\nseverity:") if "INC-2]" in rows else HEADER
    )
    text = f"{header}\n## Timeline\n\n| {head} | Event |\n|---|---|\n{rows}"
    return archive_of({"2026-03-14-a.md": text}).records[0]


def _picture(rows: str, head: str = "Time (UTC)") -> TimelinePicture:
    record = _record(rows, head)
    assert record.timeline is not None
    picture = timeline_picture(record, record.timeline)
    assert picture is not None
    return picture


@pytest.mark.parametrize("name", DRAWINGS)
def test_golden_files_show_the_whole_picture(name: str) -> None:
    """A picture is the same bytes as the reviewed file; a missing file is written, to be reviewed."""
    head, rows = DRAWINGS[name]
    svg = str(_picture(rows, head).svg).replace("><", ">\n<") + "\n"
    file = GOLDEN / f"{name}.svg"
    if not file.exists():
        file.write_text(svg, encoding="utf-8")
        pytest.fail(f"{file.name} is new: review it and run again")
    assert svg == file.read_text(encoding="utf-8")


def test_the_label_tells_the_story() -> None:
    """One sentence has the day, the zone and the phases with their durations."""
    root = ElementTree.fromstring(_picture(INCIDENT).svg)  # noqa: S314 - our own
    assert root.get("aria-label") == (
        "timeline from 14 Mar 2026 14:03 to 16 Mar 2026 15:40 UTC; undetected about 10 min, detected about 6 min, mitigating 6 min, "
        "resolving 2 d 1 h; 9 events"
    )


def test_points_are_links_in_the_order_of_time() -> None:
    """Each event is one link to its row, which says time, marks and words."""
    picture = _picture(INCIDENT)
    links = re.findall(r'<a id="([^"]+)" [^>]*href="#([^"]+)"><title>([^<]*)', picture.svg)
    assert [(point, row) for point, row, _ in links] == [(f"tp-{n}", f"t-{n}") for n in range(1, 10)]
    assert links[2][2] == "2026-03-14 ~14:13 DETECTED Page: error rate above 5 %"
    assert links[6][2] == "2026-03-14 14:21–14:24 Pools restart, one after the other"
    assert picture.points == {n: f"tp-{n}" for n in range(1, 10)}


def test_what_is_shortened_and_left_out_is_said() -> None:
    """The caption tells the scale and counts the events without a place."""
    notes = _picture(INCIDENT + "| later | told afterwards |\n| 2026-03-16 15:00 | too early |\n").notes
    assert notes == (
        "to scale, but for 2 d 1 h without a new event, shortened",
        "not in the picture: 1 event without a time that is read and 1 event running backwards",
    )


def test_a_row_and_its_point_lead_to_each_other() -> None:
    """The page has the row's id, the point's id, and a link each way; the table is as it was without a picture."""
    html = page_of(f"\n## Timeline\n\n| Time (UTC) | Event |\n|---|---|\n{INCIDENT}").html
    assert '<tr id="t-3"><td>' in html
    assert '<a href="#tp-3"><time datetime="2026-03-14T14:13Z">14:13</time></a>' in html
    assert 'data-until="2026-03-14T14:24Z"' in html
    assert 'data-zone="UTC"' in html
    alone = page_of("\n## Timeline\n\n| Time (UTC) | Event |\n|---|---|\n| 14:03 | One |\n").html
    assert "aw-course" not in alone
    assert '<tr id="t-1"><td><time datetime="2026-03-14T14:03Z">14:03</time></td>' in alone


def test_a_heading_does_not_take_a_row_s_id() -> None:
    """A heading that would have the id of a row gets another."""
    html = page_of(f"\n## Timeline\n\n| Time (UTC) | Event |\n|---|---|\n{INCIDENT}\n## T 3\n").html
    assert html.count('id="t-3"') == 1
    assert 'id="h-t-3"' in html


def test_without_a_zone_nothing_can_be_switched() -> None:
    """Times whose zone is not known have no picture, and no other zone can show them."""
    html = page_of("\n## Timeline\n\n| Time | Event |\n|---|---|\n| 14:03 | One |\n| 14:09 | Two |\n").html
    assert "aw-course" not in html
    assert "data-zone" not in html


@pytest.mark.parametrize("each", ["1 s", "30 s", "17 min"])
def test_a_picture_of_thousands_stays_small(each: str) -> None:
    """Thousands of events become points with numbers on them; the picture stays below 40 KB, whatever they say."""
    seconds = {"1 s": 1, "30 s": 30, "17 min": 1020}[each]
    rows = []
    for number in range(2500):
        days, rest = divmod(number * seconds, 86_400)
        clock = f"{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}"
        rows.append(f"| 2026-03-{1 + days:02} {clock} | {'<&決済' * 9} |" if days < 28 else "")
    picture = _picture("\n".join(filter(None, rows)) + "\n")
    assert len(picture.svg.encode()) < 40 * 1024
    assert len(picture.points) == len(list(filter(None, rows)))
    ElementTree.fromstring(picture.svg)  # noqa: S314 - our own


def test_a_usual_picture_is_light() -> None:
    """Nine events weigh less than 5 KB."""
    assert len(_picture(INCIDENT).svg.encode()) < 5 * 1024


@pytest.mark.parametrize(
    "last", ["2026-03-12 18:00", "2026-03-13 00:30", "2026-03-31 10:00", "2027-01-04 10:00"]
)
def test_names_of_days_do_not_lie_on_each_other(last: str) -> None:
    """Whatever day it ends on, the last name of a day is whole, within the picture, and beside the one before it."""
    days = "".join(
        f"| 2026-03-{day:02} {clock} | Tried |\n"
        for day in range(3, 13)
        for clock in ("09:00", "09:05", "17:00")
    )
    svg = str(_picture(f"{days}| {last} | Done |\n").svg)
    names = re.findall(r'<text( class="aw-course__end")? x="([\d.]+)" y="\d+">(\d+ [A-Z][a-z]+[ \d]*)<', svg)
    assert len(names) > 5
    assert any("2026" in words for _, _, words in names)
    edge = 0.0
    for ends, x, words in names:
        width = 6.1 * len(words)
        begin = float(x) - (width if ends else 0)
        assert begin > edge
        edge = begin + width
    assert edge < 660


def _days(svg: str) -> list[str]:
    return re.findall(r">([^<]+)<", svg.partition('class="aw-course__days">')[2].partition("</g>")[0])


def test_a_day_years_before_the_next_has_its_year() -> None:
    """A day without a year is never read as one of the year that is named beside it."""
    rows = (
        "| 2023-03-14 09:00 | [TRIGGER] Written |\n| 2024-02-29 12:00 | Copied |\n| 2025-01-01 00:00 | Moved |\n| 2025-12-31 23:59 | Read |\n"
        "| 2026-03-14 10:00 | [IMPACT] Fails |\n| 10:05 | [DETECTED] Page |\n| 10:50 | [MITIGATED] Back |\n| 2026-03-16 10:00 | [RESOLVED] Gone |\n"
    )
    assert _days(str(_picture(rows).svg)) == ["14 Mar 2023", "1 Jan 2025", "14 Mar 2026", "16 Mar"]


def test_a_day_without_a_midnight_is_named() -> None:
    """In a night in which clocks go from midnight to one, the axis names the new day all the same."""
    rows = "| 2026-04-23 22:30 | [TRIGGER] Job |\n| 2026-04-24 01:10 | [DETECTED] Page |\n| 02:00 | [MITIGATED] Back |\n"
    assert _days(str(_picture(rows, "Time (Africa/Cairo)").svg)) == ["23 Apr 2026", "24 Apr"]


PLACES = st.lists(st.floats(0, 600), max_size=120).map(sorted)


@given(PLACES, st.sampled_from([1, 2, 3]))
def test_every_event_is_in_exactly_one_point(places: list[float], rows: int) -> None:
    """No event is lost or drawn twice, points come in the order of time, and none of a row lies on another."""
    told = _told(len(places))
    points = points_of(told, places, rows)
    assert [each.number for point in points for each in point.told] == [each.number for each in told]
    for row in range(rows):
        mine = [point for point in points if point.row == row]
        assert all(other.x - one.x >= POINT - 1e-9 for one, other in itertools.pairwise(mine))


def test_numbers_on_points_do_not_lie_on_each_other() -> None:
    """The more digits the number has that a point shows, the more room it takes."""
    places = [number / 40 for number in range(20_000)]
    points = points_of(_told(len(places)), places, 1)
    for one, other in itertools.pairwise(points):
        assert other.x - one.x >= (label_width(len(one.told)) + label_width(len(other.told))) / 2


@given(st.lists(st.tuples(st.floats(0, 500), st.floats(20, 120)), max_size=9).map(sorted))
def test_no_flag_lies_on_another_or_is_crossed(flagged: list[tuple[float, float]]) -> None:
    """Labels of one level are apart, and no pole goes through the label of a flag before it."""
    widths = [width for _, width in flagged]
    made = flags([x for x, _ in flagged], widths)
    for (one, width), other in itertools.combinations(zip(made, widths, strict=True), 2):
        flag = other[0]
        if flag.x <= one.x + width:
            assert flag.level < one.level


def _told(count: int) -> list[Told]:
    (event,) = timeline("14:00 DECISION").events
    assert event.at is not None
    return [Told(number, event, event.at, ()) for number in range(1, count + 1)]

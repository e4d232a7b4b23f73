"""The page of an archive's health, and the files with the same numbers."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
import json
import re
from typing import Any

from afterword.derive.health.health import archive_health
from afterword.derive.health.health_figure import Basis, HealthFigure, Share
from afterword.derive.health.unrecorded import listed_incidents
from afterword.derive.timing.calendar import quarter_of
from afterword.model.archive import Archive
from afterword.model.history import History
from afterword.model.incident import IncidentList, ListedIncident
from afterword.render.health.health_columns import columns
from afterword.render.health.health_export import health_csv, health_json
from afterword.render.health.health_page import MOST_QUARTERS, health_page
from afterword.render.page.environment import environment
from afterword.render.page.site_page import SitePage
from tests.render.drawn_archives import DAY, FOLDER, a_file, an_archive, is_inert, links, words

Q1 = quarter_of(dt.date(2026, 1, 1))


def a_sev1(date: str, published: str = "", passed: str = "true", name: str = "") -> str:
    """Write a finished record, closed on its day."""
    more = f"closed: {date}T16:00:00Z\nallspaw_test: {{passed: {passed}, date: {date}}}\n"
    more += f"published: {published}\n" if published else ""
    row = (
        f"| A1 | Alert on depth | Ada Example | {date} | PAY-1 | prevent | done {published} | |\n"
        if published
        else ""
    )
    return a_file(date=date, severity="sev1", more=more, actions=row)


def some() -> dict[str, str]:
    """Write three records in two quarters with one between them in which nothing happened."""
    return {
        "2025-11-03-a.md": a_sev1("2025-11-03", "2025-11-06"),
        "2026-04-01-b.md": a_sev1("2026-04-01", "2026-04-29", passed="false"),
        "2026-05-04-c.md": a_sev1("2026-05-04"),
    }


def page_of(archive: Archive, elsewhere: str = "") -> SitePage:
    """Make the page."""
    health = archive_health(archive, DAY, listed_incidents(archive, DAY))
    return health_page(health, archive, FOLDER, DAY, environment(), elsewhere)


def exported(archive: Archive) -> tuple[list[dict[str, str]], dict[str, Any]]:
    """Give the lines of the CSV and the JSON."""
    health = archive_health(archive, DAY, listed_incidents(archive, DAY))
    return list(csv.DictReader(io.StringIO(health_csv(health).decode()))), json.loads(
        health_json(health, DAY)
    )


def with_incidents(archive: Archive, *incidents: ListedIncident) -> Archive:
    """Lay a list of incidents beside the records."""
    return dataclasses.replace(archive, incidents=IncidentList("incidents.csv", incidents))


def test_first_lines_say_what_is_well_and_what_is_not() -> None:
    """In words with their numbers, before any table; what is not known has its reason, and no share."""
    text = words(page_of(an_archive(some())).html)
    assert text.index("Well:") < text.index("Not well:") < text.index("Not known:") < text.index("By quarter")
    assert "0 of 2 incidents recurred within 90 days" not in text
    assert "1 of 2 post-mortems late" in text
    assert "1 of 3 records without a passed Allspaw test" in text
    assert "first drafts (git was not asked when a record was first there)" in text
    assert "100 % of actions done within 30 days (target 70 %)" in text


def test_each_quarter_has_its_shares_and_what_is_left_out() -> None:
    """With numerator and denominator; quarters without anything are one line, and nothing to count is no zero."""
    text = words(page_of(an_archive(some())).html)
    table = text[text.index("By quarter") : text.index("What is counted")]
    assert "Target – – – – 70 % 90 % below 10 % –" in table
    assert "Q2 2026 so far 0 % 0 of 1 1 undated unknown 50 % 1 of 2" in table
    assert "Q1 2026 nothing to count Q4 2025 100 % 1 of 1 unknown 100 % 1 of 1" in table
    assert "All 50 % 1 of 2 1 undated unknown 67 % 2 of 3" in table


def test_beside_a_share_of_actions_what_is_left_out_are_records() -> None:
    """On the page and in the CSV: both numbers stand side by side, and are no sum."""
    archive = an_archive(some() | {"2026-05-20-d.md": a_sev1("2026-05-20", "2026-05-22")})
    text = words(page_of(archive).html)
    assert "Done within 30 days 100 % ✓ 2 of 2 target 70 %" in text
    assert "Q2 2026 so far 50 % 1 of 2 1 undated" in text
    assert "1 record too young" in text[text.index("By quarter") :]
    lines, _ = exported(archive)
    (done,) = (one for one in lines if (one["figure"], one["quarter"]) == ("done-in-30-days", "2026-Q2"))
    assert (done["left_out"], done["left_out_why"]) == ("1", "1 record too young")


def test_recurrence_is_unknown_where_no_record_has_a_class_and_a_service() -> None:
    """The page says why, and the JSON has no share."""
    archive = an_archive(
        {name: text.replace("services: [api]", "services: []") for name, text in some().items()}
    )
    text = words(page_of(archive).html)
    assert "recurrence (no record has a failure class and a service)" in text
    assert "Recurred within 90 days –" in text
    (figure,) = (each for each in exported(archive)[1]["figures"] if each["id"] == "recurred")
    assert figure["absent"] == "no record has a failure class and a service"


def test_the_page_is_inert_and_leads_to_its_files_and_neighbours() -> None:
    """Nothing in it runs, and hostile words of a list are words."""
    archive = with_incidents(
        an_archive(some()), ListedIncident("<script>alert(1)</script>", "sev1", dt.date(2026, 3, 2), "a'><b>")
    )
    page = page_of(archive)
    assert is_inert(page.html) and "&lt;script&gt;" in page.html
    assert {"health.csv", "health.json", "../actions/", "../figures/"} <= set(links(page.html))
    assert (page.address, page.kind, page.nav_title) == ("postmortems/health/", "health", "Archive health")


def test_incidents_without_a_post_mortem_are_listed_with_their_deadline() -> None:
    """Where a list is committed; where there is none, or it counts elsewhere, the page says what it speaks of."""
    archive = with_incidents(
        an_archive(some()),
        ListedIncident("INC-7", "sev1", dt.date(2026, 3, 2), "dns"),
        ListedIncident("INC-8", "sev2", dt.date(2026, 5, 29)),
        ListedIncident("INC-9", "sev3", dt.date(2026, 5, 29), "dns"),
    )
    text = words(page_of(archive).html)
    assert "1 of 2 incidents without a record is late" in text
    assert "INC-7 Sev 1 2 Mar 2026 9 Mar 2026 60 business days over dns" in text
    assert (
        "INC-8 Sev 2 29 May 2026 9 Jun 2026 INC-" not in text and "INC-8 Sev 2 29 May 2026 9 Jun 2026" in text
    )
    assert "of a failure class that no record has yet: INC-9 (dns)" in text
    assert "From incidents.csv: 3 incidents, of which 0 have a record, 1 need none" in text
    alone = words(page_of(an_archive(some())).html)
    assert "The figures speak of the records alone" in alone
    assert "The incidents of the list count in Main" in words(page_of(an_archive(some()), "Main").html)


def test_old_records_without_actions_are_not_too_young() -> None:
    """Where nothing was promised, that is why nothing is known of what was done in time."""
    text = words(
        page_of(
            an_archive({"2020-04-01-x.md": a_file(date="2020-04-01", more="published: 2020-04-02\n")})
        ).html
    )
    assert "done within 30 days (nothing was promised); done within 90 days (nothing was promised)" in text


def test_an_empty_archive_says_so() -> None:
    """There is neither a table nor a figure, and retold incidents make none."""
    retold = {"2026-04-01-x.md": a_file(date="2026-04-01", more="retold_from: https://status.example/1\n")}
    for files in ({}, retold):
        html = page_of(an_archive(files)).html
        assert "There is no incident here to judge by yet" in html
        assert "<table" not in html and " %" not in words(html)


def test_one_quarter_is_not_drawn() -> None:
    """There is no trend in one column."""
    html = page_of(an_archive({"2026-04-01-b.md": a_sev1("2026-04-01", "2026-04-29")})).html
    assert "aw-health__drawing" not in html and "Q2 2026" in html


def test_long_archives_stay_small() -> None:
    """The page holds the last ten years, the files all."""
    files = {f"{year}-04-01-b.md": a_sev1(f"{year}-04-01", f"{year}-04-29") for year in range(1990, 2027)}
    archive = an_archive(files)
    html = page_of(archive).html
    assert "Earlier quarters are in the files above" in html
    assert "Q2 2017" in html and "Q2 2016" not in html
    lines, _ = exported(archive)
    assert "1990-Q2" in {line["quarter"] for line in lines}


def test_files_hold_the_numbers_of_the_page() -> None:
    """A line for each figure and quarter; what is absent is empty and null, never zero, and has its reason."""
    lines, document = exported(
        with_incidents(an_archive(some()), ListedIncident("=1+1", "sev1", dt.date(2026, 3, 2)))
    )
    by_place = {(line["figure"], line["quarter"]): line for line in lines}
    fair = by_place["allspaw-test", "2026-Q2"]
    assert (fair["percent"], fair["kept"], fair["counted"], fair["target_met"]) == ("50.0", "1", "2", "")
    done = by_place["done-in-30-days", "2025-Q4"]
    assert (done["percent"], done["target_percent"], done["target_is"], done["target_met"]) == (
        "100.0",
        "70.0",
        "at least",
        "yes",
    )
    drafts = by_place["first-drafts", "all"]
    assert (drafts["percent"], drafts["kept"]) == ("", "")
    assert drafts["left_out_why"] == "git was not asked when a record was first there"
    in_time = by_place["in-time", "2026-Q2"]
    assert (in_time["left_out"], in_time["left_out_why"]) == ("1", "1 undated")
    assert (document["format"], document["as_of"], document["basis"]) == (
        1,
        "2026-06-01",
        "records and listed incidents",
    )
    assert document["incidents"]["without_postmortem"][0]["business_days_late"] == 60
    assert {each["id"]: each["absent"] for each in document["figures"]}["in-time"] is None
    assert exported(an_archive(some()))[1]["incidents"] is None


def test_columns_tell_nothing_from_none() -> None:
    """A quarter with a share of 0 has a flat column, one without a share has none; few percent are drawn larger."""
    figure = HealthFigure(
        "cancelled",
        "Cancelled",
        Basis.PUBLICATION,
        {Q1: Share(0, 4), Q1 + 2: Share(1, 10)},
        target=10.0,
        fewer=True,
    )
    drawn = columns(figure, range(Q1, Q1 + 3), Q1 + 2)
    assert [(each.x, each.height, each.tone, each.running) for each in drawn.columns] == [
        ("4.17", "2", "met", False),
        ("70.83", "50", "missed", True),
    ]
    assert (drawn.target, drawn.top, drawn.first, drawn.last) == ("50", "20 %", "Q1 2026", "Q3 2026")
    titles = [each.title.replace("\u00a0", " ") for each in drawn.columns]
    assert titles == ["Q1 2026: 0 % (0 of 4)", "Q3 2026: 10 % (1 of 10)"]


def test_page_holds_no_name_of_a_person() -> None:
    """Figures are of the archive, never of somebody."""
    page = page_of(an_archive(some())).html
    assert not re.search("Ada Example|A. Writer", page)
    assert MOST_QUARTERS <= 40


def test_a_shallow_clone_is_said_with_the_way_out() -> None:
    """Shortly where figures are, and whole where they are explained."""
    why = "this clone is shallow: fetch the whole history (`fetch-depth: 0`)"
    archive = dataclasses.replace(an_archive(some()), history=History(absent=why))
    html = page_of(archive).html
    assert "first drafts (this clone is shallow)." in words(html)
    assert html.count("fetch-depth: 0") == 1 and "<code>fetch-depth: 0</code>" in html

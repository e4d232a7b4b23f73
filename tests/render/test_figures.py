"""The pages of the archive's figures, and the files with the same numbers."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
import json
import posixpath
from typing import Any

from afterword.derive.figures.archive_figures import archive_figures
from afterword.derive.figures.figure_groups import divided
from afterword.derive.timing.statistics import spread
from afterword.model.archive import Archive
from afterword.model.settings import DEFAULT_POLICY, Entry
from afterword.render.figures.figure_export import figures_csv, figures_json
from afterword.render.figures.figure_pages import figure_pages
from afterword.render.lists.home import home_block
from afterword.render.page.environment import environment
from afterword.render.picture.figure_strip import Axis, small_strip, wide_strip
from tests.render.drawn_archives import (
    DAY,
    FOLDER,
    SETTINGS,
    a_file,
    an_archive,
    facets_of,
    is_inert,
    links,
    words,
)

OVERVIEW = "postmortems/figures/"
MITIGATE = "postmortems/figures/time-to-mitigate/"


def took(minutes: int | None, date: str = "2026-03-14", more: str = "", **facts: str) -> str:
    """Write a record whose time to mitigate is so many minutes, or absent."""
    end = "" if minutes is None else f"| {14 + minutes // 60}:{minutes % 60:02} | [MITIGATED] Mended |\n"
    lines = f"\n## Timeline\n\n| Time (UTC) | Event |\n|---|---|\n| {date} 14:00 | [DETECTED] Seen |\n{end}"
    return a_file(date=date, more=more, **facts) + lines


def a_dozen() -> dict[str, str]:
    """Write twelve records, which took 10 to 120 minutes, two without the figure, and one of others."""
    files = {f"2026-03-{day:02}-a.md": took(10 * day, f"2026-03-{day:02}") for day in range(1, 13)}
    files |= {f"2026-04-{day:02}-b.md": took(None, f"2026-04-{day:02}") for day in (1, 2)}
    files["2026-05-01-c.md"] = took(5, "2026-05-01", more="retold_from: https://example.org/report\n")
    return files


def pages_of(archive: Archive) -> dict[str, str]:
    """Make the pages, by address."""
    found = archive_figures(archive)
    figures = divided(found, archive.settings, DAY)
    made = figure_pages(archive, found, figures, FOLDER, DAY, environment())
    return {page.address: page.html for page in made}


def exported(archive: Archive) -> tuple[list[dict[str, str]], dict[str, Any]]:
    """Give the lines of the CSV and the JSON."""
    found = archive_figures(archive)
    figures = divided(found, archive.settings, DAY)
    table = csv.DictReader(io.StringIO(figures_csv(figures).decode()))
    return list(table), json.loads(figures_json(found, figures, archive.settings, DAY))


def test_overview_tells_median_percentile_count_and_what_is_unknown() -> None:
    """Each of the six has a line with its numbers; one that nobody has is unknown and no zero; retold records are said to be left out."""
    text = words(pages_of(an_archive(a_dozen()))[OVERVIEW])
    # Place (12 - 1) * 0.9 = 9.9: between 100 and 110 minutes.
    assert "Time to mitigate 1 h 5 min 1 h 49 min 12 2" in text
    assert "Time to escalate unknown unknown 0 14" in text
    assert "14 incidents, each counted once" in text
    assert "1 record of incidents at other organisations is left out" in text
    assert "mean" not in text and "average" not in text


def test_page_of_a_figure_divides_it_and_leads_to_the_longest() -> None:
    """The numbers of a group stand behind its name; of few incidents the longest takes the place of the percentile."""
    files = {
        "2025-11-02-x.md": took(
            150, "2025-11-02", severity="sev1", services="web", more="detected_by: customer\n"
        ),
        "2026-05-03-y.md": took(20, "2026-05-03", services="web, api"),
        "2026-05-04-z.md": took(None, "2026-05-04", services="api"),
    }
    html = pages_of(an_archive(files))[MITIGATE]
    text = words(html)
    assert "Sev 1 2 h 30 min longest 2 h 30 min 1 0" in text
    assert "Sev 2 20 min longest 20 min 1 1" in text
    assert "Web shop 1 h 25 min longest 2 h 30 min 2 0" in text
    assert "Customer 2 h 30 min longest 2 h 30 min 1 0" in text and "not stated 20 min" in text
    assert "Q2 2026 so far 20 min longest 20 min 1 1 Q1 2026 no incident Q4 2025" in text
    longest = html[html.index('id="longest"') : html.index('id="by-severity"')]
    assert links(longest) == ["../../2025/2025-11-02-x/", "../../2026/2026-05-03-y/"]


def test_services_go_on_over_numbered_pages() -> None:
    """Beyond sixty services their table goes on over pages that lead to each other; each service stands on one of them."""
    files = {
        f"2026-03-{number % 28 + 1:02}-{number:03}.md": took(10, f"2026-03-{number % 28 + 1:02}").replace(
            "services: [api]", f"services: [made-{number:03}]"
        )
        for number in range(130)
    }
    made = pages_of(an_archive(files))
    address = OVERVIEW + "time-to-mitigate/"
    pages = [made[address], made[f"{address}2/"], made[f"{address}3/"]]
    assert f"{address}4/" not in made
    shown = [
        link.rstrip("/").rpartition("/")[2] for html in pages for link in links(html) if "/services/" in link
    ]
    assert sorted(shown) == sorted(f"made-{number:03}" for number in range(130))
    assert "2/" in links(pages[0]) and "../3/" in links(pages[1])


def test_every_link_leads_to_a_page() -> None:
    """Groups lead to the pages of their facet, quarters to their year, and figures to each other."""
    archive = an_archive(a_dozen())
    pages = pages_of(archive)
    there = {
        *pages,
        *facets_of(archive),
        "postmortems/",
        "postmortems/health/",
        "postmortems/figures/figures.csv",
        "postmortems/figures/figures.json",
    }
    there |= {f"postmortems/{record.year}/{record.id}/" for record in archive.records}
    for address, html in pages.items():
        for link in links(html):
            target = posixpath.normpath(posixpath.join(address, link))
            assert {target, target + "/"} & there, (address, link)


def test_share_within_targets_is_told_by_severity() -> None:
    """Where the policy has a target, the page counts who kept it, of how many, and who has no figure."""
    sev2 = dataclasses.replace(
        DEFAULT_POLICY.by_severity["sev2"], targets={"time-to-mitigate": dt.timedelta(minutes=60)}
    )
    policy = dataclasses.replace(DEFAULT_POLICY, by_severity={**DEFAULT_POLICY.by_severity, "sev2": sev2})
    archive = an_archive(a_dozen(), dataclasses.replace(SETTINGS, policy=policy))
    for page in (OVERVIEW, MITIGATE):
        assert "Sev 2, 1 h 6 of 12 within (2 unknown)" in words(pages_of(archive)[page])
    assert 'id="targets"' not in pages_of(an_archive(a_dozen()))[OVERVIEW]
    lines, _ = exported(archive)
    (line,) = [each for each in lines if each["figure"] == "time-to-mitigate" and each["group"] == "sev2"]
    assert (line["target_seconds"], line["within_target"], line["lacking"]) == ("3600", "6", "2")


def test_files_hold_the_numbers_of_the_pages() -> None:
    """CSV and JSON have a line for the whole and for each group; what is absent is empty and null, never zero."""
    lines, document = exported(an_archive(a_dozen()))
    (whole,) = [each for each in lines if (each["figure"], each["by"]) == ("time-to-mitigate", "all")]
    assert (whole["incidents"], whole["lacking"]) == ("12", "2")
    assert (whole["median_seconds"], whole["p90_seconds"], whole["longest_seconds"]) == (
        "3900",
        "6540",
        "7200",
    )
    figure = next(each for each in document["figures"] if each["id"] == "time-to-mitigate")
    assert figure["all"][0]["p90_seconds"] == 6540
    assert [each["seconds"] for each in figure["longest"]][:2] == [7200, 6600]
    assert {each["group"] for each in figure["quarter"]} == {"2026-Q1", "2026-Q2"}
    absent = next(each for each in document["figures"] if each["id"] == "time-to-escalate")
    assert absent["all"][0] == {
        "group": None,
        "group_name": None,
        "incidents": 0,
        "lacking": 14,
        "median_seconds": None,
        "p90_seconds": None,
        "longest_seconds": None,
    }
    assert (document["incidents"], document["retold_records_left_out"]) == (14, 1)


def test_no_figure_is_about_a_person() -> None:
    """Neither authors nor owners nor commanders are on the pages or in the files."""
    files = {"2026-03-14-a.md": took(10, more="commander: Ada Example\n")}
    archive = an_archive(files)
    lines, document = exported(archive)
    for text in (*pages_of(archive).values(), repr(lines), repr(document)):
        assert "Example" not in text and "A. Writer" not in text


def test_archive_without_figures_says_so() -> None:
    """Nothing to measure, only incidents of others, and only records without timelines each have a page that says so."""
    assert "no incident here to measure yet" in words(pages_of(an_archive({}))[OVERVIEW])
    assert "no incident here to measure yet" in words(pages_of(an_archive({}))[MITIGATE])
    retold = an_archive({"2026-03-14-a.md": took(5, more="retold_from: https://example.org/report\n")})
    assert "retell incidents of others" in words(pages_of(retold)[OVERVIEW])
    without = pages_of(an_archive({"2026-03-14-a.md": a_file()}))
    assert "None of the 1 incident has this figure" in words(without[MITIGATE])


def test_hostile_words_are_inert() -> None:
    """Names from records and settings run nowhere, nor in a spreadsheet."""
    settings = dataclasses.replace(SETTINGS, services=(Entry("api", "=cmd()<script>x</script>"),))
    files = {"2026-03-14-a.md": took(5, title='"><img src=x onerror=alert(1)>')}
    archive = an_archive(files, settings)
    assert all(is_inert(html) for html in pages_of(archive).values())
    assert "'=cmd()<script>x</script>" in {each["group_name"] for each in exported(archive)[0]}


def test_home_tells_figures_in_short() -> None:
    """The home page has medians with percentile, count and what is unknown, and leads to all figures."""
    html = home_block(an_archive(a_dozen()), FOLDER, DAY, "postmortems/", environment())
    assert "Time to mitigate: median 1 h 5 min 90th percentile 1 h 49 min 12 incidents 2 unknown" in words(
        html
    )
    assert "figures/" in links(html)


def test_each_incident_has_a_dot_until_there_are_too_many() -> None:
    """Dots of one place are stacked; where they would be higher than the drawing, a profile takes their place."""
    axis = Axis.up_to(dt.timedelta(hours=2))
    few = spread([dt.timedelta(minutes=each) for each in (5, 5, 5, 90)])
    many = spread([dt.timedelta(minutes=5)] * 40)
    assert few and many
    strip = wide_strip(few, axis)
    assert [dot.level for dot in strip.dots] == [0, 1, 2, 0]
    assert not wide_strip(many, axis).dots and wide_strip(many, axis).hills.startswith("M")
    assert small_strip(few, axis).dots and small_strip(many, axis).band


def test_the_legend_names_what_is_drawn() -> None:
    """Of a dozen incidents a 90th percentile is drawn, of one none, and the legend names none."""
    few = an_archive({"2026-03-14-a.md": took(10)})
    for archive, is_named in ((an_archive(a_dozen()), True), (few, False)):
        for name in (OVERVIEW, MITIGATE):
            legend = pages_of(archive)[name].partition("aw-figures-legend")[2].partition("</p>")[0]
            assert "median" in legend
            assert ("90th percentile" in legend) is is_named


def test_axis_has_a_place_for_zero_and_for_the_longest() -> None:
    """Zero is at the left end, the longest within the drawing, and longer is further right."""
    lengths = [dt.timedelta(), dt.timedelta(seconds=30), dt.timedelta(hours=3), dt.timedelta(days=40_000)]
    axis = Axis.up_to(lengths[-1])
    places = [float(axis.place(each)) for each in lengths]
    assert places == sorted(set(places))
    assert places[0] == 1.5 and places[-1] <= 98.5
    assert Axis.up_to(dt.timedelta()).place(dt.timedelta()) == "1.5"


def test_what_is_known_by_the_day_has_no_hours() -> None:
    """On an axis of days nothing is smaller than a day, half a day is rounded, and the same day is no minutes."""
    axis = Axis.up_to(dt.timedelta(days=400), dt.timedelta(days=1))
    assert [tick.label for tick in axis.ticks if tick.label][:4] == ["1 d", "7 d", "30 d", "90 d"]
    assert [axis.words(dt.timedelta(days=each)) for each in (0, 1, 180.6)] == ["0 d", "1 d", "181 d"]
    assert axis.place(dt.timedelta()) == "1.5"

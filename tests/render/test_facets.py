"""Indexes: an overview for each facet, a page for each entry."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from afterword.model.settings import Entry
from tests.render.drawn_archives import (
    SETTINGS,
    a_file,
    an_archive,
    facets_of,
    is_inert,
    links,
    read,
    words,
)

RECORDS = {
    "2026-03-14-pool.md": a_file(
        "Payments fail",
        actions="| A1 | Mend the pool | Ada | 2026-05-01 | T-1 | prevent | open | |\n| A2 | Page someone | Ada | 2026-07-01 | | detect | open | |\n",
    ),
    "2025-01-02-mail.md": a_file("No mail", "2025-01-02", "sev1", "mail", "capacity"),
}


def test_every_facet_has_an_overview_with_its_entries() -> None:
    """Services, severities, classes, kinds and years each have a page that leads to all of their entries, and says of which day it tells actions."""
    pages = facets_of(an_archive(RECORDS))
    assert "took part in. Actions as of 1 Jun 2026" in words(pages["postmortems/services/"].html)
    for facet, entries in {
        "services": ["api", "mail", "web"],
        "severities": ["sev0", "sev1", "sev2", "sev3", "sev4", "near-miss"],
        "classes": ["capacity", "pool"],
        "kinds": ["outage", "data-loss"],
        "years": ["2026", "2025"],
    }.items():
        overview = pages[f"postmortems/{facet}/"]
        for entry in entries:
            assert f"{entry}/" in [link.removeprefix("./") for link in links(overview.html)]
            assert f"postmortems/{facet}/{entry}/" in pages


def test_entry_page_has_counts_open_actions_and_records() -> None:
    """The page of a service says how many records, open and overdue actions it has, and lists them."""
    html = facets_of(an_archive(RECORDS))["postmortems/services/api/"].html
    text = words(html)
    assert "1 record 1 overdue 2 open actions" in text
    assert "Team Core services" in text
    assert "31 days over" in text and "Mend the pool" in text and "Page someone" in text
    assert "../../2026/2026-03-14-pool/" in links(html)
    assert "../../2026/2026-03-14-pool/#a1" in links(html)
    assert "No mail" not in text


def test_entry_without_incidents_says_so() -> None:
    """A service of the catalogue that no record names has a page all the same, which says so kindly."""
    text = words(facets_of(an_archive(RECORDS))["postmortems/services/web/"].html)
    assert "No post-mortem here" in text and "Web shop" in text


def test_word_outside_the_catalogue_has_a_page() -> None:
    """A service that the settings do not list is on the overview and has a page that says it is not listed."""
    pages = facets_of(an_archive({"2026-03-14-a.md": a_file(services="ghost")}))
    assert "not in the catalogue" in words(pages["postmortems/services/"].html)
    assert "does not list it" in words(pages["postmortems/services/ghost/"].html)


def test_broader_class_links_narrower_ones() -> None:
    """The page of a broad class holds the records of the narrower one, and both lead to each other."""
    pages = facets_of(an_archive(RECORDS))
    broad, narrow = pages["postmortems/classes/capacity/"].html, pages["postmortems/classes/pool/"].html
    assert "Payments fail" in words(broad) and "No mail" in words(broad)
    assert "../pool/" in links(broad) and "../capacity/" in links(narrow)


def test_years_list_every_record_under_its_year() -> None:
    """The page of all years lists each record once, the latest year first, with the year as a heading."""
    page = facets_of(an_archive(RECORDS))["postmortems/years/"]
    assert [entry.title for entry in page.toc] == ["2026", "2025"]
    text = words(page.html)
    assert text.index("Payments fail") < text.index("No mail")
    assert "../2025/2025-01-02-mail/" in links(page.html)


def test_archive_without_records_has_all_overviews() -> None:
    """An empty archive still has its indexes, which say that nothing is there yet."""
    pages = facets_of(an_archive({}))
    for facet in ("services", "severities", "classes", "kinds", "years"):
        assert "no post-mortem in this archive yet" in words(pages[f"postmortems/{facet}/"].html)


@pytest.mark.parametrize("facet", ["services/api/", "years/", "severities/sev2/"])
def test_hostile_titles_stay_text(facet: str) -> None:
    """Markup in a title or an action is shown as it was written, and runs nowhere."""
    attack = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    action = f"| A1 | {attack} | <b onclick=x> | 2026-05-01 | [x](javascript:alert(1)) | prevent | open | |\n"
    page = facets_of(an_archive({"2026-03-14-a.md": a_file(attack, actions=action)}))[f"postmortems/{facet}"]
    assert is_inert(page.html)
    assert "alert(1)" in words(page.html)


def test_busy_entry_lists_records_line_by_line() -> None:
    """A service with very many records keeps a page that loads quickly, with a link to each of them."""
    many = {
        f"2026-03-{day:02}-r{n}.md": a_file(f"R{n}", f"2026-03-{day:02}")
        for day in range(1, 29)
        for n in range(3)
    }
    html = facets_of(an_archive(many))["postmortems/services/api/"].html
    assert "aw-card--record" not in html
    assert {f"../../2026/{name.removesuffix('.md')}/" for name in many} <= set(links(html))


def test_a_severity_has_its_shape_wherever_it_is_named() -> None:
    """Overview, own page and bar charts show a severity by shape and colour beside its word; no other facet takes one."""
    pages = facets_of(an_archive(RECORDS))
    for address in ("severities/", "severities/sev1/", "services/mail/"):
        assert '<span class="aw-badge aw-badge--sev1"><i></i>' in pages[f"postmortems/{address}"].html
    assert "aw-badge" not in pages["postmortems/classes/"].html


MANY = {
    f"2026-01-{day:02}-a{number}.md": a_file(
        f"Incident {day} {number}", f"2026-01-{day:02}", services="api" if number else "mail"
    )
    for day in range(1, 32)
    for number in range(5)
}


def test_a_long_list_goes_on_over_numbered_pages() -> None:
    """Each record of a service stands once on one of its pages, the latest first, and each page leads to the others and back."""
    pages = facets_of(an_archive(MANY))
    first, second = (pages[f"postmortems/services/api/{more}"] for more in ("", "2/"))
    lists = [page.html.partition('id="records"')[2] or page.html for page in (first, second)]
    listed = [link for html in lists for link in links(html) if "/2026/2026-01" in link]
    assert len(listed) == len(set(listed)) == 124
    assert "a4" in listed[0] and "2026-01-31" in listed[0] and "2026-01-01" in listed[-1]
    assert second.title == "Public API, page 2"
    assert "2/" in [link.removeprefix("./") for link in links(first.html)] and "../" in links(second.html)
    assert "124 records" in words(second.html) and "postmortems/services/api/3/" not in pages


def test_a_service_and_a_class_with_three_records_have_a_page() -> None:
    """The page of a pair lists what both share, narrower classes counted; of two records there is none."""
    pages = facets_of(an_archive({**MANY, **RECORDS}))
    page = pages["postmortems/services/api/classes/pool/"]
    assert page.title == "Public API: Pool exhausted"
    assert (
        "125 records" in words(page.html)
        and "postmortems/services/mail/classes/pool/" in pages
        and "No mail" not in words(page.html)
    )
    assert "postmortems/services/mail/classes/capacity/" in pages
    assert "classes/pool/" in links(pages["postmortems/services/api/"].html)
    assert "../../services/api/classes/pool/" in links(pages["postmortems/classes/pool/"].html)
    assert not [address for address in facets_of(an_archive(RECORDS)) if "/api/classes/" in address]


def test_no_level_of_headings_is_left_out() -> None:
    """On every page below the overviews, those of pairs included, a heading is at most one level below the one before it."""
    few = {f"2026-02-0{day}-pool.md": a_file(date=f"2026-02-0{day}") for day in (1, 2, 3)}
    pages = facets_of(an_archive(few))
    assert "postmortems/services/api/classes/pool/" in pages
    for address, page in pages.items():
        levels = [int(name[1]) for name, _ in read(page.html).elements if name in ("h1", "h2", "h3", "h4")]
        assert all(below - above <= 1 for above, below in pairwise([0, *levels])), (address, levels)


def test_an_overview_goes_on_over_numbered_pages() -> None:
    """Two hundred services are no single page; those without records stand on the last."""
    used = ", ".join(f"s{number:03}" for number in range(130))
    archive = an_archive({"2026-03-14-a.md": a_file(services=f"[{used}]"[1:-1])})
    pages = facets_of(archive)
    first, second = (pages[f"postmortems/services/{more}"] for more in ("", "2/"))
    assert "s119/" in links(first.html) and "s120/" not in links(first.html)
    assert "../s129/" in links(second.html) and "../web/" in links(second.html)
    assert first.nav_title == "Services" and second.nav_title is None


def test_services_without_records_go_on_over_pages_too() -> None:
    """They begin behind those with records, and what is sorted is on the pages before alone."""
    services = tuple(Entry(f"s{number:04}", f"S {number:04}") for number in range(900))
    archive = an_archive({"2026-03-14-a.md": a_file(services="s0000")}, replace(SETTINGS, services=services))
    pages = facets_of(archive)
    first, second, third = (pages[f"postmortems/services/{more}"].html for more in ("", "2/", "3/"))
    assert "postmortems/services/4/" not in pages
    assert [html.count("aw-chip") - 1 for html in (first, second, third)] == [400, 400, 99]
    assert 'data-pages="1"' in first and "aw-overview" not in second
    assert "../3/" in links(second) and "../s0899/" in links(third)


def test_a_service_page_tells_what_to_know_before_the_next_incident() -> None:
    """What came back, runbooks and what helped are there with the records that tell of them; a class of few records leads to the search."""
    more = "links: [{rel: runbook, url: 'https://runbooks.example/pool', title: Pool exhausted}]\n"
    body = "\n## What went well\n\n- The alert fired at once\n\n## Contributing factors\n\n- The pool is sized for two instances\n"
    records = {
        f"2026-0{month}-14-pool.md": a_file(date=f"2026-0{month}-14", more=more) + body for month in (2, 3)
    }
    html = facets_of(an_archive(records))["postmortems/services/api/"].html
    assert "2 times The pool is sized for two instances 14 Mar 2026 14 Feb 2026" in words(html)
    assert "https://runbooks.example/pool" in links(html) and "The alert fired at once" in words(html)
    assert "../../search/?service=api&class=pool" in links(html)


def test_the_page_of_a_busy_service_has_its_latest_incidents_before_what_is_owed() -> None:
    """Whoever is on call sees the last five incidents first, then eight actions with the way to all of them; a class keeps forty, which no filter shows."""
    actions = "".join(f"| A{n} | Mend {n} | Ada | 2026-05-01 | | prevent | open | |\n" for n in range(1, 10))
    records = {**MANY, "2026-03-14-owed.md": a_file("Owed", actions=actions)}
    pages = facets_of(an_archive(records))
    html = pages["postmortems/services/api/"].html
    lately, _, rest = html.partition('id="latest"')[2].partition('id="open-actions"')
    assert next(link for link in links(lately) if "/2026/" in link) == "../../2026/2026-03-14-owed/"
    assert len(links(lately)) == 6 and "All 125 records" in words(lately)
    assert "Mend 8" in rest and "Mend 9" not in rest and "1 more open action" in words(rest)
    assert "Mend 9" in pages["postmortems/classes/pool/"].html


def test_a_class_page_tells_how_often_it_came_back() -> None:
    """An incident followed by one of the same class and service within 90 days came back; a broader class counts it too."""
    records = {
        f"2025-0{month}-14-pool.md": a_file(date=f"2025-0{month}-14", classes=classes)
        for month, classes in ((1, "pool"), (2, "pool"), (7, "capacity"))
    }
    pages = facets_of(an_archive(records))
    assert "50 % came back within 90 days (1 of 2)" in words(pages["postmortems/classes/pool/"].html)
    assert "33 % came back within 90 days (1 of 3)" in words(pages["postmortems/classes/capacity/"].html)


def test_records_without_a_readable_day_are_of_no_year() -> None:
    """They stand below a heading of their own, behind the years, on an overview that has an address for them."""
    pages = facets_of(an_archive({**RECORDS, "some-day.md": a_file("Some day", "some day")}))
    years, undated = pages["postmortems/years/"], pages["postmortems/years/0000/"]
    assert words(years.html).index("2025 1") < words(years.html).index("unknown year 1")
    assert [entry.title for entry in years.toc] == ["2026", "2025", "unknown year"]
    assert undated.title == "Post-mortems of unknown year"
    assert not any("0000" in words(page.html) for page in (years, undated))

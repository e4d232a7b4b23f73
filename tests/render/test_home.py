"""The home page of an archive."""

from __future__ import annotations

from afterword.render.lists.home import home_block, home_page
from afterword.render.page.environment import environment
from tests.render.drawn_archives import DAY, FOLDER, a_file, an_archive, is_inert, links, words

RECORDS = {
    "2026-03-14-pool.md": a_file(
        "Payments fail", actions="| A1 | Mend the pool | Ada | 2026-05-01 | | prevent | open | |\n"
    ),
    "2026-05-20-new.md": a_file("A new one", "2026-05-20", "sev1", status="draft"),
}


def test_home_leads_to_every_index() -> None:
    """Search, dashboard and the overview of each facet are one click away, so that every record is two."""
    found = links(home_block(an_archive(RECORDS), FOLDER, DAY, "postmortems/", environment()))
    for index in (
        "search/",
        "actions/",
        "risks/#open",
        "services/",
        "severities/",
        "classes/",
        "kinds/",
        "years/",
    ):
        assert index in found


def test_home_shows_latest_owed_and_counts() -> None:
    """The newest record stands first; overdue actions, drafts and counts by severity are there."""
    text = words(home_block(an_archive(RECORDS), FOLDER, DAY, "postmortems/", environment()))
    assert text.index("A new one") < text.index("Payments fail")
    assert "1 overdue action" in text and "31 days over" in text
    assert "Being written" in text
    assert "Sev 1 1" in text and "Sev 0 0" in text


def test_actions_that_are_no_table_are_not_counted_as_none() -> None:
    """That nothing is open is said of what could be read."""
    listed = {"2026-03-15-a.md": a_file() + "\n## Action items\n\n- Mend the pool\n"}
    html = home_block(an_archive(RECORDS | listed), FOLDER, DAY, "postmortems/", environment())
    assert "The action items of 1 record are in no table that can be read" in words(
        html
    ) and "actions/#unread" in links(html)
    assert "no table that can be read" not in home_block(
        an_archive(RECORDS), FOLDER, DAY, "postmortems/", environment()
    )


def test_one_record_is_not_counted_in_words_for_several() -> None:
    """`All 1 record` is a count of nothing: from the first record on the way is to all records, and their number comes with the second."""
    one, two = dict(list(RECORDS.items())[:1]), dict(list(RECORDS.items())[:2])
    said = [
        words(home_block(an_archive(each), FOLDER, DAY, "postmortems/", environment())) for each in (one, two)
    ]
    assert "All records by year" in said[0] and "All 2 records by year" in said[1]


def test_handbook_is_named_only_where_there_is_one() -> None:
    """The handbook is among the places to start if an ordinary page has its address."""
    with_one = an_archive(RECORDS, pages=("postmortems/handbook/index.md",))
    assert "handbook/" in links(home_block(with_one, FOLDER, DAY, "postmortems/", environment()))
    assert "Handbook" not in words(
        home_block(an_archive(RECORDS), FOLDER, DAY, "postmortems/", environment())
    )


def test_block_is_written_for_the_page_it_stands_on() -> None:
    """A home page outside the archive gets links that lead into it."""
    found = links(home_block(an_archive(RECORDS), FOLDER, DAY, "", environment()))
    assert "postmortems/search/" in found and "postmortems/2026/2026-05-20-new/" in found


def test_made_home_page_has_a_heading() -> None:
    """An archive without an index.md gets a home page with a title."""
    page = home_page(an_archive(RECORDS), FOLDER, DAY, environment())
    assert page.address == "postmortems/" and page.kind == "home"
    assert ">Post-mortems</h1>" in page.html


def test_home_of_an_empty_archive_says_how_to_begin() -> None:
    """Without a record the page says what the first file is called, and still leads to the indexes."""
    html = home_block(an_archive({}), FOLDER, DAY, "postmortems/", environment())
    assert "YYYY-MM-DD-what-happened.md" in html
    for index in ("services/", "severities/", "classes/", "kinds/", "years/", "search/"):
        assert index in links(html)


def test_hostile_records_are_inert() -> None:
    """Markup in a title runs nowhere."""
    archive = an_archive({"2026-03-14-a.md": a_file('"><svg onload=alert(1)><script>x</script>')})
    assert is_inert(home_block(archive, FOLDER, DAY, "postmortems/", environment()))

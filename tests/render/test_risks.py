"""The page of open causes and accepted risks, and its files."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

from afterword.derive.causes.archive_coverage import archive_coverage
from afterword.model.archive import Archive
from afterword.render.lists.home import home_block
from afterword.render.page.environment import environment
from afterword.render.risks.risk_export import risks_csv, risks_json
from afterword.render.risks.risk_file import risk_rows_file
from afterword.render.risks.risk_lists import ROWS, RiskLists, risk_list_pages
from afterword.render.risks.risks_page import risks_page
from tests.render.drawn_archives import DAY, FOLDER, a_file, an_archive, is_inert, links, read, words

CAUSES = """
## Contributing factors

- The alert is late
- The page was short -> A1

## Root cause analysis

Method: causal tree

- It broke
  - The pool is small (root cause)
  - Leak -> A1
  - Rare -- accepted: it costs too much (platform lead, 2026-09-30)
  - Old -- accepted: it will go (platform lead, 2026-05-31)
  - Undated -- accepted: some day (platform lead, soon)
"""
ACTION = "| A1 | Mend the pool | Ada | 2026-05-01 | T-1 | prevent | done | |\n"


def record(
    title: str = "Payments fail", date: str = "2026-03-14", more: str = "", causes: str = CAUSES
) -> str:
    """Write a record with causes."""
    text = a_file(title, date, actions=ACTION, more=more)
    return text.replace("\n## Action items", f"{causes}\n## Action items")


def an_archive_with_all() -> Archive:
    """Draw a record of our own, a retold one, a draft, and one that marks nothing."""
    unmarked = "\n## Root cause analysis\n\nMethod: causal tree\n\n- It broke\n  - One\n  - Two\n"
    return an_archive(
        {
            "2026-03-14-pool.md": record(),
            "2020-01-01-retold.md": record("Retold", "2020-01-01", "retold_from: https://example.org/\n"),
            "2026-04-01-draft.md": record("Drafted", "2026-04-01").replace("final", "draft"),
            "2026-05-01-silent.md": record("Silent", "2026-05-01", causes=unmarked),
            "2026-05-02-none.md": record("Treeless", "2026-05-02", causes=""),
        }
    )


def page(archive: Archive, day: dt.date = DAY) -> str:
    """Make the page."""
    covered = archive_coverage(archive, day)
    return risks_page(covered, RiskLists.of(covered), archive, FOLDER, day, environment()).html


def lists(archive: Archive, day: dt.date = DAY) -> dict[str, str]:
    """Make the pages of the lists, by their addresses."""
    covered = archive_coverage(archive, day)
    pages = risk_list_pages(RiskLists.of(covered), covered, archive, FOLDER, day, environment())
    return {each.address.removeprefix("postmortems/"): each.made().html for each in pages}


def test_figures_are_of_finished_records_of_our_own() -> None:
    """Leaves and factors are counted apart; drafts and retold incidents are said and not counted."""
    text = words(page(an_archive_with_all()))
    assert "7 leaves of causal trees and five whys" in text
    assert "✓ 1 answered by an action ◇ 2 accepted – 4 unaddressed" in text
    assert "2 contributing factors ✓ 1 answered by an action ◇ 0 accepted – 1 unaddressed" in text
    assert "Over 3 records. Left out: 1 draft. 1 retold incident counts in no figure." in text
    assert "Drafted" not in text


def test_open_causes_stand_in_groups() -> None:
    """Root causes come first, then the rest, then records that mark nothing, then retold ones."""
    text = words(page(an_archive_with_all()))
    order = [
        "Root causes",
        "The pool is small",
        "Other causes and factors",
        "Old",
        "Records that mark none of their causes",
        "none of 2 causes and factors names an action or an accepted risk",
        "From retold incidents, for nobody here to answer",
        "Accepted risks, by review day",
    ]
    places = [text.index(each) for each in order]
    assert places == sorted(places)
    assert "../2026/2026-03-14-pool/#n-0-0" in links(page(an_archive_with_all()))


def test_causes_are_others_only_beside_root_causes() -> None:
    """Where nobody has marked a root cause, no group stands above them."""
    text = words(page(an_archive({"2026-03-14-pool.md": record(causes=CAUSES.replace(" (root cause)", ""))})))
    assert "Causes and factors 3" in text and "Other causes" not in text


def test_a_list_says_how_many_of_its_entries_count_in_no_figure() -> None:
    """Elsewhere the causes of retold incidents are not among those that nothing answers."""
    covered = archive_coverage(an_archive_with_all(), DAY)
    made = RiskLists.of(covered)
    whole, own = len(made.open.entries), len(covered.open) + len(covered.unmarked)
    assert made.open.retold == whole - own > 0
    assert made.accepted.retold == len(covered.retold_risks)


def test_register_is_by_review_day() -> None:
    """Past reviews come first and are marked; reason, role and day are told; a day that cannot be read stands apart."""
    html = page(an_archive_with_all())
    text = words(html).partition("Accepted risks, by review day")[2]
    order = ["Review past", "Old", "1 day over", "Rare", "Without a readable review day", "Undated"]
    assert [text.index(each) for each in order] == sorted(text.index(each) for each in order)
    assert "Reason: it costs too much" in text and "platform lead" in text
    rows = [attributes for _, attributes in read(html).elements if "data-late" in attributes]
    assert [row["data-due"] for row in rows] == ["2026-05-31", "2026-09-30"]


def test_coverage_is_divided_with_ways_to_the_list() -> None:
    """Each service, severity, class and year leads to its own open causes in their list."""
    html = page(an_archive_with_all())
    assert {"open/?service=api", "open/?severity=sev2", "open/?class=pool", "open/?year=2026"} <= set(
        links(html)
    )


def test_records_without_a_tree_are_listed() -> None:
    """A record without a causal tree is counted and linked."""
    text = words(page(an_archive_with_all())).partition("Records without a causal tree")[2]
    assert "1 record" in text and "Treeless" in text


def test_what_has_no_list_is_not_led_to() -> None:
    """Where everything is answered, and where each record has its tree, the numbers stand without a link to what is not there."""
    answered = "\n## Root cause analysis\n\nMethod: causal tree\n\n- It broke\n  - Leak -> A1\n"
    archive = an_archive({"2026-03-14-pool.md": record(causes=answered)})
    html = page(archive)
    assert "0 records without a causal tree" in words(html) and "Coverage" in words(html)
    assert lists(archive) == {}
    assert [each for each in links(html) if each.startswith(("open/", "#treeless"))] == []


def test_archive_without_records_says_so() -> None:
    """An archive without anything to judge has a sentence instead of tables."""
    html = page(an_archive({}))
    assert "No finished record holds a cause yet" in html and "<table" not in html


def long_archive() -> Archive:
    """Draw a record with more causes and risks than a page shows."""
    several = "".join(
        f"  - Cause {n}{' (root cause)' if n < 10 else ''}\n  - Risk {n} -- accepted: so it is (lead {n}, 2026-09-{n % 28 + 1:02})\n"
        for n in range(ROWS + 3)
    )
    causes = f"\n## Root cause analysis\n\nMethod: causal tree\n\n- It broke\n{several}  - Leak -> A1\n"
    return an_archive(
        {
            "2026-03-14-pool.md": record(causes=causes),
            "2026-05-02-none.md": record("Treeless", "2026-05-02", causes=""),
        }
    )


def test_lists_go_on_over_numbered_pages() -> None:
    """The page shows the first entries and leads to lists, whose pages hold each entry once and lead to each other."""
    archive = long_archive()
    first = page(archive)
    assert {"open/", "accepted/"} <= set(links(first))
    assert first.count('class="aw-act"') == 50
    pages = lists(archive)
    assert list(pages) == [
        "risks/open/",
        "risks/open/2/",
        "risks/accepted/",
        "risks/accepted/2/",
        "risks/treeless/",
    ]
    whole = words(pages["risks/open/"] + pages["risks/open/2/"])
    assert all(whole.count(f" Cause {n} ") == 1 for n in range(ROWS + 3))
    assert "Root causes 10" in words(pages["risks/open/"]) and "Root causes" not in words(
        pages["risks/open/2/"]
    )
    assert "../../accepted/" in links(pages["risks/open/2/"]) and "../" in links(pages["risks/open/2/"])
    assert f"{ROWS} of {ROWS + 3} causes" in words(pages["risks/open/"])
    assert "Treeless" in words(pages["risks/treeless/"])


def test_a_page_has_a_place_for_reviews_that_come_to_be_past() -> None:
    """Each page of accepted risks holds the group of those past, empty and hidden; the days to come are summed up for all pages."""
    for html in (
        page(long_archive()),
        *(html for name, html in lists(long_archive()).items() if "accepted" in name),
    ):
        groups = [
            attributes
            for tag, attributes in read(html).elements
            if tag == "tbody" and attributes.get("data-group") == "past"
        ]
        assert [("hidden" in each) for each in groups] == [True]
        (days,) = [
            attributes["data-days"] for _, attributes in read(html).elements if "data-days" in attributes
        ]
        assert sum(int(each.partition(":")[2]) for each in str(days).split()) == ROWS + 3


def test_one_file_holds_both_lists() -> None:
    """Every cause and risk stands in the filter's file, in the order of the lists, with its record once."""
    archive = long_archive()
    written = risk_rows_file(RiskLists.of(archive_coverage(archive, DAY)), archive, FOLDER)
    assert written.address == "postmortems/risks/rows.json"
    made = json.loads(written.content)
    assert [len(made["open"]), len(made["accepted"])] == [ROWS + 3, ROWS + 3]
    assert made["records"][0][0] == "2026/2026-03-14-pool/" and len(made["records"]) == 1
    first = made["open"][0]
    assert first[2:4] == ["Cause 0", 1] and made["words"][first[5]] == "unaddressed"
    assert made["words"][made["accepted"][0][6]] == "so it is"


def test_files_hold_everything() -> None:
    """CSV and JSON hold each open cause and each risk, also of records that mark nothing and of retold ones."""
    archive = an_archive_with_all()
    covered = archive_coverage(archive, DAY)
    rows = list(csv.DictReader(io.StringIO(risks_csv(covered, archive).decode(), newline="")))
    assert [(row["list"], row["statement"]) for row in rows if row["record"] == "2026-03-14-pool"] == [
        ("open", "The pool is small"),
        ("open", "Old"),
        ("open", "The alert is late"),
        ("accepted", "Old"),
        ("accepted", "Rare"),
        ("accepted", "Undated"),
    ]
    assert [row["statement"] for row in rows if row["record"] == "2026-05-01-silent"] == ["One", "Two"]
    assert {row["state"] for row in rows if row["retold"] == "yes" and row["list"] == "accepted"} == {
        "risk accepted"
    }
    made = json.loads(risks_json(covered, archive, DAY))
    assert made["leaves"] == {"total": 7, "addressed": 1, "accepted": 2, "unaddressed": 4, "not_judged": 0}
    assert made["by"]["services"][0]["id"] == "api"
    assert made["without_causal_tree"] == ["2026-05-02-none"]
    assert [each["review"] for each in made["accepted"]][:3] == ["2026-05-31", "2026-09-30", None]


def test_spreadsheets_compute_nothing() -> None:
    """A cause that begins like a formula stays text."""
    causes = "\n## Root cause analysis\n\nMethod: causal tree\n\n- It broke\n  - =1+1 -- accepted: @SUM(A1) (-lead, 2026-09-30)\n"
    archive = an_archive({"2026-03-14-a.md": record(causes=causes)})
    made = risks_csv(archive_coverage(archive, DAY), archive).decode()
    assert "'=1+1" in made and "'@SUM(A1)" in made and "'-lead" in made


def test_hostile_causes_are_inert() -> None:
    """Scripts, handlers and quotes stay text."""
    hostile = '<script>x</script> "><b onclick=x>'
    causes = f"\n## Root cause analysis\n\nMethod: causal tree\n\n- It broke\n  - {hostile}\n  - x -- accepted: {hostile} ({hostile}, 2026-09-30)\n"
    archive = an_archive({"2026-03-14-a.md": record('"><script>', causes=causes)})
    assert is_inert(page(archive))
    assert all(map(is_inert, lists(archive).values()))


def test_home_page_counts_and_leads_there() -> None:
    """The home page says how many causes are open and how many reviews are past."""
    html = home_block(an_archive_with_all(), FOLDER, DAY, "postmortems/", environment())
    assert "5 unaddressed causes" in words(html) and "1 risk to review again" in words(html)
    assert {"risks/#open", "risks/#register"} <= set(links(html))

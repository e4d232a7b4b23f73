"""What catalogues and READMEs are told of a service: the JSON file, the badge, and the lines to copy."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from afterword.derive.catalogue.catalogue import facets, services_of
from afterword.derive.figures.archive_figures import archive_figures
from afterword.derive.figures.figure_groups import divided
from afterword.derive.promises.follow_through import action_views
from afterword.model.archive import Archive
from afterword.model.settings import ArchiveFolder, Entry, Settings
from afterword.render.feeds.badge import BadgeTone, badge
from afterword.render.feeds.feed_files import feed_files
from afterword.render.feeds.service_export import service_files
from afterword.render.feeds.service_sharing import with_sharing
from afterword.render.lists.facets import facet_pages
from afterword.render.page.environment import environment
from afterword.render.page.site_url import SiteUrl
from tests.render.drawn_archives import DAY, FOLDER, SETTINGS, a_file, an_archive, is_inert, read

HERE = SiteUrl.of("https://pm.example/reviews/")
OPEN = "| A1 | Give the batch a pool | Ada Example | 2026-12-01 | PAY-1 | prevent | open |\n"
OVERDUE = "| A2 | Restart by a command | Ada Example | 2026-03-20 | PAY-2 | respond | open |\n"
TIMELINE = (
    "\n## Timeline\n\n| Time (UTC) | Event |\n|---|---|\n| 2026-03-14 14:00 | [TRIGGER] Begins |\n"
    "| 14:20 | [DETECTED] Seen |\n| 15:20 | [MITIGATED] Mended |\n"
)
BASE = "postmortems/services/"


def files_of(archive: Archive, site: SiteUrl = HERE, folder: ArchiveFolder = FOLDER) -> dict[str, bytes]:
    """Make the files of all services, by address."""
    figures = divided(archive_figures(archive), archive.settings, DAY)
    services = services_of(facets(archive, action_views(archive, DAY)))
    made = service_files(services, figures, archive.settings, folder, DAY, site)
    return {each.address: each.content for each in made}


def told(archive: Archive, service: str = "api", site: SiteUrl = HERE) -> dict[str, Any]:
    """Read the JSON of a service."""
    found: dict[str, Any] = json.loads(files_of(archive, site)[f"{BASE}{service}.json"])
    return found


def drawing(content: bytes) -> ET.Element:
    """Read an SVG."""
    return ET.fromstring(content)  # noqa: S314 - our own


def shown(archive: Archive, service: str = "api") -> tuple[str, ET.Element]:
    """Read the badge of a service: its words, and the drawing."""
    root = drawing(files_of(archive)[f"{BASE}{service}.svg"])
    return " | ".join(each.text or "" for each in root.iter("{http://www.w3.org/2000/svg}text")), root


def an_archive_of_two() -> Archive:
    """Draw two records of one service."""
    return an_archive(
        {
            "2026-03-14-a.md": a_file(actions=OPEN + OVERDUE) + TIMELINE,
            "2026-05-01-b.md": a_file("Refunds fail", "2026-05-01", "sev1", "api, mail", "capacity"),
        }
    )


def test_the_file_of_a_service_holds_the_numbers_of_its_page() -> None:
    """Name, team, addresses, latest incident, actions, counts, medians and feeds; URLs are whole."""
    found = told(an_archive_of_two())
    root = "https://pm.example/reviews/postmortems/"
    assert (found["format"], found["as_of"], found["id"], found["name"]) == (
        1,
        "2026-06-01",
        "api",
        "Public API",
    )
    assert found["team"] == {"id": "core", "name": "Core services"}
    assert (found["page"], found["url"]) == ("postmortems/services/api/", f"{root}services/api/")
    assert found["badge"] == {"file": "postmortems/services/api.svg", "url": f"{root}services/api.svg"}
    assert found["records"] == 2
    assert found["latest"] == {
        "id": "2026-05-01-b",
        "title": "Refunds fail",
        "day": "2026-05-01",
        "severity": {"id": "sev1", "name": "Sev 1"},
        "status": "final",
        "page": "postmortems/2026/2026-05-01-b/",
        "url": f"{root}2026/2026-05-01-b/",
    }
    assert found["actions"] == {
        "open": 2,
        "overdue": 1,
        "page": "postmortems/actions/open/",
        "url": f"{root}actions/open/",
    }
    assert [(each["id"], each["records"]) for each in found["by_severity"]] == [("sev1", 1), ("sev2", 1)]
    assert [(each["name"], each["records"]) for each in found["by_class"]] == [
        ("Capacity", 1),
        ("Pool exhausted", 1),
    ]
    assert found["figures"]["time-to-detect"] == {"incidents": 1, "median_seconds": 1200}
    assert found["figures"]["time-to-mitigate"] == {"incidents": 1, "median_seconds": 3600}
    assert found["figures"]["time-to-resolve"] is None


def test_the_feeds_named_are_there() -> None:
    """Every feed that the file names is one that is written."""
    archive = an_archive_of_two()
    written = {each.address for each in feed_files(archive, FOLDER, DAY, HERE)}
    feeds = told(archive)["feeds"]
    assert {each["file"] for each in feeds} <= written
    assert [each["type"] for each in feeds] == ["application/atom+xml", "application/feed+json"]


def test_a_service_without_records_has_both_files() -> None:
    """What has no incident yet can be shown before there is one."""
    archive = an_archive_of_two()
    found = told(archive, "web")
    assert (found["records"], found["latest"], found["team"]) == (0, None, None)
    assert set(found["figures"].values()) == {None}
    assert shown(archive, "web")[0] == "post-mortems | none"


def test_without_a_site_address_urls_are_null_and_the_rest_stands() -> None:
    """A program still finds everything by its way from the root."""
    found = told(an_archive_of_two(), site=SiteUrl())
    assert (found["page"], found["url"], found["badge"]["url"]) == ("postmortems/services/api/", None, None)
    assert found["latest"]["url"] is None


def test_a_renamed_service_keeps_what_shows_it() -> None:
    """The files stand under the former id as well, unless that is another service now."""
    services = (Entry("api", "API", renamed_from=("gateway", "mail")), Entry("mail", "Mail"))
    archive = an_archive({"2026-03-14-a.md": a_file()}, replace(SETTINGS, services=services))
    files = files_of(archive)
    assert files[f"{BASE}gateway.json"] == files[f"{BASE}api.json"]
    assert files[f"{BASE}gateway.svg"] == files[f"{BASE}api.svg"]
    assert json.loads(files[f"{BASE}mail.json"])["id"] == "mail"


def test_each_archive_has_its_own_files() -> None:
    """Of several archives each counts its own records, below its own address."""
    other = ArchiveFolder("security", address="security/")
    settings = replace(SETTINGS, archives=(FOLDER, other))
    archive = an_archive({"2026-03-14-a.md": a_file()}, settings)
    assert json.loads(files_of(archive.of_folder(FOLDER))[f"{BASE}api.json"])["records"] == 1
    elsewhere = files_of(archive.of_folder(other), folder=other)
    assert json.loads(elsewhere["security/services/api.json"])["records"] == 0
    assert (
        "https://pm.example/reviews/security/services/api.svg"
        in elsewhere["security/services/api.json"].decode()
    )


@pytest.mark.parametrize(
    ("actions", "words", "tone", "day"),
    [
        ("", "post-mortems | 1", BadgeTone.SETTLED, None),
        (OPEN, "post-mortems | 1 · 1 action open", BadgeTone.OPEN, "As of 1 Jun 2026"),
        (OPEN + OVERDUE, "post-mortems | 1 · 1 action overdue", BadgeTone.WAITING, "As of 1 Jun 2026"),
    ],
)
def test_the_badge_says_what_waits(actions: str, words: str, tone: BadgeTone, day: str | None) -> None:
    """Overdue actions come before open ones; a day is named only where the words depend on it."""
    written, root = shown(an_archive({"2026-03-14-a.md": a_file(actions=actions)}))
    assert written == words
    fills = [each.get("fill") for each in root.iter("{http://www.w3.org/2000/svg}rect")]
    assert fills == [tone.value]
    assert root.findtext("{http://www.w3.org/2000/svg}desc") == day
    assert root.get("role") == "img"
    assert root.findtext("{http://www.w3.org/2000/svg}title") == root.get("aria-label")


def test_the_badge_is_the_same_for_the_same_words_and_wide_enough() -> None:
    """Two drawings have the same bytes; each text ends before its part does."""
    drawn = badge("post-mortems", "12 · 3 actions overdue", BadgeTone.WAITING, "Title")
    assert drawn == badge("post-mortems", "12 · 3 actions overdue", BadgeTone.WAITING, "Title")
    root = drawing(drawn)
    left, right = root.iter("{http://www.w3.org/2000/svg}text")
    ends = [float(each.get("x", "")) + float(each.get("textLength", "")) for each in (left, right)]
    assert ends[0] < float(right.get("x", ""))
    assert ends[1] < float(root.get("width", ""))


@pytest.mark.parametrize("tone", list(BadgeTone))
def test_white_words_can_be_read_on_every_tone(tone: BadgeTone) -> None:
    """The contrast is at least 6 to 1 (WCAG 2.2, 1.4.3 asks for 4.5)."""
    parts = [int(tone.value[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 6


def test_a_name_of_a_service_is_text_in_every_file() -> None:
    """Markup, quotes and control characters of a name do nothing in SVG, JSON or on the page."""
    name = '<script>alert(1)</script> "A" & B]( \x07\u202e'
    settings = replace(SETTINGS, services=(Entry("api", name),))
    archive = an_archive({"2026-03-14-a.md": a_file()}, settings)
    files = files_of(archive)
    assert b"<script" not in files[f"{BASE}api.svg"]
    assert drawing(files[f"{BASE}api.svg"]).findtext("{http://www.w3.org/2000/svg}title") == (
        '<script>alert(1)</script> "A" & B]( : 1 post-mortem'
    )
    assert json.loads(files[f"{BASE}api.json"])["name"] == name
    assert is_inert(page_of(archive))


def page_of(archive: Archive, site: SiteUrl = HERE) -> str:
    """Render the page of the service `api`."""
    services = services_of(facets(archive, action_views(archive, DAY)))
    pages = facet_pages(archive, FOLDER, DAY, environment())
    made = with_sharing(pages, services, FOLDER, site, environment())
    return next(page.made().html for page in made if page.address == f"{BASE}api/")


def test_the_page_of_a_service_has_the_lines_to_copy() -> None:
    """Badge and link as Markdown with whole addresses, the badge itself, and the way to the numbers."""
    html = page_of(an_archive_of_two())
    code = re.search(r"<pre><code>(.*?)</code></pre>", html)
    assert code
    assert code[1] == (
        "[![Public API: post-mortems](https://pm.example/reviews/postmortems/services/api.svg)]"
        "(https://pm.example/reviews/postmortems/services/api/)"
    )
    assert '<img src="../api.svg"' in html
    assert "../api.json" in read(html).links
    assert "site.example" not in html


def test_the_page_says_what_to_replace_where_the_address_is_not_known() -> None:
    """Without `site_url` the lines hold a placeholder, and the page says so."""
    html = page_of(an_archive_of_two(), SiteUrl())
    assert "(https://site.example/postmortems/services/api.svg)" in html
    assert "Put the address of this site in place of <code>https://site.example/</code>" in html


def test_only_the_first_page_of_a_service_has_them() -> None:
    """Classes, severities and the overview have no badge."""
    archive = an_archive_of_two()
    services = services_of(facets(archive, action_views(archive, DAY)))
    pages = facet_pages(archive, FOLDER, DAY, environment())
    made = with_sharing(pages, services, FOLDER, HERE, environment())
    with_lines = {page.address for page in made if "aw-sharing" in page.made().html}
    assert with_lines == {f"{BASE}{name}/" for name in ("api", "mail", "web")}


def test_settings_without_services_have_files_for_what_records_use() -> None:
    """Where any id is accepted, the catalogue is what the records use."""
    archive = an_archive({"2026-03-14-a.md": a_file(services="billing-api")}, Settings(archives=(FOLDER,)))
    assert told(archive, "billing-api")["page"] == f"{BASE}billing-api/"

"""The plugin in a site that somebody has: nothing changes outside the archive's folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import afterword, drawn
from tests.mkdocs_plugin.larger_site import HOME, NAV, RECORD, RECORD_PAGE, built, drawn_site, sidebar

SHARED = {"sitemap.xml", "sitemap.xml.gz", "search/search_index.json"}
"""What lists the pages of the whole site."""
INDEXES = [
    "Search",
    "Action items",
    "Owners",
    "Teams",
    "Open causes and accepted risks",
    "Archive health",
    "Figures",
    "Services",
    "Failure classes",
    "Severities",
    "Kinds",
    "Years",
]
FILES = "use_directory_urls: false\n"
OWN_HOME: dict[str, str | bytes] = {HOME: "# What happened\n\nAll of it.\n"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("settings", "pages"),
    [
        pytest.param("", {}, id="no nav"),
        pytest.param(NAV + FILES, OWN_HOME, id="nav, pages as files, home page"),
        pytest.param(FILES, OWN_HOME, id="no nav, pages as files, home page", marks=pytest.mark.slow),
        pytest.param(NAV, {}, id="nav", marks=pytest.mark.slow),
    ],
)
def test_other_pages_keep_their_bytes(tmp_path: Path, settings: str, pages: dict[str, str | bytes]) -> None:
    """With and without the plugin each page and file outside the folder is the same; whatever is new lies in the folder."""
    before = built(drawn_site(tmp_path / "before", settings, with_archive=False, pages=pages))
    after = built(drawn_site(tmp_path / "after", settings, with_archive=True, pages=pages))
    outside = {name for name in before if not name.startswith("incidents/")} - SHARED
    assert len(outside) > 20
    assert [name for name in outside if before[name] != after.get(name)] == []
    assert [name for name in after if name not in before and not name.startswith("incidents/")] == []
    assert after["incidents/chart.png"] == b"a chart"
    assert RECORD_PAGE in after
    home = after["incidents/index.html"].decode()
    assert "Checkout returned errors" in home
    assert ("All of it." in home) == bool(pages)


@pytest.mark.slow
def test_what_lists_the_whole_site_lists_the_archive_too(tmp_path: Path) -> None:
    """The sitemap and the search index keep every entry that they had, and gain the archive's."""
    before = built(drawn_site(tmp_path / "before", "", with_archive=False, pages={}))
    after = built(drawn_site(tmp_path / "after", "", with_archive=True, pages={}))
    lines = [files["sitemap.xml"].decode().splitlines() for files in (before, after)]
    assert [line for line in lines[0] if line not in lines[1]] == []
    documents = [json.loads(files["search/search_index.json"])["docs"] for files in (before, after)]
    assert [each for each in documents[0] if each not in documents[1]] == []
    new = [each["location"] for each in documents[1] if each not in documents[0]]
    assert new and all(location.startswith("incidents/") for location in new)
    feed = after["incidents/feeds/records.atom"].decode()
    assert "https://example.org/docs/incidents/2026/2026-03-14-checkout/" in feed
    home = after["incidents/index.html"].decode().partition("</head>")[0]
    assert (
        '<link rel="alternate feed" type="application/atom+xml" title="Post-mortems" href="feeds/records.atom">'
        in home
    )


def test_the_archive_shows_its_own_pages(tmp_path: Path) -> None:
    """Pages of the folder have its indexes in their navigation, below the home page's entry, and open its section; other pages have that entry alone."""
    nav = NAV + "  - Our incidents: incidents/index.md\n"
    after = built(drawn_site(tmp_path, nav, with_archive=True, pages={}))
    foreign, record = (sidebar(after[page]) for page in ("operations/runbooks/index.html", RECORD_PAGE))
    assert record == [*foreign, *INDEXES]
    assert foreign[-1] == "Our incidents"
    active = after[RECORD_PAGE].decode().partition("md-tabs__item--active")[2].partition("</li>")[0]
    assert "Our incidents" in active
    assert "does not lead to" not in (tmp_path / "site.log").read_text()


@pytest.mark.parametrize(
    ("theme", "told"),
    [
        ("theme: readthedocs\n", "Material for MkDocs, and the theme is readthedocs"),
        ("", "Material for MkDocs, and the theme is mkdocs"),
        ("theme: material\n", None),
    ],
)
def test_another_theme_is_told(tmp_path: Path, theme: str, told: str | None) -> None:
    """Once, as information: a strict build ends well."""
    site = f"site_name: Ours\n{theme}plugins: [afterword]\n"
    record = {"mkdocs.yml": site, "docs/index.md": "# Ours\n", "docs/postmortems/2026-03-14-a.md": RECORD}
    with drawn(tmp_path, {**record}):
        said = afterword("build", "--strict", folder=tmp_path).stderr
    assert said.count("made for Material for MkDocs") == (told is not None)
    assert told is None or told in said


@pytest.mark.slow
@pytest.mark.parametrize(
    ("settings", "way"), [("", "write incidents/index.md"), (NAV, "name incidents/index.md under `nav`")]
)
def test_a_navigation_without_the_archive_is_told(tmp_path: Path, settings: str, way: str) -> None:
    """Where no entry leads to the archive the log says which would, and its pages are listed among themselves."""
    after = built(drawn_site(tmp_path, settings, with_archive=True, pages={}))
    assert way in (tmp_path / "site.log").read_text()
    assert sidebar(after[RECORD_PAGE])[-len(INDEXES) :] == INDEXES


@pytest.mark.slow
def test_pages_that_the_owner_has_listed_keep_their_order(tmp_path: Path) -> None:
    """A navigation that names indexes by itself is shown as it is written, everywhere."""
    nav = NAV + "  - Incidents: [incidents/index.md, incidents/years.md, incidents/search.md]\n"
    after = built(drawn_site(tmp_path, nav, with_archive=True, pages={}))
    for page in ("index.html", RECORD_PAGE):
        assert sidebar(after[page])[-3:] == ["Incidents", "Years", "Search"]


@pytest.mark.slow
def test_a_page_at_the_address_of_the_home_page_stays(tmp_path: Path) -> None:
    """`incidents.md` beside `incidents/` is somebody's page, and no generated one takes its place."""
    own: dict[str, str | bytes] = {"docs/incidents.md": "# All about incidents\n"}
    before = built(drawn_site(tmp_path / "before", "", with_archive=False, pages=own))
    after = built(drawn_site(tmp_path / "after", "", with_archive=True, pages=own))
    assert after["incidents/index.html"] == before["incidents/index.html"]
    assert "incidents.md stands at the address" in (tmp_path / "after/site.log").read_text()


@pytest.mark.slow
def test_a_file_is_not_hidden_by_a_page_of_ours(tmp_path: Path) -> None:
    """Where an archive's `address` leads among other pages, those stay, and the log warns of what is not published."""
    folder = drawn_site(
        tmp_path,
        "",
        with_archive=True,
        pages={
            "afterword.yml": "archives: [{ folder: docs/incidents, address: guides }]\n",
            "docs/guides/search.md": "# How to search\n",
        },
    )
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text().replace("afterword: { folder: incidents }", "afterword"))
    with pytest.raises(
        AssertionError, match=r"search\.md is not published: guides/search\.md has its address"
    ):
        built(folder)
    assert b"How to search" in built(folder, strict=False)["guides/search/index.html"]

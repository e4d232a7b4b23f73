"""Addresses and search documents."""

from __future__ import annotations

import pytest

from afterword.derive.places.address import (
    actions_address,
    alias_address,
    archive_address,
    attachment_address,
    facet_address,
    feed_address,
    href,
    owner_address,
    pair_address,
    record_address,
    relative,
    search_address,
    service_file_address,
    team_address,
)
from afterword.derive.words.plain_text import plain_text
from afterword.model.archive import Attachment
from afterword.model.markup import Kind, Node
from afterword.model.settings import ArchiveFolder, Settings
from tests.derive.drawn_records import a_record

TWO = Settings(
    archives=(ArchiveFolder("docs/postmortems", "main", "incidents"), ArchiveFolder("security", address=""))
)


def test_record_is_where_its_folder_and_id_say() -> None:
    """A record's address is its archive's, the year of its id and its id, wherever its file lies."""
    assert record_address(a_record(), Settings()) == "postmortems/2026/2026-03-14-pool-exhausted/"
    moved = a_record("2025-01-01-x", archive="main", path="docs/postmortems/deep/down/2025-01-01-x.md")
    assert record_address(moved, TWO) == "incidents/2025/2025-01-01-x/"
    assert record_address(a_record("2025-01-01-x", archive="security"), TWO) == "2025/2025-01-01-x/"


def test_no_folder_or_file_has_a_name_that_windows_keeps() -> None:
    """A service `aux` or an owner called Con has pages and feeds that can be written there; a name that only begins so stays."""
    folder = ArchiveFolder("a")
    assert facet_address(folder, "services", "aux") == "a/services/aux_/"
    assert pair_address(folder, "nul", "prn") == "a/services/nul_/classes/prn_/"
    assert service_file_address(folder, "com1", "json") == "a/services/com1_.json"
    assert owner_address(folder, "con") == "a/owners/con_/"
    assert team_address(folder, "lpt9") == "a/teams/lpt9_/"
    assert feed_address(folder, "owners/con.ics") == "a/feeds/owners/con_.ics"
    assert (
        feed_address(folder, "services/aux")
        == feed_address(folder, "services/aux_")
        == "a/feeds/services/aux_"
    )
    assert facet_address(folder, "services", "auxiliary") == "a/services/auxiliary/"
    assert feed_address(folder, "all.ics") == "a/feeds/all.ics"


@pytest.mark.parametrize(
    ("folder", "address"),
    [
        (ArchiveFolder("postmortems"), "postmortems/"),
        (ArchiveFolder("a/b/"), "a/b/"),
        (ArchiveFolder("."), ""),
        (ArchiveFolder("a", address=""), ""),
        (ArchiveFolder("a", address="/x//../y"), "x/y/"),
    ],
)
def test_archive_address(folder: ArchiveFolder, address: str) -> None:
    """An archive is at its address, else at its folder, never outside the site."""
    assert archive_address(folder) == address


def test_pages_of_an_archive() -> None:
    """Facets, actions and search lie below the archive; an entry's id cannot leave it."""
    folder = ArchiveFolder("postmortems")
    assert facet_address(folder, "services", None) == "postmortems/services/"
    assert facet_address(folder, "services", "api") == "postmortems/services/api/"
    assert facet_address(folder, "services", "../../x") == "postmortems/services/x/"
    assert actions_address(folder) == "postmortems/actions/"
    assert search_address(folder) == "postmortems/search/"
    attachment = Attachment("docs/postmortems/2026/img a.png", "2026/img a.png", "main", 1, True)
    assert attachment_address(attachment, TWO) == "incidents/2026/img a.png"


@pytest.mark.parametrize(
    ("here", "there", "way"),
    [
        ("postmortems/2026/a/", "postmortems/2026/b/", "../b/"),
        ("postmortems/2026/a/", "postmortems/services/api/", "../../services/api/"),
        ("postmortems/2026/a/", "postmortems/2026/a/", "./"),
        ("postmortems/2026/a/", "", "../../../"),
        ("postmortems/2026/a/", "postmortems/2026/a/#a3", "./#a3"),
        ("postmortems/2026/a/", "postmortems/2026/a.png", "../a.png"),
        ("postmortems/2026/a/", "postmortems/2026", ".."),
        ("postmortems/2026/a/", "postmortems/20/", "../../20/"),
        ("postmortems/2026/a/", "postmortems/2026/?q=#x/y", "../?q=#x/y"),
        ("postmortems/2026/a/", "postmortems/./x//y/../z/", "../../x/z/"),
        ("postmortems/", "postmortems/x:y/", "./x:y/"),
        ("", "postmortems/2026/a/", "postmortems/2026/a/"),
        ("", "", "./"),
        ("404.html", "search/?q=x", "search/?q=x"),
        ("", "javascript:alert(1)", "./javascript:alert(1)"),
    ],
)
def test_relative_way_between_pages(here: str, there: str, way: str) -> None:
    """From one page to another leads a relative path that keeps the final slash and never looks like a scheme."""
    assert relative(here, there) == way


def test_href_escapes_names_of_files() -> None:
    """A file's name keeps its meaning in a URL."""
    assert href("postmortems/2026/a/", 'postmortems/2026/50% "ü".png') == "../50%25%20%22%C3%BC%22.png"


def test_href_does_not_take_a_file_name_for_a_fragment() -> None:
    """A number sign or question mark in a file's name is part of the name."""
    assert href("postmortems/2026/a/", "postmortems/2026/a#b?c.png") == "../a%23b%3Fc.png"


@pytest.mark.parametrize(
    ("alias", "address"),
    [
        ("2025-01-01-former", "postmortems/2025/2025-01-01-former/"),
        ("old/place.md", "postmortems/old/place/"),
        ("old/index.md", "postmortems/old/"),
        ("./old//place.md", "postmortems/old/place/"),
        ("Services/api.md", None),
        ("index.md", None),
        ("../x.md", None),
        ("/x.md", None),
        ("services/api.md", None),
        ("a\\b.md", None),
    ],
)
def test_former_addresses(alias: str, address: str | None) -> None:
    """An alias is a former id or path below the archive; one that would leave it or take the place of a made page has no address."""
    assert alias_address(alias, ArchiveFolder("postmortems")) == address


def test_plain_text_keeps_words_apart() -> None:
    """Blocks, cells and line breaks part words, marks inside a word do not; code is read, HTML is not."""

    def text(words: str) -> Node:
        return Node(Kind.TEXT, text=words)

    cells = (Node(Kind.CELL, children=(text("a"),)), Node(Kind.CELL, children=(text("b"),)))
    blocks = (
        Node(
            Kind.PARAGRAPH,
            children=(text("one"), Node(Kind.SOFT_BREAK), text("two"), Node(Kind.HTML, text="<b>")),
        ),
        Node(
            Kind.PARAGRAPH, children=(text("un"), Node(Kind.STRONG, children=(text("believ"),)), text("able"))
        ),
        Node(Kind.TABLE, children=(Node(Kind.ROW, children=cells),)),
        Node(Kind.CODE_BLOCK, text="kill -9\n"),
        Node(Kind.HTML_BLOCK, text="<!-- secret -->"),
    )
    assert plain_text(blocks) == "one two unbelievable a b kill -9"

"""Overviews that are kept between builds."""

from __future__ import annotations

from pathlib import Path

import pytest

from afterword.operations.overview.kept_overview import KeptOverview, Overview
from afterword.render.page.planned import ListedPage
from afterword.render.page.site_page import SiteFile, SitePage
from afterword.sources.cache import Cache
from afterword.sources.kept_pages import KeptPages

PLACE, KEY, OTHER = Cache.key("place"), Cache.key("one"), Cache.key("another")
FINISHED = SitePage("a/", "A", "<p>a</p>", "facet")
LISTED = SitePage("b/", "B", "<p>b</p>", "entry")
FILES = tuple(SiteFile(f"{number}.json", bytes([number]) * 100, f"k{number}") for number in range(5))


def drawn(html: str = LISTED.html) -> Overview:
    """Draw an overview of a finished page, a planned one and some files."""
    listed = ListedPage("b/", "B", "entry", "k", lambda: SitePage("b/", "B", html, "entry"))
    return Overview((FINISHED, listed), FILES, {"index.md": "home"}, {}, ("lost",))


def at(folder: Path, key: str = KEY) -> KeptOverview:
    """Give where an overview lies, in a cache that is opened anew."""
    return KeptOverview.at(PLACE, key, KeptPages(folder))


def unasked() -> Overview:
    """Stand for what need not be made."""
    raise AssertionError("nobody wanted it")


def test_what_is_kept_is_what_was_made(tmp_path: Path) -> None:
    """A planned page, and a file, is made only where somebody wants it."""
    assert at(tmp_path).overview(unasked) is None
    at(tmp_path).keep(drawn())
    found = at(tmp_path).overview(unasked)
    assert found is not None
    assert (found.home_blocks, found.lost) == ({"index.md": "home"}, ("lost",))
    assert [(file.address, file.key) for file in found.files] == [(file.address, file.key) for file in FILES]
    assert [(page.address, page.key) for page in found.pages] == [("a/", FINISHED.key), ("b/", "k")]
    with pytest.raises(AssertionError, match="nobody wanted it"):
        found.pages[1].made()
    with pytest.raises(AssertionError, match="nobody wanted it"):
        _ = found.files[0].content
    wanted = at(tmp_path).overview(drawn)
    assert wanted is not None and [page.made() for page in wanted.pages] == [FINISHED, LISTED]
    assert [file.content for file in wanted.files] == [file.content for file in FILES]


def test_what_is_wanted_is_made_together(tmp_path: Path) -> None:
    """Whoever wants one page or file is likely to want more of them."""
    times = []

    def make() -> Overview:
        times.append(1)
        return drawn()

    at(tmp_path).keep(drawn())
    wanted = at(tmp_path).overview(make)
    assert wanted is not None
    assert len([*(file.content for file in wanted.files), *(page.made() for page in wanted.pages)]) == 7
    assert times == [1]


def test_one_takes_the_place_of_the_other(tmp_path: Path) -> None:
    """What was kept before is not found any more, and takes no room."""
    at(tmp_path).keep(drawn())
    number, _ = KeptPages(tmp_path).size()
    at(tmp_path, OTHER).keep(drawn("<p>c</p>"))
    assert KeptPages(tmp_path).size()[0] == number
    assert at(tmp_path).overview(unasked) is None
    assert at(tmp_path, OTHER).overview(unasked) is not None


@pytest.mark.parametrize("content", [b"", KEY.encode(), KEY.encode() + b"no pickle", OTHER.encode()])
def test_of_one_that_is_damaged_nothing_is_taken(tmp_path: Path, content: bytes) -> None:
    """It is made again."""
    kept = KeptPages(tmp_path)
    kept.put(PLACE, content)
    kept.close()
    assert at(tmp_path).overview(unasked) is None

"""No page about many records outgrows its limit, however many there are and however much they say."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from benchmarks.generate import write_archive

from afterword.operations.reading.archive_reading import ArchiveReading
from afterword.operations.reading.found import find
from afterword.operations.reading.opening import Opened
from afterword.operations.settings_file import load_settings
from afterword.operations.site.site_building import build_site
from afterword.operations.site.site_request import SiteRequest
from afterword.render.page.planned import PlannedPage

DAY = dt.date(2032, 6, 1)
"""A day on which every promise and every review of the archive is late, so that what asks for attention is as long as it can be."""

RECORDS = 300
HTML_AT_MOST = 150 * 1000
SHELL = 12 * 1000
"""What the theme puts around a page, with room for a navigation of the site's own."""


WORDS = "what nobody had thought of when the "
LONGER = (
    (r"(?m)^title: ", f"title: {WORDS * 3}"),
    (r"(?m)^(\| A\d+ \| )", rf"\1{WORDS * 10}"),
    (r"(?m)^( +- )(?!\{)", rf"\1{WORDS * 10}"),
    (r"accepted: ", f"accepted: {WORDS * 10}"),
)
"""What makes titles three times as long, and actions, causes and reasons five times."""


def _lengthen(paths: Iterable[Path]) -> None:
    for path in paths:
        text = path.read_text("utf-8")
        for pattern, longer in LONGER:
            text = re.sub(pattern, longer, text)
        path.write_text(text, "utf-8")


@pytest.fixture(scope="module", params=[False, True], ids=["as generated", "long texts"])
def weights(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, int]:
    """Weigh the pages of a generated archive that are no record's, by their addresses."""
    folder = tmp_path_factory.mktemp("weights")
    records = write_archive(folder, RECORDS)
    if request.param:
        _lengthen(records)
    with (folder / "afterword.yml").open("a", encoding="utf-8") as settings:
        settings.write("search: off\n")
    settings, root = load_settings(None, folder)
    reading = ArchiveReading(find(start=root, settings=settings, root=root.resolve()), DAY, processes=1)
    opened = Opened(reading.loaded(), folder / "postmortems", reading, folder / "afterword.yml")
    site = build_site(opened, SiteRequest(folder))
    made = [page.made() for page in site.pages if not isinstance(page, PlannedPage)]
    site.close()
    return {page.address: len(page.html.encode()) for page in made}


@pytest.mark.slow
def test_no_page_outgrows_its_limit(weights: Mapping[str, int]) -> None:
    """Lists of more entries go on over numbered pages."""
    heavy = {address: weight for address, weight in weights.items() if weight > HTML_AT_MOST - SHELL}
    assert heavy == {}


@pytest.mark.slow
def test_long_lists_are_there(weights: Mapping[str, int]) -> None:
    """The archive is large enough to fill the pages of each kind of list."""
    below = {address.removeprefix("postmortems/") for address in weights}
    assert {"risks/accepted/2/", "actions/open/2/", "kinds/outage/2/", "figures/time-to-mitigate/2/"} <= below

"""A list of incidents on a site: counted on a page, and never published."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from afterword.operations.reading.opening import open_archive
from afterword.operations.site.site_building import build_site
from afterword.operations.site.site_request import SiteRequest
from tests.conftest import drawn
from tests.drawn_record import complete_record

LIST = "id,severity,closed,class\nINC-1,sev1,2026-03-02,\nINC-2,sev2,2026-03-02,\n"
RECORD = complete_record(more="[The list](../incidents.csv), [here](incidents.csv).").replace(
    "kind: outage", "kind: outage\nincidents: [INC-1]"
)
DAY = dt.date(2026, 6, 1)


@pytest.mark.parametrize("place", ["docs/incidents.csv", "docs/postmortems/incidents.csv"])
def test_the_list_is_never_published(tmp_path: Path, place: str) -> None:
    """Wherever it lies among the documents, and though records, pages and the caller of the build ask for it."""
    tree: dict[str, str | bytes] = {
        "docs/afterword.yml": "",
        "docs/index.md": "[The list](incidents.csv), [and](postmortems/incidents.csv)",
        "docs/postmortems/2026/2026-03-14-errors.md": RECORD,
        "docs/postmortems/page.md": "[The list](incidents.csv)",
        place: LIST,
    }
    src = place.removeprefix("docs/")
    with drawn(tmp_path, tree):
        opened = open_archive(tmp_path, tmp_path / "docs", "docs/afterword.yml", as_of=DAY)
        site = build_site(opened, SiteRequest(tmp_path, {"index.md": ""}, staying=[src]))
    assert site.is_taken(src)
    assert not [file.address for file in site.files if file.address.endswith("incidents.csv")]
    assert (tmp_path / place).resolve() in {path.resolve() for path in site.watched}
    assert site.places.at("postmortems/health/").base == "postmortems/"


def test_each_listed_incident_counts_once_in_several_archives(tmp_path: Path) -> None:
    """It is met with the records of all of them, and counted on the page of the first; the others say where."""
    tree: dict[str, str | bytes] = {
        "afterword.yml": "archives: [docs/a, docs/b]\n",
        "docs/a/2026-03-14-errors.md": RECORD.replace("INC-1", "INC-9"),
        "docs/b/2026-03-15-errors.md": RECORD.replace("2026-03-14", "2026-03-15"),
        "incidents.csv": LIST,
    }
    with drawn(tmp_path, tree):
        opened = open_archive(tmp_path, tmp_path / "docs", as_of=DAY)
        site = build_site(opened, SiteRequest(tmp_path))
    files = {file.address: file.content for file in site.files}
    first, second = json.loads(files["a/health/health.json"]), json.loads(files["b/health/health.json"])
    assert [each["id"] for each in first["incidents"]["without_postmortem"]] == ["INC-2"]
    assert second["incidents"] is None
    page = next(each for each in site.pages if each.address == "b/health/")
    assert "The incidents of the list count in docs/a" in page.html

"""A page or file about many records that has kept its key is what it was, whatever changed in the archive."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from benchmarks.committed import git
from benchmarks.generate import write_archive

from afterword.operations.reading.archive_reading import ArchiveReading
from afterword.operations.reading.found import find
from afterword.operations.reading.opening import Opened
from afterword.operations.settings_file import load_settings
from afterword.operations.site.site_building import build_site
from afterword.operations.site.site_request import SiteRequest
from afterword.render.page.planned import ListedPage

pytestmark = pytest.mark.slow

RECORDS = 130
"""More than a page of a list holds."""

DAY = dt.date(2026, 6, 1)

Pages = Mapping[str, tuple[str, str]]
"""The key and the whole text of each page and file, by its address."""


def pages_of(folder: Path) -> Pages:
    """Make all pages and files that are planned by what they show."""
    settings, root = load_settings(None, folder)
    reading = ArchiveReading(find(start=root, settings=settings, root=root.resolve()), DAY, processes=1)
    opened = Opened(reading.loaded(), folder / "postmortems", reading, folder / "afterword.yml")
    site = build_site(opened, SiteRequest(folder, url="https://example.org/"))
    files = (*site.files, *site.search.released())
    listed = [page for page in site.pages if isinstance(page, ListedPage)]
    made = {page.address: (page.key, repr(page.made())) for page in listed}
    made |= {file.address: (file.key, repr(file.content)) for file in files if file.key}
    site.close()
    return made


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Generate an archive in a repository."""
    folder = tmp_path_factory.mktemp("keys")
    for path in write_archive(folder, RECORDS):
        path.write_text(re.sub(r"(?m)^kind: .*", "kind: outage", path.read_text("utf-8")), "utf-8")
    with (folder / "afterword.yml").open("a", encoding="utf-8") as settings:
        settings.write("search: off\n")
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=x", day=dt.date(2026, 5, 1))
    return folder


@pytest.fixture(scope="module")
def before(archive: Path) -> Pages:
    """Make its pages."""
    return pages_of(archive)


def test_all_kinds_of_lists_are_planned(before: Pages) -> None:
    """Those of facets, of actions and of who holds them, and the pages on which they go on."""
    below = {re.sub(r"[^/]+/$", "", address.removeprefix("postmortems/")) for address in before}
    assert {
        "services/",
        "severities/",
        "classes/",
        "kinds/",
        "years/",
        "actions/",
        "owners/",
        "teams/",
        "risks/",
    } <= below
    assert {
        "postmortems/kinds/outage/2/",
        "postmortems/actions/open/2/",
        "postmortems/actions/repeated/",
        "postmortems/risks/accepted/",
    } <= before.keys()


def test_keys_are_the_same_every_time(archive: Path, before: Pages) -> None:
    """Nothing that differs from one run to the next is in them."""
    assert pages_of(archive) == before


def _rewrite(pattern: str, text: str, path: str = "") -> Callable[[Path], None]:
    """Change the first place that fits, in a file of the archive, by default one record that holds it."""

    def change(folder: Path) -> None:
        files = [folder / path] if path else sorted((folder / "postmortems").rglob("20*.md"))[40:]
        for file in files:
            new, number = re.subn(pattern, text, old := file.read_text("utf-8"), count=1, flags=re.MULTILINE)
            if number and new != old:
                file.write_text(new, "utf-8")
                return
        raise AssertionError(f"nothing fits {pattern}")

    return change


def _remove(folder: Path) -> None:
    sorted((folder / "postmortems").rglob("20*.md"))[50].unlink()


def _add(folder: Path) -> None:
    model = sorted((folder / "postmortems").rglob("20*.md"))[60]
    model.with_name(f"{model.stem}-again.md").write_text(model.read_text("utf-8"), "utf-8")


def _commit(folder: Path) -> None:
    _rewrite(r"\| open \|", "| in progress |")(folder)
    git(folder, "commit", "--quiet", "--all", "--message=y", day=dt.date(2026, 5, 20))


CHANGES: Mapping[str, Callable[[Path], None]] = {
    "a title": _rewrite(r"^title: .*", "title: Quite another thing"),
    "a sentence of a summary": _rewrite(r"^## Summary\n\n", "## Summary\n\nThis comes first. "),
    "a severity": _rewrite(r"^severity: .*", "severity: sev1"),
    "a service that no catalogue lists": _rewrite(r"^services: .*", "services: [Quite New]"),
    "a failure class": _rewrite(r"^failure_class: .*", "failure_class: [capacity]"),
    "an action that is done": _rewrite(r"\| open \|", "| done 2026-05-02 |"),
    "the words of an action": _rewrite(r"^\| A1 \| ", "| A1 | Above all: "),
    "an action of so many words that fewer stand on its page": _rewrite(
        r"^\| A1 \| ", f"| A1 | {'and again ' * 2_500}"
    ),
    "an action that was promised before": _rewrite(
        r"^\| A1 \| [^|]*\|", "| A1 | Let the pool of connections grow no further than the database allows |"
    ),
    "an answer to a cause": _rewrite(r"^(  +- [^\n]*?) -> A\d.*", r"\1"),
    "a risk that is accepted": _rewrite(r"accepted: [a-z ]+ \(", "accepted: for another reason ("),
    "an owner whom nobody knew": _rewrite(r"^(\| A1 \| [^|]*\|)[^|]*\|", r"\1 Somebody Else |"),
    "a commit": _commit,
    "a record is gone": _remove,
    "a new record": _add,
    "the name of a service": _rewrite(r"^(  - .*name: )([A-Z])", r"\1Renamed \2", "afterword.yml"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_page_that_keeps_its_key_is_the_same(
    archive: Path, before: Pages, tmp_path: Path, change: Callable[[Path], None]
) -> None:
    """And one that shows what was changed has another."""
    folder = tmp_path / "changed"
    shutil.copytree(archive, folder)
    change(folder)
    after = pages_of(folder)
    assert after != before
    kept = [address for address in before if address in after and before[address][0] == after[address][0]]
    assert [address for address in kept if before[address] != after[address]] == []

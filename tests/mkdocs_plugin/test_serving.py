"""`afterword serve` while somebody writes: real servers, real files, what a browser would fetch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mkdocs_plugin.drawn_archive import CONFIG, OTHER, drawn_archive
from tests.mkdocs_plugin.served_site import Running, serving
from tests.mkdocs_plugin.test_quick import FILE, NAME, RECORD

PAGE = f"postmortems/2026/{NAME}/"
OTHER_PAGE = "postmortems/2026/2026-02-01-billing/"
FOLLOWS = "Documentation built in"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Serve an archive of two records; each test leaves the files as it found them."""
    with serving(drawn_archive(tmp_path_factory.mktemp("served"), {FILE: RECORD})) as running:
        yield running


@pytest.fixture
def record(running: Running) -> Iterator[Path]:
    """Give the file of a record, and put back what stood in it."""
    yield running.folder / FILE
    (running.folder / FILE).write_text(RECORD)
    running.wait_for(PAGE, "The pool is small")


def test_an_edit_is_there_before_the_site_is_built(running: Running, record: Path) -> None:
    """The page first, the lists after it; two edits in a row, the second of which is broken, and mended."""
    built = running.said(FOLLOWS)
    record.write_text(RECORD.replace("Checkout returned", "Everything returned", 1))
    running.wait_for(PAGE, "Everything returned")
    record.write_text(RECORD.replace("severity: sev3", "severity: [sev3").replace("small", "tiny"))
    running.wait_for(PAGE, "The pool is tiny")
    assert running.said(FOLLOWS) == built
    record.write_text(RECORD.replace("Checkout returned", "Everything returned", 1))
    running.wait_for("postmortems/", "Everything returned")
    running.wait_for_line(FOLLOWS, built + 1)


def test_a_new_record_is_built(running: Running) -> None:
    """Its page waits for the build, and the record goes with its file."""
    new = running.folder / "docs/postmortems/2026-05-05-new.md"
    new.write_text(OTHER.replace("Billing stood still", "Something new"))
    running.wait_for("postmortems/2026/2026-05-05-new/", "Something new")
    new.unlink()
    running.wait_for("postmortems/2026/2026-05-05-new/", None)


def test_settings_are_built(running: Running) -> None:
    """A service has another name on the pages of all its records."""
    settings = running.folder / "afterword.yml"
    text = settings.read_text()
    # As editors do it that write beside the file first.
    beside = settings.with_name("afterword.yml.tmp")
    beside.write_text(text.replace("name: Checkout", "name: The Till"))
    beside.replace(settings)
    running.wait_for(PAGE, "The Till")
    settings.write_text(text)
    running.wait_for(PAGE, "Checkout</a>")


def test_a_build_that_fails_leaves_the_site(running: Running, record: Path) -> None:
    """What the configuration says wrong is in the log; edits are shown meanwhile, and the site is built when it is mended."""
    config = running.folder / "mkdocs.yml"
    config.write_text(CONFIG.replace("[search, afterword]", "[search, afterword, nowhere]"))
    running.wait_for_line("the site stays as it was")
    record.write_text(RECORD.replace("The pool is small", "The pool was small"))
    running.wait_for(PAGE, "The pool was small")
    config.write_text(CONFIG.replace("Drawn", "Redrawn"))
    running.wait_for(PAGE, "Redrawn")
    config.write_text(CONFIG)
    running.wait_for(PAGE, "Drawn")

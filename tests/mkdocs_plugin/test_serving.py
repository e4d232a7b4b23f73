"""`afterword serve` while somebody writes: real servers, real files, what a browser would fetch."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.git import git
from tests.mkdocs_plugin.drawn_archive import CONFIG, OTHER, drawn_archive
from tests.mkdocs_plugin.served_site import Running, serving
from tests.mkdocs_plugin.test_quick import FILE, NAME, OTHER_FILE, RECORD

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


def test_a_shallow_clone_is_served_strictly(tmp_path: Path) -> None:
    """What git does not tell is no fault of what is written."""
    folder = drawn_archive(tmp_path / "it", {"mkdocs.yml": CONFIG + "strict: true\n"})
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "all")
    (folder / ".git/shallow").write_text(git(folder, "rev-parse", "HEAD") + "\n")
    with serving(folder) as running:
        assert running.said("this clone is shallow") == 1
        assert "The pool is small" in (running.page(PAGE) or "")


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


def test_what_comes_beside_the_documents_is_built(running: Running) -> None:
    """A template of the theme, a list of incidents, and one that settings name since: none was there when the server began."""
    template = running.folder / "overrides/main.html"
    template.write_text('{% extends "base.html" %}{% block announce %}Come{% endblock %}')
    running.wait_for(PAGE, "Come")
    template.write_text('{% extends "base.html" %}{% block announce %}Changed{% endblock %}')
    running.wait_for(PAGE, "Changed")
    listed = running.folder / "incidents.csv"
    listed.write_text("id,severity,closed\nINC-77,sev1,2026-03-02\n")
    running.wait_for("postmortems/health/", "INC-77")
    settings = running.folder / "afterword.yml"
    text = settings.read_text()
    settings.write_text(f"{text}incidents: named.csv\n")
    running.wait_for_line("named.csv does not exist")
    # While the site is built, and nobody watches for it yet.
    named = running.folder / "named.csv"
    named.write_text("id,severity,closed\nINC-78,sev1,2026-03-02\n")
    running.wait_for("postmortems/health/", "INC-78")
    for each in (template, listed, named):
        each.unlink()
    settings.write_text(text.replace("name: Checkout", "name: The Till"))
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


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("features", ["", "navigation.instant"], ids=["whole pages", "instant"])
def test_a_browser_reloads_where_it_is_when_its_own_page_changes(
    tmp_path: Path, browser: Browser, features: str
) -> None:
    """Scrolled down, it stays there, reloads once for an edit although the site is built after it, and not for that of another record."""
    text = RECORD.replace("## Timeline", "It went on.\n\n" * 100 + "## Timeline")
    config = CONFIG.replace("[content.action.edit]", f"[{features}]")
    folder = drawn_archive(tmp_path / "site", {FILE: text, "mkdocs.yml": config})
    with serving(folder) as running:
        page = browser.new_page(viewport={"width": 1000, "height": 700})
        loads: list[str] = []
        page.on("load", lambda _: loads.append(page.url))
        page.goto(running.url + OTHER_PAGE)
        # Followed, not opened: with instant navigation the document stays.
        page.locator(".aw-around__link").click()
        page.wait_for_url(running.url + PAGE)
        page.get_by_text("It went on.").first.wait_for()
        page.evaluate("scrollTo(0, 1500)")
        # With instant navigation the theme notes where the reader is a moment after they have scrolled.
        page.wait_for_timeout(1000)
        assert page.evaluate("scrollY") == pytest.approx(1500, abs=3)
        before = len(loads)
        (folder / FILE).write_text(text.replace("It went on.", "It went on and on.", 1))
        page.get_by_text("It went on and on.").wait_for(state="attached")
        page.wait_for_function("Math.abs(scrollY - 1500) < 3")
        running.wait_for_line(FOLLOWS, 2)
        other = folder / OTHER_FILE
        other.write_text(other.read_text() + "\nOnce more.\n")
        running.wait_for(OTHER_PAGE, "Once more")
        running.wait_for_line(FOLLOWS, 3)
        page.wait_for_timeout(1500)
        assert len(loads) == before + 1
        assert page.evaluate("scrollY") == pytest.approx(1500, abs=3)
        page.close()


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals are those of POSIX")
@pytest.mark.parametrize("at", ["read 250 of 260 records", "Serving on"])
@pytest.mark.parametrize(("end", "codes"), [(signal.SIGINT, (0, 130)), (signal.SIGTERM, (143,))])
def test_whatever_ends_it_ends_all_processes(
    tmp_path: Path, at: str, end: signal.Signals, codes: tuple[int, ...]
) -> None:
    """While records are read by several processes, and while the site is served: nothing is left running, nor beside the site."""
    names = [f"docs/postmortems/2026-01-01-{number}.md" for number in range(258)]
    folder = drawn_archive(tmp_path / "site", dict.fromkeys(names, OTHER))
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with serving(folder, {"AFTERWORD_PROCESSES": "2", "TMPDIR": str(temporary)}, begins=False) as running:
        running.wait_for_line(at)
        assert running.ended(end) in codes
        with pytest.raises(ProcessLookupError):
            for _ in range(100):
                os.killpg(running.process.pid, 0)
                time.sleep(0.1)
    assert "Traceback" not in running.log.read_text()
    assert [each.name for each in temporary.iterdir()] == []

"""`afterword build`, run as a person runs it on small sites."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from tests.conftest import afterword, drawn
from tests.drawn_record import record_with_tree
from tests.drawn_site import SITE, smallest_site

ACTIONS = """
## Action items

| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Double the pool | Juno Papercliff | 2026-04-28 | PAY-1 | prevent | open |
"""
RECORD = record_with_tree() + ACTIONS
PAGE = "postmortems/2026/2026-03-14-checkout/index.html"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Draw a site with an archive of one record, and without settings."""
    with drawn(tmp_path, smallest_site("2026-03-14-checkout", RECORD)) as folder:
        return folder


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_stated_navigation_can_name_the_pages_of_the_archive(site: Path) -> None:
    """The home page that nobody wrote stands in `nav` as the archive's index.md, an index beside it; the rest stays out."""
    nav = "nav:\n  - index.md\n  - Incidents:\n      - postmortems/index.md\n      - postmortems/actions.md\n"
    (site / "mkdocs.yml").write_text(SITE + nav)
    afterword("build", "--strict", folder=site)
    shown = (site / "site" / "index.html").read_text()
    assert 'href="postmortems/"' in shown and 'href="postmortems/actions/"' in shown
    assert "postmortems/services" not in shown


@pytest.mark.slow
def test_a_day_decides_the_bytes_of_the_site(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --as-of pages speak of that day, and so does the sitemap; two builds are the same to the byte."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    for name, day in (("one", "2026-04-28"), ("two", "2026-04-28"), ("later", "2026-04-29")):
        afterword("build", "--strict", "--site-dir", name, "--as-of", day, folder=site)
    one, two, later = (_files(site / name) for name in ("one", "two", "later"))
    assert one == two
    assert one["postmortems/actions/index.html"] != later["postmortems/actions/index.html"]
    assert b"<lastmod>2026-04-28</lastmod>" in one["sitemap.xml"]
    assert b"<lastmod>2026-04-29</lastmod>" in later["sitemap.xml"]


def test_the_cache_lies_beside_the_site_not_in_its_documents(site: Path) -> None:
    """Without settings nothing is written below the documents: `serve` would build again for it."""
    afterword("build", folder=site)
    assert (site / ".afterword" / "cache").is_dir()
    assert sorted(path.name for path in (site / "docs").iterdir()) == ["index.md", "postmortems"]


def test_a_cache_too_small_for_the_site_is_told(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else everything is made anew each time, and nobody knows why."""
    monkeypatch.setenv("AFTERWORD_CACHE_SIZE", "20KB")
    said = afterword("build", folder=site).stderr
    found = re.search(
        r"the cache had room for (\d+) of (\d+) new pages: AFTERWORD_CACHE_SIZE gives it more", said
    )
    assert found is not None
    assert int(found[1]) < int(found[2])
    monkeypatch.delenv("AFTERWORD_CACHE_SIZE")
    assert "room" not in afterword("build", "--site-dir", "another", folder=site).stderr


@pytest.mark.parametrize(
    ("variable", "value", "reason"),
    [
        (
            "AFTERWORD_CACHE_SIZE",
            "much",
            "'much' is no size, expected a number with its unit such as 500MB or 2GB",
        ),
        (
            "AFTERWORD_PROCESSES",
            "0",
            "'0' is no number of processes, expected a whole number from 1 to 9999",
        ),
        (
            "SOURCE_DATE_EPOCH",
            "",
            "'' is no moment, expected seconds since 1970, up to 4294967295",
        ),
    ],
)
@pytest.mark.parametrize("command", [("build",), ("serve", "--address", "127.0.0.1:0")])
def test_what_the_environment_says_wrongly_is_told_before_anything_is_read(
    site: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
    variable: str,
    value: str,
    reason: str,
) -> None:
    """It is told of an archive that is not even there, which whoever reads it would find."""
    (site / "afterword.yml").write_text("archive: docs/nowhere\n")
    monkeypatch.setenv(variable, value)
    said = afterword(*command, folder=site, code=2).stderr
    assert f"afterword: {variable}: {reason}" in said
    assert "nowhere" not in said
    monkeypatch.delenv(variable)
    assert (
        "docs/nowhere (afterword.yml:1:10) does not exist" in afterword(*command, folder=site, code=2).stderr
    )


def test_a_day_that_no_file_can_have_is_told(site: Path) -> None:
    """MkDocs packs the sitemap, whose date begins in 1970 and ends in 2106."""
    for day in ("0001-01-01", "1969-12-31", "2107-01-01"):
        said = afterword("build", "--as-of", day, folder=site, code=2).stderr
        assert (
            said == f"afterword: --as-of {day}: no site can be dated so, expected a day from 1970 to 2105\n"
        )
    assert not (site / "site").exists()


def test_a_site_without_the_plugin_is_not_built(site: Path) -> None:
    """A configuration that does not list the plugin would leave the archive out without a word."""
    (site / "mkdocs.yml").write_text("site_name: Drawn\nplugins: [search]\n")
    result = afterword("build", folder=site, code=2)
    assert "does not list `afterword` under `plugins`" in result.stderr
    assert not (site / "site").exists()


def test_what_stops_a_build_is_said_once(site: Path) -> None:
    """The reason stands in the log, and the last line does not repeat MkDocs' own."""
    (site / "afterword.yml").write_text("archive: docs/nowhere\n")
    result = afterword("build", folder=site, code=2)
    assert result.stderr.count("docs/nowhere (afterword.yml:1:10) does not exist") == 1
    assert result.stderr.splitlines()[-1] == "afterword: the site was not built: the reason stands above"


@pytest.mark.parametrize("command", [("check",), ("build",), ("export", "json")])
def test_settings_that_cannot_be_read_are_told_where_no_archive_is_found(
    site: Path, command: tuple[str, ...]
) -> None:
    """What is wrong with the file that says where the archive lies has its place in the message."""
    (site / "afterword.yml").write_text("timezone: UTC\narchve: docs/postmortems\n")
    result = afterword(*command, folder=site, code=2)
    assert "  afterword.yml:2:1: " in result.stderr and "did you mean" in result.stderr


@pytest.mark.parametrize(
    ("plugins", "folder"),
    [
        ("[search, afterword]", "docs/postmortems"),
        ("{search: {}, afterword: {folder: incidents}}", "docs/incidents"),
        ("[search, {afterword: {folder: .}}]", "docs"),
    ],
)
def test_without_settings_checks_and_exports_read_the_archive_of_the_site(
    site: Path, plugins: str, folder: str
) -> None:
    """What `build` publishes is what `check` judges and `export` writes, at the same addresses."""
    (site / "mkdocs.yml").write_text(SITE.replace("[search, afterword]", plugins))
    if folder != "docs/postmortems":
        (site / "docs" / "postmortems").rename(site / "docs" / "incidents")
    afterword("build", folder=site)
    assert "in 1 record\n" in afterword("check", folder=site, code=None).stdout
    (record,) = json.loads(afterword("export", "json", folder=site).stdout)["records"]
    assert record["archive"] == folder
    assert (site / "site" / record["address"] / "index.html").is_file()


def test_a_site_that_does_not_list_the_plugin_has_no_archive(site: Path) -> None:
    """Its documents are not judged as if they were an archive."""
    (site / "mkdocs.yml").write_text(SITE.replace("[search, afterword]", "[search]"))
    said = afterword("check", folder=site, code=2).stderr
    assert "no archive folder postmortems below" in said
    assert "start one with `afterword init`" in said


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ("language: en\narchive: docs/nowhere\n", "docs/nowhere (afterword.yml:2:10)"),
        ("archives: [{folder: docs/nowhere}]\n", "docs/nowhere (afterword.yml:1:21)"),
        ("language: en\n", "postmortems"),
    ],
)
def test_an_archive_that_is_not_there_is_told_with_its_place(site: Path, settings: str, named: str) -> None:
    """Where the settings name a folder, line and column of that, from `check` and `build`; a default stands nowhere."""
    (site / "afterword.yml").write_text(settings)
    assert f"no archive folder {named} below" in afterword("check", folder=site, code=2).stderr
    told = afterword("build", folder=site, code=2).stderr
    assert f"the archive folder {named} does not exist below" in told


def test_names_of_files_command_nobody(site: Path) -> None:
    """Line breaks, commands of build services and bytes that are no UTF-8 in names: records are published, no line obeys."""
    for name in (b"2026-03-15-a\n::error::b.md", b"2026-03-16-\xff\xfe.md"):
        with open(os.fsencode(site / "docs" / "postmortems") + b"/" + name, "w") as file:  # noqa: PTH123 - a name of bytes
            file.write(RECORD)
    result = afterword("build", "--strict", folder=site)
    assert not any(line.lstrip().startswith("::") for line in (result.stdout + result.stderr).splitlines())
    years = {path.name for path in (site / "site" / "postmortems" / "2026").iterdir()}
    assert years == {"2026-03-14-checkout", "2026-03-15-a-error-b", "2026-03-16-record"}


def test_addresses_of_records_are_folders_everywhere(site: Path) -> None:
    """A site whose pages are files keeps the addresses of records, and works without the search plugin."""
    (site / "mkdocs.yml").write_text(
        SITE.replace("[search, afterword]", "[afterword]") + "use_directory_urls: false\n"
    )
    afterword("build", "--strict", folder=site)
    assert (site / "site" / PAGE).is_file()
    assert (
        b'href="https://example.org/postmortems/2026/2026-03-14-checkout/"'
        in (site / "site" / PAGE).read_bytes()
    )


@pytest.mark.slow
def test_a_home_page_stays_where_pages_are_files(site: Path) -> None:
    """With `use_directory_urls: false` the home page that somebody has written is not replaced, and gets its generated part."""
    (site / "docs" / "postmortems" / "index.md").write_text("# Ours\n\nWritten by hand.\n")
    for documents in ("docs", "docs/postmortems"):
        (site / "mkdocs.yml").write_text(SITE + f"docs_dir: {documents}\nuse_directory_urls: false\n")
        afterword("build", "--strict", folder=site)
        below = Path("docs/postmortems").relative_to(documents)
        home = (site / "site" / below / "index.html").read_text()
        assert "Written by hand." in home and "Checkout returned errors" in home and "afterword.css" in home


def test_the_search_of_a_site_to_carry_about_finds_records(site: Path) -> None:
    """Material's offline plugin copies the search index when the records are in it, wherever it stands in the list."""
    (site / "mkdocs.yml").write_text(SITE.replace("[search, afterword]", "[search, offline, afterword]"))
    afterword("build", "--strict", folder=site)
    assert "Checkout returned errors" in (site / "site/search/search_index.js").read_text()


def test_a_record_leads_to_its_source(site: Path) -> None:
    """Where the site names its repository, a record's page leads to the file it was made from."""
    (site / "mkdocs.yml").write_text(
        SITE.replace("font: false", "font: false, features: [content.action.edit]")
        + "repo_url: https://github.com/example/ops\nedit_uri: edit/main/docs/\n"
    )
    afterword("build", "--strict", folder=site)
    source = "https://github.com/example/ops/edit/main/docs/postmortems/2026-03-14-checkout.md"
    assert f'href="{source}"' in (site / "site" / PAGE).read_text()


def test_no_alias_stops_a_build(site: Path) -> None:
    """A former address in the place of a file of the site, or too long for a file system, is a finding; the others lead on."""
    aliases = [
        "404.html.md",
        "sitemap.xml/x.md",
        "2026/2026-03-14-checkout/index.html/x.md",
        "pool.png.md",
        "a" * 300 + ".md",
        "a/" * 2000 + "b.md",
        "2025/node.js 1.2.md",
    ]
    (site / "mkdocs.yml").write_text(SITE + "docs_dir: docs/postmortems\n")
    (site / "docs" / "postmortems" / "pool.png").write_bytes(b"a picture")
    record = RECORD.replace("title:", f"aliases: {json.dumps(aliases)}\ntitle:") + "\n![pool](pool.png)\n"
    (site / "docs" / "postmortems" / "2026-03-14-checkout.md").write_text(record)
    afterword("build", "--strict", folder=site)
    assert (site / "site" / "pool.png").read_bytes() == b"a picture"
    redirect = (site / "site" / "2025" / "node.js 1.2" / "index.html").read_text()
    assert 'url=../../2026/2026-03-14-checkout/"' in redirect


@pytest.mark.skipif(os.name == "nt", reason="no file of such a name")
@pytest.mark.parametrize(
    "name", ['"><img src=x onerror=alert(1)>', "' onclick=x '", "a?b#c", "a\x1b[31m\u202eb"]
)
def test_the_way_to_a_source_stays_one_address(site: Path, name: str) -> None:
    """Whatever a file's name holds, it neither ends the attribute that leads to it nor reaches the page as a control character."""
    (site / "docs" / "postmortems" / f"2026-03-15-{name}.md").write_text(RECORD)
    (site / "mkdocs.yml").write_text(
        SITE.replace("font: false", "font: false, features: [content.action.edit]")
        + "repo_url: https://github.com/example/ops\nedit_uri: edit/main/docs/\n"
    )
    afterword("build", "--strict", folder=site)
    (made,) = (site / "site" / "postmortems" / "2026").glob("2026-03-15-*")
    html = (made / "index.html").read_text()
    source = f"https://github.com/example/ops/edit/main/docs/postmortems/{quote(f'2026-03-15-{name}.md')}"
    assert f'href="{source}"' in html
    assert "<img src=x" not in html and "\x1b" not in html and "\u202e" not in html


@pytest.mark.skipif(os.name == "nt", reason="signals are those of POSIX")
def test_ctrl_c_ends_without_a_traceback(tmp_path: Path) -> None:
    """What is interrupted exits as shells expect, not as if records had faults."""
    archive = tmp_path / "postmortems"
    archive.mkdir()
    for number in range(1, 3000):
        (archive / f"2026-03-14-r{number}.md").write_text(RECORD)
    running = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from afterword.cli.main import main; print(flush=True); main(['check', '--no-cache'])",
        ],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    running.stdout.readline()
    # Long enough for everything to be imported on a busy machine: some library may swallow what ends its import.
    time.sleep(2)
    running.send_signal(signal.SIGINT)
    _, errors = running.communicate(timeout=60)
    assert running.returncode == 130, errors
    assert "Traceback" not in errors


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals are those of POSIX")
def test_serve_builds_again_on_a_change(site: Path) -> None:
    """A change of a record, then one of the settings, is on the page a moment later; Ctrl-C ends the server."""
    (site / "afterword.yml").write_text("archive: docs/postmortems\n")
    with _serving(site) as (page, log, running):
        _wait_for(page, "Checkout returned errors", log)
        record = site / "docs" / "postmortems" / "2026-03-14-checkout.md"
        record.write_text(RECORD.replace("title: Checkout", "title: Nobody could pay: checkout"))
        _wait_for(page, "Nobody could pay", log)
        (site / "afterword.yml").write_text(
            "archive: docs/postmortems\nservices:\n  - {id: checkout, name: The Till}\n"
        )
        _wait_for(page, "The Till", log)
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=30) == 0, log.read_text()


@pytest.mark.parametrize(
    ("port", "begins", "said"),
    [
        (None, "afterword: {}: ", "address already in use, name another place with --address"),
        (99999, "Usage: afterword serve", "'127.0.0.1:99999' is no address, expected HOST:PORT"),
    ],
)
def test_an_address_that_cannot_be_served_is_said_before_the_build(
    site: Path, port: int | None, begins: str, said: str
) -> None:
    """A port in use and one that there is none of: one line of reason, and no minute of building before it."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{port or taken.getsockname()[1]}"
        result = afterword("serve", "--address", address, folder=site, code=2)
    assert result.stderr.startswith(begins.format(address))
    assert said in result.stderr.splitlines()[-1]


FAULTY = RECORD.replace("severity: ", "bogus: 1\nseverity: ", 1)


@contextmanager
def _serving(site: Path) -> Iterator[tuple[str, Path, subprocess.Popen[bytes]]]:
    """Serve a site, and give the address of its record's page, the log, and the process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    program = Path(sys.executable).parent / "afterword"
    log = site.parent / f"{site.name}.log"
    with log.open("w") as output:
        running = subprocess.Popen([program, "serve", "--address", address], cwd=site, stderr=output)
    try:
        yield f"http://{address}/{PAGE.removesuffix('index.html')}", log, running
    finally:
        running.kill()
        running.wait()


@pytest.mark.slow
def test_a_large_search_is_renewed_while_the_page_is_read(site: Path) -> None:
    """An edited record is on its page at once; the words of the large index follow, from a process beside the server."""
    (site / "afterword.yml").write_text("archive: docs/postmortems\nsearch: {engine: postings}\n")
    with _serving(site) as (url, log, _):
        _wait_for(url, "Checkout returned errors", log)
        words = f"{url.split('/postmortems/')[0]}/postmortems/search/words.json"
        _wait_for(
            words, "heckout", log
        )  # a word's beginning that the one before it has as well is written once
        record = site / "docs" / "postmortems" / "2026-03-14-checkout.md"
        record.write_text(RECORD + "\nA heffalump stood on the cable.\n")
        _wait_for(url, "heffalump", log)
        _wait_for(words, "ffalump", log)
        assert "made anew in the background" in log.read_text()


@pytest.mark.slow
@pytest.mark.browser
def test_findings_are_on_the_page_and_in_the_log_while_writing(site: Path, browser: Browser) -> None:
    """Served, a page lists all findings, hints too, behind a summary that a keyboard opens and without a script; the log has a line for each, and after an edit for the new ones."""
    record = site / "docs" / "postmortems" / "2026-03-14-checkout.md"
    record.write_text(FAULTY)
    with _serving(site) as (url, log, _):
        _wait_for(url, "unknown-key", log)
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(url)
        found = page.locator(".aw-finding", has_text="bogus")
        assert not found.is_visible()
        page.locator("summary", has_text="in this record").focus()
        page.keyboard.press("Enter")
        assert found.is_visible()
        line = FAULTY.split("\n").index("bogus: 1") + 1
        assert f"line {line}" in found.inner_text() and "warning" in found.inner_text()
        first = log.read_text()
        assert f"docs/postmortems/2026-03-14-checkout.md:{line}:1: warning: unknown key 'bogus'" in first
        record.write_text(FAULTY.replace("bogus: 1", "bogus: 1\nnonsense: 2"))
        _wait_for(url, "nonsense", log)
        # The log follows with the build that comes after the edit.
        until = time.monotonic() + 60
        while "Documentation built" not in log.read_text().removeprefix(first) and time.monotonic() < until:
            time.sleep(0.1)
        again = log.read_text().removeprefix(first)
    lines = [each for each in again.splitlines() if "[unknown-key]" in each or "findings: " in each]
    assert "findings: 1 new, 0 gone" in lines[0]
    assert "'nonsense'" in lines[1] and len(lines) == 2


def test_a_built_page_lists_no_hints(site: Path) -> None:
    """What is published speaks of errors and warnings alone, and the log counts findings without listing them."""
    (site / "docs" / "postmortems" / "2026-03-14-checkout.md").write_text(FAULTY)
    result = afterword("build", folder=site)
    html = (site / "site" / PAGE).read_text()
    assert "unknown-key" in html and "Shown while you write" not in html
    assert "unknown-key" not in result.stderr


def _wait_for(page: str, words: str, log: Path) -> None:
    """Fetch a page until it holds some words."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(page, timeout=10) as answer:  # noqa: S310 - of this machine
                if words in answer.read().decode():
                    return
        except OSError:
            pass  # not listening yet
        time.sleep(0.3)
    raise AssertionError(f"{words!r} never came\n{log.read_text()}")


@pytest.mark.parametrize("package", ["mkdocs", "lunr"])
def test_a_core_install_says_what_building_needs(site: Path, package: str) -> None:
    """Without the packages of the extra `site` the way to get them is named."""
    code = (
        f"import sys; sys.modules['{package}'] = None; from afterword.cli.main import main; main(['build'])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=site, capture_output=True, text=True, check=False
    )
    assert result.returncode == 2
    assert f"pip install 'afterword[site]'` brings ({package} is missing)" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_log_names_the_command_that_tells_what_a_baseline_knows(site: Path) -> None:
    """A build counts all findings, and `afterword check` alone would list none of those that are known."""
    (site / "afterword.yml").write_text("archive: docs/postmortems\n")
    assert "(`afterword check` lists them)" in afterword("build", folder=site).stderr
    afterword("check", "--write-baseline", folder=site)
    said = afterword("build", "--no-cache", folder=site).stderr
    assert "(`afterword check --no-baseline` lists them)" in said


def test_a_folder_with_other_things_is_not_emptied(site: Path) -> None:
    """MkDocs deletes what lies in the folder it builds into; a folder that is no site is refused, one that was built before is not."""
    precious = site / "docs2" / "thesis.txt"
    precious.parent.mkdir()
    precious.write_text("years of work", encoding="utf-8")
    done = afterword("build", "--site-dir", "docs2", folder=site, code=2)
    assert "docs2 holds something else than a site" in done.stderr
    assert precious.read_text(encoding="utf-8") == "years of work"
    (site / "new").mkdir()
    for _ in range(2):
        afterword("build", "--site-dir", "new", folder=site)


def test_a_folder_that_cannot_be_made_is_said_before_the_build(site: Path) -> None:
    """Nothing is read for a site that has no place."""
    (site / "taken").write_text("a file", encoding="utf-8")
    done = afterword("build", "--site-dir", "taken/site", folder=site, code=2)
    assert "cannot write taken/site: taken is no folder" in done.stderr
    assert len(done.stderr.splitlines()) == 1

"""Only what changed is written, what is gone is deleted, and a build that ends half-way leaves the site as it was."""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from afterword.mkdocs_plugin.command import build
from afterword.operations.cannot_run import CannotRunError
from afterword.operations.site_search.archive_search import Searching
from afterword.render.page.planned import AnyFile
from tests.mkdocs_plugin.drawn_archive import OTHER, RECORD, SETTINGS, TREE, built, drawn_archive, read, times

RECORD_FILE = "docs/postmortems/2026-03-14-checkout.md"
RECORD_PAGE = "postmortems/2026/2026-03-14-checkout/index.html"
CONFIG = str(TREE["mkdocs.yml"])
HOOK = """\
def on_post_page(output, page, config):
    return output.replace("</body>", "<!-- ours --></body>")
"""
WARNING_HOOK = """\
import logging

def on_config(config):
    logging.getLogger("mkdocs.hooks").warning("nobody reads this")

def on_post_page(output, page, config):
    return output.replace("</body>", "<!-- ours --></body>")
"""

CHANGES: dict[str, dict[str, str | bytes | None]] = {
    "text of a record": {RECORD_FILE: RECORD.replace("The pool is small", "The pool was small")},
    "the title of another page, and a record is gone": {
        "docs/about.md": "# About us\n",
        "docs/index.md": "# Home\n",
        RECORD_FILE: None,
    },
}
MORE_CHANGES: dict[str, dict[str, str | bytes | None]] = {
    "a record is gone": {RECORD_FILE: None, "docs/index.md": "# Home\n"},
    "the name of a service": {"afterword.yml": str(TREE["afterword.yml"]).replace("Checkout", "Cash desk")},
    "the title of another page": {"docs/about.md": "# About us\n"},
    "title of a record": {RECORD_FILE: RECORD.replace("returned errors", "answered with errors")},
    "a new record": {"docs/postmortems/2026-05-05-new.md": OTHER.replace("2026-02-01", "2026-05-05")},
    "the name of the site": {"mkdocs.yml": CONFIG.replace("Drawn", "Redrawn")},
    "pages as files": {"mkdocs.yml": CONFIG + "use_directory_urls: false\n"},
    "the text of another page": {"docs/about.md": "# About\n\nAll of it.\n"},
    "the name of another page": {"docs/about.md": None, "docs/us.md": "# About\n"},
    "another page is gone": {"docs/about.md": None},
    "a template of ours is overridden": {"overrides/afterword/record_banners.html": "<p>Ours</p>"},
    "a template of the theme is overridden": {
        "overrides/main.html": '{% extends "base.html" %}{% block announce %}<b>Ours</b>{% endblock %}\n'
    },
    "a part of the theme is overridden": {
        "overrides/partials/content.html": "<h1>{{ page.title }}</h1>{{ page.content }}"
    },
    "a style sheet": {
        "mkdocs.yml": CONFIG + "extra_css: [ours.css]\n",
        "docs/ours.css": "body { color: teal }\n",
    },
    "another plugin": {"mkdocs.yml": CONFIG.replace("[search, afterword]", "[search, tags, afterword]")},
    "a hook": {"mkdocs.yml": CONFIG + "hooks: [hook.py]\n", "hook.py": HOOK},
    "nothing": {},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a site that is built; each test changes something else, and undoes what the one before did."""
    folder = drawn_archive(tmp_path_factory.mktemp("changing"))
    assert RECORD_PAGE in built(folder)
    return folder


@pytest.mark.parametrize(
    "change",
    [
        *(pytest.param(each, id=name) for name, each in CHANGES.items()),
        *(pytest.param(each, id=name, marks=pytest.mark.slow) for name, each in MORE_CHANGES.items()),
    ],
)
def test_a_change_over_the_old_site_gives_what_a_new_one_would_be(
    folder: Path, change: dict[str, str | bytes | None]
) -> None:
    """To the byte, and only files whose content differs have another time."""
    before, old_times = read(folder / "site"), times(folder / "site")
    drawn_archive(folder, change)
    after = built(folder)
    same = {str(folder / "site" / name) for name in before if before[name] == after.get(name)}
    assert {name for name, time in times(folder / "site").items() if old_times.get(name) == time} == same
    assert after != before
    new = built(folder, "new", keep=False)
    assert [name for name in {**new, **after} if new.get(name) != after.get(name)] == []
    shutil.rmtree(folder / "new")


def test_a_second_build_changes_no_time(tmp_path: Path) -> None:
    """Nor what lies hidden in the site's folder, and nothing is left beside it."""
    folder = drawn_archive(tmp_path)
    built(folder)
    (folder / "site" / ".nojekyll").touch()
    (folder / "site" / "stray").mkdir()
    (folder / "site" / "stray" / "file.txt").touch()
    before = times(folder / "site")
    built(folder)
    assert {**times(folder / "site"), str(folder / "site" / "stray" / "file.txt"): 0}.keys() == before.keys()
    assert times(folder / "site").items() <= before.items()
    assert not (folder / "site" / "stray").exists()
    assert [each.name for each in folder.iterdir() if ".site" in each.name] == []


@pytest.mark.slow
def test_pages_that_were_planned_and_are_lost_are_made_again(tmp_path: Path) -> None:
    """Where what was planned is known, and neither the site nor the pages that were kept are there."""
    folder = drawn_archive(tmp_path)
    before = built(folder)
    shutil.rmtree(folder / "site")
    for file in (folder / ".afterword" / "cache").glob("pages.sqlite*"):
        file.unlink()
    assert built(folder) == before


def test_a_file_that_somebody_touched_is_what_it_was(tmp_path: Path) -> None:
    """Where no fact of a record has changed, files are taken as they lie there, but for those that do not: each is made again, and so are all in a new folder."""
    folder = drawn_archive(tmp_path)
    before, site = built(folder), folder / "site" / "postmortems"
    was = times(site)
    (site / "actions" / "actions.csv").write_text("nothing of it\n", "utf-8")
    (site / "risks" / "risks.json").unlink()
    assert built(folder) == before
    again = times(site)
    assert sorted(Path(name).name for name in was if again[name] != was[name]) == [
        "actions.csv",
        "risks.json",
    ]
    assert built(folder, "new") == before


def test_a_build_that_fails_leaves_the_site(tmp_path: Path) -> None:
    """A page that cannot be read ends it, and readers see what they saw before."""
    folder = drawn_archive(tmp_path)
    before = built(folder)
    with pytest.raises(UnicodeDecodeError):
        built(drawn_archive(folder, {"docs/about.md": b"\xff\xfe"}))
    assert read(folder / "site") == before
    with pytest.raises(CannotRunError):
        built(
            drawn_archive(
                folder,
                {
                    "mkdocs.yml": CONFIG.replace(
                        "[search, afterword]", "[search, { afterword: { config: x } }]"
                    )
                },
            )
        )
    assert read(folder / "site") == before
    assert [each.name for each in folder.iterdir() if ".site" in each.name] == []


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"docs/about.md": "# About\n\n[Nowhere](nowhere.md)\n"}, id="MkDocs"),
        pytest.param({"mkdocs.yml": CONFIG + "hooks: [hook.py]\n", "hook.py": WARNING_HOOK}, id="a hook"),
        pytest.param(
            {"afterword.yml": str(TREE["afterword.yml"]).replace("id: billing", "id: []")}, id="settings"
        ),
    ],
)
def test_a_strict_build_publishes_nothing_that_it_warns_of(
    tmp_path: Path, changes: dict[str, str | bytes | None]
) -> None:
    """Readers see what they saw before, until the warning is mended or allowed, whoever warns and however early."""
    folder = drawn_archive(tmp_path)
    before = built(folder)
    drawn_archive(folder, changes)
    with pytest.raises(CannotRunError, match="not built: aborted with 1 warning"):
        build(folder / "mkdocs.yml", folder / "site", strict=True)
    assert read(folder / "site") == before
    assert [each.name for each in folder.iterdir() if ".site" in each.name] == []
    assert built(folder) != before


@pytest.mark.slow
def test_mkdocs_alone_makes_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over the site of the command, too: no file has another time."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")
    folder = drawn_archive(tmp_path)
    ours = built(folder)
    before = times(folder / "site")
    for site in ("site", "theirs"):
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", site]
        subprocess.run(command, cwd=folder, check=True)
        assert read(folder / site) == ours
    assert times(folder / "site") == before


SAVING = """\
from pathlib import Path

def on_nav(nav, config, files):
    record = Path(config.docs_dir, "postmortems/2026-03-14-checkout.md")
    if Path(config.config_file_path).with_name("saving").exists():
        record.write_text(record.read_text("utf-8").replace("The pool is small", "The pool was small"), "utf-8")
"""


def test_a_record_that_is_saved_during_a_build_is_not_kept_as_what_it_was(tmp_path: Path) -> None:
    """Its page is made of the text that it has then; when that is what it was before, so is the page."""
    folder = drawn_archive(tmp_path / "it")
    assert "The pool is small" in built(folder)[RECORD_PAGE].decode()
    hooked: dict[str, str | bytes | None] = {"hook.py": SAVING, "mkdocs.yml": CONFIG + "hooks: [hook.py]\n"}
    drawn_archive(folder, {**hooked, "saving": ""})
    assert "The pool was small" in built(folder)[RECORD_PAGE].decode()
    (folder / "saving").unlink()
    drawn_archive(folder, hooked)
    after = built(folder)
    shutil.rmtree(folder / "site")
    assert after == built(folder, keep=False)


GOING = """\
from pathlib import Path

def on_nav(nav, config, files):
    if Path(config.config_file_path).with_name("going").exists():
        Path(config.docs_dir, "postmortems/2026-03-14-checkout.md").unlink(missing_ok=True)
"""


@pytest.mark.parametrize("processes", ["1", "2"])
def test_a_record_that_goes_during_a_build_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, processes: str
) -> None:
    """As when another branch is taken: its page is to be made, and there is no file to make it of. The log has a line, and the next build goes on without the record."""
    monkeypatch.setenv("AFTERWORD_PROCESSES", processes)
    many = {f"docs/postmortems/2026-01-01-{number}.md": RECORD for number in range(120)}
    hooked: dict[str, str | bytes | None] = {
        **many,
        "hook.py": GOING,
        "mkdocs.yml": CONFIG + "hooks: [hook.py]\n",
    }
    folder = drawn_archive(tmp_path / "it", hooked)
    built(folder)
    template = (files("afterword") / "render/templates/record.html").read_text() + "<!-- own -->\n"
    drawn_archive(folder, {**hooked, "overrides/afterword/record.html": template, "going": ""})
    with pytest.raises(CannotRunError):
        built(folder)
    assert "2026-03-14-checkout.md: no such file or directory" in caplog.text
    assert "Traceback" not in caplog.text
    assert RECORD_PAGE not in built(folder)


def test_a_documents_folder_that_is_a_link_changes_nothing(tmp_path: Path) -> None:
    """Else records would be published a second time, by MkDocs: with their raw HTML, and at addresses that nothing else has."""
    folder = drawn_archive(tmp_path)
    plain = built(folder)
    (folder / "docs").rename(folder / "elsewhere")
    (folder / "docs").symlink_to("elsewhere")
    assert built(folder, "linked") == plain
    (folder / "afterword.yml").write_text(SETTINGS.replace("docs/", "elsewhere/"))
    assert built(folder, "meant") == plain


def test_records_that_mkdocs_would_leave_out_are_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """They are published as all records are, which whoever excluded them has to know; ordinary pages are left out."""
    excluding = CONFIG + "exclude_docs: |\n  postmortems/2026-02*\n  about.md\ndraft_docs: 2026-03-14*\n"
    site = built(drawn_archive(tmp_path, {"mkdocs.yml": excluding}))
    assert RECORD_PAGE in site and "postmortems/2026/2026-02-01-billing/index.html" in site
    assert "about/index.html" not in site
    told = [each.message for each in caplog.records if each.levelno == logging.WARNING]
    assert [line.split(", and")[0] for line in told] == [
        "afterword: `exclude_docs` leaves out 1 record (postmortems/2026-02-01-billing.md)",
        "afterword: `draft_docs` leaves out 1 record (postmortems/2026-03-14-checkout.md)",
    ]


def test_a_record_that_goes_before_mkdocs_builds_its_page_is_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Where a hook may change the pages, all are made before MkDocs takes them up; it is a line there, too."""
    hooked = {
        "hook.py": "def on_page_markdown(markdown, **_):\n    return markdown\n",
        "mkdocs.yml": CONFIG + "hooks: [hook.py]\n",
    }
    folder = drawn_archive(tmp_path / "it", hooked)
    # What is read of the record is kept from here on, but for its text.
    built(folder)

    class Going(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            (folder / "docs/postmortems/2026-03-14-checkout.md").unlink(missing_ok=True)

    caplog.set_level(logging.INFO, "mkdocs")
    going, log = Going(), logging.getLogger("mkdocs.plugins.afterword")
    log.addHandler(going)
    try:
        with pytest.raises(CannotRunError):
            built(folder)
    finally:
        log.removeHandler(going)
    assert "2026-03-14-checkout.md: no such file or directory" in caplog.text
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("there", [None, "# Ours\n", '{"theirs": true}'], ids=["nothing", "a page", "a file"])
def test_a_search_that_is_made_beside_the_pages_is_published_as_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: str | None
) -> None:
    """Its files come when MkDocs has long asked for all of them; what somebody has put at their places gives way to them, or stays, as ever."""
    name = "notes.md" if there and there.startswith("#") else "catalogue.json"
    folder = drawn_archive(
        tmp_path / "it",
        {
            f"docs/postmortems/search/{name}": there,
            "docs/about.md": f"# About\n\n[It](postmortems/search/{name})\n" if there else "# About\n",
        },
    )
    monkeypatch.setenv("AFTERWORD_PROCESSES", "1")
    alone = built(folder, "alone", keep=False)
    monkeypatch.setenv("AFTERWORD_PROCESSES", "2")
    monkeypatch.setattr("afterword.operations.site.site_building.FEWEST_APART", 1)
    awaited, released = list[bool](), Searching.released

    def asked(search: Searching) -> Iterator[AnyFile]:
        awaited.append(search.is_split)
        return released(search)

    monkeypatch.setattr(Searching, "released", asked)
    assert built(folder, keep=False) == alone
    assert awaited == [True]
    assert b"theirs" not in alone["postmortems/search/catalogue.json"]
    assert ("postmortems/search/notes/index.html" in alone) == (name == "notes.md")

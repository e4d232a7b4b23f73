"""The page of a record that is edited while its site is served is the page that a build makes of it."""

from __future__ import annotations

import gc
from pathlib import Path
from weakref import ref

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from afterword.mkdocs_plugin.plugin import AfterwordPlugin
from afterword.mkdocs_plugin.quick import MOST_AT_ONCE, Built
from tests.drawn_record import record_with_tree
from tests.mkdocs_plugin.drawn_archive import OTHER, drawn_archive

SECTIONS = """
## Timeline

| Time (UTC) | Event |
|---|---|
| 10:02 | [DETECTED] An alert |
| 10:24 | [RESOLVED] The pool was enlarged |

## Action items

| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Double the pool | Juno Papercliff | 2026-04-28 | PAY-1 | prevent | open |
"""
RECORD = record_with_tree() + SECTIONS
NAME = "2026-03-14-checkout"
FILE = f"docs/postmortems/{NAME}.md"
PAGE = f"postmortems/2026/{NAME}/index.html"
NAMING = OTHER.replace("  - The pool is small", f"  - The pool is small -> {NAME}#A1") + SECTIONS
"""Names an action of the other, and promises the same: what is found of that is found in the other, by a rule that looks at all records."""
OTHER_FILE = "docs/postmortems/2026-02-01-billing.md"
OTHER_PAGE = "postmortems/2026/2026-02-01-billing/index.html"
OFTEN = ("prose", "the title", "a header that is broken")
EDITS = {
    "prose": RECORD.replace("The pool is small", "The pool was far too small"),
    "the state of an action": RECORD.replace("| open |", "| done (2026-04-02) |"),
    "the title": RECORD.replace("Checkout returned errors\n", "Nobody could <pay>\n", 1),
    "a row of the timeline": RECORD.replace(
        "| 10:24 |", "| 10:09 | [ENGAGED] The on-call engineer came |\n| 10:24 |"
    ),
    "a header that is broken": RECORD.replace("severity: sev3", "severity: [sev3"),
    "a footnote": RECORD.replace("## Timeline", "It leaked.[^1]\n\n[^1]: As said.\n\n## Timeline"),
    "a link to another record": RECORD.replace(
        "## Timeline", "As [before](2026-02-01-billing.md).\n\n## Timeline"
    ),
    "a link to nothing": RECORD.replace("## Timeline", "See [this](nowhere.md).\n\n## Timeline"),
    "a fault": RECORD.replace("kind: outage", "kind: outage\nbogus: 1"),
    "a suppression": RECORD.replace(
        "## Timeline", "<!-- afterword-disable-next-line unknown-mark -->\n\n## Timeline"
    ),
}


class Served:
    """A site as `serve` builds it, without the server."""

    def __init__(self, folder: Path, site: Path) -> None:
        self.folder, self.site = folder, site
        self.plugin = self.build()

    def build(self) -> AfterwordPlugin:
        """Build it, the next time as MkDocs does it: with the plugin that was there before."""
        config = load_config(str(self.folder / "mkdocs.yml"), site_dir=str(self.site))
        plugin = config.plugins["afterword"]
        assert isinstance(plugin, AfterwordPlugin)
        if not hasattr(self, "plugin"):
            config.plugins.on_startup(command="serve", dirty=False)
        build(config)
        return plugin

    def page(self, address: str = PAGE) -> bytes:
        """Give a page, that of the record which is edited."""
        return (self.site / address).read_bytes()

    def edited(self, *names: str) -> tuple[list[str], bool]:
        """Show what was written to files."""
        return self.built.edited(dict.fromkeys((str(self.folder / name) for name in names), False))

    @property
    def built(self) -> Built:
        """Give what the last build has left for the server."""
        assert self.plugin.served is not None
        return self.plugin.served.built


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Served:
    """Draw an archive of two records, and build it; each test leaves it as its last build found it."""
    folder = tmp_path_factory.mktemp("served")
    return Served(drawn_archive(folder / "archive", {FILE: RECORD, OTHER_FILE: NAMING}), folder / "site")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(text, id=name, marks=() if name in OFTEN else pytest.mark.slow)
        for name, text in EDITS.items()
    ],
)
def test_an_edit_shows_what_a_build_would_show(served: Served, text: str) -> None:
    """To the byte, findings with their lines included; the build after it finds nothing to change on the page."""
    before = served.page()
    assert b"was promised before" in before or b"earlier promise" in before
    (served.folder / FILE).write_text(text)
    assert served.edited(FILE) == ([PAGE], True)
    shown = served.page()
    assert shown != before
    served.build()
    assert served.page() == shown
    assert PAGE not in served.built.changed()


def test_edits_of_two_records_see_each_other(served: Served) -> None:
    """A record that names an action of another shows what that says since a moment ago; a file that says the same as before is no news."""
    # What the other's page says beside that of this record, it says since the last build.
    (served.folder / FILE).write_text(RECORD)
    served.build()
    (served.folder / FILE).write_text(RECORD.replace("Double the pool", "Treble the pool"))
    assert served.edited(FILE) == ([PAGE], True)
    assert served.edited(FILE) == ([], True)
    (served.folder / OTHER_FILE).write_text(NAMING + "\nOnce more.\n")
    assert served.edited(FILE, OTHER_FILE) == ([OTHER_PAGE], True)
    shown = served.page(OTHER_PAGE)
    assert b"Treble the pool" in shown
    served.build()
    assert served.page(OTHER_PAGE) == shown


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("docs/postmortems/2026-04-01-new.md", OTHER),
        ("docs/postmortems/2026-02-01-billing.md", None),
        ("docs/about.md", "# About us\n"),
        ("afterword.yml", "archive: docs/postmortems\n"),
        ("overrides/main.html", '{% extends "base.html" %}'),
    ],
)
def test_what_is_more_than_an_edit_asks_for_a_build(served: Served, name: str, content: str | None) -> None:
    """A new record, one that is gone, another page, settings, a template."""
    place = served.folder / name
    before = place.read_text() if place.exists() else None
    try:
        if content is None:
            place.unlink()
        else:
            place.write_text(content)
        assert served.edited(name) == ([], False)
    finally:
        if before is None:
            place.unlink()
        else:
            place.write_text(before)


def test_a_file_of_an_editor_is_no_news(served: Served) -> None:
    """Neither the swap file of one, nor a copy that is gone again, nor what Afterword itself keeps."""
    swap = served.folder / "docs/postmortems/.2026-03-14-checkout.md.swp"
    swap.write_text("b0VIM")
    assert served.edited(str(swap), "docs/.afterword/cache/x") == ([], True)
    swap.unlink()
    gone = str(served.folder / "docs/postmortems/2026-03-14-checkout.md.tmp.4711")
    assert served.built.edited({gone: True}) == ([], True)
    assert served.built.edited({gone: False}) == ([], False)


def test_another_state_of_all_records_asks_for_a_build(tmp_path: Path) -> None:
    """Where more records change together than anybody edits, a build is no slower."""
    names = [f"docs/postmortems/2026-01-{day:02}-x.md" for day in range(1, MOST_AT_ONCE + 2)]
    folder = drawn_archive(tmp_path / "archive", dict.fromkeys(names, OTHER))
    served = Served(folder, tmp_path / "site")
    for name in names:
        (folder / name).write_text(OTHER + "\n")
    assert served.edited(*names) == ([], False)
    assert served.edited(names[0])[1]


@pytest.mark.parametrize("hooks", ["", "hooks: [hook.py]\n"])
def test_a_build_that_is_replaced_is_let_go(tmp_path: Path, hooks: str) -> None:
    """At once, whoever makes the pages: what holds on to each other would be found by a search that stops everything, and is spared it."""
    folder = drawn_archive(tmp_path / "archive", {FILE: RECORD, OTHER_FILE: NAMING})
    (folder / "hook.py").write_text("def on_page_markdown(markdown, **_):\n    return markdown\n")
    with (folder / "mkdocs.yml").open("a") as file:
        file.write(hooks)
    served = Served(folder, tmp_path / "site")
    # The lists of the first are made, those of the second are taken from what is kept, and hold on to more.
    served.build()
    before, reading = served.built, ref(served.plugin.making.opened.reading)
    assert (before.pages is None) == bool(hooks)
    served.build()
    gc.collect()
    gc.disable()
    try:
        before.let_go()
        del before
        assert reading() is None
    finally:
        gc.enable()

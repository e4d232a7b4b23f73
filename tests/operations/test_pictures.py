"""The drawings of an archive as one batch: the cache, engines that hang or fail, and the largest that is drawn."""

from __future__ import annotations

import datetime as dt
import stat
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from afterword.model.archive import Archive
from afterword.operations.pages.kept_layouts import KeptLayouts
from afterword.operations.pages.pictures import JudgedRecord, Pictures, draw_kept
from afterword.operations.reading.opening import open_archive
from afterword.operations.site.site_building import build_site
from afterword.operations.site.site_request import SiteRequest
from afterword.sources.cache import Cache
from afterword.sources.kept_pages import KeptPages
from tests.conftest import drawn
from tests.render.pages import HEADER, archive_of

AS_OF = dt.date(2026, 6, 1)
TREE = "\n## Root cause analysis\n\nMethod: causal tree\n\n- Outcome {name}\n  - Cause\n  - Other cause\n"
ANSWERS = """import re, sys, time
if '-V' in sys.argv: sys.exit('engine 1.0')
graphs = re.findall(r'digraph.*?\\n}}', sys.stdin.read(), re.S)
{before}
for graph in graphs:
    print('graph 1 9 9')
    for name in re.findall(r'^\\t"([^"]+)" \\[', graph, re.M): print('node', name, '1 1 1 1')
    print('stop', flush=True)
{after}
"""


def archive(*names: str) -> Archive:
    """Give an archive of trees with these names in their outcomes."""
    return archive_of({f"2026-03-14-{name}.md": HEADER + TREE.format(name=name) for name in names})


def choose(program: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write an engine, and have it chosen."""
    program.write_text(f"#!{sys.executable}\n{text}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("AFTERWORD_DOT", str(program))


def kept(cache: Path) -> int:
    """Count what is in a cache."""
    return KeptPages(cache).size()[0]


def drawings_of(archive: Archive, cache: Cache, timeout: float = 60) -> Pictures:
    """Draw the causes of all records."""
    judged = [JudgedRecord.of(record, archive, AS_OF) for record in archive.records]
    return draw_kept(judged, archive.settings, cache, timeout)


def names_drawn(pictures: Pictures) -> set[str]:
    """Give which trees are drawn."""
    return {record_id.removeprefix("2026-03-14-") for record_id in pictures.drawings}


def test_all_trees_go_through_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine starts once for what is not in the cache, and not at all where everything is."""
    log = tmp_path / "log"
    count = f"open({str(log)!r}, 'a').write(f'{{len(graphs)}}\\n')"
    choose(tmp_path / "engine", ANSWERS.format(before=count, after=""), monkeypatch)
    cache = Cache(tmp_path / "cache")
    for names in ("abc", "abc", "abcde"):
        assert names_drawn(drawings_of(archive(*names), cache)) == set(names)
    assert log.read_text().split() == ["3", "2"]


def test_a_layout_of_another_tree_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept of a record whose causes were others, or of somebody else's making, is laid out anew."""
    log = tmp_path / "log"
    choose(
        tmp_path / "engine",
        ANSWERS.format(before=f"open({str(log)!r}, 'a').write('.')", after=""),
        monkeypatch,
    )
    cache = Cache(tmp_path / "cache")
    first = drawings_of(archive("a"), cache)
    with KeptLayouts.within(cache.folder) as layouts:
        (path,) = first.layouts
        before = layouts.of([path])
        assert before == first.layouts
        layouts.keep({path: f"0{before[path][1:]}" if before[path][0] != "0" else f"1{before[path][1:]}"})
    again = drawings_of(archive("a"), cache)
    assert (again.drawings, again.layouts) == (first.drawings, first.layouts)
    assert drawings_of(archive("a"), cache) == replace(first, layouts={})
    assert log.read_text() == ".."


def test_an_engine_that_hangs_is_ended_and_nothing_of_it_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it wrote before is not taken for an answer; the log says so, and the next build asks again."""
    choose(tmp_path / "engine", ANSWERS.format(before="", after="time.sleep(60)"), monkeypatch)
    begin = time.monotonic()
    pictures = drawings_of(archive("a", "b"), Cache(tmp_path / "cache"), timeout=2)
    assert time.monotonic() - begin < 10
    assert pictures.drawings == {}
    assert kept(tmp_path / "cache") == 0
    assert (
        pictures.notes[-1]
        == "2 of 2 trees not drawn by engine 1.0: no answer within 2 s, the program was ended"
    )


@pytest.mark.slow
def test_a_tree_that_hangs_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are drawn and kept, and the note names the record."""
    before = "if any('Outcome x' in graph for graph in graphs): time.sleep(60)"
    choose(tmp_path / "engine", ANSWERS.format(before=before, after=""), monkeypatch)
    pictures = drawings_of(archive("a", "b", "x", "c"), Cache(tmp_path / "cache"), timeout=8)
    assert names_drawn(pictures) == {"a", "b", "c"}
    assert kept(tmp_path / "cache") == 3
    assert (
        pictures.notes[0]
        == "postmortems/2026-03-14-x.md: the causes could not be laid out and are shown as a list"
    )


def test_a_program_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A chosen engine is never silently replaced by another."""
    monkeypatch.setenv("AFTERWORD_DOT", str(tmp_path / "none"))
    pictures = drawings_of(archive("a"), Cache(tmp_path / "cache"))
    assert pictures.drawings == {}
    assert pictures.notes[-1].endswith("cannot be run: no such file or directory")


@pytest.mark.parametrize(("largest", "is_drawn"), [(3, True), (2, False), (0, False)])
def test_the_settings_say_how_large_a_drawing_may_be(tmp_path: Path, largest: int, is_drawn: bool) -> None:
    """A larger one is not given to the engine."""
    small = archive("a")
    settings = replace(small.settings, largest_drawing=largest)
    pictures = drawings_of(Archive.of(settings, small.records), Cache(tmp_path / "cache"))
    assert bool(pictures.drawings) is is_drawn


@pytest.mark.parametrize(("largest", "times"), [(3, 0), (2, 1)])
def test_the_log_says_once_which_drawing_is_too_large(tmp_path: Path, largest: int, times: int) -> None:
    """When the site is planned; the making of the page adds nothing."""
    tree: dict[str, str | bytes] = {
        "afterword.yml": f"largest_drawing: {largest}\n",
        "postmortems/2026-03-14-a.md": HEADER + TREE.format(name="a"),
    }
    with drawn(tmp_path, tree):
        site = build_site(
            open_archive(tmp_path, tmp_path / "postmortems", as_of=AS_OF), SiteRequest(tmp_path)
        )
    assert len([*site.made(site.pages)]) > 1
    said = [*site.notes, *site.records.notes]
    assert sum("`largest_drawing`" in note for note in said) == times

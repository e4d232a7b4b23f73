"""What names the life of a record in keys, against the lives themselves."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from benchmarks.history import write_history

from afterword.derive.history.as_it_was import as_it_was
from afterword.model.history import RecordLife
from afterword.operations.overview.life_marks import mark_of_actions, mark_of_life
from afterword.operations.reading.ledger import history_of
from afterword.operations.reading.loading import load
from afterword.sources.cache import Cache
from tests.git import git
from tests.history.drawn_repository import ID, PATH, draw, record, told


def _what_lists_look_at(life: RecordLife) -> str:
    is_backdated = len(life.versions) > 1 and life.versions[0].commit == life.versions[1].commit
    return repr((life.actions, life.first_seen, life.final_since, is_backdated, life.gone))


def test_another_life_has_another_mark(tmp_path: Path) -> None:
    """After each of 150 commits, some of which take others back and some of which take records away, every record has the mark that it had when its life was the same, and no other life has had that."""
    known = write_history(tmp_path / "repository", 12, 150, 3)
    loaded, cache = load(start=known.folder), Cache(tmp_path / "cache")
    commits = git(known.folder, "rev-list", "--first-parent", "HEAD").split()
    whole: dict[str, str] = {}
    listed: dict[str, str] = {}
    for commit in commits:
        git(known.folder, "update-ref", "HEAD", commit)
        for name, life in history_of(loaded.archive, loaded.root, cache).records.items():
            assert life.mark
            assert whole.setdefault(mark_of_life(life), repr(life)) == repr(life), (name, commit)
            of_actions = f"{name} {_what_lists_look_at(life)}"
            assert listed.setdefault(f"{name} {mark_of_actions(life)}", of_actions) == of_actions
    assert len(whole) == len(set(whole.values())) > 100
    assert len(listed) == len(set(listed.values())) > 100


def test_words_alone_are_another_life_with_the_same_actions(tmp_path: Path) -> None:
    """And what is stated of earlier days, which moves its actions to them, is told apart."""
    commits = (
        ("2026-03-02", "Write it", {PATH: record("A1 open")}),
        ("2026-03-03", "Prose", {PATH: record("A1 open") + "\nMore.\n"}),
    )
    first, second = (told(draw(tmp_path / str(count), *commits[:count])).record(ID) for count in (1, 2))
    assert mark_of_actions(first) == mark_of_actions(second)
    assert mark_of_life(first) != mark_of_life(second)
    loaded = load(start=tmp_path / "2")
    (read,) = loaded.archive.records
    history = told(tmp_path / "2")
    marks = set()
    for published in (None, dt.date(2026, 2, 27), dt.date(2026, 2, 28)):
        header = replace(read.header, published=published)
        archive = replace(loaded.archive, records=(replace(read, header=header),), history=history)
        life = as_it_was(archive, dt.date(2026, 4, 1)).history.record(ID)
        marks |= {mark_of_actions(life), mark_of_life(life)}
    assert len(marks) == 6


def test_a_life_that_git_does_not_know_has_its_own_words() -> None:
    """And none has none."""
    life = RecordLife(ID, ())
    assert mark_of_life(life) == repr(life)
    assert mark_of_life(None) == mark_of_actions(None) == ""

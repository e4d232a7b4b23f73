"""An archive while one of its files is being written."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from benchmarks.generate import write_archive

from afterword import operations
from afterword.operations.writing.editing import Editing, home
from afterword.sources.clock import today

TYPED = (
    *"a |\n",
    " We should have tested it. ",
    "\n\nThe operator forgot to look.\n\n",
    "| 14:02 | Juno ran it | log |\n",
    "status: final\n",
    "aliases: [other]\n",
    "\n<!-- afterword: ignore should-have -- said on the phone -->\n",
    " [x](#nowhere) :bug: &amp; ",
)


def test_what_is_found_while_typing_is_what_check_finds(tmp_path: Path) -> None:
    """Whatever was typed before, once typing rests the findings are those of `afterword check` for the text, in the same order."""
    file = write_archive(tmp_path, 3)[1]
    editing = Editing(home(file))
    path = editing.path_of(file)
    assert path is not None
    text, dice = file.read_text(encoding="utf-8"), random.Random(1)  # noqa: S311 - no secret
    editing.write(path, text)
    editing.adopt(editing.read())
    told = set[str]()
    for _ in range(8):
        for _ in range(3):
            at = dice.randrange(len(text) + 1)
            text = text[:at] + dice.choice(TYPED) + text[at + dice.choice((0, 0, 2)) :]
            editing.write(path, text)
            editing.judge(path)
        editing.look_around(editing.archive)
        file.write_text(text, encoding="utf-8")
        found = operations.find(start=tmp_path)
        checked = operations.judge(found, today(editing.settings.timezone)).findings
        assert editing.judge(path) == tuple(each for each in checked if each.path == path)
        told.update(each.rule for each in editing.judge(path))
    assert {"should-have", "human-error"} & told


def test_an_editor_that_is_started_again_knows_what_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it finds is what `afterword check` finds, also where other records have changed meanwhile, are gone, or have the same id."""
    monkeypatch.setenv("AFTERWORD_CACHE", str(tmp_path / "kept"))
    first, file, third, named, *_ = write_archive(tmp_path / "it", 6)
    text = file.read_text("utf-8").replace("\ntitle:", f"\nrecurrence_of: [{named.stem}]\ntitle:", 1)
    file.write_text(text + f"\n[It]({third.name})\n", "utf-8")

    def found() -> tuple[str, ...]:
        editing = Editing(home(file))
        path = editing.path_of(file)
        assert path is not None
        editing.write(path, file.read_text("utf-8"))
        editing.adopt(editing.read())
        editing.look_around(editing.archive)
        checked = operations.judge(operations.find(start=file.parent), today(editing.settings.timezone))
        assert editing.judge(path) == tuple(each for each in checked.findings if each.path == path)
        return tuple(each.rule for each in editing.judge(path))

    before = found()
    assert found() == before and "unknown-record" not in before
    third.write_text(third.read_text("utf-8").replace("\ntitle:", "\ntitle: Another,", 1), "utf-8")
    assert found() == before
    named.unlink()
    assert "unknown-record" in found()
    (first.parent.parent / file.name).write_text(text, "utf-8")
    assert "duplicate-id" in found()

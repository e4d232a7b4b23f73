"""Commands in an archive of which a record cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.drawn_actions import draw_archive, path_of, run

LOST = "2026-03-15-lost"
UNREAD = f"postmortems/{LOST}.md: not read: a symbolic link that leads to nothing"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Draw an archive with a record, and a picture, that are links to nothing."""
    draw_archive(tmp_path)
    for name in (f"{LOST}.md", "lost.png"):
        path_of(tmp_path).with_name(name).symlink_to("nowhere")
    return tmp_path


@pytest.mark.parametrize("command", ["actions", "review", "digest"])
def test_lists_say_which_record_is_missing_from_them(
    archive: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """That nothing is owed would else be told of what nobody has read."""
    assert run(archive, monkeypatch, command).stderr == f"{UNREAD}\n"


@pytest.mark.parametrize("asked", [("show", LOST), ("agenda", "lost"), ("close", f"{LOST}#A1")])
def test_who_names_a_record_that_is_not_read_is_told_why(
    archive: Path, monkeypatch: pytest.MonkeyPatch, asked: tuple[str, ...]
) -> None:
    """That there is no such record would be untrue."""
    told = run(archive, monkeypatch, *asked, code=2).stderr
    name = asked[1].partition("#")[0]
    assert told == f"afterword: no record '{name}' among those that can be read\n{UNREAD}\n"

"""`afterword export`, where its output goes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import afterword


def test_a_file_is_written_whole_and_alone(tmp_path: Path) -> None:
    """What is written is what standard output would have shown, and nothing is left beside it."""
    afterword("export", "schema", "-o", "schema.json", folder=tmp_path)
    shown = afterword("export", "schema", folder=tmp_path).stdout
    assert [path.name for path in tmp_path.iterdir()] == ["schema.json"]
    assert (tmp_path / "schema.json").read_text("utf-8") == shown


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("nowhere/schema.json", "the folder nowhere does not exist"),
        ("file/schema.json", "file is no folder"),
    ],
)
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, place: str, why: str) -> None:
    """The message names the file that was asked for, not the one that is written first."""
    (tmp_path / "file").write_text("")
    result = afterword("export", "schema", "-o", place, folder=tmp_path, code=2)
    assert result.stderr == f"afterword: cannot write {place}: {why}\n"


@pytest.mark.parametrize(
    ("place", "content", "why"),
    [
        ("afterword.yml", "archive: postmortems\n", "it holds settings; name another file"),
        ("it.md", "\ufeff---\n", "it begins as records do; name another file, or delete it first"),
    ],
)
def test_what_somebody_wrote_is_not_written_over(tmp_path: Path, place: str, content: str, why: str) -> None:
    """A slip in `-o` would cost a record, or the settings; what a command made may be made again."""
    (tmp_path / place).write_text(content, encoding="utf-8")
    result = afterword("export", "schema", "-o", place, folder=tmp_path, code=2)
    assert result.stderr == f"afterword: cannot write {place}: {why}\n"
    assert (tmp_path / place).read_text(encoding="utf-8") == content
    afterword("export", "schema", "-o", "made.json", folder=tmp_path)
    afterword("export", "schema", "-o", "made.json", folder=tmp_path)


def test_an_ending_that_says_something_else_is_refused(tmp_path: Path) -> None:
    """What is written is JSON, and no table; of an ending that is not known nothing is said."""
    result = afterword("export", "schema", "-o", "schema.csv", folder=tmp_path, code=2)
    assert "json is not what a file with the ending .csv holds, expected .json, .txt" in result.stderr
    afterword("export", "schema", "-o", "schema.v1", folder=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["schema.v1"]


@pytest.mark.skipif(os.name == "nt", reason="devices have names on POSIX only")
def test_a_pipe_may_be_named_as_a_file(tmp_path: Path) -> None:
    """`-o /dev/stdout` writes into the pipe that stands there."""
    shown = afterword("export", "schema", folder=tmp_path).stdout
    assert afterword("export", "schema", "-o", "/dev/stdout", folder=tmp_path).stdout == shown

"""What commands say in a clone whose history is there and cannot be had."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import afterword
from tests.git import git
from tests.history.drawn_repository import PATH, draw, record


@pytest.fixture(scope="module")
def shallow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Clone a repository with no more than its last commit, as services that build do unless they are told otherwise."""
    folder = tmp_path_factory.mktemp("shallow")
    day = record("A1 open 2026-04-01")
    later = record("A1 open 2026-05-01")
    draw(folder / "whole", ("2026-03-02", "First", {PATH: day}), ("2026-03-20", "Put off", {PATH: later}))
    git(folder, "clone", "-q", "--depth", "1", (folder / "whole").as_uri(), "clone")
    return folder / "clone"


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(("actions",), id="actions"),
        pytest.param(("digest", "--since", "2026-03-01"), id="digest"),
        pytest.param(("digest", "--since", "1d"), id="digest of nothing"),
        pytest.param(("export", "json"), id="export"),
    ],
)
def test_a_missing_history_is_told(shallow: Path, command: tuple[str, ...]) -> None:
    """Else a due day that slipped, and a day of publication, are missing without a word; on standard error, where no program reads it."""
    short = afterword(*command, folder=shallow)
    assert short.stderr.startswith(
        "what became of actions is not known, only how they stand: this clone is shallow"
    )
    assert afterword(*command, folder=shallow.parent / "whole").stderr == ""

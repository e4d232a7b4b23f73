"""What is said where git does not answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from afterword.sources.git import why_no_repository


@pytest.mark.parametrize(
    "complaint",
    [
        "detected dubious ownership in repository at '/srv/our archive'",
        "unsafe repository ('/srv/our archive' is owned by someone else)",
    ],
)
def test_a_repository_of_another_user_is_told_with_the_command_that_trusts_it(complaint: str) -> None:
    """In the words of each version of git; what has to be trusted is the root, not the folder that was asked about."""
    told = str(why_no_repository(Path("/srv/our archive/docs"), complaint))
    assert told.endswith("`git config --global --add safe.directory '/srv/our archive'`")

"""Git as the tests run it: the settings of this machine do not count, and whoever commits is invented."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.conftest import drawn

ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "Juno Papercliff"), ("EMAIL", "juno@example.org"))
    },
}


def git(folder: Path, *arguments: str, stream: bytes = b"", day: str = "") -> str:
    """Run git in a folder, and give what it prints; what it commits is of noon of that day (UTC), of now where none is given."""
    dates = {f"GIT_{who}_DATE": f"{day}T12:00:00Z" for who in ("AUTHOR", "COMMITTER") if day}
    done = subprocess.run(
        ["git", "-c", "protocol.file.allow=always", *arguments],
        cwd=folder,
        env={**os.environ, **ENVIRONMENT, **dates},
        input=stream,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode().strip()


def commit(folder: Path, tree: dict[str, str | bytes] | None = None) -> str:
    """Write a drawn tree, commit all there is, and give the name of the commit."""
    with drawn(folder, tree or {}):
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--message", "x")
    return git(folder, "rev-parse", "HEAD")

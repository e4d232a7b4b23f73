"""What git knows of the person at the keyboard."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path


def user_name(folder: Path) -> str:
    """Give the name that git would sign a commit in `folder` with, nothing where there is no git or no name."""
    git = shutil.which("git")
    if git is None:
        return ""
    done = subprocess.run(  # noqa: S603 - a fixed command, found on PATH
        [git, "config", "user.name"],
        cwd=folder,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    return " ".join(done.stdout.split()) if done.returncode == 0 else ""

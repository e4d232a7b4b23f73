"""Where the descriptions of trackers' interfaces lie, and what happens to a test whose description does not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "descriptions"
FOLDERS = ("published", "used")
"""`published` holds what vendors publish, cut down by scripts/trim_descriptions.py, where it is at hand; `used` says in our own words what we ask for."""


def description(name: str, folder: str, root: Path = FOLDER) -> str:
    """Read a description; without one of the published ones the test is skipped, or fails under CI where a package carries it."""
    path = root / folder / name
    if folder == "published" and not path.is_file():
        told = f"no published {name} at hand: see tests/trackers/descriptions/README.md"
        packages = (root / "packages.tsv").read_text(encoding="utf-8").splitlines()
        if os.environ.get("CI") == "true" and name in {line.split("\t")[0] for line in packages}:
            pytest.fail(told)
        pytest.skip(told)
    return path.read_text(encoding="utf-8")

"""The wheel: what a user gets who installs Afterword without this repository."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

PACKAGE = REPOSITORY / "plugins" / "afterword"


RECORD = """---
title: Bookings are refused for nine minutes
date: 2026-03-14
severity: sev3
status: draft
kind: outage
services: [booking]
failure_class: [capacity]
authors: [Brisa Calloway]
---

## Summary

Bookings were refused. A queue was full. It was emptied.

## Root cause analysis

Method: causal tree

- Bookings refused (AND)
  - Queue full -> A1
  - Nobody was paged

## Action items

| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Alert on a queue above 80 % | Brisa Calloway | 2026-04-14 | T-1 | detect | open |
"""
TREE = {
    "afterword.yml": "format: 1\narchive: postmortems\ntimezone: UTC\n",
    "mkdocs.yml": "site_name: Drawn\ndocs_dir: postmortems\ntheme: {name: material, font: false}\nplugins: [search, afterword]\n",
    "postmortems/index.md": "# Home\n",
    "postmortems/2026/2026-03-14-bookings-refused.md": RECORD,
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from this repository."""
    folder = tmp_path_factory.mktemp("wheel")
    pip(sys.executable, "wheel", "--no-deps", "--wheel-dir", folder, REPOSITORY)
    (built,) = folder.glob("afterword-*.whl")
    return built


def pip(python: str | Path, *arguments: str | Path) -> None:
    """Run the pip of an environment quietly."""
    command = [str(python), "-m", "pip", "--disable-pip-version-check", "-qq", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=540)
    assert done.returncode == 0, done.stderr


def test_the_wheel_holds_all_files_of_the_package(wheel: Path) -> None:
    """Code, page templates, styles, scripts, schemas and author templates: whatever lies in the package is shipped, and nothing else."""
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    here = {
        f"afterword/{path.relative_to(PACKAGE).as_posix()}"
        for path in PACKAGE.rglob("*")
        if path.is_file() and path.parent.name != "__pycache__" and "/." not in path.as_posix()
    }
    assert inside == here
    for suffix in (".py", ".html", ".css", ".js"):
        assert any(name.endswith(suffix) for name in inside), suffix


def test_the_wheel_is_typed_licensed_and_has_its_entry_points(wheel: Path) -> None:
    """Type checkers, lawyers, shells and MkDocs find what they look for."""
    archive = zipfile.ZipFile(wheel)
    names = archive.namelist()
    points = archive.read(next(name for name in names if name.endswith("entry_points.txt"))).decode()
    assert "afterword/py.typed" in names
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    assert "[console_scripts]" in points and "[mkdocs.plugins]" in points


@pytest.mark.slow
def test_an_installed_wheel_checks_and_builds(wheel: Path, tmp_path: Path) -> None:
    """In an empty environment outside the repository the core checks and exports, says what a site needs, and with it builds one."""
    home = tmp_path / "venv"
    venv.create(home, with_pip=True)
    programs = home / "bin"
    site = tmp_path / "archive"
    for name, text in TREE.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))},
        "NO_MKDOCS_2_WARNING": "1",
    }

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(programs / "afterword"), *arguments],
            cwd=site,
            capture_output=True,
            text=True,
            env=environment,
            timeout=240,
        )

    pip(programs / "python", "install", wheel)
    checked = run("check")
    assert checked.returncode in (0, 1), checked.stderr
    assert "in 1 record" in checked.stdout
    exported = run("export", "json")
    assert exported.returncode == 0 and "2026-03-14-bookings-refused" in exported.stdout, exported.stderr
    without = run("build")
    assert without.returncode == 2
    assert "afterword[site]" in without.stderr

    pip(programs / "python", "install", f"{wheel}[site]")
    built = run("build", "--strict")
    assert built.returncode == 0, built.stderr
    page = site / "site" / "2026" / "2026-03-14-bookings-refused" / "index.html"
    text = page.read_text(encoding="utf-8")
    assert "<svg" in text and "Queue full" in text

"""The wheel: what a user gets who installs Afterword without this repository."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import venv
import zipfile
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Installed:
    """A virtual environment outside the repository."""

    home: Path

    @property
    def programs(self) -> Path:
        """Give the folder of its programs."""
        return self.home / "bin"

    def install(self, what: str | Path) -> None:
        """Install something with all that it needs."""
        pip(self.programs / "python", "install", what)

    def run(self, *arguments: str, folder: Path, code: int = 0) -> subprocess.CompletedProcess[str]:
        """Run the command line in a folder, as one whose only Afterword is the installed one, and expect an exit code."""
        ours = {
            key: text for key, text in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))
        }
        done = subprocess.run(
            [str(self.programs / "afterword"), *arguments],
            cwd=folder,
            capture_output=True,
            text=True,
            env={**ours, "NO_MKDOCS_2_WARNING": "1"},
            timeout=240,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done


@pytest.fixture
def installed(wheel: Path, tmp_path: Path) -> Installed:
    """Make an empty environment and install the wheel without extras."""
    home = tmp_path / "venv"
    venv.create(home, with_pip=True)
    environment = Installed(home)
    environment.install(wheel)
    return environment


@pytest.mark.slow
def test_an_installed_core_does_all_but_build(installed: Installed, wheel: Path, tmp_path: Path) -> None:
    """Without extras it starts an archive, checks, explains, exports and prints; of a site it says what is missing, and with that builds it."""
    folder = tmp_path / "archive"
    for name, text in TREE.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    assert "in 1 record" in installed.run("check", folder=folder).stdout
    assert json.loads(installed.run("export", "json", folder=folder).stdout)["records"][0]["causal_tree"]
    assert json.loads(installed.run("export", "schema", folder=folder).stdout)["$schema"]
    assert "severity" in installed.run("rule", "unknown-severity", folder=folder).stdout
    assert "## Timeline" in installed.run("template", "postmortem", folder=folder).stdout
    assert "Bookings" in installed.run("summary", "2026-03-14-bookings-refused", folder=folder).stdout
    for command, extra in (("build", "site"), ("serve", "site"), ("lsp", "lsp")):
        without = installed.run(command, folder=folder, code=2)
        assert f"pip install 'afterword[{extra}]'" in without.stderr
        assert "Traceback" not in without.stderr
    assert not (folder / "site").exists()
    installed.install(f"{wheel}[site]")
    installed.run("build", "--strict", folder=folder)
    page = folder / "site" / "2026" / "2026-03-14-bookings-refused" / "index.html"
    text = page.read_text(encoding="utf-8")
    assert "<svg" in text and "Queue full" in text


@pytest.mark.slow
def test_the_wheel_alone_is_enough(installed: Installed, wheel: Path, tmp_path: Path) -> None:
    """From an empty folder to one's own record with its drawn tree, its attachments and the search: four commands, and less than a minute of waiting."""
    installed.install(f"{wheel}[site]")
    folder = tmp_path / "empty"
    folder.mkdir()
    begun = time.monotonic()
    assert "wrote afterword.yml" in installed.run("init", folder=folder).stdout
    words = ("--severity", "sev2", "--kind", "outage", "--service", "booking", "--class", "capacity")
    made = installed.run(
        "new", "--title", "Bookings are refused", "--date", "2026-03-14", *words, folder=folder
    )
    assert made.stdout == "postmortems/2026/2026-03-14-bookings-are-refused.md\n"
    installed.run("check", "--strict", "--as-of", "2026-03-16", folder=folder)
    installed.run("build", "--strict", folder=folder)
    assert time.monotonic() - begun < 60
    site = folder / "site"
    record = (site / "2026" / "2026-03-14-bookings-are-refused" / "index.html").read_text(encoding="utf-8")
    assert record.count('class="aw-node ') == 5
    assert record.count("afterword.css") == 1
    assert "search.js" in (site / "search" / "index.html").read_text(encoding="utf-8")
    index = (site / "search" / "catalogue.json").read_text(encoding="utf-8")
    assert "bookings-are-refused" in index and "newsletter-sent-twice" in index
    for asset in (
        "afterword.css",
        "afterword.js",
        "drawing.js",
        "filter.js",
        "lighting.js",
        "lunr.js",
        "search.js",
    ):
        assert (site / "assets" / asset).stat().st_size > 500, asset

"""What the set-up scripts say where something of the system is missing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

TOOLS = ("sh", "id", "rm", "ls", "cat", "mkdir", "dirname")


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """Give a folder of programs that holds the shell and a few tools of the system, and nothing else."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in TOOLS:
        (programs / name).symlink_to(Path("/bin") / name)
    return programs


def program(path: Path, script: str) -> Path:
    """Write a small program."""
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def run(script: str, *arguments: str | Path, path: Path) -> subprocess.CompletedProcess[str]:
    """Run a script of the repository with `path` as its only folder of programs."""
    return subprocess.run(
        [str(REPOSITORY / "scripts" / script), *map(str, arguments)],
        capture_output=True,
        text=True,
        env={"PATH": str(path), "HOME": str(path.parent)},
        timeout=60,
    )


def test_a_python_without_ensurepip_names_the_package(bare: Path, tmp_path: Path) -> None:
    """Debian's python3 without python3-venv: exit 2, the package by name, the ways without it, and no half-made folder."""
    refuse = f'case "$2" in *ensurepip*|*pip,*) exit 1;; esac\nexec {sys.executable} "$@"'
    python = program(bare / "python-like-debians", refuse)
    done = run("venv", tmp_path / "venv", python, path=bare)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert done.returncode == 2
    assert f"sudo apt-get install python{version}-venv" in done.stderr
    assert "virtualenv or uv on PATH" in done.stderr
    assert "PYTHON=" in done.stderr
    assert not (tmp_path / "venv").exists()


@pytest.mark.parametrize("maker", ["virtualenv", "uv"])
def test_without_ensurepip_another_maker_on_the_path_is_used(bare: Path, tmp_path: Path, maker: str) -> None:
    """Where venv cannot, virtualenv or uv makes the environment, and nothing is asked of the reader."""
    refuse = f'case "$2" in *ensurepip*|*pip,*) exit 1;; esac\nexec {sys.executable} "$@"'
    python = program(bare / "python-like-debians", refuse)
    program(bare / maker, f'echo "{maker} $*" >{tmp_path}/called; for last; do :; done; mkdir "$last"')
    done = run("venv", tmp_path / "venv", python, path=bare)
    assert (done.returncode, done.stderr) == (0, "")
    assert str(python) in (tmp_path / "called").read_text()
    assert (tmp_path / "venv").is_dir()


def test_a_python_that_is_too_old_is_named_with_its_version(bare: Path, tmp_path: Path) -> None:
    """A PYTHON before 3.11 is refused by name."""
    old = program(bare / "old", '[ "$1" = --version ] && { echo Python 3.9.2; exit 0; }; exit 1')
    done = run("venv", tmp_path / "venv", old, path=bare)
    assert done.returncode == 2
    assert f"{old} is Python 3.9.2, expected Python 3.11 or newer" in done.stderr


def test_a_python_that_is_not_there_is_said(bare: Path, tmp_path: Path) -> None:
    """A mistyped PYTHON is not reported as too old."""
    done = run("venv", tmp_path / "venv", "python3.77", path=bare)
    assert done.returncode == 2
    assert "there is no program python3.77" in done.stderr


def test_no_python_at_all_is_said(bare: Path, tmp_path: Path) -> None:
    """Without any Python the message says which is needed and how to name one."""
    done = run("venv", tmp_path / "venv", path=bare)
    assert done.returncode == 2
    assert "Python 3.11 or newer is needed" in done.stderr
    assert "make site PYTHON=" in done.stderr


def test_a_folder_with_other_things_is_left_alone(bare: Path, tmp_path: Path) -> None:
    """A VENV that holds somebody's files is refused, not emptied."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "thesis.txt").write_text("years of work")
    done = run("venv", folder, sys.executable, path=bare)
    assert done.returncode == 2
    assert "VENV=FOLDER" in done.stderr
    assert (folder / "thesis.txt").read_text() == "years of work"


def test_a_machine_without_browser_and_packages_is_told_what_to_install(bare: Path) -> None:
    """Without Chromium and without apt the browser script exits with 2 and says how to go on."""
    done = run("browser", path=bare)
    assert done.returncode == 2
    assert "sudo apt-get install chromium" in done.stderr
    assert "make check" in done.stderr


def test_a_browser_on_the_path_is_enough(bare: Path) -> None:
    """Where one of the names is found, nothing is installed and nothing said."""
    program(bare / "google-chrome", "exit 0")
    done = run("browser", path=bare)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_packages_that_cannot_be_installed_are_told(bare: Path) -> None:
    """An apt that fails ends with the same instructions, not with success."""
    program(bare / "apt-get", "exit 100")
    program(bare / "sudo", 'shift; [ "$1" = true ] && exit 0; "$@"')
    done = run("browser", path=bare)
    assert done.returncode == 2
    assert "sudo apt-get install chromium" in done.stderr


def test_the_scripts_may_be_run() -> None:
    """What the recipes call carries the executable bit."""
    for name in ("scripts/venv", "scripts/browser", ".ci/run"):
        assert os.access(REPOSITORY / name, os.X_OK), name

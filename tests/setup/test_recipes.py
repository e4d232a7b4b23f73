"""The recipes of the Makefile."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run make in the repository, without what a surrounding make has set."""
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin"},
        timeout=60,
    )


def test_help_lists_every_recipe() -> None:
    """`make` and `make help` name each recipe with a line about it, and run none."""
    makefile = (REPOSITORY / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony
    shown = make("help")
    assert shown.returncode == 0
    listed = dict(re.findall(r"^  make (\S+) +(\S.*)$", shown.stdout, re.MULTILINE))
    assert set(listed) == set(phony[1].split())
    assert make().stdout == shown.stdout


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """Give a folder that make takes for an environment with everything installed, whose programs all succeed and note their calls."""
    programs = tmp_path / "venv" / "bin"
    programs.mkdir(parents=True)
    for name in ("python", "afterword", "ruff", "mypy", "lint-imports", "pytest"):
        answer(programs / name, 0)
    for stamp in (".site", ".dev"):
        (tmp_path / "venv" / stamp).touch()
    return tmp_path / "venv"


def answer(program: Path, code: int) -> None:
    """Let a program end with a code."""
    program.write_text(
        f'#!/bin/sh\necho "{program.name} $*" >>"{program.parent.parent}/calls"\nexit {code}\n'
    )
    program.chmod(0o755)


@pytest.mark.parametrize("failing", ["ruff", "mypy", "lint-imports", "pytest"])
@pytest.mark.parametrize("recipe", ["check", "test", "test-all"])
def test_a_part_that_fails_fails_the_recipe(installed: Path, recipe: str, failing: str) -> None:
    """No failure of a part is lost."""
    answer(installed / "bin" / failing, 1)
    done = make(recipe, f"VENV={installed}", "BROWSER=true")
    assert done.returncode == 2
    assert failing in (installed / "calls").read_text()


def test_findings_do_not_keep_the_site_from_being_built(installed: Path) -> None:
    """`make site` goes on after findings, and says where the site is and how to look at it."""
    answer(installed / "bin" / "afterword", 1)
    program = installed / "bin" / "afterword"
    program.write_text(program.read_text().replace("exit 1", '[ "$1" = check ] && exit 1; exit 0'))
    done = make("site", f"VENV={installed}")
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == f"The site is in {REPOSITORY}/site. To look at it: make serve"


def test_a_check_that_cannot_run_stops_the_site(installed: Path) -> None:
    """An exit code above 1 is no finding."""
    answer(installed / "bin" / "afterword", 2)
    assert make("site", f"VENV={installed}").returncode == 2
    assert "build" not in (installed / "calls").read_text()


def test_what_is_installed_is_not_installed_again(installed: Path) -> None:
    """A second `make site` only checks and builds."""
    make("site", f"VENV={installed}")
    assert (installed / "calls").read_text().splitlines() == ["afterword check", "afterword build --strict"]

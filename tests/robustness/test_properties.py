"""Whatever bytes a file holds, reading and checking answer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY


@pytest.mark.parametrize(
    "examples", [pytest.param(150, id="short"), pytest.param(10_000, id="long", marks=pytest.mark.slow)]
)
def test_any_bytes_are_read_and_checked(examples: int) -> None:
    """Arbitrary bytes and mixtures of the format's words raise nothing, are judged alike twice, and every finding lies inside the file."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.robustness.any_record", str(examples)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=1500,
    )
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.mark.parametrize(
    "examples", [pytest.param(30, id="short"), pytest.param(2_000, id="long", marks=pytest.mark.slow)]
)
def test_anything_is_mended_without_loss(tmp_path: Path, examples: int) -> None:
    """Of arbitrary bytes and of records in every line end, no word is lost, no error is added, and a second run changes nothing."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.robustness.any_fix", str(examples), tmp_path],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=1500,
    )
    assert done.returncode == 0, done.stderr[-3000:]

"""No text ends the process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CHILD = Path(__file__).with_name("fuzz_child.py")


@pytest.mark.parametrize(
    "examples", [pytest.param(300, id="short"), pytest.param(10_000, id="long", marks=pytest.mark.slow)]
)
def test_generated_markdown_neither_raises_nor_ends_the_process(examples: int) -> None:
    """Whatever mixture of marks comes in, the parser answers, and every place it gives lies in the text."""
    done = subprocess.run(
        [sys.executable, str(CHILD), str(examples)], capture_output=True, text=True, timeout=1500, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]

"""The scripts and files of pipelines, as a build service takes them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROGRAMS = Path(sys.executable).parent
"""Where the programs are that belong to the Python of the tests."""


def run_script(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a script as build services do, with hardly anything of the environment of the tests, whatever its exit code."""
    kept = {name: os.environ[name] for name in ("HOME", "LANG", "AFTERWORD_CACHE") if name in os.environ}
    path = f"{PROGRAMS}:{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env={**kept, "PATH": path, "no_proxy": "127.0.0.1", **variables},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def expect_to_fit(schema: list[str], folder: Path, *files: str) -> None:
    """Check files against a schema that check-jsonschema has built in."""
    done = subprocess.run(
        [str(PROGRAMS / "check-jsonschema"), "--builtin-schema", *schema, *files],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr

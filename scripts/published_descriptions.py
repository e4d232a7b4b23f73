"""Fetches what vendors publish of their interfaces, for the tests of the trackers, and cuts it down: `python scripts/published_descriptions.py`.

Which npm package carries a description, and where, stands in `tests/trackers/descriptions/packages.tsv`. npm is installed from the system's packages where it is missing and may be.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from fnmatch import fnmatch
from pathlib import Path

from trim_descriptions import TARGET, trim

PACKAGES = TARGET.parent / "packages.tsv"
STAMP = TARGET / ".fetched"

_MISSING = """\
afterword: what GitHub and Linear publish of their interfaces could not be fetched: {why}
  Debian:  sudo apt-get install npm      Fedora:  sudo dnf install nodejs-npm      macOS:  brew install node
  without it the tests of these trackers run against our own descriptions alone"""


def main() -> None:
    """Fetch them; ends with 2 under CI where that fails, and with 0 elsewhere, since the tests say what they leave out."""
    if not shutil.which("npm"):
        _install()
    try:
        _fetch()
    except (OSError, subprocess.SubprocessError, ValueError, tarfile.TarError) as problem:
        told = getattr(problem, "stderr", None) or problem
        print(_MISSING.format(why=str(told).strip()), file=sys.stderr)  # noqa: T201
        raise SystemExit(2 if os.environ.get("CI") == "true" else 0) from None


def _install() -> None:
    root: list[str] = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or (root and not shutil.which("sudo")):
        return
    print("Installing npm from the system's packages (it brings what the trackers are tested against) …")  # noqa: T201
    for command in (["update"], ["install", "--yes", "--no-install-recommends", "npm"]):
        subprocess.run([*root, "apt-get", "-qq", *command], capture_output=True, check=False)


def _fetch() -> None:
    wanted = [line.split("\t") for line in PACKAGES.read_text(encoding="utf-8").splitlines()]
    print("Fetching what GitHub and Linear publish of their interfaces …")  # noqa: T201
    with tempfile.TemporaryDirectory() as folder:
        told = subprocess.run(
            ["npm", "pack", "--silent", "--ignore-scripts", *(package for _, package, _ in wanted)],  # noqa: S607
            cwd=folder,
            capture_output=True,
            check=True,
            text=True,
            timeout=300,
        )
        archives = told.stdout.split()
        for (name, _, pattern), archive in zip(wanted, archives, strict=True):
            trim(name, _text(Path(folder) / archive, f"package/{pattern}"))
    STAMP.write_text("".join(f"{archive}\n" for archive in archives), encoding="utf-8")


def _text(archive: Path, pattern: str) -> str:
    """Read the files of a package that fit a pattern, one behind the other."""
    with tarfile.open(archive) as files:
        found = [each for each in files if each.isfile() and fnmatch(each.name, pattern)]
        if not found:
            raise ValueError(f"{archive.name} has no {pattern}")
        parts = [files.extractfile(each) for each in found]
        return "\n".join(part.read().decode("utf-8") for part in parts if part)


if __name__ == "__main__":
    main()

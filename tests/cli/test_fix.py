"""`afterword check --fix` and `--diff`, run as a person runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import afterword
from tests.git import git

NAME = "2026-03-14-caf\u00e9.md"
RECORD = """\
---\r
title: Checkout returned errors\r
severity: SEV-3   # at close\r
---\r
\r
## Impact\r
\r
One in four.\r
\r
## What happened\r
\r
It burnt."""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Draw an archive of one record, in a git repository."""
    (tmp_path / "afterword.yml").touch()
    (tmp_path / "postmortems").mkdir()
    (tmp_path / "postmortems" / NAME).write_bytes(RECORD.encode())
    git(tmp_path, "init", "-q")
    return tmp_path


def test_diff_is_a_patch_that_does_what_fix_does(archive: Path) -> None:
    """The diff changes nothing by itself, ends with 1, and git applies it to the same bytes that `--fix` writes."""
    place = archive / "postmortems" / NAME
    program = subprocess.run(
        [str(Path(sys.executable).parent / "afterword"), "check", "--diff", "--fix"],
        cwd=archive,
        capture_output=True,
        check=False,
    )
    assert program.returncode == 1
    assert place.read_bytes() == RECORD.encode()
    assert b"would fix 3 findings in 1 file" in program.stderr
    git(archive, "apply", "-", stream=program.stdout)
    patched = place.read_bytes()
    place.write_bytes(RECORD.encode())
    done = afterword("check", "--fix", folder=archive, code=1)
    assert place.read_bytes() == patched
    assert "fixed 3 findings in 1 file" in done.stderr
    assert "severity-spelling" not in done.stdout
    clean = afterword("check", "--diff", folder=archive, code=0)
    assert (clean.stdout, clean.stderr) == ("", "nothing to fix\n")


def test_report_marks_what_can_be_mended(archive: Path) -> None:
    """Findings that `--fix` mends are marked, and the last line counts them."""
    lines = afterword("check", folder=archive, code=1).stdout.splitlines()
    assert sum(line.endswith("[*]") for line in lines) == 3
    assert lines[-1].endswith("; 3 [*] can be mended with --fix")


def test_report_for_programs_stays_one(archive: Path) -> None:
    """With `--fix`, standard output holds the report alone."""
    done = afterword("check", "--fix", "--format", "json", folder=archive, code=1)
    assert "severity-spelling" not in {each["rule"] for each in json.loads(done.stdout)}


def test_read_only_file_is_named(archive: Path) -> None:
    """A file that may not be written is told on standard error, with its reason."""
    (archive / "postmortems" / NAME).chmod(0o444)
    done = afterword("check", "--fix", folder=archive, code=1)
    assert done.stderr == f"postmortems/{NAME}: not mended: the file is read-only\nnothing to fix\n"


def test_fix_that_is_put_back_is_named(archive: Path) -> None:
    """A key that is marked, and whose right spelling makes missing fields errors, is told where it stands instead of passed over."""
    place = archive / "postmortems" / NAME
    place.write_text("---\ntitle: A\nStatus: final\nseverity: SEV-3\n---\n", encoding="utf-8")
    told = (
        f"postmortems/{NAME}:3:1: not mended: its fix would bring an error, or break a link [unknown-key]\n"
    )
    shown = afterword("check", "--diff", folder=archive, code=1)
    assert shown.stderr == f"{told}would fix 1 finding in 1 file\n"
    done = afterword("check", "--fix", folder=archive, code=1)
    assert done.stderr == f"{told}fixed 1 finding in 1 file\n"
    again = afterword("check", "--fix", folder=archive, code=1)
    assert again.stderr == f"{told}nothing to fix\n"
    assert "Status: final\nseverity: sev3\n" in place.read_text(encoding="utf-8")


def test_only_what_would_be_told_is_mended(archive: Path) -> None:
    """With --since, or a baseline, what was there before stays as it is."""
    old = archive / "postmortems" / NAME
    new = archive / "postmortems" / "2026-03-15-new.md"
    git(archive, "add", "-A")
    git(archive, "commit", "-qm", "first")
    new.write_bytes(RECORD.encode())
    afterword("check", "--fix", "--since", "HEAD", folder=archive, code=0)
    assert old.read_bytes() == RECORD.encode()
    assert b"sev3" in new.read_bytes()
    new.write_bytes(RECORD.encode())
    afterword("check", "--write-baseline", folder=archive, code=0)
    done = afterword("check", "--fix", folder=archive, code=0)
    assert "nothing to fix" in done.stderr
    assert new.read_bytes() == RECORD.encode()


def test_language_alone_has_nothing_to_mend(archive: Path) -> None:
    """Of any Markdown document only the language is judged, which nobody mends unasked."""
    done = afterword("check", "--language-only", "--fix", f"postmortems/{NAME}", folder=archive, code=2)
    assert "leave out --fix and --diff" in done.stderr


@pytest.mark.parametrize("form", [("--format", "json"), ("-o", "report.txt"), ("--statistics",)])
def test_a_diff_is_no_report(archive: Path, form: tuple[str, ...]) -> None:
    """What --fix would change has one form: a report that is asked for beside it is refused instead of left out."""
    done = afterword("check", "--diff", *form, folder=archive, code=2)
    assert "--diff shows what --fix would change, as a diff and in no other form" in done.stderr
    assert done.stdout == ""

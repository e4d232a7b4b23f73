"""Looking for secrets beside all other rules: only where it is asked for, and known to caches, baselines and revisions."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from afterword import operations
from afterword.operations.checking.checking import Judged
from afterword.sources.cache import Cache
from tests.cli.test_since import GOOD
from tests.conftest import afterword, drawn
from tests.git import commit, git

SECRET = "q7Rt2xLm9v"  # noqa: S105 - it opens nothing
LEAK = f"\n```\npostgres://app:{SECRET}@db.prod.shop.co/orders\n```\n"
RECORD = "postmortems/2026-03-14-good.md"
QUOTED = f"\n## postgres://app:{SECRET}@db.prod.shop.co/orders\n\n## Of the slow replica that was read: postgres://app:{SECRET}@db.prod.shop.co/\n"
IGNORED = f"\n<!-- afterword: ignore secret -- long since changed -->\n{LEAK}"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Give a repository with one record that is fine."""
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    commit(tmp_path, {"afterword.yml": "", RECORD: GOOD})
    return tmp_path


def _rules(output: str) -> list[str]:
    return [each["rule"] for each in json.loads(output)]


def _judged(root: Path, cache: Cache, *, secrets: bool) -> tuple[Judged, bool]:
    read: list[int] = []
    found = operations.find(start=root)
    if secrets:
        operations.look_for_secrets(found)
    return operations.judge(found, None, lambda done, total: read.append(done), cache), bool(read)


def test_secrets_are_looked_for_where_it_is_asked_for(archive: Path) -> None:
    """An error with `--secrets`, which fails; nothing without."""
    (archive / RECORD).write_text(GOOD + LEAK)
    asked = afterword("check", "--secrets", "--format", "json", folder=archive, code=1)
    assert _rules(asked.stdout) == ["secret"]
    assert _rules(afterword("check", "--format", "json", folder=archive).stdout) == []


@pytest.mark.parametrize("form", ["text", "concise", "json", "sarif", "github", "gitlab", "junit"])
def test_no_report_repeats_a_secret(archive: Path, form: str) -> None:
    """What is found is told by its place and kind alone: a report is read by more people than a record. Other rules quote what they do not know, also cut short."""
    (archive / RECORD).write_text(GOOD + LEAK + QUOTED)
    told = afterword("check", "--secrets", "--format", form, folder=archive, code=1)
    assert "a password in an address" in told.stdout
    assert "postgres://app:…@db" in told.stdout and "read: postgres://app:…" in told.stdout
    assert SECRET[:8] not in told.stdout + told.stderr
    afterword("check", "--secrets", "--write-baseline", folder=archive)
    assert SECRET[:8] not in (archive / ".afterword-baseline.json").read_text()


def test_a_comment_that_silences_a_secret_is_of_use_without_looking(archive: Path) -> None:
    """It is not called unused by a run that does not look; where nothing is there, one that looks says so."""
    (archive / RECORD).write_text(GOOD + IGNORED)
    for option in ("--secrets", "--no-secrets"):
        assert _rules(afterword("check", option, "--format", "json", folder=archive).stdout) == []
    (archive / RECORD).write_text(GOOD + IGNORED.replace(SECRET, "<password>"))
    looking = afterword("check", "--secrets", "--format", "json", folder=archive)
    assert _rules(looking.stdout) == ["unused-suppression"]


def test_a_run_that_does_not_look_forgets_no_secret(archive: Path) -> None:
    """A baseline keeps what it knows of secrets through an update without `--secrets`, and loses it through one that looks."""
    (archive / RECORD).write_text(GOOD + LEAK)
    baseline = archive / ".afterword-baseline.json"
    afterword("check", "--secrets", "--write-baseline", folder=archive)
    afterword("check", "--secrets", folder=archive)
    (archive / RECORD).write_text(GOOD)
    afterword("check", "--update-baseline", folder=archive)
    assert '"secret"' in baseline.read_text()
    afterword("check", "--secrets", "--update-baseline", folder=archive)
    assert '"secret"' not in baseline.read_text()


def test_since_tells_the_secrets_that_a_branch_brings(archive: Path) -> None:
    """Those of records and attachments that were there are left out, that of a new line is told."""
    attached = GOOD + LEAK + "\n[log](out.log)\n"
    commit(archive, {RECORD: attached, "postmortems/out.log": f"password={SECRET}\n"})
    git(archive, "switch", "--quiet", "--create", "work")
    check = ("check", "--secrets", "--since", "main", "--format", "json")
    (archive / "postmortems/out.log").write_text(f"start\npassword={SECRET}\n")
    assert _rules(afterword(*check, folder=archive).stdout) == []
    (archive / RECORD).write_text(attached + f"\n    api_key={SECRET}2\n")
    assert _rules(afterword(*check, folder=archive, code=1).stdout) == ["secret"]


def test_a_remembered_answer_is_one_to_the_same_question(archive: Path) -> None:
    """Runs with and without secrets are remembered side by side, and a changed attachment is read."""
    (archive / RECORD).write_text(GOOD + LEAK + "\n[log](out.log)\n")
    (archive / "postmortems/out.log").write_text("start\n")
    cache = Cache(archive / ".kept")
    first = [_judged(archive, cache, secrets=secrets) for secrets in (True, False)]
    again = [_judged(archive, cache, secrets=secrets) for secrets in (True, False)]
    assert [read for _, read in first] == [True, True] and [read for _, read in again] == [False, False]
    assert [judged for judged, _ in first] == [judged for judged, _ in again]
    (archive / "postmortems/out.log").write_text(f"password={SECRET}\n")
    assert [each.path for each in _judged(archive, cache, secrets=True)[0].findings] == [
        RECORD,
        "postmortems/out.log",
    ]


def test_what_is_too_large_to_be_read_is_looked_through(archive: Path) -> None:
    """Its beginning is published as text, with the secrets in it."""
    with drawn(archive, {"postmortems/2026-03-15-huge.md": GOOD + LEAK + "x\n" * 140_000}):
        told = afterword("check", "--secrets", "--format", "json", folder=archive, code=1)
    assert _rules(told.stdout) == ["too-large", "secret"]


@pytest.mark.parametrize("package", ["detect_secrets", "phonenumbers"])
def test_a_core_install_says_what_looking_needs(archive: Path, package: str) -> None:
    """Without the packages of the extra `secrets` the way to get them is named, before anything is read."""
    code = (
        f"import sys; sys.modules['{package}'] = None; "
        "from afterword.cli.main import main; main(['check', '--secrets'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=archive, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert f"pip install 'afterword[secrets]'` brings ({package} is missing)" in done.stderr


def test_language_alone_has_no_secrets(archive: Path) -> None:
    """The two options exclude each other, and the message says so."""
    done = afterword("check", "--secrets", "--language-only", RECORD, folder=archive, code=2)
    assert "leave --secrets out" in done.stderr

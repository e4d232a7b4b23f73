"""The scheduled workflows that bring in tickets: what they may do, and their scripts run on real repositories."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from afterword.authoring.starter_files import GITLAB_TICKETS, HOSTS, starter_files
from tests.git import git
from tests.operations.drawn_tickets import draw_archive
from tests.setup.scripts import run_script

WRITTEN = {file.path: file.text for file in starter_files("postmortems", HOSTS, own_site=True)}
WORKFLOW: dict[str, Any] = yaml.safe_load(WRITTEN[".github/workflows/bring-in-tickets.yml"])
PIPELINE: dict[str, Any] = yaml.safe_load(WRITTEN[GITLAB_TICKETS])

SETTINGS = "trackers: [{ name: Old, key: OLD-#, kind: file, file: old.csv }]\n"
PUSH = "p0sh"

Bring = Callable[..., subprocess.CompletedProcess[str]]


def test_what_asks_cannot_write_and_what_writes_cannot_ask() -> None:
    """The job with the trackers' tokens has no right to push; the one that pushes runs nothing that was installed, and knows no tracker."""
    assert WORKFLOW["permissions"] == {}
    sync, commit = WORKFLOW["jobs"]["sync"], WORKFLOW["jobs"]["commit"]
    assert sync["permissions"] == {"contents": "read", "issues": "read"}
    assert sync["environment"] == "postmortem-tickets"
    assert commit["permissions"] == {"contents": "write"}
    assert "pip" not in str(commit) and "afterword" not in str(commit)
    assert "pip" not in str(PIPELINE["commit-tickets"]["script"])
    assert "PUSH_TOKEN" not in str(PIPELINE["sync-tickets"])
    names = [PIPELINE[job]["environment"]["name"] for job in ("sync-tickets", "commit-tickets")]
    assert names == ["postmortem-tickets", "postmortem-tickets-commit"]


def test_nothing_runs_until_it_is_switched_on() -> None:
    """By a variable of the repository, or of the schedule; no pull request starts it."""
    assert set(WORKFLOW[True]) == {"schedule", "workflow_dispatch"}
    assert "vars.SYNC_TICKETS == 'true'" in WORKFLOW["jobs"]["sync"]["if"]
    for job in ("sync-tickets", "commit-tickets"):
        (rule,) = PIPELINE[job]["rules"]
        assert rule == {"if": '$CI_PIPELINE_SOURCE == "schedule" && $SYNC_TICKETS == "true"'}


@pytest.fixture(params=HOSTS)
def bring_in(request: pytest.FixtureRequest, tmp_path: Path) -> Bring:
    """Give what runs both jobs of a host, each in a clone of its own."""
    origin, ours = tmp_path / "group" / "archive.git", tmp_path / "ours"
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(origin))
    git(tmp_path, "clone", "-q", str(origin), str(ours))
    draw_archive(ours, "", ["OLD-1"], SETTINGS)
    (ours / "old.csv").write_text("key,status\nOLD-1,open\n")
    git(ours, "add", "-A")
    git(ours, "commit", "-q", "-m", "Begin")
    git(ours, "push", "-q", "origin", "HEAD:main")

    def clone(name: str) -> Path:
        folder = tmp_path / f"{name}-{len(list(tmp_path.iterdir()))}"
        git(tmp_path, "clone", "-q", str(origin), str(folder))
        return folder

    def on_github(between: Callable[[], None]) -> subprocess.CompletedProcess[str]:
        asking, writing = clone("asking"), clone("writing")
        output = tmp_path / "output"
        output.write_text("")
        sync = next(step for step in WORKFLOW["jobs"]["sync"]["steps"] if step.get("id") == "sync")
        asked = run_script(sync["run"], asking, GITHUB_OUTPUT=str(output), SNAPSHOT="tickets.json")
        if asked.returncode:
            return asked
        (writing / ".brought-in").mkdir()
        (asking / "tickets.json").rename(writing / ".brought-in" / "tickets.json")
        between()
        code = output.read_text().strip().removeprefix("code=")
        variables = {"GITHUB_SERVER_URL": "https://github.example", "GITHUB_REF_NAME": "main", "TOKEN": PUSH}
        script = WORKFLOW["jobs"]["commit"]["steps"][-1]["run"]
        return run_script(script, writing, SNAPSHOT="tickets.json", CODE=code, **variables)

    def on_gitlab(between: Callable[[], None]) -> subprocess.CompletedProcess[str]:
        asking, writing = clone("asking"), clone("writing")
        asked = run_script(PIPELINE["sync-tickets"]["script"][-1], asking, SNAPSHOT="tickets.json")
        if asked.returncode:
            return asked
        for name in ("brought-in.json", "code"):
            (asking / name).rename(writing / name)
        between()
        variables = {
            "CI_SERVER_HOST": "gitlab.example",
            "CI_SERVER_URL": str(tmp_path),
            "CI_PROJECT_PATH": "group/archive",
            "CI_COMMIT_BRANCH": "main",
            "AFTERWORD_PUSH_TOKEN": PUSH,
        }
        return run_script(
            PIPELINE["commit-tickets"]["script"][0], writing, SNAPSHOT="tickets.json", **variables
        )

    on_host = on_github if request.param == "github" else on_gitlab

    def bring(between: Callable[[], None] = lambda: None) -> subprocess.CompletedProcess[str]:
        done = on_host(between)
        assert PUSH not in done.stdout + done.stderr
        git(ours, "pull", "-q", "--rebase", "origin", "main")
        return done

    return bring


def test_a_change_is_one_commit_and_nothing_is_none(bring_in: Bring, tmp_path: Path) -> None:
    """What trackers say is committed to the branch, and nothing else."""
    ours = tmp_path / "ours"
    done = bring_in()
    assert done.returncode == 0, done.stderr
    assert git(ours, "show", "--name-only", "--format=%s") == "Bring in tickets\n\ntickets.json"
    done = bring_in()
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "Nothing has changed.")
    assert git(ours, "rev-list", "--count", "HEAD") == "2"


def test_a_branch_that_moved_meanwhile_is_no_hindrance(bring_in: Bring, tmp_path: Path) -> None:
    """Whoever pushed between the two jobs keeps their commit."""
    ours = tmp_path / "ours"

    def push() -> None:
        (ours / "note.md").write_text("# Note\n")
        git(ours, "add", "-A")
        git(ours, "commit", "-q", "-m", "Meanwhile")
        git(ours, "push", "-q", "origin", "HEAD:main")

    done = bring_in(push)
    assert done.returncode == 0, done.stderr
    assert git(ours, "log", "--format=%s").splitlines() == ["Bring in tickets", "Meanwhile", "Begin"]


def test_what_was_not_told_fails_after_the_rest_is_committed(bring_in: Bring, tmp_path: Path) -> None:
    """The snapshot says why; the run is red, so that somebody looks."""
    ours = tmp_path / "ours"
    (ours / "old.csv").unlink()
    git(ours, "commit", "-q", "-am", "Take the export away")
    git(ours, "push", "-q", "origin", "HEAD:main")
    done = bring_in()
    assert done.returncode == 1
    assert "old.csv is not there" in (ours / "tickets.json").read_text()


def test_what_cannot_run_commits_nothing(bring_in: Bring, tmp_path: Path) -> None:
    """Without a tracker the first job fails."""
    ours = tmp_path / "ours"
    (ours / "afterword.yml").write_text("{}\n")
    git(ours, "commit", "-q", "-am", "Take the tracker away")
    git(ours, "push", "-q", "origin", "HEAD:main")
    assert bring_in().returncode == 2
    assert git(ours, "rev-list", "--count", "HEAD") == "2"

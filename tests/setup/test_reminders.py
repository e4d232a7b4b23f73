"""The scheduled workflows that `afterword init` writes: what they may do, and their scripts run against servers that answer as GitHub and GitLab do."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from afterword.authoring.starter_files import GITLAB_REMINDER, GITLAB_TICKETS, HOSTS, starter_files
from tests.conftest import drawn
from tests.setup.issue_servers import TOKEN, GitHub, GitLab, IssueServer, issue_server
from tests.setup.scripts import PROGRAMS, expect_to_fit, run_script

WRITTEN = {file.path: file.text for file in starter_files("postmortems", HOSTS, own_site=True)}
GITHUB_REMINDER = ".github/workflows/remind-of-postmortems.yml"
WORKFLOWS = [path for path in WRITTEN if path.startswith(".github/")]
PIPELINES = [path for path in WRITTEN if path.startswith(".gitlab")]
REMIND: dict[str, Any] = yaml.safe_load(WRITTEN[GITHUB_REMINDER])
PIPELINE: dict[str, Any] = yaml.safe_load(WRITTEN[GITLAB_REMINDER])

MARK = "<!-- afterword: reminder -->"
LABEL = "afterword-reminder"
BODY = '# Digest\n\n- “Quotes” "and" `$(touch obeyed)` & 日本語, 100 % \\\n  EOF\n'

RECORD = """\
---
title: Payments fail
date: 2026-03-14
severity: sev3
status: final
published: 2026-03-20
services: [checkout]
---

## Summary

One payment in four failed.

## Action items

| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Give the batch a pool of its own | Juno Papercliff | 2026-03-26 | PAY-2 | prevent | open |
"""


@pytest.mark.parametrize(
    ("paths", "schema"),
    [
        (WORKFLOWS, ["vendor.github-workflows"]),
        (PIPELINES, ["vendor.gitlab-ci", "--data-transform", "gitlab-ci"]),
    ],
    ids=HOSTS,
)
def test_hosts_can_read_what_is_written(paths: list[str], schema: list[str], tmp_path: Path) -> None:
    """Each fits the schema of its host."""
    names = [f"{number}.yml" for number, _ in enumerate(paths)]
    for name, path in zip(names, paths, strict=True):
        (tmp_path / name).write_text(WRITTEN[path], encoding="utf-8")
    expect_to_fit(schema, tmp_path, *names)


def test_only_the_job_that_writes_the_issue_may_write() -> None:
    """It runs nothing that was installed or checked out; what installs and reads can write nothing and knows no token."""
    assert REMIND["permissions"] == {}
    digest, remind = REMIND["jobs"]["digest"], REMIND["jobs"]["remind"]
    assert digest["permissions"] == {"contents": "read"}
    assert remind["permissions"] == {"issues": "write"}
    assert [list(step) for step in remind["steps"]] == [["env", "run"]]
    assert "github.token" not in str(digest) and "secrets" not in WRITTEN[GITHUB_REMINDER]
    assert "AFTERWORD_TOKEN" not in str(PIPELINE["digest-postmortems"])
    assert PIPELINE["remind-of-postmortems"]["variables"] == {"GIT_STRATEGY": "none"}
    assert "pip" not in str(PIPELINE["remind-of-postmortems"]["script"])


@pytest.mark.parametrize("path", WORKFLOWS)
def test_workflows_take_no_text_as_code_and_nothing_from_others(path: str) -> None:
    """No expression stands in a script; actions are GitHub's own; every checkout has the whole history and leaves no token behind."""
    for job in yaml.safe_load(WRITTEN[path])["jobs"].values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")
            assert step.get("uses", "actions/").startswith("actions/")
            if "checkout" in step.get("uses", ""):
                assert step["with"] == {"fetch-depth": 0, "persist-credentials": False}


def test_they_run_by_the_clock_and_one_at_a_time() -> None:
    """The site is published each night, the issue written each Monday; a second run waits, and the whole history is there."""
    publish = yaml.safe_load(WRITTEN[".github/workflows/publish-postmortems.yml"])
    for workflow, cron in ((publish, r"\d+ \d+ \* \* \*"), (REMIND, r"\d+ \d+ \* \* 1")):
        # YAML 1.1 reads the key `on` as true.
        (schedule,) = workflow[True]["schedule"]
        assert re.fullmatch(cron, schedule["cron"])
        assert workflow["concurrency"]["cancel-in-progress"] is False
    pipeline = yaml.safe_load(WRITTEN[".gitlab-ci.yml"])
    assert pipeline["include"] == [{"local": GITLAB_REMINDER}, {"local": GITLAB_TICKETS}]
    assert (
        pipeline["variables"]["GIT_DEPTH"] == PIPELINE["digest-postmortems"]["variables"]["GIT_DEPTH"] == "0"
    )
    assert PIPELINE["remind-of-postmortems"]["resource_group"]
    assert PIPELINE["variables"]["AFTERWORD_SOURCE"].startswith(" @ git+https://code.example/")


class OnGitHub:
    """Runs the job that writes the issue, as GitHub runs it."""

    def __init__(self, server: IssueServer, folder: Path) -> None:
        self.server, self.folder = server, folder

    def remind(self, due: int, body: str = BODY, token: str = TOKEN) -> subprocess.CompletedProcess[str]:
        """Run it after a digest."""
        (step,) = REMIND["jobs"]["remind"]["steps"]
        assert set(step["env"]) == {"TOKEN", "DUE", "BODY"}
        host = {"GITHUB_API_URL": self.server.url, "GITHUB_REPOSITORY": "our/archive"}
        return run_script(step["run"], self.folder, **host, TOKEN=token, DUE=str(due), BODY=body.rstrip("\n"))

    def issues(self) -> list[tuple[str, str, list[str]]]:
        """Give state, text and labels of the issues."""
        return [
            (each["state"], each["body"], [label["name"] for label in each["labels"]])
            for each in self.server.issues
        ]


class OnGitLab(OnGitHub):
    """Runs the job that writes the issue, as GitLab runs it."""

    def remind(self, due: int, body: str = BODY, token: str = TOKEN) -> subprocess.CompletedProcess[str]:
        """Run it after a digest."""
        (self.folder / "due").write_text(f"{due}\n", encoding="utf-8")
        (self.folder / "digest.md").write_text(body, encoding="utf-8")
        (script,) = PIPELINE["remind-of-postmortems"]["script"]
        host = {"CI_API_V4_URL": self.server.url, "CI_PROJECT_ID": "7", "AFTERWORD_TOKEN": token}
        return run_script(script, self.folder, **host)

    def issues(self) -> list[tuple[str, str, list[str]]]:
        """Give state, text and labels of the issues."""
        states = {"opened": "open", "closed": "closed"}
        return [(states[each["state"]], each["description"], each["labels"]) for each in self.server.issues]


@pytest.fixture(params=[(GitHub, OnGitHub), (GitLab, OnGitLab)], ids=["github", "gitlab"])
def host(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OnGitHub]:
    """Give a host that knows no issue yet."""
    handler, runner = request.param
    with issue_server(handler) as server:
        yield runner(server, tmp_path)


def test_there_is_one_issue_however_often_it_runs(host: OnGitHub) -> None:
    """It is made when something waits, edited from then on, closed while nothing waits, and opened again; what records say is told as it is, and obeyed by nobody."""
    assert host.remind(due=0).returncode == 0
    assert host.issues() == []
    text = re.sub("\n+", "\n", f"{BODY}{MARK}")
    for due, state in ((1, "open"), (1, "open"), (0, "closed"), (0, "closed"), (1, "open")):
        done = host.remind(due)
        assert done.returncode == 0, done.stderr
        assert f"{host.server.url}/our/archive/" in done.stdout
        ((found, body, labels),) = host.issues()
        assert (found, re.sub("\n+", "\n", body.strip()), labels) == (state, text, [LABEL])
    assert not (host.folder / "obeyed").exists()
    assert TOKEN not in done.stdout + done.stderr


def test_issues_of_others_stay_what_they_are(host: OnGitHub) -> None:
    """One with the label and another text is not it, and neither is one that has the mark without the label."""
    host.remind(due=1)
    ours = host.server.issues.pop()
    text = "body" if "body" in ours else "description"
    unlabelled = {**ours, "labels": []}
    other = {**ours, text: "by hand"}
    empty = {**ours, text: None}
    host.server.issues = [
        {**each, "number": number, "iid": number}
        for number, each in enumerate((unlabelled, other, empty), start=1)
    ]
    before = [dict(each) for each in host.server.issues]
    host.remind(due=1)
    assert host.server.issues[:3] == before
    assert len(host.server.issues) == 4
    host.remind(due=1)
    assert len(host.server.issues) == 4


@pytest.mark.parametrize("trouble", ["broken", "refused"])
def test_a_host_that_refuses_fails_the_job(host: OnGitHub, trouble: str) -> None:
    """The job is red, and nothing is made by a second try."""
    host.server.broken = trouble == "broken"
    done = host.remind(due=1, token="another" if trouble == "refused" else TOKEN)
    assert done.returncode != 0
    assert [each.split()[0] for each in host.server.asked] == ["GET"]


def test_a_label_that_was_not_set_fails_the_job(tmp_path: Path) -> None:
    """GitHub drops labels silently where the token may not set them; the next run would make a second issue."""

    class Dropping(GitHub):
        def _issue(self, sent: dict[str, Any]) -> dict[str, Any]:
            return super()._issue({**sent, "labels": []})

    with issue_server(Dropping) as server:
        assert OnGitHub(server, tmp_path).remind(due=1).returncode != 0


def _archive(folder: Path, days: str = "2026-03-26") -> Path:
    tree: dict[str, str | bytes] = {
        "afterword.yml": "",
        "postmortems/2026/2026-03-14-payments.md": RECORD.replace("2026-03-26", days),
    }
    with drawn(folder, tree) as archive:
        return archive


def _outputs(folder: Path) -> tuple[subprocess.CompletedProcess[str], dict[str, str]]:
    (step,) = (each for each in REMIND["jobs"]["digest"]["steps"] if each.get("id") == "digest")
    places = {name: str(folder / name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    done = run_script(step["run"], folder, **places)
    text = (folder / "GITHUB_OUTPUT").read_text("utf-8") if done.returncode == 0 else ""
    found = re.fullmatch(
        r"due=(?P<due>\d)\nbody<<(?P<end>[0-9a-f]{32})\n(?P<body>.*)(?P=end)\n", text, re.DOTALL
    )
    return done, found.groupdict() if found else {}


@pytest.mark.slow
def test_github_hands_the_digest_on(tmp_path: Path) -> None:
    """The job that reads tells whether something waits, and what; a command that cannot run fails it."""
    archive = _archive(tmp_path / "a")
    done, outputs = _outputs(archive)
    assert done.returncode == 0, done.stderr
    assert outputs["due"] == "1"
    assert "Give the batch a pool of its own" in outputs["body"]
    assert (archive / "GITHUB_STEP_SUMMARY").read_text("utf-8") == outputs["body"]
    (archive / "afterword.yml").write_text("archive: nowhere\n", encoding="utf-8")
    assert _outputs(archive)[0].returncode == 2


@pytest.mark.slow
def test_github_gets_no_more_than_an_issue_holds(tmp_path: Path) -> None:
    """A digest that is too long ends with a whole line and a sign of more."""
    row = RECORD.rstrip().rpartition("\n")[2]
    rows = "\n".join(
        row.replace("A1", f"A{n}").replace("Give", "Give " + "日本語 " * 90) for n in range(1, 90)
    )
    archive = _archive(tmp_path / "a")
    record = archive / "postmortems/2026/2026-03-14-payments.md"
    record.write_text(RECORD.replace(row, rows), encoding="utf-8")
    program = tmp_path / "afterword"
    program.write_text(f'#!/bin/sh\nexec "{PROGRAMS}/afterword" digest --since 7d --exit-code -o digest.md\n')
    program.chmod(0o755)
    (step,) = (each for each in REMIND["jobs"]["digest"]["steps"] if each.get("id") == "digest")
    places = {name: str(archive / name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    done = run_script(step["run"].replace("afterword digest", str(program)), archive, **places)
    assert done.returncode == 0, done.stderr
    lines = (archive / "GITHUB_STEP_SUMMARY").read_text("utf-8").splitlines()
    assert sum(len(line) + 1 for line in lines) < 65_536
    assert lines[-1] == "- …"
    assert all(line.startswith(("- ", "#")) or not line for line in lines[4:])


def test_gitlab_hands_the_digest_on(tmp_path: Path) -> None:
    """As artifacts."""
    archive = _archive(tmp_path / "a")
    install, script = PIPELINE["digest-postmortems"]["script"]
    assert install.startswith("pip install")
    assert run_script(script, archive).returncode == 0
    assert {*PIPELINE["digest-postmortems"]["artifacts"]["paths"]} == {"digest.md", "due"}
    assert (archive / "due").read_text("utf-8") == "1\n"
    assert "Give the batch a pool of its own" in (archive / "digest.md").read_text("utf-8")

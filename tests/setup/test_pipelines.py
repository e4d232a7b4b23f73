"""What runs Afterword elsewhere: the hook of pre-commit, the action of GitHub, the template of GitLab, each run as far as it can be without their servers."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tomllib
import venv
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from tests.cli.test_since import GOOD, NEW, OLD
from tests.conftest import REPOSITORY, drawn
from tests.git import ENVIRONMENT, commit, git
from tests.setup.scripts import PROGRAMS, expect_to_fit, run_script

ACTION: dict[str, Any] = yaml.safe_load((REPOSITORY / "action.yml").read_text("utf-8"))
TEMPLATE: dict[str, Any] = yaml.safe_load((REPOSITORY / "ci/gitlab.yml").read_text("utf-8"))
STEPS = {step.get("name", step.get("uses")): step for step in ACTION["runs"]["steps"]}
INPUT = re.compile(r"\$\{\{ inputs\.(\w+) \}\}")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Give a repository whose main branch holds an old record with an error; the work is on a branch."""
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch", "main")
    commit(folder, {"afterword.yml": "", "postmortems/2026-03-14-old.md": OLD, "README.md": "# Ours\n"})
    git(folder, "switch", "--quiet", "--create", "work")
    return folder


def _step(
    name: str, folder: Path, programs: Path = PROGRAMS, **inputs: str
) -> subprocess.CompletedProcess[str]:
    """Run a step of the action as GitHub runs it: the inputs in its environment, files for outputs and summary."""
    given = {key: each["default"] for key, each in ACTION["inputs"].items()} | inputs
    step = STEPS[name]
    own = {
        key: INPUT.sub(lambda found: given[found[1]], value).replace(
            "${{ github.action_path }}", str(REPOSITORY)
        )
        for key, value in step["env"].items()
    }
    places = {
        name: str(folder.parent / name)
        for name in ("RUNNER_TEMP", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "XDG_CACHE_HOME")
    }
    Path(places["RUNNER_TEMP"]).mkdir(exist_ok=True)
    Path(places["GITHUB_OUTPUT"]).touch()
    path = f"{programs}:{os.environ['PATH']}"
    around = {**os.environ, "GITHUB_ACTIONS": "true", **places, **own, "PATH": path}
    return run_script(step["run"], folder, **around)


def test_action_is_what_github_expects() -> None:
    """It fits the schema of actions."""
    expect_to_fit(["vendor.github-actions"], REPOSITORY, "action.yml")


def test_scripts_of_the_action_take_no_input_as_code() -> None:
    """No expression stands in a script, no module is looked for in the working folder, no site generator is called."""
    scripts = [step["run"] for step in STEPS.values() if "run" in step]
    assert len(scripts) == 2
    for script in scripts:
        assert "${{" not in script
        assert " -m " not in script
        assert "mkdocs" not in script and "afterword build" not in script


def test_every_input_of_the_action_is_used() -> None:
    """None is promised and forgotten."""
    used = {
        name
        for step in STEPS.values()
        for value in step.get("env", {}).values()
        for name in INPUT.findall(value)
    }
    assert used == set(ACTION["inputs"])


def test_action_reports_a_pull_request(archive: Path) -> None:
    """An error is an annotation, stands in the summary and in the SARIF log, and fails the job."""
    with drawn(archive, {"postmortems/2026-03-15-new.md": NEW}):
        done = _step("Check", archive, since="main", sarif="true")
    assert done.returncode == 1, done.stderr
    assert "::error file=postmortems/2026-03-15-new.md,line=4," in done.stdout
    assert "2026-03-14-old.md" not in done.stdout
    assert "unknown-severity" in (archive.parent / "GITHUB_STEP_SUMMARY").read_text("utf-8")
    name, _, log = (archive.parent / "GITHUB_OUTPUT").read_text("utf-8").strip().partition("=")
    assert name == "sarif"
    results = json.loads(Path(log).read_text("utf-8"))["runs"][0]["results"]
    assert [each["ruleId"] for each in results] == ["unknown-severity"]
    upload = STEPS["Send findings to code scanning"]
    assert upload["with"]["sarif_file"] == "${{ steps.check.outputs.sarif }}"
    assert "steps.check.outputs.sarif != ''" in upload["if"]


def test_action_takes_its_inputs(archive: Path) -> None:
    """Paths a line each, a baseline, and no SARIF log unless it is wanted."""
    tree: dict[str, str | bytes] = {
        "postmortems/2026-03-15-new.md": NEW,
        "postmortems/2026-03-14-good.md": GOOD,
    }
    with drawn(archive, tree):
        good = _step("Check", archive, paths="postmortems/2026-03-14-good.md\n")
        both = _step(
            "Check", archive, paths="postmortems/2026-03-14-good.md\npostmortems/2026-03-15-new.md\n"
        )
        known = _step("Check", archive, baseline="nowhere.json", strict="true")
    assert (good.returncode, both.returncode, known.returncode) == (0, 1, 2)
    assert "there is no baseline nowhere.json" in known.stderr
    assert (archive.parent / "GITHUB_OUTPUT").read_text("utf-8") == ""


@pytest.mark.parametrize(("name", "word"), [("strict", "yes"), ("sarif", "True")])
def test_action_takes_no_other_word_for_true(archive: Path, name: str, word: str) -> None:
    """To GitHub `strict: yes` is a text, and a check that is not as strict as it was asked to be passes for it."""
    done = _step("Check", archive, **{name: word})
    assert (done.returncode, done.stdout) == (
        2,
        f"::error::the input {name} takes true or false, and nothing else\n",
    )


@pytest.mark.parametrize("name", ["paths", "since", "baseline", "strict", "sarif", "version"])
def test_action_obeys_no_input(archive: Path, name: str) -> None:
    """A branch may be called anything: it is a name that does not exist, and nothing runs."""
    step = "Install Afterword" if name == "version" else "Check"
    done = _step(step, archive, **{name: '1"; touch obeyed; $(touch obeyed) `touch obeyed`; "'})
    assert not (archive / "obeyed").exists()
    assert done.returncode in ((1,) if name == "version" else (2,)), done.stderr


@pytest.mark.slow
def test_action_installs_itself(archive: Path, tmp_path: Path) -> None:
    """Without a version the action's own Afterword is installed, and its command is found."""
    venv.create(tmp_path / "venv", with_pip=True)
    programs = tmp_path / "venv/bin"
    assert _step("Install Afterword", archive, programs).returncode == 0
    done = _step("Check", archive, programs)
    assert "::error file=postmortems/2026-03-14-old.md,line=4," in done.stdout, done.stderr


def test_template_is_what_gitlab_expects() -> None:
    """It fits the schema of pipelines."""
    expect_to_fit(["vendor.gitlab-ci", "--data-transform", "gitlab-ci"], REPOSITORY, "ci/gitlab.yml")


def test_template_holds_up_no_deployment() -> None:
    """In a merge request a finding fails the pipeline; on the default branch, where an overdue action comes with the day, it does not."""
    merge_request, default_branch = TEMPLATE["check-postmortems"]["rules"]
    assert "allow_failure" not in merge_request and default_branch["allow_failure"] is True


def _check_of_template(archive: Path, options: str) -> subprocess.CompletedProcess[str]:
    script, cache = TEMPLATE["check-postmortems"]["script"][1], str(archive.parent / "cache")
    return run_script(script, archive, AFTERWORD_OPTIONS=options, XDG_CACHE_HOME=cache)


def test_template_leaves_its_reports(archive: Path) -> None:
    """Its script, run by a shell, fails for an error, and the reports that it names for GitLab are there."""
    done = _check_of_template(archive, "")
    assert done.returncode == 1, done.stderr
    assert "[unknown-severity]" in done.stdout
    reports = TEMPLATE["check-postmortems"]["artifacts"]["reports"]
    issues = json.loads((archive / reports["codequality"]).read_text("utf-8"))
    assert [each["check_name"] for each in issues] == ["unknown-severity"]
    assert ElementTree.parse(archive / reports["junit"]).getroot().get("failures") == "1"  # noqa: S314 - our own file


def test_template_takes_options(archive: Path) -> None:
    """With what a merge request left, nothing is new; on the default branch, where that is empty, everything is told."""
    assert _check_of_template(archive, "--since=main").returncode == 0
    assert _check_of_template(archive, "--since=").returncode == 1


@pytest.mark.parametrize("source", ["==1.2", " @ git+https://code.example/afterword@0123456"])
def test_template_installs_what_is_named(source: str) -> None:
    """A release, or a commit of a repository."""
    script = TEMPLATE["check-postmortems"]["script"][0].replace("pip install --quiet", "echo")
    done = subprocess.run(
        ["sh", "-c", script], env={"AFTERWORD_SOURCE": source}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == f"afterword[secrets]{source}"


def test_template_installs_no_name_that_anybody_may_take() -> None:
    """As it is, pip is given a place that does not exist, and looks the name up in no index."""
    assert TEMPLATE["variables"]["AFTERWORD_SOURCE"].startswith(" @ git+https://code.example/")


HOOK: dict[str, Any] = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text("utf-8"))[0]


def test_hook_is_what_pre_commit_expects() -> None:
    """Its manifest is valid."""
    manifest = str(REPOSITORY / ".pre-commit-hooks.yaml")
    done = subprocess.run(
        [str(PROGRAMS / "pre-commit"), "validate-manifest", manifest],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("postmortems/2026-03-14-a.md", True),
        ("docs/incidents/2026/a.markdown", True),
        ("afterword.yml", True),
        ("sub/afterword.yml", True),
        ("mkdocs.yml", False),
        ("notes.md.txt", False),
    ],
)
def test_hook_is_called_for(path: str, wanted: bool) -> None:
    """Markdown and the settings, wherever they lie."""
    assert bool(re.search(HOOK["files"], path)) == wanted


def test_hook_judges_the_archive_alone(archive: Path) -> None:
    """Of the files of a commit those of the archive are judged; a README is no record, and nothing but it no reason to fail."""
    command = [str(PROGRAMS / HOOK["entry"].split()[0]), *HOOK["entry"].split()[1:]]
    codes = [
        subprocess.run([*command, *files], cwd=archive, capture_output=True, check=False).returncode
        for files in (
            ["README.md"],
            ["README.md", "afterword.yml"],
            ["README.md", "postmortems/2026-03-14-old.md"],
        )
    ]
    assert codes == [0, 0, 1]


LEAK = GOOD + "\n    password=q7Rt2xLm9v\n"


def test_all_of_them_look_for_secrets(archive: Path) -> None:
    """A password that was pasted stops the hook, the action and the template."""
    record = "postmortems/2026-03-15-leak.md"
    with drawn(archive, {record: LEAK}):
        hook = subprocess.run(
            [str(PROGRAMS / HOOK["entry"].split()[0]), *HOOK["entry"].split()[1:], record],
            cwd=archive,
            capture_output=True,
            text=True,
            check=False,
        )
        action = _step("Check", archive, since="main")
        template = _check_of_template(archive, "--since=main")
    for done in (hook, action, template):
        assert done.returncode == 1, done.stderr
        assert "a password or key behind its name" in done.stdout


def test_hook_brings_what_looking_for_secrets_needs() -> None:
    """pre-commit installs the package without its extras: the hook names what is in that of secrets."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    assert HOOK["additional_dependencies"] == project["optional-dependencies"]["secrets"]


@pytest.mark.slow
def test_hook_runs_in_pre_commit(archive: Path, tmp_path: Path) -> None:
    """pre-commit installs it from this repository and runs it on the files of a commit: the new record's error is told, a README is not."""
    source = tmp_path / "afterword"
    wanted = ("plugins", "README.md", "CHANGELOG.md", "LICENSE", "pyproject.toml", ".pre-commit-hooks.yaml")
    for name in wanted:
        place = REPOSITORY / name
        (shutil.copytree if place.is_dir() else shutil.copy)(
            place, source / name if place.is_dir() else _made(source)
        )
    git(source, "init", "--quiet")
    commit(source)
    with drawn(archive, {"postmortems/2026-03-15-new.md": NEW}):
        git(archive, "add", "--all")
    done = subprocess.run(
        [str(PROGRAMS / "pre-commit"), "try-repo", str(source), "afterword", "--verbose"],
        cwd=archive,
        env={
            **os.environ,
            **ENVIRONMENT,
            "PRE_COMMIT_HOME": str(tmp_path / "home"),
            "PATH": f"{PROGRAMS}:{os.environ['PATH']}",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "postmortems/2026-03-15-new.md:4:11: error: severity 'P1'" in done.stdout
    assert "README" not in done.stdout


def _made(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder

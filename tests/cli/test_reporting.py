"""Where `afterword check` puts its reports: the terminal, files, the summary of a job."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.conftest import afterword

RECORD = """\
---
title: Checkout returned errors
date: 2026-03-14
severity: P1
status: final
---

## Summary

Customers could not pay. A batch had used up the pool. It was restarted.
"""
PATH = "postmortems/2026-03-14-bad #1.md"


def check(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Check the archive around a folder, whatever comes of it."""
    return afterword("check", *arguments, folder=folder, code=None)


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the root of a repository whose archive has one record with an error; the summary of the job that runs these tests is left alone."""
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    (tmp_path / ".git").mkdir()
    (tmp_path / "afterword.yml").write_text("", "utf-8")
    (tmp_path / PATH).parent.mkdir()
    (tmp_path / PATH).write_text(RECORD, "utf-8")
    return tmp_path


def test_a_file_takes_the_report_and_the_terminal_the_text(archive: Path) -> None:
    """With -o the report in the form asked for is in the file, and standard output has text."""
    result = check(archive, "--format", "sarif", "-o", "found.sarif")
    log = json.loads((archive / "found.sarif").read_text("utf-8"))
    assert result.returncode == 1
    assert result.stdout.startswith(f"{PATH}:")
    assert len(log["runs"][0]["results"]) == len(
        [line for line in result.stdout.splitlines() if line.startswith(PATH)]
    )


def test_files_in_forms_of_their_own(archive: Path) -> None:
    """With FORMAT=FILE standard output keeps its form, and any number of files have theirs, in one run."""
    result = check(
        archive,
        "--format",
        "concise",
        "-o",
        "junit=t.xml",
        "-o",
        "gitlab=q.json",
        "-o",
        "text=t.txt",
    )
    suites = ET.parse(archive / "t.xml").getroot()  # noqa: S314 - our own
    issues = json.loads((archive / "q.json").read_text("utf-8"))
    assert "hint:" not in result.stdout
    assert "hint:" in (archive / "t.txt").read_text("utf-8")
    assert {each["location"]["path"] for each in issues} == {PATH}
    assert [suite.attrib["name"] for suite in suites] == [PATH]


def test_a_dash_is_standard_output(archive: Path) -> None:
    """`-o -` changes nothing, as with `export`."""
    plain, dash = (check(archive, "--format", "json", *more) for more in ((), ("-o", "-")))
    assert plain.stdout == dash.stdout
    assert json.loads(dash.stdout)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--statistics", "--format", "junit"], "--statistics has no place in --format junit"),
        (["-o", "sarif="], "--output sarif= names no file, expected sarif=FILE"),
        (["-o", "nope=x.json"], "no format 'nope', expected text, concise, json"),
        (["-o", "jnit=t.xml"], "(did you mean 'junit'?); a file of this name is ./jnit=t.xml"),
        (
            ["-o", "no/such/folder/x.txt"],
            "cannot write no/such/folder/x.txt: the folder no/such/folder does not exist",
        ),
        (
            ["-o", "found.json"],
            "-o found.json: text is not what a file with the ending .json holds, expected .txt, .md, .markdown, or --format json, sarif, gitlab",
        ),
        (
            ["-o", "junit=t.sarif"],
            "junit is not what a file with the ending .sarif holds, expected .xml, .txt",
        ),
    ],
)
def test_what_cannot_be_reported_is_said(archive: Path, arguments: list[str], said: str) -> None:
    """Options that make no sense, and files that cannot be written, end with 2 and the reason."""
    result = check(archive, *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.split())


def test_a_name_of_a_file_may_hold_an_equals_sign(archive: Path) -> None:
    """Where a folder or an ending stands before it, it is no form."""
    check(archive, "--format", "json", "-o", "./a=b", "-o", "report.v=1")
    assert json.loads((archive / "a=b").read_text("utf-8")) == json.loads(
        (archive / "report.v=1").read_text("utf-8")
    )


@pytest.mark.slow
def test_a_full_log_is_said_at_once(archive: Path) -> None:
    """Where there are more findings than GitHub takes, standard error says how many are not in the log."""
    sections = "".join(f"## Section {number}\n\nText.\n\n" for number in range(110))
    for number in range(260):
        (archive / f"postmortems/2026-03-15-{number}.md").write_text(RECORD + sections, "utf-8")
    result = check(archive, "--format", "sarif")
    said, _, rest = result.stderr.partition(" ")
    assert int(said.replace(",", "")) > 1_000
    assert rest == "findings are not in the SARIF log, which is full\n"
    assert len(json.loads(result.stdout)["runs"][0]["results"]) == 25_000


def test_statistics_go_where_they_have_a_place(archive: Path) -> None:
    """Beside a SARIF file the text has the counts; a JSON file has them as a key."""
    result = check(archive, "--statistics", "--format", "sarif", "-o", "s", "-o", "json=j")
    assert "findings   files  level    rule\n" in result.stdout
    assert json.loads((archive / "j").read_text("utf-8"))["statistics"][0]["level"] == "error"


@pytest.mark.parametrize("form", ["sarif", "github", "gitlab"])
def test_services_get_paths_from_the_root_of_the_repository(archive: Path, form: str) -> None:
    """Wherever the command runs, what a build service reads names files as the repository has them."""
    (archive / "docs").mkdir()
    reports = [check(folder, "--format", form) for folder in (archive, archive / "docs")]
    assert reports[0].stdout == reports[1].stdout
    assert "postmortems/2026-03-14-bad" in reports[0].stdout
    assert "../postmortems" not in reports[0].stdout


def test_a_job_gets_a_summary(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the form for GitHub the summary is added to what other steps wrote; in other forms it is left alone."""
    summary = archive / "summary.md"
    summary.write_text("before\n", "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    check(archive)
    assert summary.read_text("utf-8") == "before\n"
    result = check(archive, "--format", "github")
    assert result.returncode == 1
    assert summary.read_text("utf-8").startswith("before\n## afterword check\n")
    assert "[unknown-severity]" in summary.read_text("utf-8")


def test_a_summary_that_cannot_be_written_is_no_failure(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The report and the exit code are as ever; standard error says why there is no summary."""
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(archive / "no" / "summary.md"))
    result = check(archive, "--format", "github")
    assert result.returncode == 1
    assert result.stdout.startswith("::error file=")
    assert result.stderr.startswith("no job summary: ")


@pytest.mark.skipif(os.name == "nt", reason="terminals are those of POSIX")
@pytest.mark.parametrize(("no_colour", "has_colour"), [("", True), ("1", False)])
def test_a_terminal_shows_the_source(archive: Path, no_colour: str, has_colour: bool) -> None:
    """On a terminal the line of a finding stands below it, with marks; who declines colour gets it without."""
    ours, theirs = os.openpty()
    with os.fdopen(theirs, "wb") as terminal:
        process = subprocess.Popen(
            [sys.executable, "-c", "from afterword.cli.main import main; main(['check', 'postmortems'])"],
            cwd=archive,
            env={**os.environ, "TERM": "xterm", "NO_COLOR": no_colour, "COLUMNS": "80"},
            stdout=terminal,
            stderr=subprocess.DEVNULL,
        )
    told = b""
    try:
        while chunk := os.read(ours, 4096):
            told += chunk
    except OSError:
        pass  # the other end is closed
    process.wait()
    os.close(ours)
    assert (b"\x1b[" in told) == has_colour
    if not has_colour:
        assert "   4 | severity: P1\r\n     |           ^^\r\n" in told.decode()

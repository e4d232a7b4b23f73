"""`afterword check` and `afterword rule`, run as a person runs them."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from pathlib import Path

import pytest

from tests import command
from tests.drawn_record import complete_record

GOOD = complete_record()
WARNS = complete_record(more="")
FAILS = complete_record(severity="P1")


def afterword(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder, whatever its exit code."""
    return command.afterword(*arguments, folder=folder, code=None)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Give the root of an archive with one record that is right."""
    (tmp_path / "afterword.yml").write_text("", "utf-8")
    _write(tmp_path, "postmortems/2026-03-14-good.md", GOOD)
    return tmp_path


def _write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, "utf-8")


def test_a_clean_archive_exits_with_0(archive: Path) -> None:
    """Nothing wrong: a summary, and exit code 0."""
    result = afterword(archive, "check")
    assert (result.returncode, result.stdout) == (0, "no findings in 1 record\n"), result.stderr


def test_an_error_exits_with_1(archive: Path) -> None:
    """An error has its place, level and rule on one line, and exit code 1."""
    _write(archive, "postmortems/2026-03-14-bad.md", FAILS)
    result = afterword(archive, "check")
    assert result.returncode == 1
    assert result.stdout.startswith("postmortems/2026-03-14-bad.md:4:11: error: severity 'P1'")
    assert result.stdout.splitlines()[0].endswith("[unknown-severity]")


def test_warnings_fail_only_when_strict(archive: Path) -> None:
    """A warning exits with 0, with --strict with 1."""
    _write(archive, "postmortems/2026-03-14-short.md", WARNS)
    plain, strict = afterword(archive, "check"), afterword(archive, "check", "--strict")
    assert plain.returncode == 0, plain.stdout
    assert strict.returncode == 1
    assert "[summary-length]" in plain.stdout


def test_only_named_files_are_judged(archive: Path) -> None:
    """A path limits what is reported, and the records that are counted."""
    _write(archive, "postmortems/2026-03-14-bad.md", FAILS)
    result = afterword(archive, "check", "postmortems/2026-03-14-good.md")
    assert (result.returncode, result.stdout) == (0, "no findings in 1 record\n")


def test_pages_are_judged_where_they_or_their_folder_are_named(archive: Path) -> None:
    """What looks like a record and is none is said whichever way it is named, and not where another file is."""
    _write(archive, "postmortems/old/Outage.md", "## Summary\n\n## Impact\n\n## Timeline\n")
    for named in ("postmortems/old", "postmortems/old/Outage.md"):
        said = afterword(archive, "check", named).stdout
        assert said.startswith("postmortems/old/Outage.md:1:1: info: the page has sections of a post-mortem")
        assert said.splitlines()[0].endswith("[unread-record]")
    assert "Outage" not in afterword(archive, "check", "postmortems/2026-03-14-good.md").stdout
    (archive / "postmortems/old/Outage.md").rename(archive / "postmortems/old/Our template.md")
    assert "Our template" not in afterword(archive, "check").stdout


def test_a_file_outside_the_archive_is_judged_as_a_record(archive: Path) -> None:
    """Whatever its extension, a named file is read as a record."""
    _write(archive, "drafts/notes.txt", FAILS)
    result = afterword(archive, "check", "drafts/notes.txt")
    assert result.returncode == 1
    assert "drafts/notes.txt:4:11: error:" in result.stdout


def test_paths_are_relative_to_the_current_folder(archive: Path) -> None:
    """From a folder inside the archive, paths lead there from that folder."""
    _write(archive, "postmortems/2026/2026-03-14-bad.md", FAILS)
    (archive / "docs").mkdir()
    inside = afterword(archive / "postmortems", "check")
    beside = afterword(archive / "docs", "check")
    assert inside.stdout.startswith("2026/2026-03-14-bad.md:4:11:")
    assert beside.stdout.startswith("../postmortems/2026/2026-03-14-bad.md:4:11:")


def test_json_is_a_list_of_findings(archive: Path) -> None:
    """With --format json the output is JSON and nothing else, the exit code the same."""
    _write(archive, "postmortems/2026-03-14-bad.md", FAILS)
    result = afterword(archive, "check", "--format", "json")
    findings = json.loads(result.stdout)
    assert result.returncode == 1
    assert [each["line"] for each in findings if each["rule"] == "unknown-severity"] == [4]


def test_as_of_decides_what_is_overdue(archive: Path) -> None:
    """--as-of judges as on another day."""
    table = (
        "| ID | Action | Owner | Due | Ticket | Category | Status |\n|---|---|---|---|---|---|---|\n"
        "| A1 | Double the pool | Juno Papercliff | 2026-04-28 | PAY-1 | prevent | open |\n"
    )
    _write(archive, "postmortems/2026-03-14-good.md", GOOD.replace("None.\n", table))
    before, after = (afterword(archive, "check", "--as-of", day) for day in ("2026-04-28", "2026-04-29"))
    assert "[action-overdue]" not in before.stdout
    assert "[action-overdue]" in after.stdout


def test_missing_sections_say_where_each_belongs(archive: Path) -> None:
    """Sections that belong into one place come in reading order, and each after the first names the one before it."""
    header = GOOD[: GOOD.index("## ")]
    _write(
        archive,
        "postmortems/2026-03-14-good.md",
        header + "## Summary\n\nA. B. C.\n\n## Action items\n\nNone.\n",
    )
    hints = [line.strip() for line in afterword(archive, "check").stdout.splitlines() if "hint: add" in line]
    assert hints == [
        "hint: add `## Impact` before 'Action items' on line 16",
        "hint: add `## Contributing factors` after `## Impact`",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "nowhere.md"], "nowhere.md does not exist"),
        (["check", "--config", "nowhere.yml"], "nowhere.yml"),
        (["check", "--as-of", "tomorrow"], "expected YYYY-MM-DD"),
        (["check", "--format", "xml"], "xml"),
        (["serve", "--address", "localhost"], "expected HOST:PORT"),
        (["chekc"], "did you mean 'check'?"),
        (["rule", "missing-feild"], "did you mean 'missing-field'?"),
    ],
)
def test_what_cannot_run_exits_with_2(archive: Path, arguments: list[str], said: str) -> None:
    """A wrong path, option or name ends with a plain message on standard error and exit code 2."""
    result = afterword(archive, *arguments)
    assert result.returncode == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


@pytest.mark.skipif(os.name == "nt", reason="pipes are those of POSIX")
@pytest.mark.parametrize("words", ["check", "--help", "check --help", "export json"])
def test_a_reader_that_has_seen_enough_is_no_fault(archive: Path, words: str) -> None:
    """Into a pipe that nobody reads any more nothing is complained about, and the exit code is not that of findings."""
    result = _unread(archive, words)
    assert (result.returncode, result.stderr) == (141, "")


@pytest.mark.skipif(os.name == "nt", reason="pipes are those of POSIX")
@pytest.mark.parametrize("words", ["check nowhere", "chek"])
def test_nobody_reads_why_it_cannot_run(archive: Path, words: str) -> None:
    """Where standard error is such a pipe, it ends in the same way."""
    assert _unread(archive, words, stderr=subprocess.STDOUT).returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk is full by itself")
@pytest.mark.parametrize("words", ["--help", "check --help", "check", "rule missing-field"])
def test_a_full_disk_is_told_in_a_line(archive: Path, words: str) -> None:
    """Whatever could not be written is not tried again when all ends."""
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [sys.executable, "-c", "from afterword.cli.main import main; main()", *words.split()],
            cwd=archive,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert (result.returncode, result.stderr) == (2, "afterword: no space left on device\n")


@pytest.mark.skipif(os.name == "nt", reason="pipes are those of POSIX")
def test_a_reader_that_goes_is_noticed_without_buffers_too(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PYTHONUNBUFFERED writes once, and forgets what the pipe did not take."""
    monkeypatch.setenv("PYTHONUNBUFFERED", "1")
    with subprocess.Popen(
        [sys.executable, "-c", "from afterword.cli.main import main; main(['rule', '--reference'])"],
        cwd=archive,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.read(1) == b"#"
        process.stdout.close()
        assert process.wait() == 141


def _unread(archive: Path, words: str, stderr: int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    """Run a command whose output nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        return subprocess.run(
            [sys.executable, "-c", f"from afterword.cli.main import main; main({words.split()})"],
            cwd=archive,
            stdout=pipe,
            stderr=stderr,
            text=True,
            check=False,
        )


@pytest.mark.skipif(os.name == "nt", reason="a shell of POSIX closes the stream")
@pytest.mark.parametrize("words", ["check", "rule", "export json"])
def test_a_closed_output_is_no_traceback(archive: Path, words: str) -> None:
    """Started without standard output a command does its work all the same."""
    code = f"import sys; from afterword.cli.main import main; main({words.split()})"
    result = subprocess.run(
        ["sh", "-c", f'exec "{sys.executable}" -c "{code}" >&-'],
        cwd=archive,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.skipif(os.name == "nt", reason="terminals are those of POSIX")
@pytest.mark.parametrize(("kind", "is_told"), [("xterm", True), ("dumb", False)])
def test_a_terminal_is_told_how_far_reading_has_come(archive: Path, kind: str, is_told: bool) -> None:
    """What takes longer than a second says so on standard error, in a line that is gone afterwards; the report is the same."""
    slow_reading = (
        "import time; from afterword import operations; from afterword.cli.main import main; judge = operations.judge\n"
        "def slowly(found, as_of, progress, *others):\n"
        "    judged = judge(found, as_of); time.sleep(1.1)\n"
        "    if progress: progress(7, 9)\n"
        "    return judged\n"
        "operations.judge = slowly; main(['check'])"
    )
    ours, theirs = os.openpty()
    with os.fdopen(theirs, "wb") as terminal:
        result = subprocess.run(
            [sys.executable, "-c", slow_reading],
            cwd=archive,
            env={**os.environ, "TERM": kind},
            stdout=subprocess.PIPE,
            stderr=terminal,
            check=False,
        )
        told = b""
        while select.select([ours], [], [], 0)[0]:
            told += os.read(ours, 4096)
    os.close(ours)
    assert result.stdout == b"no findings in 1 record\n"
    assert told == (b"\rread 7 of 9 records\r\x1b[K" if is_told else b"")


def test_rule_lists_and_explains(archive: Path) -> None:
    """`rule` gives each rule a line; `rule ID` its documentation, also for an id in brackets."""
    listing, page = afterword(archive, "rule"), afterword(archive, "rule", "[missing-field]")
    assert listing.returncode == page.returncode == 0
    assert any(line.startswith("missing-field ") for line in listing.stdout.splitlines())
    assert page.stdout.startswith("# missing-field\n")


def test_help_imports_no_command(archive: Path) -> None:
    """The overview names all commands without loading what they need."""
    code = "import sys; from afterword.cli.main import cli; cli.main(['--help'], standalone_mode=False); sys.exit('afterword.operations' in sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=archive, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    for name in ("check", "rule", "build", "serve", "export"):
        assert f"  {name} " in result.stdout


def test_language_alone_is_judged_in_any_markdown(tmp_path: Path) -> None:
    """Without an archive, documents named or below a folder are judged by their words; headers, sections and settings are not."""
    (tmp_path / "minutes.md").write_text("# Minutes\n\nWe failed to verify it.\n", "utf-8")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "2026-01-01.html.md.erb").write_text(
        "---\ntitle: [\n---\n\n- It was our fault\n", "utf-8"
    )
    (tmp_path / "notes" / "picture.png").write_bytes(b"\x89PNG")
    result = afterword(tmp_path, "check", "--language-only", "minutes.md", "notes")
    assert result.returncode == 0
    lines = [line for line in result.stdout.splitlines() if not line.startswith(" ")]
    assert lines[0].startswith("minutes.md:3:1: warning: 'We failed to verify'")
    assert lines[1].startswith(
        "notes/2026-01-01.html.md.erb:5:10: warning: 'our fault' assigns blame [fault]"
    )
    assert lines[2:] == ["2 warnings in 2 records"]
    assert afterword(tmp_path, "check", "--language-only", "--strict", "minutes.md").returncode == 1
    found = json.loads(afterword(tmp_path, "check", "--language-only", "--format", "json", "notes").stdout)
    assert [each["rule"] for each in found] == ["fault"]


def test_language_alone_is_judged_in_an_archive(tmp_path: Path) -> None:
    """Without paths the records are judged; pages named below the archive are, too; comments silence, and what was silent is not said."""
    records = tmp_path / "postmortems"
    records.mkdir()
    more = "<!-- afterword: ignore fault -- quoted -->\n\nIt was our fault.\n\n<!-- afterword: ignore dead-link -- none -->\n\nWe forgot it."
    (records / "2026-03-14-checkout.md").write_text(
        FAILS.replace("## Impact", f"{more}\n\n## Impact"), "utf-8"
    )
    (records / "index.md").write_text("Obviously.\n", "utf-8")
    rules = [
        line.rpartition("[")[2]
        for line in afterword(tmp_path, "check", "--language-only").stdout.splitlines()
    ]
    assert "human-error]" in rules and not any(
        rule in rules for rule in ("fault]", "unused-suppression]", "unknown-severity]")
    )
    assert "[hindsight]" in afterword(tmp_path, "check", "--language-only", "postmortems/index.md").stdout
    assert afterword(tmp_path, "check", "--language-only", "nowhere.md").returncode == 2


def test_python_runs_the_package(archive: Path) -> None:
    """Where a script's folder is on no path, the interpreter finds the command."""
    command = [sys.executable, "-m", "afterword", "check", "nowhere"]
    result = subprocess.run(command, cwd=archive, capture_output=True, text=True)
    assert result.returncode == 2 and result.stderr.startswith("afterword: ")

"""A hundred broken records and a folder of hostile files: each ends in its finding."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from afterword.model.settings import Settings
from afterword.operations.reading.loading import LARGEST_READ
from afterword.parse.record import parse_record
from tests.conftest import afterword, drawn
from tests.robustness.broken import ACTIONS, BROKEN, TIMELINE, TREE, Broken, record

Found = dict[str, list[dict[str, Any]]]

USUAL = "2026-03-14-broken.md"
PLACES = {
    each.case: f"postmortems/2026/{each.name if each.name != USUAL else f'2026-03-14-broken-{number:03}.md'}"
    for number, each in enumerate(BROKEN)
}
SECONDS = 2.0
"""What one record may take of a processor."""

CASES = [pytest.param(each, id=each.case) for each in BROKEN]


def _checked(folder: Path, *arguments: str | Path) -> Found:
    """Check in a process of its own, which a stack that overflows would end."""
    done = afterword("check", "--format", "json", "--as-of", "2026-04-01", *arguments, folder=folder, code=1)
    assert "Traceback" not in done.stderr
    found: Found = {}
    for finding in json.loads(done.stdout):
        found.setdefault(finding["path"], []).append(finding)
    return found


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Check one archive that holds all broken records."""
    tree: dict[str, str | bytes] = {PLACES[each.case]: each.content for each in BROKEN}
    with drawn(tmp_path_factory.mktemp("broken"), {"afterword.yml": "", **tree}) as folder:
        return _checked(folder)


def test_there_are_a_hundred() -> None:
    """The table does not shrink unseen, and no two of its cases share a name."""
    assert len(BROKEN) == len(PLACES) >= 100


@pytest.mark.slow
@pytest.mark.parametrize("broken", CASES)
def test_a_broken_record_ends_in_its_finding(broken: Broken, found: Found) -> None:
    """The author is told what is wrong, on the line where it is."""
    findings = found[PLACES[broken.case]]
    places = [(finding["rule"], finding["line"]) for finding in findings]
    assert (broken.rule, broken.line) in places


@pytest.mark.parametrize("broken", CASES)
@pytest.mark.usefixtures("found")
def test_a_broken_record_is_read_in_time(broken: Broken) -> None:
    """No record takes long, and every finding lies inside its file."""
    begin = time.process_time()
    read = parse_record(broken.content[:LARGEST_READ], broken.name, Settings(), size=len(broken.content))
    assert time.process_time() - begin < SECONDS
    lines = broken.content.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for finding in read.findings:
        span = finding.span
        assert (span.line, span.column) <= (span.end_line, span.end_column)
        assert 1 <= span.line <= span.end_line <= len(lines)
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1
        assert 1 <= span.end_column <= len(lines[span.end_line - 1]) + 1


def test_binary_content_is_said_once(found: Found) -> None:
    """What is no text is one finding, not one for each part of a record that it lacks."""
    for case in ("picture renamed", "UTF-16 with a mark", "UTF-16 without a mark", "random bytes"):
        assert [finding["rule"] for finding in found[PLACES[case]]] == ["encoding"]


def test_a_missing_header_is_said_once(found: Found) -> None:
    """A file without front matter is not told of each field too."""
    rules = [finding["rule"] for finding in found[PLACES["no header"]]]
    assert rules.count("front-matter") == 1
    assert not {"missing-field", "extra-title"} & set(rules)


SOUND = record("## Impact\n\na\n")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Draw an archive with whatever a file system can hold beside files."""
    tree: dict[str, str | bytes] = {
        "afterword.yml": "",
        "outside.md": SOUND,
        "postmortems/2026/2026-03-01-sound.md": SOUND.replace(b"2026-03-14", b"2026-03-01"),
        "postmortems/2026/2026-03-02-folder.md/2026-03-03-inside.md": SOUND,
        "postmortems/2025/2026-03-04-twice.md": SOUND,
        "postmortems/2026/2026-03-04-twice.md": SOUND,
        "postmortems/2026/2026-03-05-case.md": SOUND,
        "postmortems/2026/2026-03-05-Case.md": SOUND,
        "postmortems/services/index.md": "# Ours\n",
        "postmortems/2026/2026-03-06-unreadable.md": SOUND,
    }
    with drawn(tmp_path_factory.mktemp("hostile"), tree) as folder:
        place = folder / "postmortems" / "2026"
        (place / "2026-03-07-out.md").symlink_to(folder / "outside.md")
        (place / "2026-03-08-loop.md").symlink_to(place / "2026-03-08-loop.md")
        (place / "2026-03-09-nowhere.md").symlink_to(place / "nothing.md")
        (place / "up").symlink_to(folder / "postmortems", target_is_directory=True)
        (place / "away").symlink_to("/", target_is_directory=True)
        os.mkfifo(place / "2026-03-10-pipe.md")
        with (place / "2026-03-11-vast.md").open("wb") as file:
            file.truncate(3 * 1024**3)
        (place / "2026-03-06-unreadable.md").chmod(0)
        Path(os.fsdecode(os.fsencode(place) + b"/2026-03-12-\xff.md")).write_bytes(SOUND)
        return folder


@pytest.fixture(scope="module")
def hostile_found(hostile: Path) -> Found:
    """Check the hostile archive."""
    return _checked(hostile)


@pytest.mark.parametrize(
    ("name", "rule", "said"),
    [
        ("2026/2026-03-07-out.md", "unreadable-file", "leads out"),
        ("2026/2026-03-08-loop.md", "unreadable-file", "not read"),
        ("2026/2026-03-09-nowhere.md", "unreadable-file", "leads to nothing"),
        ("2026/away", "unreadable-file", "leads out"),
        ("2026/2026-03-10-pipe.md", "unreadable-file", "not an ordinary file"),
        ("2026/2026-03-11-vast.md", "too-large", "3145728 KB"),
        ("2026/2026-03-04-twice.md", "duplicate-id", "postmortems/2025"),
        ("2026/2026-03-05-Case.md", "file-name", "small letters"),
        ("services/index.md", "reserved-address", "services"),
        ("2026/2026-03-12-\ufffd.md", "file-name", "small letters"),
    ],
)
def test_hostile_files_are_findings(name: str, rule: str, said: str, hostile_found: Found) -> None:
    """Links, pipes and names that cannot be read or published are reported with their path, on the first line."""
    findings = [each for each in hostile_found[f"postmortems/{name}"] if each["rule"] == rule]
    assert [each["line"] for each in findings] == [1]
    assert said in findings[0]["message"]


def test_two_ids_that_differ_in_case_clash(hostile_found: Found) -> None:
    """Of two files whose ids are one without regard to case, one keeps its address and the other is told."""
    clashes = [
        path
        for path, findings in hostile_found.items()
        if "-05-" in path and any(each["rule"] == "duplicate-id" for each in findings)
    ]
    assert len(clashes) == 1


def test_linked_folders_are_read_once(hostile_found: Found) -> None:
    """A folder that links to the one above it adds nothing, and the listing ends."""
    assert not [path for path in hostile_found if "/up/" in path]
    assert "postmortems/2026/2026-03-02-folder.md/2026-03-03-inside.md" in hostile_found


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_a_finding(hostile_found: Found) -> None:
    """What may not be read is reported, and the rest is read."""
    assert [each["rule"] for each in hostile_found["postmortems/2026/2026-03-06-unreadable.md"]] == [
        "unreadable-file"
    ]


def test_a_pipe_named_on_the_command_line_is_not_waited_for(hostile: Path) -> None:
    """Naming something that is no file ends in a finding."""
    os.mkfifo(hostile / "pipe.md")
    findings = _checked(hostile, "pipe.md")["pipe.md"]
    assert [each["rule"] for each in findings] == ["unreadable-file"]


INLINE = [
    "*a",
    "**a",
    "~~a",
    "`a",
    "`",
    "[",
    "![",
    "[a](",
    "[x](y) ",
    "[[a]] ",
    "<",
    "<a ",
    "<!--",
    "<b>",
    "(",
    "&",
    "\\\\",
    "[^1]",
    ":a:",
    "a@b.",
    "|",
]
HOLDERS = {
    "paragraph": "## Impact\n\n",
    "event": TIMELINE + "| 14:02 | ",
    "node": TREE + "- a\n  - ",
    "action": ACTIONS + "| A1 | ",
}


@pytest.mark.slow
@pytest.mark.parametrize("mark", INLINE)
@pytest.mark.parametrize("holder", HOLDERS)
def test_inline_marks_of_a_whole_record_are_read_in_time(mark: str, holder: str) -> None:
    """As many inline marks as a record can hold cost what as many letters would: seconds, not minutes."""
    begin = time.process_time()
    parse_record(record(HOLDERS[holder] + mark * (250_000 // len(mark))), USUAL, Settings())
    assert time.process_time() - begin < 3 * SECONDS

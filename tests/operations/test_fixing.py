"""Fixes on real files: what becomes of the text, and what never does."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from afterword import operations
from afterword.model.finding import Finding
from afterword.operations.checking.fixing import Fixing

CASES = yaml.safe_load((Path(__file__).parent / "fixes.yaml").read_text("utf-8"))
DAY = dt.date(2026, 4, 1)
NAME = "2026-03-14-checkout-errors.md"
KEYS = {
    "title": "Checkout returned errors",
    "date": "2026-03-14",
    "severity": "sev3",
    "status": "in-review",
    "kind": "outage",
    "services": "[checkout]",
    "failure_class": "[capacity]",
    "authors": "[Petra Vellumworth]",
}


def record(header: str = "", body: str = "") -> str:
    """Complete a header line and a body to a record."""
    own = header.partition(":")[0]
    rest = [f"{key}: {value}" for key, value in KEYS.items() if key != own]
    return "\n".join(["---", *([header] if header else []), *rest, "---", "", body])


def fix(folder: Path, *names: str, write: bool = True) -> Fixing:
    """Mend the records of an archive, or the named ones."""
    (folder / "afterword.yml").touch()
    paths = [folder / "postmortems" / name for name in names]
    loaded = operations.load(folder / "afterword.yml", folder, paths)
    return operations.fix(loaded, DAY, write=write)


def left(folder: Path) -> tuple[Finding, ...]:
    """Give the findings that are told of an archive afterwards."""
    return operations.check(operations.load(folder / "afterword.yml", folder), DAY)


def put(folder: Path, content: bytes, name: str = NAME) -> Path:
    """Write a record into an archive."""
    place = folder / "postmortems" / name
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(content)
    return place


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, Any], line_end: str, tmp_path: Path) -> None:
    """A record becomes what is drawn, with its line ends, and a second run changes nothing."""
    in_header = "header" in case
    made = case.get("fixed", case["header"] if in_header else case["body"])
    before = record(case["header"]) if in_header else record(body=case["body"])
    after = record(case["header"]).replace(case["header"], made) if in_header else record(body=made)
    place = put(tmp_path, before.replace("\n", line_end).encode())
    fixing = fix(tmp_path)
    assert place.read_bytes().decode() == after.replace("\n", line_end)
    assert bool(fixing.changes) == ("fixed" in case)
    assert not fix(tmp_path).changes


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["bare", "marked"])
@pytest.mark.parametrize("end", [b"", b"\n", b"\n\n  "], ids=["none", "one", "blanks"])
def test_file_begins_and_ends_as_it_did(mark: bytes, end: bytes, tmp_path: Path) -> None:
    """A byte order mark, a missing last line end and trailing blanks stay where they are, also when the last section moves."""
    text = record(
        "severity: S3\t # \u00fc", "## Impact\t\n\n\tOne in four.  \n\n## Summary\n\n\U0001f525 It burnt."
    )
    place = put(tmp_path, mark + text.encode() + end)
    fix(tmp_path)
    made = record(
        "severity: sev3\t # \u00fc", "## Summary\n\n\U0001f525 It burnt.\n\n## Impact\t\n\n\tOne in four.  "
    )
    assert place.read_bytes() == mark + made.encode() + end


def test_control_characters_stay_and_are_not_moved(tmp_path: Path) -> None:
    """A file with a character that is dropped when read keeps it; what holds it does not move, what lies beside is mended."""
    place = put(tmp_path, record("severity: S3", "## Impact\n\na\x07b\n\n## Summary\n\nIt burnt.\n").encode())
    fix(tmp_path)
    made = record("severity: sev3", "## Summary\n\nIt burnt.\n\n## Impact\n\na\x07b\n").encode()
    kept = record("severity: sev3", "## Impact\n\na\x07b\n\n## Summary\n\nIt burnt.\n").encode()
    assert place.read_bytes() in (made, kept)


def test_a_file_that_is_not_utf_8_is_left_alone(tmp_path: Path) -> None:
    """Nothing is mended, nor marked as if it could be, where a byte is not UTF-8."""
    content = record("severity: S3", "## Summary\n\ncaf").encode() + b"\xe9\n"
    place = put(tmp_path, content)
    assert not fix(tmp_path).changes
    assert place.read_bytes() == content
    assert not any(finding.edits for finding in left(tmp_path))


def test_only_named_files_are_mended(tmp_path: Path) -> None:
    """A record that was not asked for keeps its faults, and so do the settings."""
    named = put(tmp_path, record("severity: S3").encode())
    other = put(tmp_path, record("severity: S3").encode(), "2026-03-15-other.md")
    (tmp_path / "afterword.yml").write_text("format: 1\ntimezone: Zulu\n")
    fixing = fix(tmp_path, NAME)
    assert [change.path for change in fixing.changes] == [f"postmortems/{NAME}"]
    assert "sev3" in named.read_text() and "S3" in other.read_text()
    assert "Zulu" in (tmp_path / "afterword.yml").read_text()
    assert not any(finding.edits for finding in left(tmp_path) if finding.path == "afterword.yml")


def test_nothing_is_written_unasked(tmp_path: Path) -> None:
    """Without `write` the changes are told and the file stays."""
    place = put(tmp_path, record("severity: S3").encode())
    fixing = fix(tmp_path, write=False)
    assert "severity: sev3" in fixing.changes[0].after
    assert "severity: S3" in place.read_text()


def test_mode_and_link_stay(tmp_path: Path) -> None:
    """A mended file keeps its mode, and a symbolic link to it stays one."""
    place = put(tmp_path, record("severity: S3").encode())
    place.chmod(0o640)
    link = place.with_name("2026-03-15-link.md")
    link.symlink_to(place.name)
    fix(tmp_path)
    assert place.stat().st_mode & 0o777 == 0o640
    assert link.is_symlink() and "sev3" in link.read_text()
    assert sorted(each.name for each in place.parent.iterdir()) == [place.name, link.name]


def test_read_only_file_is_told_and_left(tmp_path: Path) -> None:
    """A file that must not be written is reported with the reason, and its findings are still there."""
    place = put(tmp_path, record("severity: S3").encode())
    place.chmod(0o444)
    fixing = fix(tmp_path)
    assert dict(fixing.problems) == {f"postmortems/{NAME}": "the file is read-only"}
    assert "S3" in place.read_text()
    assert "severity-spelling" in {finding.rule for finding in left(tmp_path)}


def test_link_from_another_record_keeps_the_heading(tmp_path: Path) -> None:
    """A heading keeps its words where another record links to it."""
    place = put(tmp_path, record(body="## What happened\n\nIt burnt.\n").encode())
    put(
        tmp_path, record("date: 2026-03-15", f"See [it]({NAME}#what-happened).\n").encode(), "2026-03-15-b.md"
    )
    fix(tmp_path)
    assert "## What happened" in place.read_text()


def test_a_fix_that_would_add_an_error_is_not_made(tmp_path: Path) -> None:
    """A mark with a slip is left where putting it right makes a second anchor; the others of the file are mended."""
    body = "## Timeline (UTC)\n\n- 14:02 [DETECTED] A page\n- 14:04 [DETECTD] Another\n- 2:06 PM More\n"
    place = put(tmp_path, record("status: final", body).encode())
    fix(tmp_path)
    text = place.read_text()
    assert "[DETECTD]" in text and "14:06 More" in text

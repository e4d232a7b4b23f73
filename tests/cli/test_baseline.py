"""`afterword check --baseline`: an old archive starts clean, and can only get better."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from afterword.check.runner import MOST_OF_A_KIND
from afterword.operations.checking.baseline import DEFAULT_NAME
from tests.conftest import afterword, drawn
from tests.drawn_record import complete_record

GOOD = complete_record()
OLD = complete_record(severity="P1")
WORSE = OLD.replace("[checkout]", "[Checkout Service]")
PLACE = "postmortems/2026-03-14-old.md"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Give an archive with one record of before, whose findings are known."""
    with drawn(tmp_path, {"afterword.yml": "", PLACE: OLD}):
        afterword("check", folder=tmp_path, code=1)
        afterword("check", "--write-baseline", folder=tmp_path)
    return tmp_path


def _known(archive: Path, name: str = DEFAULT_NAME) -> dict[str, list[str]]:
    content = json.loads((archive / name).read_text("utf-8"))["findings"]
    return {path: [entry["rule"] for entry in entries] for path, entries in content.items()}


def test_an_old_archive_starts_clean(archive: Path) -> None:
    """What was found when the baseline was written is neither told nor fails, not even strictly; how much it is, is said beside the report."""
    done = afterword("check", "--strict", folder=archive)
    assert done.stdout == "no findings in 1 record\n"
    assert done.stderr == f"1 known finding left out by {DEFAULT_NAME}\n"
    assert _known(archive) == {PLACE: ["unknown-severity"]}


def test_lines_that_move_change_nothing(archive: Path) -> None:
    """Twenty lines before it, and the known finding stays known."""
    (archive / PLACE).write_text(OLD.replace("title:", "# a remark\n" * 20 + "title:"), "utf-8")
    assert afterword("check", folder=archive).stdout == "no findings in 1 record\n"


def test_a_new_finding_fails_and_stays_new(archive: Path) -> None:
    """In an old record as in another one; updating does not make it known, writing anew does."""
    (archive / PLACE).write_text(WORSE, "utf-8")
    for arguments in (["check"], ["check", "--update-baseline"], ["check"]):
        done = afterword(*arguments, folder=archive, code=1)
        assert "[bad-id]" in done.stdout
        assert "[unknown-severity]" not in done.stdout
    assert _known(archive) == {PLACE: ["unknown-severity"]}
    afterword("check", "--write-baseline", folder=archive)
    assert sorted(_known(archive)[PLACE]) == ["bad-id", "unknown-severity"]


def test_what_is_mended_is_said_and_taken_out(archive: Path) -> None:
    """A plain run names it and leaves the file alone; an update takes it out, and then it is new when it comes back."""
    (archive / PLACE).write_text(GOOD, "utf-8")
    before = (archive / DEFAULT_NAME).read_bytes()
    told = afterword("check", folder=archive).stderr
    assert (
        "`afterword check --update-baseline` takes them out:\n  postmortems/2026-03-14-old.md: severity 'P1'"
        in told
    )
    assert (archive / DEFAULT_NAME).read_bytes() == before
    assert "took 1 mended finding out of" in afterword("check", "--update-baseline", folder=archive).stderr
    assert _known(archive) == {}
    (archive / PLACE).write_text(OLD, "utf-8")
    afterword("check", folder=archive, code=1)


def test_an_update_without_a_change_writes_the_same_bytes(archive: Path) -> None:
    """The file is made from what it holds alone: not from the day, the folder or the order of reading."""
    before = (archive / DEFAULT_NAME).read_bytes()
    afterword("check", "--update-baseline", "--as-of", "2031-01-01", folder=archive / "postmortems")
    afterword("check", "--write-baseline", folder=archive, fresh=True)
    assert (archive / DEFAULT_NAME).read_bytes() == before
    assert str(archive).encode() not in before


def test_files_that_were_not_judged_keep_their_entries(archive: Path) -> None:
    """A hook names two files of a thousand: the entries of the others are neither told of nor taken out."""
    with drawn(archive, {"postmortems/2026-03-15-more.md": OLD}):
        afterword("check", "--write-baseline", "postmortems/2026-03-15-more.md", folder=archive)
    assert set(_known(archive)) == {PLACE, "postmortems/2026-03-15-more.md"}
    (archive / PLACE).write_text(GOOD, "utf-8")
    done = afterword("check", "--update-baseline", "postmortems/2026-03-15-more.md", folder=archive)
    assert "mended" not in done.stderr
    assert set(_known(archive)) == {PLACE, "postmortems/2026-03-15-more.md"}


def test_a_record_may_move_into_another_folder(archive: Path) -> None:
    """Sorting an archive by year makes nothing new."""
    (archive / "postmortems/2026").mkdir()
    (archive / PLACE).rename(archive / "postmortems/2026/2026-03-14-old.md")
    assert afterword("check", folder=archive).stdout == "no findings in 1 record\n"
    afterword("check", "--update-baseline", folder=archive)
    assert _known(archive) == {"postmortems/2026/2026-03-14-old.md": ["unknown-severity"]}


def test_what_is_overdue_is_told_whatever_is_known(archive: Path) -> None:
    """A promise that waits is no habit of old records."""
    row = "| A1 | Double the pool | Juno Papercliff | 2026-04-28 | PAY-1 | prevent | open |"
    table = (
        f"| ID | Action | Owner | Due | Ticket | Category | Status |\n|---|---|---|---|---|---|---|\n{row}"
    )
    (archive / PLACE).write_text(complete_record(actions=table), "utf-8")
    day = ("--as-of", "2026-05-01")
    afterword("check", "--write-baseline", *day, folder=archive)
    done = afterword("check", *day, folder=archive)
    assert "[action-overdue]" in done.stdout
    assert "action-overdue" not in (archive / DEFAULT_NAME).read_text("utf-8")


def test_faults_of_the_settings_are_told_whatever_is_known(archive: Path) -> None:
    """They change what every other finding means, so no baseline takes them in."""
    (archive / "afterword.yml").write_text("sevices: []\n", "utf-8")
    afterword("check", "--write-baseline", folder=archive, code=None)
    assert "[settings]" in afterword("check", folder=archive, code=None).stdout
    assert set(_known(archive)) == {PLACE}


def test_everything_can_be_told_again(archive: Path) -> None:
    """--no-baseline tells what there is."""
    assert "[unknown-severity]" in afterword("check", "--no-baseline", folder=archive, code=1).stdout


def test_the_settings_name_the_file(archive: Path) -> None:
    """`baseline` of the settings is used wherever the command is called from, and has to be there."""
    (archive / DEFAULT_NAME).rename(archive / "known.json")
    (archive / "afterword.yml").write_text("baseline: known.json\n", "utf-8")
    done = afterword("check", folder=archive / "postmortems")
    assert done.stderr == "1 known finding left out by ../known.json\n"
    (archive / "known.json").unlink()
    missing = afterword("check", folder=archive, code=2)
    assert "there is no baseline" in missing.stderr
    assert "`afterword check --write-baseline` writes one" in missing.stderr
    afterword("check", "--write-baseline", folder=archive)
    assert _known(archive, "known.json") == {PLACE: ["unknown-severity"]}


def test_a_named_file_wins(archive: Path) -> None:
    """--baseline names another file, relative to where the command is called."""
    afterword("check", "--baseline", "other.json", "--write-baseline", folder=archive / "postmortems")
    assert _known(archive, "postmortems/other.json") == {PLACE: ["unknown-severity"]}
    (archive / DEFAULT_NAME).unlink()
    afterword("check", folder=archive, code=1)
    afterword("check", "--baseline", "postmortems/other.json", folder=archive)


def test_a_report_for_programs_stays_one(archive: Path) -> None:
    """What is said of the baseline stands on standard error."""
    assert json.loads(afterword("check", "--format", "json", folder=archive).stdout) == []


def test_more_than_are_told_are_known(archive: Path) -> None:
    """Of a hundred and fifty alike a hundred are told; when some are mended, those that were not told before are not new."""
    sections = [f"## Own section {number}\n\nText.\n" for number in range(MOST_OF_A_KIND + 50)]
    (archive / PLACE).write_text(GOOD + "\n".join(["", *sections]), "utf-8")
    afterword("check", "--write-baseline", folder=archive)
    (archive / PLACE).write_text(GOOD + "\n".join(["", *sections[40:]]), "utf-8")
    assert afterword("check", folder=archive).stdout == "no findings in 1 record\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--write-baseline", "--update-baseline"], "give one of them"),
        (["--no-baseline", "--update-baseline"], "--no-baseline stands alone"),
        (["--language-only", "--update-baseline"], "--language-only needs no archive"),
        (["--baseline", "nowhere.json"], "there is no baseline nowhere.json"),
        (["--baseline", "postmortems"], "is a directory"),
        (["--baseline", "afterword.yml"], "is no JSON"),
    ],
)
def test_what_cannot_be_used_is_said_plainly(archive: Path, arguments: list[str], said: str) -> None:
    """A missing or broken file, or options that contradict each other, end with exit code 2 and no report."""
    done = afterword("check", *arguments, folder=archive, code=2)
    assert said in done.stderr
    assert done.stdout == ""


def test_the_way_out_of_a_broken_baseline_leads_out(archive: Path) -> None:
    """Writing does not replace what may be somebody's other file, so it is to be deleted first."""
    broken = archive / ".afterword-baseline.json"
    broken.write_text("{")
    for writing in ((), ("--write-baseline",)):
        told = afterword("check", *writing, folder=archive, code=2).stderr
        assert told.endswith(": if it was one, delete it and run `afterword check --write-baseline`\n")
    assert broken.read_text() == "{"
    broken.unlink()
    afterword("check", "--write-baseline", folder=archive)
    afterword("check", folder=archive)

"""`afterword check --since`: what a pull request brings, in real repositories of git."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import afterword, drawn
from tests.drawn_record import complete_record
from tests.git import commit, git

GOOD = complete_record("Right")
OLD = complete_record("Old", severity="P1")
LINKS = complete_record("Links", more="See [it](2026-03-14-good.md).")
NEW = OLD.replace("date: 2026-03-14", "date: 2026-03-15").replace("[capacity]", "[certificate]")
NONE = "no findings in"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Give a repository whose main branch holds an old record with an error, and two that are right; the work is on a branch."""
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    tree: dict[str, str | bytes] = {
        "afterword.yml": "services: [checkout]\n",
        "postmortems/2026-03-14-old.md": OLD,
        "postmortems/2026-03-14-good.md": GOOD,
        "postmortems/2026-03-14-links.md": LINKS,
    }
    commit(tmp_path, tree)
    git(tmp_path, "switch", "--quiet", "--create", "work")
    return tmp_path


def since(folder: Path, *arguments: str, code: int | None = None) -> str:
    """Give what is told since main, without the count."""
    return afterword("check", "--since", "main", *arguments, folder=folder, code=code).stdout


def rules(told: str) -> list[str]:
    """Give the rules of the findings of a report."""
    return [line.rpartition("[")[2].rstrip("]") for line in told.splitlines() if line.endswith("]")]


def test_what_was_there_is_not_told(archive: Path) -> None:
    """Nothing has changed: nothing is told, and nothing fails. How much was left out stands beside the report."""
    done = afterword("check", "--since", "main", folder=archive)
    assert done.stdout.startswith(NONE)
    assert done.stderr.startswith("1 finding left out, there already at ")


@pytest.mark.parametrize("state", ["untracked", "staged", "committed"])
def test_a_new_record_is_judged(archive: Path, state: str) -> None:
    """Whether it is not yet added, staged or committed."""
    with drawn(archive, {"postmortems/2026-03-15-new.md": NEW}):
        if state == "staged":
            git(archive, "add", "--all")
        if state == "committed":
            commit(archive)
    told = since(archive, code=1)
    assert told.startswith("postmortems/2026-03-15-new.md:4:11: error: severity 'P1'")
    assert rules(told) == ["unknown-severity"]


def test_old_findings_of_a_changed_record_are_not_told(archive: Path) -> None:
    """A line more in an old record makes nothing of it new; what the line brings is told, with the line it came with."""
    place = archive / "postmortems/2026-03-14-old.md"
    place.write_text(
        OLD.replace("date: 2026-03-14", "date: 2026-03-14\nseen: yesterday\nlanguage: tlhh7"), "utf-8"
    )
    told = since(archive, code=None)
    assert "unknown-severity" not in rules(told)
    assert {line.split(":")[1] for line in told.splitlines() if line.startswith("postmortems")} == {"4", "5"}


def test_of_equal_findings_the_one_of_a_changed_line_is_told(archive: Path) -> None:
    """The same words are said a second time, further up: that is the place to look at."""
    commit(
        archive, {"postmortems/2026-03-14-old.md": OLD + "\n## Timeline\n\n- 25:00 it began in the north\n"}
    )
    git(archive, "branch", "--force", "main")
    more = OLD + "\n## Timeline\n\n- 25:00 it began in the south\n- 25:00 it began in the north\n"
    (archive / "postmortems/2026-03-14-old.md").write_text(more, "utf-8")
    south = more.split("\n").index("- 25:00 it began in the south") + 1
    told = [line for line in since(archive).splitlines() if "[bad-time]" in line]
    assert [line.split(":")[1] for line in told] == [str(south)]


def test_a_record_that_others_point_at_is_deleted(archive: Path) -> None:
    """The finding stands in a record that has not changed."""
    (archive / "postmortems/2026-03-14-good.md").unlink()
    told = since(archive, code=None)
    assert told.startswith("postmortems/2026-03-14-links.md:14:")
    assert rules(told) == ["dead-link"]


def test_settings_that_lose_a_service(archive: Path) -> None:
    """All records have a finding that they had not, though none has changed; what was wrong before stays left out."""
    (archive / "afterword.yml").write_text("services: [storefront]\n", "utf-8")
    told = since(archive, code=1)
    assert set(rules(told)) == {"unknown-service"}
    assert len(rules(told)) == 3


def test_faults_of_the_settings_are_always_told(archive: Path) -> None:
    """They change what everything else means."""
    commit(archive, {"afterword.yml": "services: [checkout]\nsevices: []\n"})
    git(archive, "branch", "--force", "main")
    assert rules(since(archive, code=None)) == ["settings"]


def test_a_record_in_another_folder_or_under_another_name(archive: Path) -> None:
    """Moved by year, or renamed with its former id as an alias: its old findings stay old."""
    old = archive / "postmortems/2026-03-14-old.md"
    (archive / "postmortems/2026").mkdir()
    old.rename(archive / "postmortems/2026/2026-03-14-old.md")
    assert since(archive).startswith(NONE)
    renamed = OLD.replace("status:", "aliases: [2026-03-14-old]\nstatus:")
    (archive / "postmortems/2026/2026-03-14-old.md").unlink()
    (archive / "postmortems/2026-03-14-other.md").write_text(renamed, "utf-8")
    assert since(archive).startswith(NONE)


def test_an_archive_that_moves_as_a_whole(archive: Path) -> None:
    """The settings of then say where it was."""
    (archive / "postmortems").rename(archive / "incidents")
    (archive / "afterword.yml").write_text("services: [checkout]\narchive: incidents\n", "utf-8")
    assert since(archive).startswith(NONE)


def test_an_id_that_is_taken_twice(archive: Path) -> None:
    """A second file of an id brings a finding; one that was there before does not."""
    commit(archive, {"postmortems/2026/2026-03-14-good.md": GOOD})
    assert "duplicate-id" in rules(since(archive, code=1))
    git(archive, "branch", "--force", "main")
    assert since(archive).startswith(NONE)


def test_what_main_brought_meanwhile_is_not_judged(archive: Path) -> None:
    """Since the commit at which the work left the branch, not since the branch as it is now."""
    commit(archive, {"postmortems/2026-03-15-new.md": NEW})
    git(archive, "switch", "--quiet", "main")
    fixed = OLD.replace("P1", "sev3")
    commit(archive, {"postmortems/2026-03-14-old.md": fixed})
    git(archive, "switch", "--quiet", "work")
    assert [line.split(":")[0] for line in since(archive, code=1).splitlines()[:1]] == [
        "postmortems/2026-03-15-new.md"
    ]


def test_a_known_finding_that_becomes_more_serious_is_told(archive: Path) -> None:
    """What a draft may miss, a final record may not."""
    draft = GOOD.replace("status: final", "status: draft").replace("kind: outage\n", "")
    commit(archive, {"postmortems/2026-03-14-good.md": draft})
    git(archive, "branch", "--force", "main")
    final = draft.replace("status: draft", "status: final")
    (archive / "postmortems/2026-03-14-good.md").write_text(final, "utf-8")
    assert rules(since(archive, code=1)) == ["missing-field"]


def test_what_the_day_makes_true_is_left_out(archive: Path) -> None:
    """An action becomes overdue without anybody's pull request."""
    row = "| A1 | Double the pool | Juno Papercliff | 2026-04-28 | PAY-1 | prevent | open |"
    table = (
        f"| ID | Action | Owner | Due | Ticket | Category | Status |\n|---|---|---|---|---|---|---|\n{row}"
    )
    text = GOOD.replace("## Action items\n\nNone.", f"## Action items\n\n{table}")
    (archive / "postmortems/2026-03-14-good.md").write_text(text, "utf-8")
    assert "action-overdue" in rules(
        afterword("check", "--as-of", "2026-05-01", folder=archive, code=1).stdout
    )
    assert since(archive, "--as-of", "2026-05-01").startswith(NONE)


def test_links_of_pages_are_those_of_then(archive: Path) -> None:
    """A page no longer links an attachment: nothing leads to it, though it has not changed."""
    tree: dict[str, str | bytes] = {"postmortems/index.md": "[a](a.csv)\n", "postmortems/a.csv": "1\n"}
    commit(archive, tree)
    git(archive, "branch", "--force", "main")
    (archive / "postmortems/index.md").write_text("Nothing.\n", "utf-8")
    assert rules(since(archive)) == ["unlinked-attachment"]


def test_from_a_folder_below_and_with_paths(archive: Path) -> None:
    """An archive in a folder of a larger repository, called from within it, judging one file."""
    (archive / "docs").mkdir()
    git(archive, "mv", "afterword.yml", "postmortems", "docs")
    commit(archive)
    git(archive, "branch", "--force", "main")
    tree: dict[str, str | bytes] = {f"docs/postmortems/2026-03-1{day}-ünï.md": NEW for day in "56"}
    with drawn(archive, tree):
        told = since(archive / "docs/postmortems", "2026-03-15-ünï.md", code=1)
    assert set(rules(told)) == {"file-name", "unknown-severity"}
    assert "2026-03-15-ünï.md:4:11" in told


def test_a_file_outside_the_archive(archive: Path) -> None:
    """A draft that lies beside the archive is compared with itself, too."""
    commit(archive, {"drafts/a.md": OLD})
    git(archive, "branch", "--force", "main")
    (archive / "drafts/a.md").write_text(OLD.replace("[checkout]", "[Checkout Service]"), "utf-8")
    assert rules(since(archive, "drafts/a.md", code=1)) == ["bad-id"]


def test_with_a_baseline(archive: Path) -> None:
    """Both are left out: what the baseline knows, and what was there."""
    afterword("check", "--write-baseline", folder=archive)
    with drawn(archive, {"postmortems/2026-03-15-new.md": NEW}):
        told = since(archive, code=1)
    assert rules(told) == ["unknown-severity"]


def test_a_repository_that_starts_with_this_work(archive: Path) -> None:
    """Where there was neither archive nor settings, everything is new."""
    git(archive, "switch", "--quiet", "--orphan", "empty")
    git(archive, "commit", "--quiet", "--allow-empty", "--message", "x")
    git(archive, "switch", "--quiet", "--create", "start")
    commit(archive, {"afterword.yml": "", "postmortems/2026-03-14-old.md": OLD})
    told = afterword("check", "--since", "empty", folder=archive, code=1).stdout
    assert rules(told) == ["unknown-severity"]


@pytest.mark.parametrize(
    ("revision", "said"),
    [
        ("nowhere", "git knows no commit 'nowhere' here, expected a branch"),
        ("--help", "git knows no commit '--help'"),
    ],
)
def test_a_revision_that_is_none(archive: Path, revision: str, said: str) -> None:
    """It is named, with what was expected; one that looks like an option is not obeyed."""
    done = afterword("check", f"--since={revision}", folder=archive, code=2)
    assert said in done.stderr
    assert done.stdout == ""


def test_a_history_that_is_cut_off(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """In a shallow clone the way out is named, for a branch that is not there and for a base that is not."""
    commit(archive, {"postmortems/2026-03-15-new.md": NEW})
    git(archive, "switch", "--quiet", "main")
    commit(archive, {"postmortems/2026-03-16-main.md": GOOD})
    git(archive, "switch", "--quiet", "work")
    clone = tmp_path_factory.mktemp("shallow") / "clone"
    git(archive, "clone", "--quiet", "--depth", "1", "--no-single-branch", archive.as_uri(), str(clone))
    told = afterword("check", "--since", "origin/main", folder=clone, code=2).stderr
    assert "'origin/main' and HEAD have no commit in common" in told
    assert "`fetch-depth: 0`" in told
    told = afterword("check", "--since", "origin/gone", folder=clone, code=2).stderr
    assert "git knows no commit 'origin/gone' here: fetch the whole history" in told


def test_without_a_repository_or_git(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Both are said plainly."""
    folder = tmp_path_factory.mktemp("none")
    with drawn(folder, {"afterword.yml": "", "postmortems/2026-03-14-old.md": OLD}):
        told = afterword("check", "--since", "main", folder=folder, code=2).stderr
    assert "no git repository" in told


def test_in_hooks_it_is_the_repository_around_the_archive(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git names there the one in which something happens: of a linked worktree, whose root is then any folder; or another one, around a submodule."""
    tree: dict[str, str | bytes] = {"below/afterword.yml": "", "below/postmortems/2026-03-15-new.md": NEW}
    commit(archive, tree)
    git(archive, "worktree", "add", "--quiet", "--detach", "linked")
    linked = git(archive / "linked", "rev-parse", "--absolute-git-dir")
    git(archive, "init", "--quiet", "other")
    for place, index in (
        (linked, "index.lock"),
        (".git", ".git/index"),
        (str(archive / "other/.git"), "none"),
    ):
        monkeypatch.setenv("GIT_DIR", place)
        monkeypatch.setenv("GIT_INDEX_FILE", index)
        done = afterword("check", "--since", "HEAD", folder=archive / "linked/below")
        assert done.stdout == "no findings in 1 record\n"


def test_an_archive_that_moved_with_its_settings(archive: Path) -> None:
    """What it had is not new because its folder is another one; what was broken on the way is."""
    (archive / "docs").mkdir()
    git(archive, "mv", "afterword.yml", "postmortems", "docs")
    commit(archive)
    assert afterword("check", "--since", "HEAD~1", folder=archive / "docs").stdout.startswith(NONE)
    git(archive, "mv", "docs", "elsewhere")
    commit(archive, {"elsewhere/postmortems/2026-03-14-good.md": complete_record("Right", severity="P0")})
    told = afterword("check", "--since", "HEAD~2", folder=archive / "elsewhere", code=1).stdout
    assert "2026-03-14-good.md:4:11: error: severity 'P0'" in told
    assert "1 error in" in told


def test_an_archive_that_is_a_submodule(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where the settings lie around it, its commits are not theirs: that is said, and not all of it told as new."""
    folder = tmp_path_factory.mktemp("around")
    git(folder, "init", "--quiet")
    git(folder, "submodule", "--quiet", "add", archive.as_uri(), "records")
    commit(folder, {"afterword.yml": "archive: records/postmortems\n"})
    told = afterword("check", "--since", "HEAD", folder=folder, code=2).stderr
    assert "records/postmortems lies in another git repository" in told
    assert afterword("check", "--since", "HEAD", folder=folder / "records").stdout.startswith(NONE)


def test_another_users_repository(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in many containers: what has to be trusted is the repository's root, which is not where the settings need to lie."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with drawn(archive, {"below/afterword.yml": "", "below/postmortems/2026-03-14-old.md": OLD}):
        told = afterword("check", "--since", "main", folder=archive / "below", code=2).stderr
    assert told.endswith(f"`git config --global --add safe.directory {archive.resolve()}`\n")


def test_a_base_with_nothing_in_common(archive: Path) -> None:
    """Two histories that never met."""
    git(archive, "switch", "--quiet", "--orphan", "other")
    commit(archive, {"postmortems/2026-03-14-old.md": OLD})
    told = afterword("check", "--since", "main", folder=archive, code=2).stderr
    assert "'main' and HEAD have no commit in common" in told

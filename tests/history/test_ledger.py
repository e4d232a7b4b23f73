"""What the ledger makes of real repositories: what counts as a change, what goes on under another name, what is not to be had."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from afterword.model.history import History
from afterword.operations.reading import past_states
from afterword.operations.reading.ledger import history_of
from afterword.operations.reading.loading import load
from afterword.sources.cache import Cache
from tests.git import git
from tests.history.drawn_repository import ID, PATH, draw, moments, record, told

FIRST = ("2026-03-02", "Write it", {PATH: record("A1 open", status="draft")})


def test_each_change_of_an_action_is_a_moment(tmp_path: Path) -> None:
    """A slip, a closing and a row that goes are moments; prose and another row are none."""
    history = told(
        draw(
            tmp_path / "it",
            FIRST,
            ("2026-03-03", "Put it off", {PATH: record("A1 open 2026-04-20", "A2 open")}),
            ("2026-03-04", "Prose", {PATH: record("A1 open 2026-04-20", "A2 open") + "\nMore.\n"}),
            ("2026-03-05", "Done", {PATH: record("A1 done_2026-03-04 2026-04-20")}),
        )
    )
    assert moments(history.action(ID, "a1")) == [
        "2026-03-02 open 2026-04-01",
        "2026-03-03 open 2026-04-20",
        "2026-03-05 done 2026-04-20",
    ]
    assert moments(history.action(ID, "A2")) == ["2026-03-03 open 2026-04-01", "2026-03-05 gone"]
    life = history.record(ID)
    assert life and [(str(each.day), each.status) for each in life.versions] == [
        ("2026-03-02", "draft"),
        ("2026-03-03", "final"),
        ("2026-03-04", "final"),
        ("2026-03-05", "final"),
    ]
    assert (str(life.first_seen), str(life.final_since), str(life.changed.date())) == (
        "2026-03-02",
        "2026-03-03",
        "2026-03-05",
    )


def test_a_record_goes_on_under_its_new_name_and_place(tmp_path: Path) -> None:
    """A move makes no version; under another id the record is the same where an alias says so, also where that alias was left out later."""
    new, newest = "2026-03-01-orders-late", "2026-03-01-orders-lost"
    history = told(
        draw(
            tmp_path / "it",
            FIRST,
            (
                "2026-03-03",
                "Move",
                {PATH: None, f"postmortems/old/{ID}.md": record("A1 open", status="draft")},
            ),
            (
                "2026-03-04",
                "Rename",
                {
                    f"postmortems/old/{ID}.md": None,
                    f"postmortems/{new}.md": record("A1 open", more=f"aliases: [{ID}]\n"),
                },
            ),
            (
                "2026-03-05",
                "Rename",
                {
                    f"postmortems/{new}.md": None,
                    f"postmortems/{newest}.md": record("A1 done", more=f"aliases: [{new}.md]\n"),
                },
            ),
        )
    )
    assert moments(history.action(newest, "A1")) == [
        "2026-03-02 open 2026-04-01",
        "2026-03-05 done 2026-04-01",
    ]
    life = history.record(newest)
    assert life and [str(each.day) for each in life.versions] == ["2026-03-02", "2026-03-04", "2026-03-05"]
    assert list(history.records) == [newest]


def test_the_same_name_without_an_alias_is_another_record(tmp_path: Path) -> None:
    """Git's guess that a file was renamed is nobody's word: without an alias the old record is gone and the new one begins."""
    new = "2026-03-01-orders-late"
    text = record("A1 open")
    history = told(
        draw(
            tmp_path / "it",
            ("2026-03-02", "One", {PATH: text}),
            ("2026-03-03", "Two", {PATH: None, f"postmortems/{new}.md": text}),
        )
    )
    old, fresh = history.record(ID), history.record(new)
    assert old and fresh and old.gone and str(old.gone.date()) == "2026-03-03"
    assert moments(fresh.actions["A1"]) == ["2026-03-03 open 2026-04-01"]


def test_layout_is_no_change(tmp_path: Path) -> None:
    """Padding, line ends, quotes, emphasis, a key that becomes a link, an id in small letters: the action stays what it was."""
    text = record("A1 open").replace("Alert on depth", "Alert on 'depth'")
    other = (
        text.replace("'depth'", "’**depth**‘")
        .replace("PAY-1", "[PAY-1](https://tracker.example/PAY-1)")
        .replace("| A1 |", "|   a1   |")
    )
    history = told(
        draw(
            tmp_path / "it",
            ("2026-03-02", "One", {PATH: text}),
            ("2026-03-03", "Two", {PATH: other.replace("\n", "\r\n")}),
        )
    )
    assert moments(history.action(ID, "A1")) == ["2026-03-02 open 2026-04-01"]


@pytest.mark.parametrize(
    "message",
    [
        'Revert "Done"\n\nThis reverts commit :2.',
        'Revert "Done"\n\nThis reverts commit :2, reversing\nchanges made to 0123456789abcdef0123456789abcdef01234567.',
        'Revert "Done" (#12)\n\nReverts company/archive#11',
        'Revert "Done"\n\nThis reverts commit 0123456789abcdef0123456789abcdef01234567.',
    ],
)
def test_what_was_taken_back_is_undone(tmp_path: Path, message: str) -> None:
    """A change that a commit says it takes back, and does, is undone; so is the taking back."""
    text = record("A1 open")
    folder = draw(
        tmp_path / "it",
        ("2026-03-02", "One", {PATH: text}),
        ("2026-03-03", "Done", {PATH: record("A1 done")}),
        ("2026-03-04", message, {PATH: text}),
    )
    assert moments(told(folder).action(ID, "A1")) == [
        "2026-03-02 open 2026-04-01",
        "! 2026-03-03 done 2026-04-01",
        "! 2026-03-04 open 2026-04-01",
    ]


def test_taking_back_the_taking_back_lets_a_change_stand(tmp_path: Path) -> None:
    """A change that was reverted and brought back counts from the day on which it was first made."""
    one, two = record("A1 open", "A2 open"), record("A1 open 2026-05-01", "A2 open")
    edited = record("A1 open 2026-04-01", "A2 done")
    history = told(
        draw(
            tmp_path / "it",
            ("2026-03-02", "One", {PATH: one}),
            ("2026-03-03", "Put off", {PATH: two}),
            ("2026-03-04", 'Revert "Put off"\n\nThis reverts commit :2.', {PATH: one}),
            ("2026-03-05", "Done", {PATH: edited}),
            (
                "2026-03-06",
                'Reapply "Put off"\n\nThis reverts commit :3.',
                {PATH: record("A1 open 2026-05-01", "A2 done")},
            ),
        )
    )
    assert moments(history.action(ID, "A1")) == [
        "2026-03-02 open 2026-04-01",
        "2026-03-03 open 2026-05-01",
        "! 2026-03-04 open 2026-04-01",
        "! 2026-03-06 open 2026-05-01",
    ]
    assert moments(history.action(ID, "A2")) == ["2026-03-02 open 2026-04-01", "2026-03-05 done 2026-04-01"]


def test_who_only_says_so_takes_nothing_back(tmp_path: Path) -> None:
    """A commit that says it reverts another and does something else, or does it without saying so, is a change like any other."""
    history = told(
        draw(
            tmp_path / "it",
            FIRST,
            ("2026-03-03", "Put off", {PATH: record("A1 open 2026-05-01")}),
            ("2026-03-04", "This reverts commit :2.", {PATH: record("A1 open 2026-06-01")}),
            ("2026-03-05", "Earlier after all", {PATH: record("A1 open 2026-05-01")}),
        )
    )
    assert not any(line.startswith("!") for line in moments(history.action(ID, "A1")))


def test_a_record_that_comes_back_goes_on(tmp_path: Path) -> None:
    """A record deleted and restored has one life, in which its actions were away for a while."""
    text = record("A1 open")
    history = told(
        draw(
            tmp_path / "it",
            ("2026-03-02", "One", {PATH: text}),
            ("2026-03-03", "Tidy", {PATH: None}),
            ("2026-03-09", "Restore", {PATH: text}),
        )
    )
    life = history.record(ID)
    assert life and life.gone is None and len(life.versions) == 1
    assert moments(life.actions["A1"]) == [
        "2026-03-02 open 2026-04-01",
        "2026-03-03 gone",
        "2026-03-09 open 2026-04-01",
    ]


def test_only_first_parents_count(tmp_path: Path) -> None:
    """What happened on a branch happened when it was merged, however often it changed there."""
    folder = draw(tmp_path / "it", FIRST)
    git(folder, "checkout", "-q", "-b", "side")
    for due in ("2026-05-01", "2026-06-01"):
        (folder / PATH).write_text(record(f"A1 open {due}"))
        git(folder, "commit", "-qam", "On the side")
    git(folder, "checkout", "-q", "main")
    git(folder, "merge", "-q", "--no-ff", "-m", "Merge", "side")
    assert len(moments(told(folder).action(ID, "A1"))) == 2
    git(folder, "checkout", "-q", "--detach")
    assert told(folder).head == git(folder, "rev-parse", "HEAD")


def test_days_are_those_of_the_archive(tmp_path: Path) -> None:
    """A commit shortly before midnight in UTC is one of the next day in Berlin."""
    history = told(
        draw(
            tmp_path / "it",
            (
                "2026-03-02T23:30:00",
                "One",
                {PATH: record("A1 open"), "afterword.yml": "timezone: Europe/Berlin\n"},
            ),
        )
    )
    assert moments(history.action(ID, "A1")) == ["2026-03-03 open 2026-04-01"]


def test_an_archive_that_moved_goes_on(tmp_path: Path) -> None:
    """Where the settings named another folder before, the records of that folder count."""
    history = told(
        draw(
            tmp_path / "it",
            (
                "2026-03-02",
                "One",
                {"afterword.yml": "archive: incidents\n", f"incidents/{ID}.md": record("A1 open")},
            ),
            (
                "2026-03-03",
                "Move",
                {
                    "afterword.yml": "archive: postmortems\n",
                    f"incidents/{ID}.md": None,
                    PATH: record("A1 open"),
                },
            ),
        )
    )
    assert moments(history.action(ID, "A1")) == ["2026-03-02 open 2026-04-01"]


def test_an_archive_that_moved_with_its_settings_goes_on(tmp_path: Path) -> None:
    """Twice, and once beside another archive: what was promised before is not of the day of the move, and what others promised is not ours."""

    def at(folder: str, name: str, text: str | None, more: str = "") -> dict[str, str | None]:
        settings = None if text is None else f"archive: incidents\n{more}"
        return {f"{folder}/afterword.yml": settings, f"{folder}/incidents/{name}.md": text}

    first, later, theirs = (
        record("A1 open"),
        record("A1 open 2026-05-01"),
        ("2026-03-01-theirs", record("A1 open")),
    )
    folder = draw(
        tmp_path / "it",
        ("2026-03-02", "One", at("a", ID, first) | at("x", *theirs, "# Theirs.\n")),
        ("2026-03-03", "Later", at("a", ID, later)),
        (
            "2026-03-04",
            "Move",
            at("a", ID, None)
            | at("b", ID, later)
            | at("x", theirs[0], None)
            | at("y", *theirs, "# Theirs.\n"),
        ),
        ("2026-03-05", "Move", at("b", ID, None) | at("c/d", ID, later, "# Here.\n")),
    )
    history = told(folder / "c/d")
    assert moments(history.action(ID, "A1")) == ["2026-03-02 open 2026-04-01", "2026-03-03 open 2026-05-01"]
    assert sorted(history.records) == [ID]


def test_git_of_debian_11_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before version 2.31 it does not know how to say which parent a merge is to be compared with."""
    folder = draw(tmp_path / "it", FIRST)
    git(folder, "switch", "--quiet", "--create", "side")
    (folder / PATH).write_text(record("A1 done"), encoding="utf-8")
    git(folder, "commit", "--quiet", "--all", "--message=Done", day="2026-03-03")
    git(folder, "switch", "--quiet", "main")
    git(folder, "merge", "--quiet", "--no-ff", "--message=Merge", "side", day="2026-03-05")
    git(folder, "config", "log.diffMerges", "combined")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/git").write_text(
        f'#!/bin/sh\ncase "$*" in *--diff-merges*) exit 128;; esac\nexec {shutil.which("git")} "$@"\n'
    )
    (tmp_path / "bin/git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    assert moments(told(folder).action(ID, "A1")) == [
        "2026-03-02 open 2026-04-01",
        "2026-03-05 done 2026-04-01",
    ]


@pytest.mark.parametrize("moment", ["-86400000 +0000", "9" * 30 + " +0000", "soon"])
def test_a_commit_of_no_moment_breaks_nothing(tmp_path: Path, moment: str) -> None:
    """As converters of other systems write them; here it is the last one."""
    folder = draw(tmp_path / "it", FIRST, ("2026-03-03", "Done", {PATH: record("A1 done")}))
    head = re.sub(
        r"(?m)(?<=^committer Ada Moss <ada@company.example> ).*",
        moment,
        git(folder, "cat-file", "-p", "HEAD"),
    )
    name = git(folder, "hash-object", "-t", "commit", "-w", "--stdin", "--literally", stream=head.encode())
    git(folder, "reset", "--quiet", name)
    assert moments(told(folder).action(ID, "A1"))[0] == "2026-03-02 open 2026-04-01"


def test_odd_names_and_contents_break_nothing(tmp_path: Path) -> None:
    """Names with line ends and quotes, pages, broken headers, binary, too large and unknown words are read as far as they can be; a link and a submodule are no files."""
    other = draw(tmp_path / "other", FIRST)
    folder = draw(
        tmp_path / "it",
        (
            "2026-03-02",
            "One",
            {
                '"postmortems/2026/odd \\n\\"name\\".md"': record("A1 open"),
                "postmortems/2026/2026-03-04-broken.md": "---\nstatus: [final\n---\n## Actions\n",
                "postmortems/2026/2026-03-05-large.md": record("A1 open") + "x" * 300_000,
                "postmortems/2026/2026-03-06-old.md": record("A1 finished_somehow", status="closed"),
                "postmortems/2026/2026-03-07-binary.md": "\0" * 40,
                "postmortems/handbook/page.md": "# A page\n",
                "elsewhere/2026-03-08-not-ours.md": record("A1 open"),
                "README": "text",
            },
        ),
    )
    (folder / "postmortems/2026-03-09-link.md").symlink_to("2026/2026-03-06-old.md")
    git(folder, "add", ".")
    git(folder, "submodule", "--quiet", "add", str(other), "postmortems/2026-03-10-module")
    git(folder, "commit", "-qm", "Two")
    history = told(folder)
    assert sorted(history.records) == [
        "2026-03-01-odd-name",
        "2026-03-04-broken",
        "2026-03-05-large",
        "2026-03-06-old",
        "2026-03-07-binary",
    ]
    assert moments(history.action("2026-03-06-old", "A1")) == ["2026-03-02 None 2026-04-01"]
    assert history.records["2026-03-05-large"].actions == {}


def test_a_settings_folder_below_the_root_and_a_worktree(tmp_path: Path) -> None:
    """The archive is found below the root of the repository, and from another work tree of it; a hash may be longer."""
    folder = draw(
        tmp_path / "it",
        (
            "2026-03-02",
            "One",
            {"docs/pm/afterword.yml": "archive: records\n", f"docs/pm/records/{ID}.md": record("A1 open")},
        ),
        form="sha256",
    )
    assert moments(told(folder / "docs/pm").action(ID, "A1")) == ["2026-03-02 open 2026-04-01"]
    git(folder, "worktree", "add", "-q", "../tree")
    assert moments(told(tmp_path / "tree/docs/pm").action(ID, "A1")) == ["2026-03-02 open 2026-04-01"]


def test_the_log_is_read_whatever_a_person_has_set(tmp_path: Path) -> None:
    """Settings for reading logs change nothing."""
    folder = draw(tmp_path / "it", FIRST, ("2026-03-03", "Done", {PATH: record("A1 done")}))
    for name, value in {
        "log.follow": "true",
        "log.showSignature": "true",
        "log.showRoot": "false",
        "log.decorate": "full",
        "color.ui": "always",
        "format.pretty": "oneline",
        "diff.renames": "copies",
        "core.abbrev": "5",
        "diff.noprefix": "true",
    }.items():
        git(folder, "config", name, value)
    assert moments(told(folder).action(ID, "A1")) == [
        "2026-03-02 open 2026-04-01",
        "2026-03-03 done 2026-04-01",
    ]


def test_what_cannot_be_told_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No repository, no commit, a shallow and a partial clone, another's repository and no git: each in a sentence, with a way out where there is one."""
    bare = tmp_path / "bare"
    (bare / "postmortems").mkdir(parents=True)
    assert told(bare).absent == "this is no git repository"
    with monkeypatch.context() as traced:
        traced.setenv("GIT_TRACE", "1")
        assert told(bare).absent == "this is no git repository"
    git(bare, "init", "-q")
    assert told(bare).absent == "nothing is committed yet"
    folder = draw(tmp_path / "it", FIRST, ("2026-03-03", "Done", {PATH: record("A1 done")}))
    git(tmp_path, "clone", "-q", "--depth", "1", folder.as_uri(), "shallow")
    shallow = told(tmp_path / "shallow")
    assert "fetch-depth: 0" in shallow.absent and shallow.records == {} and shallow.until is None
    git(folder, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--filter=blob:none", folder.as_uri(), "partial")
    assert "partial clone" in told(tmp_path / "partial").absent
    git(tmp_path, "clone", "-q", "--filter=tree:0", folder.as_uri(), "treeless")
    lacking = git(tmp_path / "treeless", "rev-list", "--objects", "--missing=print", "HEAD")
    assert told(tmp_path / "treeless").absent.endswith("fetch all of it: `git fetch --refetch --no-filter`")
    assert git(tmp_path / "treeless", "rev-list", "--objects", "--missing=print", "HEAD") == lacking
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert told(folder).absent.endswith(f"`git config --global --add safe.directory {folder.resolve()}`")
    monkeypatch.delenv("GIT_TEST_ASSUME_DIFFERENT_OWNER")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert told(folder).absent == "git is not installed, or not on PATH"


def test_a_history_that_is_there_and_not_told_is_withheld(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a repository, or a commit, there is none; with one, somebody who publishes is to be stopped."""
    bare = tmp_path / "bare"
    (bare / "postmortems").mkdir(parents=True)
    folder = draw(tmp_path / "it", FIRST, ("2026-03-03", "Done", {PATH: record("A1 done")}))
    git(tmp_path, "clone", "-q", "--depth", "1", folder.as_uri(), "shallow")
    assert told(tmp_path / "shallow").is_withheld and not told(folder).is_withheld
    assert not told(bare).is_withheld
    monkeypatch.setenv("PATH", str(tmp_path))
    assert told(folder).is_withheld and not told(bare).is_withheld
    monkeypatch.undo()
    (bare / ".git").write_text("gitdir: /nowhere/.git/worktrees/it\n")
    assert told(bare).is_withheld and f"{bare / '.git'} names is not there" in told(bare).absent
    (bare / ".git").unlink()
    git(bare, "init", "-q")
    assert not told(bare).is_withheld


def test_contents_are_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second time nothing is read, in a clone that lies elsewhere neither, after a commit one content; a damaged cache is made anew."""
    folder = draw(tmp_path / "it", FIRST, ("2026-03-03", "Done", {PATH: record("A1 done")}))
    cache = Cache(tmp_path / "kept")

    def read(place: Path = folder) -> int:
        counts = [0]
        loaded = load(start=place)
        history_of(loaded.archive, loaded.root, cache, lambda done, total: counts.append(total))
        return counts[-1]

    assert [read(), read()] == [2, 0]
    git(tmp_path, "clone", "-q", str(folder), "clone")
    assert read(tmp_path / "clone") == 0
    (folder / PATH).write_text(record("A1 open"))
    git(folder, "commit", "-qam", "Open again")
    assert [read(), read()] == [1, 0]
    for file in (tmp_path / "kept").rglob("*"):
        if file.is_file():
            file.write_bytes(b"damaged")
    assert read() == 3


def test_few_processes_do_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many records and commits there are, git is started six times at most."""
    folder = draw(
        tmp_path / "it",
        *(
            (f"2026-03-{day:02}", "One", {f"postmortems/2026-03-{day:02}-x.md": record("A1 open")})
            for day in range(1, 9)
        ),
    )
    started = []
    begin = subprocess.Popen.__init__

    def counting(self: object, *arguments: object, **options: object) -> None:
        started.append(arguments)
        begin(self, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(subprocess.Popen, "__init__", counting)
    assert len(told(folder).records) == 8
    assert len(started) <= 6


def test_processes_that_share_the_past_tell_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What two processes read is what one reads, each content is counted, and what one of them misses is said."""
    folder = draw(
        tmp_path / "it",
        FIRST,
        *((f"2026-03-{day:02}", "Put it off", {PATH: record(f"A1 open 2026-05-{day:02}")}) for day in range(3, 12)),
    )  # fmt: skip
    alone = told(folder)
    monkeypatch.setattr(past_states, "FEWEST_SHARED", 4)
    monkeypatch.setattr(past_states, "AT_ONCE", 2)
    monkeypatch.setenv("AFTERWORD_PROCESSES", "2")
    loaded, counted = load(start=folder), list[tuple[int, int]]()

    def shared(kept: str) -> History:
        return history_of(
            loaded.archive, loaded.root, Cache(tmp_path / kept), lambda *told: counted.append(told)
        )

    assert shared("two") == alone
    assert counted == [(number, 10) for number in range(1, 11)]
    git(folder, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--filter=blob:none", folder.as_uri(), "partial")
    loaded = load(start=tmp_path / "partial")
    assert "partial clone" in shared("three").absent


@pytest.mark.skipif(os.name != "posix", reason="a script takes the place of git")
@pytest.mark.parametrize(
    ("asked", "size", "ending", "reason"),
    [
        ("cat-file", 900, "kill -9 $$", "git ended before it had given the content"),
        ("cat-file", 30_000, "exit 0", "git ended before it had given the content"),
        ("log", 100, "kill -9 $$", "`git log` failed: it was ended by signal 9"),
        ("log", 100, "exit 0", "`git log` ended before it had told everything"),
        ("rev-parse", 0, "kill -9 $$", "git does not answer: it was ended by signal 9"),
    ],
)
def test_what_git_tells_by_half_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: str, size: int, ending: str, reason: str
) -> None:
    """A git that ends in the middle of a content or of the log is said to have, and nothing of it is kept."""
    large = "\nMore of it, of no use.\n" * (20_000 if size > 1000 else 0)
    more = ("2026-03-03", "More", {PATH: record("A1 open") + large})
    folder = draw(tmp_path / "it", FIRST, more, ("2026-03-04", "Done", {PATH: record("A1 done")}))
    whole = told(folder, tmp_path / "other")
    git_of_all = shutil.which("git")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/git").write_text(
        f"""#!/bin/sh
case " $* " in *" {asked} "*) {git_of_all} "$@" | head -c {size}; {ending};; esac
exec {git_of_all} "$@"
"""
    )
    (tmp_path / "bin/git").chmod(0o755)
    with monkeypatch.context() as halved:
        halved.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
        assert told(folder).absent.startswith(reason)
    assert told(folder) == whole

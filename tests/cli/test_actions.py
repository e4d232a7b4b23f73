"""`afterword actions`: which are listed, how, and how they are handed on."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.cli.drawn_actions import CHECKOUT, SEARCH, commit, draw_archive, path_of, record, run

Run = Callable[..., Result]
DAY = ("--as-of", "2026-05-01")


@pytest.fixture
def actions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Give what runs the command in an archive."""
    draw_archive(tmp_path)
    return lambda *arguments, code=0: run(tmp_path, monkeypatch, "actions", *arguments, code=code)


def listed(result: Result) -> list[str]:
    """Give the actions of a list as CSV, `checkout#A1`."""
    rows = csv.DictReader(io.StringIO(result.stdout))
    return [f"{row['record'].split('-')[3]}#{row['id']}" for row in rows]


def test_what_is_overdue_comes_first_at_80_columns(actions: Run) -> None:
    """Groups by how near the day is, each action with day, owner and where it stands; nothing is wider."""
    text = actions(*DAY).stdout
    assert text.startswith(
        "OVERDUE (2)\n"
        "  28 Mar 2026  34 d  Double the pool                             Juno Papercliff\n"
        f"                     {CHECKOUT}#A1 · Payments · PAY-1\n"
    )
    assert "\nDUE WITHIN SEVEN DAYS (1)\n  3 May 2026  Page at 90 %" in text
    assert "\nDUE LATER (1)\n" in text
    assert text.endswith("\n4 actions owed, 2 overdue, as of 1 May 2026\n")
    assert max(map(len, text.splitlines())) <= 80
    assert "\x1b" not in text


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ((), ["checkout#A1", "search#A1", "checkout#A2", "search#A2"]),
        (("--owner", "Juno Papercliff"), ["checkout#A1", "checkout#A2"]),
        (("--owner", "@JUNO"), ["checkout#A1", "checkout#A2"]),
        (("--owner", "juno", "--owner", "tansy"), ["checkout#A1", "search#A1", "checkout#A2"]),
        (("--team", "payments"), ["checkout#A1", "checkout#A2"]),
        (("--team", "WEB"), ["search#A1", "search#A2"]),
        (("--service", "basket"), ["checkout#A1", "checkout#A2"]),
        (("--category", "Prevent"), ["checkout#A1", "search#A1"]),
        (("--overdue",), ["checkout#A1", "search#A1"]),
        (("--due-within", "7d"), ["checkout#A2"]),
        (("--due-within", "7"), ["checkout#A2"]),
        (("--due-within", "5w"), ["checkout#A2", "search#A2"]),
        (("--due-within", "2m"), ["checkout#A2", "search#A2"]),
        (("--due-within", "2026-05-08"), ["checkout#A2"]),
        (("--state", "done"), ["checkout#A3"]),
        (("--state", "in progress", "--state", "overdue"), ["checkout#A1", "search#A1", "checkout#A2"]),
        (("--unowned",), []),
        (("--owner", "", "--all"), ["checkout#A4"]),
        (("--all",), ["checkout#A1", "search#A1", "checkout#A2", "search#A2", "checkout#A4", "checkout#A3"]),
        (("--priority", "P0"), []),
        (("--owner", "juno", "--service", "search"), []),
    ],
)
def test_filters(actions: Run, asked: tuple[str, ...], expected: list[str]) -> None:
    """Any of several words for one thing, all of several things, in the order of the dashboard."""
    assert listed(actions(*asked, *DAY, "--format", "csv")) == expected


def test_drift_is_what_a_ticket_tells_otherwise(actions: Run, tmp_path: Path) -> None:
    """In any state, said below the action; what was asked after the day is left out."""
    settings = tmp_path / "afterword.yml"
    settings.write_text(
        settings.read_text("utf-8") + "trackers: [{name: Board, key: PAY-#, kind: jira}]\n", "utf-8"
    )
    states = {"pay-1": {"status": "done"}, "pay-2": {"status": "open", "owner": "Juno Papercliff"}, "pay-3": {"status": "open"}}  # fmt: skip
    (tmp_path / "tickets.json").write_text(
        json.dumps({"format": 1, "trackers": {"Board": {"as_of": "2026-04-30", "tickets": states}}}), "utf-8"
    )
    assert listed(actions("--drift", "--format", "csv", *DAY)) == ["checkout#A1", "checkout#A3"]
    text = " ".join(actions("--drift", *DAY).stdout.split())
    assert "PAY-3 · done here, open in Board" in text
    assert listed(actions("--drift", "--format", "csv", "--as-of", "2026-04-29")) == []


def test_an_action_without_an_id_is_named_by_its_record(actions: Run, tmp_path: Path) -> None:
    """No sign stands there for an id to come."""
    path_of(tmp_path).write_text(record("| Double the pool | open |\n", "| Action | Status |\n|---|---|\n"))
    assert f"     {CHECKOUT} · Payments\n" in actions("--service", "checkout", *DAY).stdout


def test_nothing_that_fits_is_no_fault(actions: Run) -> None:
    """Somebody who is known and owes nothing gets an empty list."""
    assert actions("--owner", "web", *DAY).stdout == "no action, as of 1 May 2026\n"


def test_json_is_that_of_the_site(actions: Run, tmp_path: Path) -> None:
    """The same keys and addresses, and the actions that were asked for."""
    (tmp_path / "mkdocs.yml").write_text("site_name: Archive\ndocs_dir: postmortems\n")
    made = json.loads(actions("--owner", "juno", *DAY, "--format", "json").stdout)
    assert (made["format"], made["as_of"]) == (1, "2026-05-01")
    assert [each["id"] for each in made["actions"]] == ["A1", "A2"]
    assert made["actions"][0]["days_overdue"] == 34
    assert made["actions"][0]["page"] == f"2026/{CHECKOUT}/#a1"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--owner", "Junno Papercliff"), "no owner 'Junno Papercliff' (did you mean 'Juno Papercliff'?)"),
        (("--owner", "Tans"), "no owner 'Tans' (did you mean 'Tansy Inkersley'?)"),
        (("--team", "paymnts"), "no team 'paymnts' (did you mean 'Payments'?)"),
        (("--service", "serach"), "no service 'serach' (did you mean 'search'?)"),
        (
            ("--category", "xyz"),
            "no category 'xyz', expected one of detect, mitigate, prevent, process, respond",
        ),
        (("--due-within", "soon"), "'soon' is no length of time, expected such as 7d, 2w"),
        (("--all", "--state", "done"), "--all is any state"),
        (("--yes",), "--yes goes with --reassign"),
        (("--unchanged", "30d"), "--unchanged needs the history of the records"),
        (("--reassign", "juno"), "--reassign needs --owner NAME or --unowned"),
        (("--owner", "juno", "--reassign", "tansy", "--format", "json"), "leave --format out"),
        (("--owner", "juno", "--reassign", "tansy", *DAY), "leave --as-of out"),
        (("--owner", "juno", "--reassign", "tansy", "--all"), "leave --all and --state out"),
        (("--owner", "juno", "--reassign", " "), "--reassign needs the name"),
        (("--owner", "juno", "--reassign", "Payments"), "'Payments' is a team, expected one person"),
        (("--owner", "juno", "--reassign", "on-call"), "'on-call' is a team or a rota"),
        (("--owner", "juno", "--reassign", "Ambrose Staplegate"), "Ambrose Staplegate left on 2026-03-31"),
        (("--owner", "juno", "--reassign", "Tansy Inkersly"), "(did you mean 'Tansy Inkersley'?)"),
    ],
)
def test_what_cannot_be_is_wrong_use(actions: Run, asked: tuple[str, ...], said: str) -> None:
    """With exit code 2, and what was expected."""
    assert said in " ".join(actions(*asked, code=2).stderr.split())


def test_reassigning_is_shown_and_not_made_without_yes(actions: Run, tmp_path: Path) -> None:
    """In a pipe nobody can be asked: the diff is shown, nothing is written, and the exit code says so."""
    before = path_of(tmp_path).read_bytes()
    shown = actions("--owner", "juno", "--reassign", "@tansy", code=1)
    changed = [line for line in shown.stdout.splitlines() if line.startswith("+|")]
    assert changed == [
        "+| A1 | Double the pool | Tansy Inkersley | 2026-03-28 | PAY-1 | prevent | open |",
        "+| A2 | Page at 90 % | Tansy Inkersley | 2026-05-03 | PAY-2 | detect | in progress |",
    ]
    assert shown.stdout.startswith(f"--- a/postmortems/{CHECKOUT}.md\n")
    assert "no record was written: --yes makes the change" in shown.stderr
    assert path_of(tmp_path).read_bytes() == before


def test_reassigning_respects_the_other_filters(actions: Run, tmp_path: Path) -> None:
    """What is finished stays with who did it, and what was not asked for with whom it was."""
    assert (
        actions("--owner", "juno", "--category", "detect", "--reassign", "tansy", "--yes").stderr
        == "wrote 1 file\n"
    )
    rows = [
        line.split("|")[3].strip()
        for line in path_of(tmp_path).read_text().splitlines()
        if line.startswith("| A")
    ]
    assert rows == ["Juno Papercliff", "Tansy Inkersley", "JUNO", ""]


def test_handing_on_what_somebody_left_behind(actions: Run, tmp_path: Path) -> None:
    """Who has left may still be asked for; once it is handed on, nothing is left to change."""
    asked = ("--owner", "Ambrose Staplegate", "--reassign", "juno", "--yes")
    assert "+| A2 | Time searches out after 2 seconds | Juno Papercliff |" in actions(*asked).stdout
    assert "Ambrose" not in path_of(tmp_path, SEARCH).read_text()
    again = actions(*asked)
    assert (again.stdout, again.stderr) == ("", "nothing to change\n")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep the archive in git: A1 of checkout was put off and changed hands in April."""
    folder = draw_archive(tmp_path_factory.mktemp("kept"))
    commit(folder, "2026-03-20")
    text = path_of(folder).read_text()
    path_of(folder).write_text(text.replace("Juno Papercliff | 2026-03-28", "Tansy Inkersley | 2026-05-28"))
    commit(folder, "2026-04-10")
    return folder


def test_a_past_day_is_read_from_git(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The owner and the day that held then, and nothing of records that were not there yet."""

    def on(day: str, *asked: str) -> str:
        return run(kept, monkeypatch, "actions", "--as-of", day, *asked).stdout

    assert "28 Mar 2026  3 d  Double the pool" in on("2026-03-31", "--owner", "juno")
    assert "28 May 2026  Double the pool" in on("2026-04-10", "--owner", "tansy")
    assert "put off once, first due 28 Mar" in on("2026-04-10", "--owner", "tansy")
    assert on("2026-03-01") == "no action, as of 1 Mar 2026\n"


def test_what_is_unchanged_is_read_from_git(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For as many days as are asked for; the review asks about it after thirty."""
    unchanged = run(
        kept, monkeypatch, "actions", "--unchanged", "30d", "--as-of", "2026-04-19", "--format", "csv"
    )
    assert listed(unchanged) == ["search#A1", "checkout#A2", "search#A2"]
    assert (
        listed(
            run(
                kept, monkeypatch, "actions", "--unchanged", "31d", "--as-of", "2026-04-19", "--format", "csv"
            )
        )
        == []
    )
    text = run(kept, monkeypatch, "review", "--as-of", "2026-04-19").stdout
    assert "UNCHANGED FOR 30 DAYS (1)" in text
    assert "due 3 May 2026 · unchanged since 20 Mar 2026 · in progress · PAY-2" in text


def test_states_of_today_are_told_as_such(actions: Run) -> None:
    """Where there is no git, a past day has the states that the files have."""
    assert "states are those of today, not of 2026-05-01: " in actions(*DAY).stderr

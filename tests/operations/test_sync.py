"""Bringing in tickets: only those that are named, and never less than was known."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from afterword.operations.actions.sync import Synced, sync
from afterword.operations.cannot_run import CannotRunError
from tests.conftest import REPOSITORY
from tests.operations.drawn_tickets import ENVIRONMENT, SETTINGS, draw_archive, snapshot
from tests.trackers.drawn_tracker import AT_ONCE, PAGE, DrawnServer, register, unregister
from tests.trackers.scripted_server import ScriptedServer, Told, answering

MANY = [f"PAY-{number}" for number in range(1, 501)]


@pytest.fixture(autouse=True)
def _known_kind() -> Iterator[None]:
    """A new tracker is one file and a line of the table."""
    register()
    yield
    unregister()


def bring_in(root: Path, server: ScriptedServer, *names: str, told: list[str] | None = None) -> Synced:
    """Ask with a token that is bound to the server."""
    environment = {**ENVIRONMENT, "AFTERWORD_PAY_DESK_HOST": server.host}
    tell = (told if told is not None else []).append
    return sync(names, root / "afterword.yml", tell=tell, environment=environment)


def test_only_named_tickets_are_asked_for(tmp_path: Path) -> None:
    """Each is asked for once, however often and in whatever form it is named, and in as few requests as the tracker allows."""
    tracker = DrawnServer({"PAY-1": "open", "PAY-2": "done", "PAY-3": "open"})
    keys = [
        "PAY-1",
        "pay-1",
        "[here](https://tracker.example/PAY-1)",
        "https://tracker.example/PAY-2",
        "EL-7",
        "TBD",
    ]
    with answering(tracker) as server:
        draw_archive(tmp_path, server.url, keys)
        done = bring_in(tmp_path, server)
    assert [asked.query["keys"] for asked in server.asked] == ["PAY-1,PAY-2"]
    assert done.is_whole and done.changed and done.not_asked == ("Elsewhere",)
    tickets = snapshot(tmp_path)["Pay desk"]["tickets"]
    assert {key: each["status"] for key, each in tickets.items()} == {"pay-1": "open", "pay-2": "done"}


def test_what_killed_runs_left_is_cleared(tmp_path: Path) -> None:
    """Beside the snapshot and beside records, also where nothing is written."""
    with answering(DrawnServer({"PAY-1": "open"})) as server:
        draw_archive(tmp_path, server.url, ["PAY-1"])
        record = next((tmp_path / "postmortems").rglob("*.md"))
        left = [tmp_path / ".tickets.json.4711", record.with_name(f".{record.name}.4711")]
        for each in left:
            each.write_text("{")
            os.utime(each, (0, 0))
        bring_in(tmp_path, server)
    assert not any(each.exists() for each in left)


@pytest.mark.parametrize("backwards", [False, True])
def test_five_hundred_tickets_come_in_pages_of_any_order(tmp_path: Path, backwards: bool) -> None:
    """The order in which they are told makes no difference to the bytes that are written."""
    tracker = DrawnServer(dict.fromkeys(MANY, "in progress"), backwards=backwards)
    with answering(tracker) as server:
        draw_archive(tmp_path, server.url, MANY)
        done = bring_in(tmp_path, server)
        first = (tmp_path / "tickets.json").read_bytes()
        tracker.backwards = not backwards
        again = bring_in(tmp_path, server)
    assert done.trackers[0].told == 500 and len(snapshot(tmp_path)["Pay desk"]["tickets"]) == 500
    assert (tmp_path / "tickets.json").read_bytes() == first and not again.changed
    assert len(server.asked) == 2 * (500 // AT_ONCE) * -(-AT_ONCE // PAGE)


def test_limits_and_faults_of_the_moment_lose_nothing(tmp_path: Path) -> None:
    """Turned away, broken off and cut off in between, it brings in everything, and says what it waits for."""
    told: list[str] = []
    faults = {
        1: Told(status=429, headers={"Retry-After": "1"}),
        4: Told([{"key": "PAY-1"}] * 15, stop_after=30),
        7: Told(status=503, headers={"Retry-After": "0"}),
        9: Told(stop_after=-1),
    }
    tracker = DrawnServer(dict.fromkeys(MANY, "done"), turn=faults.get)
    with answering(tracker) as server:
        draw_archive(tmp_path, server.url, MANY)
        done = bring_in(tmp_path, server, told=told)
    assert done.is_whole and len(snapshot(tmp_path)["Pay desk"]["tickets"]) == 500
    assert f"{server.host} allows no more requests for now, waiting 1 s" in told
    assert tracker.requests == 40 + len(faults)


def test_what_was_known_is_kept_where_a_tracker_stops_half_way(tmp_path: Path) -> None:
    """What was told is taken, the rest stays as it was, and the snapshot says why and since when."""
    tracker = DrawnServer(dict.fromkeys(MANY[:100], "open"))
    with answering(tracker) as server:
        draw_archive(tmp_path, server.url, MANY[:100])
        bring_in(tmp_path, server)
        before = snapshot(tmp_path)["Pay desk"]
        tracker.states = dict.fromkeys(MANY[:100], "done")
        tracker.turn = lambda number: Told({"message": "no more, t0ken"}, 403) if number >= 12 else None
        done = bring_in(tmp_path, server)
    after = snapshot(tmp_path)["Pay desk"]
    assert not done.is_whole and (done.trackers[0].told, done.trackers[0].asked) == (50, 100)
    statuses = [each["status"] for each in after["tickets"].values()]
    assert (statuses.count("done"), statuses.count("open")) == (50, 50)
    assert after["as_of"] == before["as_of"]
    assert "AFTERWORD_PAY_DESK_TOKEN ('no more, …')" in after["problem"]
    assert "t0ken" not in (tmp_path / "tickets.json").read_text()


def test_a_tracker_out_of_reach_keeps_no_other_from_being_asked(tmp_path: Path) -> None:
    """Nobody answers at one of them; the other is brought in, and nothing known is lost."""
    tracker = DrawnServer({"PAY-1": "open"})
    with answering(tracker) as server:
        draw_archive(tmp_path, server.url, ["PAY-1", "OLD-1"])
        (tmp_path / "old.csv").write_text("key,status\nOLD-1,open\n")
        bring_in(tmp_path, server)
        (tmp_path / "old.csv").write_text("key,status\nOLD-1,done\n")
        tracker.turn = lambda number: Told({}, 404)
        done = bring_in(tmp_path, server)
    assert [(each.name, bool(each.problem)) for each in done.trackers] == [
        ("Pay desk", True),
        ("Old list", False),
    ]
    assert snapshot(tmp_path)["Pay desk"]["tickets"]["pay-1"]["status"] == "open"
    assert snapshot(tmp_path)["Old list"]["tickets"]["old-1"]["status"] == "done"


def test_a_changed_address_gets_no_token(tmp_path: Path) -> None:
    """A pull request that leads the tracker elsewhere is refused before anything is sent, and what was known stays."""
    with answering(DrawnServer({"PAY-1": "open"})) as server, answering(DrawnServer()) as evil:
        draw_archive(tmp_path, server.url, ["PAY-1"])
        bring_in(tmp_path, server)
        draw_archive(tmp_path, evil.url, ["PAY-1"])
        done = bring_in(tmp_path, server)
        away = Told(status=307, headers={"Location": f"{evil.url}/tickets"})
    assert evil.asked == []
    problem = done.trackers[0].problem
    assert f"AFTERWORD_PAY_DESK_HOST binds it to {server.host}" in problem
    after = snapshot(tmp_path)["Pay desk"]
    assert after["problem"] == problem and after["tickets"]["pay-1"]["status"] == "open"
    with answering(DrawnServer(turn=lambda number: away)) as server, answering(DrawnServer()) as evil:
        draw_archive(tmp_path, server.url, ["PAY-1"])
        assert not bring_in(tmp_path, server).is_whole
        assert evil.asked == []


@pytest.mark.parametrize("odd", [{"a": 1}, [{}], [1], [{"key": "PAY-1", "state": None}], "text", None])
def test_an_answer_of_another_form_is_a_problem(tmp_path: Path, odd: object) -> None:
    """It is said, in the snapshot too, and nothing breaks."""
    with answering(DrawnServer(turn=lambda number: Told(odd))) as server:
        draw_archive(tmp_path, server.url, ["PAY-1"])
        done = bring_in(tmp_path, server)
    assert "another form than expected" in done.trackers[0].problem
    assert snapshot(tmp_path)["Pay desk"]["tickets"] == {}


def test_one_tracker_may_be_asked_alone(tmp_path: Path) -> None:
    """The others stay as they were known; a tracker that no record names is not connected to, and what nobody names any more goes."""
    with answering(DrawnServer({"PAY-1": "open", "PAY-2": "open"})) as server:
        draw_archive(tmp_path, server.url, ["PAY-1", "PAY-2", "OLD-1"])
        (tmp_path / "old.csv").write_text("key,status\nOLD-1,open\n")
        bring_in(tmp_path, server)
        draw_archive(tmp_path, server.url, ["PAY-2", "OLD-1"])
        (tmp_path / "old.csv").unlink()
        bring_in(tmp_path, server, "pay DESK")
        assert list(snapshot(tmp_path)) == ["Old list", "Pay desk"]
        assert list(snapshot(tmp_path)["Pay desk"]["tickets"]) == ["pay-2"]
        asked = len(server.asked)
        draw_archive(tmp_path, server.url, ["OLD-1"])
        bring_in(tmp_path, server)
        assert len(server.asked) == asked
        assert snapshot(tmp_path)["Old list"]["problem"] == "old.csv is not there"
        with pytest.raises(CannotRunError, match=r"no tracker 'Old lst'.*did you mean 'Old list'"):
            bring_in(tmp_path, server, "Old lst")


def test_what_must_not_be_written_over_is_left_alone(tmp_path: Path) -> None:
    """A snapshot of a newer version, a file that is something else, and a link stay; one that is broken is written anew."""
    with answering(DrawnServer({"PAY-1": "open"})) as server:
        draw_archive(tmp_path, server.url, ["PAY-1"])
        written = tmp_path / "tickets.json"
        for content in ('{"format": 99, "trackers": {}}', '{"name": "site"}', "[]"):
            written.write_text(content)
            with pytest.raises(CannotRunError, match=r"newer than this version|no snapshot of tickets"):
                bring_in(tmp_path, server)
            assert written.read_text() == content
        written.write_text("<<<<<<< ours\n{")
        assert bring_in(tmp_path, server).is_whole
        written.unlink()
        (tmp_path / "other.json").write_text("{}")
        written.symlink_to("other.json")
        with pytest.raises(CannotRunError, match="no ordinary file"):
            bring_in(tmp_path, server)
        assert (tmp_path / "other.json").read_text() == "{}"


def test_settings_that_cannot_be_read_cost_nothing_that_was_known(tmp_path: Path) -> None:
    """A tracker whose template or name has a fault keeps its tickets, the fault is told, and one that was taken out is forgotten."""
    tracker = DrawnServer({"PAY-1": "open"})
    with answering(tracker) as server:
        draw_archive(tmp_path, server.url, ["PAY-1"])
        bring_in(tmp_path, server)
        known = snapshot(tmp_path)
        for wrong in ("key: PAY", "key: [PAY-#]", "nmae: x"):
            draw_archive(tmp_path, server.url, ["PAY-1"], SETTINGS.replace("key: PAY-#", wrong))
            done = bring_in(tmp_path, server)
            assert not done.is_whole and done.faults[0].span.line == 2
            assert done.trackers[0].kept == 1 and "no `key`" in done.trackers[0].problem
            assert snapshot(tmp_path) == known
        draw_archive(tmp_path, server.url, ["PAY-1"], SETTINGS.replace("name: Pay desk,", ""))
        bring_in(tmp_path, server)
        assert snapshot(tmp_path) == known
        draw_archive(tmp_path, server.url, ["PAY-1"], SETTINGS.replace("name: Pay desk", "name: New"))
        bring_in(tmp_path, server)
        assert "Pay desk" not in snapshot(tmp_path)


def test_nothing_to_ask_is_said(tmp_path: Path) -> None:
    """Without a tracker that has a kind there is nothing to do."""
    draw_archive(tmp_path, "", ["PAY-1"], "trackers: [{ name: Pay desk, key: PAY-# }]\n")
    with pytest.raises(CannotRunError, match="expected one under `trackers`"):
        sync((), tmp_path / "afterword.yml", environment={})


@pytest.mark.slow
@pytest.mark.parametrize(("number", "page"), [(100, 3), pytest.param(500, 15, marks=pytest.mark.slow)])
def test_killed_at_forty_points_the_old_snapshot_or_the_new_one_is_there(
    tmp_path: Path, number: int, page: int
) -> None:
    """Whenever it ends, the file is whole, and the next run brings in everything."""
    some = MANY[:number]
    tracker = DrawnServer(dict.fromkeys(some, "open"), page=page)
    script = [sys.executable, "-P", "-m", "tests.operations.killed_sync"]
    with answering(tracker) as server:
        draw_archive(tmp_path, server.url, some)
        bring_in(tmp_path, server)
        old = (tmp_path / "tickets.json").read_bytes()
        tracker.states = dict.fromkeys(some, "done")
        bring_in(tmp_path, server)
        new = (tmp_path / "tickets.json").read_bytes()
        environment = {
            **os.environ,
            **ENVIRONMENT,
            "AFTERWORD_PAY_DESK_HOST": server.host,
            "PYTHONPATH": str(REPOSITORY),
        }
        with subprocess.Popen(
            script, cwd=tmp_path, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdin and process.stdout

            def run(kill_at: int) -> int:
                (tmp_path / "tickets.json").write_bytes(old)
                assert process.stdin and process.stdout
                process.stdin.write(f"{kill_at}\n")
                process.stdin.flush()
                return int(process.stdout.readline())

            things = run(0)
            assert (tmp_path / "tickets.json").read_bytes() == new
            # All that is done while it is written, and the pages before that.
            points = range(things - 39, things + 1)
            found = []
            for point in points:
                assert run(point) == -1, point
                found.append((tmp_path / "tickets.json").read_bytes())
            assert set(found) == {old, new}
            assert run(0) == things
            assert (tmp_path / "tickets.json").read_bytes() == new
            process.stdin.close()
    assert len(found) == 40


def test_a_core_install_says_what_brings_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the package that asks over HTTP is missing, the command that brings it is named."""
    draw_archive(tmp_path, "http://127.0.0.1:1", ["PAY-1"])
    monkeypatch.setitem(sys.modules, "requests", None)
    for name in ("connection", "drawn_tracker"):
        for package in ("afterword.trackers", "tests.trackers"):
            monkeypatch.delitem(sys.modules, f"{package}.{name}", raising=False)
    with pytest.raises(CannotRunError, match=r"afterword\[sync\]"):
        sync((), tmp_path / "afterword.yml", environment={})
    assert not (tmp_path / "tickets.json").exists()


def test_the_settings_of_these_tests_are_sound(tmp_path: Path) -> None:
    """They are read without a finding."""
    from afterword.parse.settings.settings import read_settings

    assert read_settings(SETTINGS.replace("URL", "http://127.0.0.1:1"), "afterword.yml").findings == ()

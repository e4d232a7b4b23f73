"""The tracker that the documentation writes out works as it stands there."""

from __future__ import annotations

import re
import sys
import types
from pathlib import Path

from afterword.model.action import Status
from afterword.model.settings import Tracker
from afterword.trackers.tracker import NewTicket, Surroundings, TrackerClient
from tests.conftest import REPOSITORY
from tests.trackers.scripted_server import Asked, Told, answering

DOCUMENTED = re.findall(
    r"```python\n(.*?)```", (REPOSITORY / "docs" / "trackers.md").read_text(encoding="utf-8"), re.DOTALL
)


def desk(asked: Asked) -> Told:
    """Answer as the tracker that does not exist would."""
    ticket = {
        "key": "D-1",
        "state": "Doing",
        "title": "t",
        "assignee": None,
        "due": "2026-05-02",
        "url": "",
        "description": "m1",
    }
    if asked.method == "POST":
        assert isinstance(asked.json, dict)
        return Told({**ticket, "key": "D-3", "state": "new", "due": asked.json["due"]})
    return Told([ticket])


def test_a_new_tracker_is_one_file_and_a_line(tmp_path: Path) -> None:
    """It asks, finds and opens over the connection, with a token that is bound to its host."""
    module = types.ModuleType("deskline")
    sys.modules["deskline"] = module
    exec(compile(DOCUMENTED[0], "docs/trackers.md", "exec"), module.__dict__)  # noqa: S102
    with answering(desk) as server:
        environment = {"AFTERWORD_DESK_TOKEN": "t0ken", "AFTERWORD_DESK_HOST": server.host}
        tracker = Tracker("Desk", key="D-#", kind="deskline", api=server.url, states={"doing": "in progress"})
        client: TrackerClient = module.connect(tracker, Surroundings(environment, tmp_path))
        known, gone = client.states(["D-1", "D-2"])
        assert (known.status, gone.gone, gone.key) == (Status.IN_PROGRESS, True, "D-2")
        assert [(mark, state.key) for mark, state in client.find(["m1", "m2"])] == [("m1", "D-1")]
        assert client.open(NewTicket("m3", "Title", "Text m3", known.due)).status is Status.OPEN
    assert server.asked[0].query == {"keys": "D-1,D-2"}
    del sys.modules["deskline"]


def test_the_line_is_one_of_the_table() -> None:
    """It is written as those in the table are."""
    table = (REPOSITORY / "plugins" / "afterword" / "trackers" / "table.py").read_text(encoding="utf-8")
    (line,) = DOCUMENTED[1].splitlines()
    form = re.sub(r"\w+", "x", line.partition("(")[0] + '("x.x.x", "')
    assert any(re.sub(r"\w+", "x", each).startswith(form) for each in table.splitlines())

"""A client of a vendor that meets a host on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from afterword.model.settings import Tracker
from afterword.trackers.table import client_of
from afterword.trackers.tracker import Surroundings, TrackerClient
from tests.trackers.scripted_server import Answers, ScriptedServer, answering


@contextmanager
def meeting(
    tracker: Tracker, host: Answers, path: str = ""
) -> Iterator[tuple[TrackerClient, ScriptedServer]]:
    """Connect the client that the settings' tracker has to a host, whose interface is below a path."""
    with answering(host) as server:
        environment = {"AFTERWORD_OPS_TOKEN": "t0ken", "AFTERWORD_OPS_HOST": server.host}
        here = Tracker(
            tracker.name,
            tracker.key,
            tracker.url,
            kind=tracker.kind,
            api=server.url + path,
            project=tracker.project,
            type=tracker.type,
            labels=tracker.labels,
            states=tracker.states,
        )
        yield client_of(here, Surroundings(environment, Path())), server

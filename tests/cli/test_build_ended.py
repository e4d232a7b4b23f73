"""`afterword build` that is ended on its way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from benchmarks.committed import commit_archive
from benchmarks.generate import write_archive

from afterword.operations.site.site_building import FEWEST_APART

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="signals are those of POSIX"),
]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Generate an archive so large that several processes share the work."""
    place = tmp_path_factory.mktemp("ended") / "archive"
    place.mkdir()
    commit_archive(place, write_archive(place, FEWEST_APART + 100), 2)
    return place


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("line", ["Building documentation", "read 500 of", "warnings in", "rendered 250 of"])
def test_nothing_goes_on_or_is_left(place: Path, tmp_path: Path, end: signal.Signals, line: str) -> None:
    """Whatever it is about: all its processes end, no folder is left beside the site's, and it says no more than that it was ended."""
    site = tmp_path / "site"
    program = Path(sys.executable).parent / "afterword"
    with subprocess.Popen(
        [program, "build", "--no-cache", "--site-dir", site],
        cwd=place,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "AFTERWORD_PROCESSES": "3"},
        start_new_session=True,
    ) as running:
        assert running.stderr is not None
        said = ""
        for read in running.stderr:
            said += read
            if line in read:
                break
        assert line in said
        time.sleep(0.2)
        running.send_signal(end)
        said += running.stderr.read()
    assert running.returncode == {signal.SIGTERM: 143, signal.SIGINT: 130}[end], said
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ProcessLookupError):
        os.killpg(running.pid, 0)

"""Measurements that go on where they were stopped."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.steps import Figures, Steps


def test_a_step_is_done_once(tmp_path: Path) -> None:
    """What has figures is not done again, until it is forgotten."""
    steps, done = Steps(tmp_path / "figures"), list[int]()

    def make() -> Figures:
        done.append(1)
        return {"seconds": len(done)}

    assert steps.do("a", make) == steps.do("a", make) == steps.told("a") == {"seconds": 1}
    steps.forget("a")
    assert steps.told("a") is None
    assert steps.do("a", make) == {"seconds": 2}


def test_whoever_is_stopped_leaves_no_figures(tmp_path: Path) -> None:
    """A step that did not end is done the next time."""
    steps = Steps(tmp_path)

    def stop() -> Figures:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        steps.do("a", stop)
    assert steps.told("a") is None
    assert steps.do("a", lambda: {"seconds": 1}) == {"seconds": 1}

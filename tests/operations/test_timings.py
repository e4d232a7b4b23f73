"""What stages of a build take, each for itself."""

from __future__ import annotations

import time

from afterword.operations.timings import WHOLE, Timings


def test_a_stage_within_another_counts_for_itself() -> None:
    """All of them together are the whole, and what sleeps takes nothing of the processor."""
    timings = Timings()
    began = time.perf_counter()
    with timings.stage("outer"):
        with timings.stage("inner"):
            time.sleep(0.05)
        time.sleep(0.02)
        with timings.stage("inner"):
            time.sleep(0.05)
    lasted = time.perf_counter() - began
    rows = {name: (wall, processor) for name, wall, processor in timings.rows()}
    assert list(rows) == ["outer", "inner", WHOLE]
    assert 0.1 <= rows["inner"][0] < lasted - 0.02
    assert 0.02 <= rows["outer"][0] <= lasted - 0.1
    assert abs(rows[WHOLE][0] - lasted) < 0.01
    assert rows[WHOLE][1] < 0.05


def test_one_stage_takes_the_place_of_another() -> None:
    """Events come one after the other, and nobody tells the end of what lies between; an error ends what it leaves."""
    timings = Timings()
    timings.enter("whole")
    timings.enter("first")
    time.sleep(0.02)
    timings.change("second")
    time.sleep(0.02)
    timings.leave()
    try:
        with timings.stage("failing"):
            raise ValueError
    except ValueError:
        pass
    timings.leave()
    timings.leave()
    spent = {name: wall for name, wall, _ in timings.rows()}
    assert list(spent) == ["whole", "first", "second", "failing", WHOLE]
    assert spent["first"] >= 0.02 and spent["second"] >= 0.02 and spent["whole"] < 0.02

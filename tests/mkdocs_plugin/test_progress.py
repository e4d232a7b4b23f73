"""What the log says while something takes long."""

from __future__ import annotations

import logging
from types import SimpleNamespace

import pytest

from afterword.mkdocs_plugin import progress


def test_parts_are_told_of_where_they_take_long(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not the last one, and none where little time has passed since the last line."""
    moments = iter([10.0, 11.0, 12.5, 12.5, 13.0, 14.6, 14.6, 30.0])
    monkeypatch.setattr(progress, "time", SimpleNamespace(monotonic=lambda: next(moments)))
    tell = progress.slow_progress("made", "parts")
    with caplog.at_level(logging.INFO, logger="mkdocs"):
        for done in range(1, 6):
            tell(done, 5)
    assert [record.message for record in caplog.records] == [
        "afterword: made 2 of 5 parts",
        "afterword: made 4 of 5 parts",
    ]


def test_many_are_told_of_in_steps_and_large_numbers_are_divided(caplog: pytest.LogCaptureFixture) -> None:
    """As in all else that is printed."""
    tell = progress.progress("rendered", "pages", every=1000)
    with caplog.at_level(logging.INFO, logger="mkdocs"):
        for done in range(1, 2501):
            tell(done, 2500)
    assert [record.message for record in caplog.records] == [
        "afterword: rendered 1,000 of 2,500 pages",
        "afterword: rendered 2,000 of 2,500 pages",
    ]

"""The kinds of trackers, and the words that settings have for them."""

from __future__ import annotations

import importlib

from afterword.model.words import TRACKER_KINDS
from afterword.trackers.table import KINDS


def test_settings_know_the_kinds_of_the_table() -> None:
    """Each kind that can be asked may stand in the settings, and each word for one leads to a module that connects."""
    assert set(TRACKER_KINDS) == set(KINDS)
    assert all(callable(importlib.import_module(kind.module).connect) for kind in KINDS.values())

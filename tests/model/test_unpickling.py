"""What was kept comes back as values, and as nothing else."""

from __future__ import annotations

import datetime as dt
import os
import pickle
from zoneinfo import ZoneInfo

import pytest

from afterword.model.finding import Nature
from afterword.model.span import Span
from afterword.model.unpickling import DAMAGED, pickled, pickled_without_places, unpickled
from afterword.operations.settings_file import load_settings
from tests.drawn_record import record_with_tree
from tests.render.pages import archive_of


def test_values_come_back(tmp_path: object) -> None:
    """A record with all that was read of it, and a moment with its zone, are what they were."""
    record = archive_of({"2026-03-14-checkout.md": record_with_tree()}).records[0]
    moment = dt.datetime(2026, 3, 14, 9, 0, tzinfo=ZoneInfo("Europe/Zurich"))
    assert unpickled(pickled((record, moment))) == (record, moment)


@pytest.mark.parametrize(
    "value",
    [os.system, load_settings, setattr, pickle.loads, type("Hidden", (), {})],
    ids=lambda each: each.__name__,
)
def test_nothing_else_is_made(value: object) -> None:
    """Neither a function of another module, nor one of ours, nor a class that is no value."""
    try:
        content = pickle.dumps(value)
    except (pickle.PicklingError, AttributeError):
        content = b"cposix\nsystem\n(S'true'\ntR."
    with pytest.raises(pickle.UnpicklingError):
        unpickled(content)


class _Asking:
    """Asks for an attribute of something."""

    def __init__(self, of: object, name: str) -> None:
        self._asked = of, name

    def __reduce__(self) -> tuple[object, tuple[object, str]]:
        return getattr, self._asked


def test_getattr_gives_members_of_enumerations_alone() -> None:
    """Python 3.11.0 to 3.11.3 pickle them so, and nothing else is had by it."""
    assert unpickled(pickle.dumps(_Asking(Nature, "DATED"))) is Nature.DATED
    for of, name in ((Nature, "mro"), (Span, "to"), (dt.date, "today"), ("text", "format")):
        with pytest.raises(DAMAGED):
            unpickled(pickle.dumps(_Asking(of, name)))


def test_what_is_damaged_is_told() -> None:
    """Every cut and every changed byte ends in an error that is expected, or in some value."""
    content = pickled((Span(1, 2, 3, 4), "text", [dt.date(2026, 1, 1)]))
    for at in range(len(content)):
        for damaged in (content[:at], content[:at] + bytes([content[at] ^ 0x55]) + content[at + 1 :]):
            try:
                unpickled(damaged)
            except (*DAMAGED, MemoryError, OverflowError):
                continue


def test_places_may_be_left_out() -> None:
    """The same words further down are the same."""
    here, there = ("text", Span(1, 1, 1, 5)), ("text", Span(9, 1, 9, 5))
    assert pickled(here) != pickled(there)
    assert pickled_without_places(here) == pickled_without_places(there)

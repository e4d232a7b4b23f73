"""What few look at is given as it was put away."""

from __future__ import annotations

from afterword.derive.words.put_away import PutAway, Shelf
from afterword.model.unpickling import pickled, unpickled

LIKE = {"a": {"told": b"1", "spelled": b"2"}, "b": {"told": b"3", "spelled": b"4"}}
FOUND = {"a": {"passages": b"5"}, "b": {"passages": b"6"}}


def test_all_that_is_known_is_found_under_its_name() -> None:
    """What is at hand and what is on shelves is one mapping, also after it was kept, and what nobody worked out is not there."""
    shelves = ((("told", "spelled"), Shelf.of(LIKE)), (("passages",), Shelf.of(FOUND)))
    known = {key: PutAway({"positives": b"0"}, key, shelves) for key in LIKE}
    for each in (known, unpickled(pickled(known))):
        assert dict(each["a"]) == {"positives": b"0", "told": b"1", "spelled": b"2", "passages": b"5"}
        assert dict(each["b"]) == {"positives": b"0", "told": b"3", "spelled": b"4", "passages": b"6"}
        assert len(each["a"]) == 4
        assert each["a"].get("summary-words") is None


def test_a_shelf_is_kept_once_for_all_that_take_from_it() -> None:
    """Ten more records that take from it add less than it weighs."""
    told = {str(number): {"told": bytes(range(256)) * 20} for number in range(10)}
    shelves = ((("told",), Shelf.of(told)),)
    one = len(pickled({"0": PutAway({}, "0", shelves)}))
    assert len(pickled({key: PutAway({}, key, shelves) for key in told})) < 2 * one

"""Where things stand is told again as it was put away."""

from __future__ import annotations

from afterword.model.places import Places
from afterword.model.span import Span
from afterword.model.unpickling import pickled, pickled_without_places, unpickled

SPANS = {"title": Span(2, 8, 2, 30), "authors[0].name": Span(70_000, 1, 70_001, 400)}


def test_places_are_those_that_were_put_away() -> None:
    """All names have their spans in their order, whatever the numbers, and others have none."""
    places = Places.of(SPANS)
    assert dict(places) == SPANS
    assert list(places) == list(SPANS)
    assert "date" not in places
    assert places.get("date") is None
    assert unpickled(pickled(places)) == places
    assert dict(Places.of({})) == {}


def test_bytes_without_places_tell_names_alone() -> None:
    """What stands elsewhere is the same, and a name more is another."""
    moved = {name: Span(1, 1, 1, 2) for name in SPANS}
    assert pickled_without_places(Places.of(moved)) == pickled_without_places(Places.of(SPANS))
    assert pickled_without_places(Places.of({"title": Span(1, 1, 1, 2)})) != pickled_without_places(
        Places.of(moved)
    )

"""How the smallest values are made: by a function, as their classes would make them."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import field

import pytest

from afterword.model.finding import Finding, Nature
from afterword.model.markup import Kind, Node, RichText, make_node, make_text
from afterword.model.settings import Settings
from afterword.model.span import START, Span, make_span
from afterword.model.value import maker, plain_value
from afterword.parse.record import parse_record

TEXT = b"""\
---
title: Checkout returned errors
date: 2026-03-14
authors: [Petra Vellumworth]
---

## Timeline

| Time (UTC) | Event |
|---|---|
| 14:03 | [TRIGGER] The batch starts |

## Action items

| ID | Action | Owner | Due |
|---|---|---|---|
| A1 | Limit the pool | Petra Vellumworth | 2026-04-01 |
"""


@plain_value()
class _Shelf:
    """A value with a part that is made anew for each."""

    name: str
    books: Mapping[str, int] = field(default_factory=dict)


def test_a_function_makes_what_the_class_makes() -> None:
    """Fields may be given by place or by name, and those left out have their defaults."""
    span = make_span(1, 2, 3, end_column=4)
    assert span == Span(1, 2, 3, 4)
    assert repr(span) == repr(Span(1, 2, 3, 4))
    assert make_node(Kind.TEXT, span, text="so") == Node(Kind.TEXT, span, (), "so")
    assert hash(make_node(Kind.RULE)) == hash(Node(Kind.RULE, START))
    assert make_text() == RichText()


def test_parts_that_are_made_anew_are_not_shared() -> None:
    """Two values that leave a mapping out have one each."""
    make = maker(_Shelf)
    assert make("left").books is not make("left").books
    assert make("left", {"a": 1}) == _Shelf("left", {"a": 1})


def test_a_field_without_a_default_is_asked_for() -> None:
    """What its class would not make without, the function does not make either."""
    with pytest.raises(TypeError):
        make_span(1, 2, 3)  # type: ignore[call-arg]


def test_a_value_is_written_as_a_dataclass_is() -> None:
    """Each field stands by its name, and one that is to be left out does not."""

    @plain_value()
    class Book:
        title: str
        shelf: _Shelf
        read: bool = field(default=False, repr=False)

    written = repr(Book("So {it} 'is'", _Shelf("left", {"a": 1})))
    name = Book.__qualname__
    assert written == f"""{name}(title="So {{it}} 'is'", shelf=_Shelf(name='left', books={{'a': 1}}))"""


def test_a_record_is_the_same_after_it_was_stored() -> None:
    """Records and findings may be pickled: all that they are made of comes back."""
    record = parse_record(TEXT, "2026/2026-03-14-checkout-errors.md", Settings())
    assert record.actions
    assert record.timeline is not None
    assert pickle.loads(pickle.dumps(record)) == record  # noqa: S301 - its own
    finding = Finding("bad-date", "no date", START, Nature.UNREADABLE, "write one")
    assert pickle.loads(pickle.dumps(finding)) == finding  # noqa: S301 - its own

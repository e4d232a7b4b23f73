"""Where many things of a record stand, in a tenth of the room that as many spans take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from struct import pack, unpack_from

from afterword.model.span import Span, make_span
from afterword.model.value import plain_value

_FORM, _SIZE = "<4I", 16


@plain_value()
class Places(Mapping[str, Span]):
    """Spans by name, each made when it is asked for: a header has seventy, and hardly one is looked at again once its record was judged.

    `numbers` holds the four of each name, one behind the other.
    """

    names: tuple[str, ...]
    numbers: bytes

    @classmethod
    def of(cls, spans: Mapping[str, Span]) -> Places:
        """Put spans away."""
        numbers = [
            number
            for span in spans.values()
            for number in (span.line, span.column, span.end_line, span.end_column)
        ]
        return cls(_one(tuple(spans)), pack(f"<{len(numbers)}I", *numbers))

    def __getitem__(self, name: str) -> Span:
        return make_span(*unpack_from(_FORM, self.numbers, _SIZE * _order(self.names)[name]))

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


@lru_cache(maxsize=1024)
def _one(names: tuple[str, ...]) -> tuple[str, ...]:
    """Give one tuple for all that are alike: headers and rows come in a few forms, and in thousands."""
    return names


@lru_cache(maxsize=1024)
def _order(names: tuple[str, ...]) -> Mapping[str, int]:
    return {name: number for number, name in enumerate(names)}

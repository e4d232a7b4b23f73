"""Lists that go on over numbered pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from afterword.derive.places.address import relative

NEAR = 2
"""How many pages before and after the one that is read are led to, beside the first and the last."""

TEXT_OF_ROW = 320
"""Bytes of text that each row of a page has when there are as many rows as there may be; where rows say more, fewer stand there, so that the page stays below 150 KB."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PageLink:
    """The way to one of the pages; `href` is None on that page itself, `gap` tells that pages before it are left out."""

    number: int
    href: str | None
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Pager:
    """The ways from one page of a list to the others; `links` is empty where there is one page alone."""

    number: int
    of: int
    links: tuple[PageLink, ...] = ()
    previous: str | None = None
    next: str | None = None


@dataclass(frozen=True, slots=True)
class ListLink:
    """The way to a list with how many entries it has; `href` is None on that list itself."""

    label: str
    count: int
    href: str | None


@dataclass(frozen=True, slots=True)
class ListPart(Generic[T]):
    """What stands on one page of a list."""

    address: str
    rows: Sequence[T]
    pager: Pager


def _nothing(_: object) -> Iterable[str]:
    return ()


def parts(
    address: str, rows: Sequence[T], size: int, texts: Callable[[T], Iterable[str]] = _nothing
) -> Iterator[ListPart[T]]:
    """Divide a list over pages: the first at `address`, the second at `address` + `2/`; an empty list has one page. `texts` is that of `fitting`."""
    pages = list(_pages(rows, size, texts))
    for number, each in enumerate(pages, start=1):
        yield ListPart(page_address(address, number), each, _pager(address, number, len(pages)))


def in_pages(rows: Sequence[T], size: int) -> list[Sequence[T]]:
    """Divide rows into pages of a size; an empty list has one page."""
    return list(_pages(rows, size, _nothing))


def fitting(rows: Sequence[T], size: int, texts: Callable[[T], Iterable[str]]) -> Sequence[T]:
    """Give the rows that stand on one page: `size` at most, fewer where they say much, at least one. `texts` gives what a row shows that authors wrote, in any length."""
    return next(_pages(rows, size, texts))


def _pages(rows: Sequence[T], size: int, texts: Callable[[T], Iterable[str]]) -> Iterator[Sequence[T]]:
    start = held = 0
    for place, row in enumerate(rows):
        bytes_here = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts(row))
        if place > start and (place - start == size or held + bytes_here > size * TEXT_OF_ROW):
            yield rows[start:place]
            start, held = place, 0
        held += bytes_here
    yield rows[start:]


def numbered(title: str, number: int) -> str:
    """Give the title of a numbered page of a list."""
    return title if number == 1 else f"{title}, page {number}"


def page_address(address: str, number: int) -> str:
    """Give the address of a numbered page of the list at `address`."""
    return address if number == 1 else f"{address}{number}/"


def _pager(address: str, number: int, of: int) -> Pager:
    if of == 1:
        return Pager(1, 1)
    here = page_address(address, number)
    shown = sorted({1, of, *range(max(number - NEAR, 1), min(number + NEAR, of) + 1)})

    def way(to: int) -> str:
        return relative(here, page_address(address, to))

    return Pager(
        number,
        of,
        tuple(
            PageLink(each, None if each == number else way(each), each - before > 1)
            for before, each in zip([0, *shown], shown, strict=False)
        ),
        way(number - 1) if number > 1 else None,
        way(number + 1) if number < of else None,
    )

"""Lists of records that go on over numbered pages, and are sorted in the page by script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from afterword.derive.places.address import relative, search_address
from afterword.derive.words.labels import service_label
from afterword.model.record import Postmortem
from afterword.model.settings import ArchiveFolder, Settings
from afterword.render.page.cards import RecordCard, record_card
from afterword.render.page.pager import ListPart, Pager, parts

CATALOGUE = "catalogue.json"
LINES = 120
"""Records on one page of a list, fewer where they say much (`TEXT_OF_ROW`): with all that stands beside it the page stays below 150 KB."""

MOST_CARDS = 30
"""Beyond this many records a list shows them line by line instead of as cards."""


@dataclass(frozen=True, slots=True)
class RecordList:
    """One page of a list; `total` are the records on all of its pages.

    `query` says in the words of the search page's address which records they are, and leads there; `catalogue` is the file that a script
    reads to sort over all pages.
    """

    cards: tuple[RecordCard, ...]
    total: int
    pager: Pager
    query: str
    search_href: str
    catalogue: str

    @property
    def compact(self) -> bool:
        """Tell whether records stand in lines."""
        return self.total > MOST_CARDS


def record_parts(
    address: str, records: Sequence[Postmortem], settings: Settings
) -> Iterator[ListPart[Postmortem]]:
    """Divide records over pages from `address` on."""

    def texts(record: Postmortem) -> tuple[str, ...]:
        return (record.title, *(service_label(settings, word) for word in record.header.services))

    return parts(address, records, LINES, texts)


def summaries_of(records: Sequence[Postmortem], total: int) -> tuple[str, ...]:
    """Give the paths of the records whose summaries a page of a list of `total` records shows."""
    return () if total > MOST_CARDS else tuple(record.path for record in records)


def record_list(
    part: ListPart[Postmortem],
    total: int,
    asked: Mapping[str, str],
    folder: ArchiveFolder,
    settings: Settings,
) -> RecordList:
    """Make what stands on one page of a list of `total` records; `asked` are the facets that they have in common, by their names in the address."""
    query, here = urlencode(asked), part.address
    search = search_address(folder)
    way = relative(here, search)
    return RecordList(
        tuple(record_card(record, settings, here, brief=total > MOST_CARDS) for record in part.rows),
        total,
        part.pager,
        query,
        f"{way}?{query}" if query else way,
        relative(here, search + CATALOGUE),
    )

"""What those who are called to a service should know of it, from its records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from afterword.derive.figures.figure_groups import DividedFigure
from afterword.derive.likeness.known_here import Statement, came_back, runbooks, statements_of, what_helped
from afterword.derive.timing.calendar import record_day
from afterword.model.figure_kinds import CUSTOMER_IMPACT
from afterword.model.record import Postmortem
from afterword.render.page.links import Links

TOLD = ("time-to-detect", "time-to-mitigate", CUSTOMER_IMPACT)
"""The figures that the page of a service tells, in this order."""

MOST_CAME_BACK = 6
MOST_RUNBOOKS = 12
MOST_HELPED = 4
MOST_PLACES = 4
"""Records that are named of what several tell."""

LATEST = 200
"""The latest records of a service that are read for what came back: what is older than so many is hardly known today."""


@dataclass(frozen=True, slots=True)
class Place:
    """The way to a record that tells of something; `label` is its day, else its id."""

    label: str
    href: str
    title: str
    day: date | None


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One thing with the records that tell of it, newest first; `more` are those that are not named. `href` is where it leads itself."""

    text: str
    places: tuple[Place, ...]
    count: int
    more: int = 0
    href: str | None = None


@dataclass(frozen=True, slots=True)
class TookLine:
    """How long it took: the median of `count` incidents, and `lacking` whose records do not tell."""

    label: str
    median: timedelta
    count: int
    lacking: int
    href: str


@dataclass(frozen=True, slots=True)
class KnownHere:
    """All of it; any part may be empty."""

    took: tuple[TookLine, ...]
    came_back: tuple[ToldLine, ...]
    runbooks: tuple[ToldLine, ...]
    helped: tuple[ToldLine, ...]


@dataclass(slots=True)
class Reader:
    """Reads the statements of each record once, however many services it took part in."""

    read: dict[str, tuple[Statement, ...]] = field(default_factory=dict)

    def of(self, record: Postmortem) -> tuple[Statement, ...]:
        """Give the statements of a record."""
        if record.id not in self.read:
            self.read[record.id] = statements_of(record)
        return self.read[record.id]


def known_here(
    newest_first: Sequence[Postmortem],
    service: str,
    figures: Mapping[str, DividedFigure],
    reader: Reader,
    links: Links,
    figures_href: Callable[[str], str],
) -> KnownHere:
    """Gather it from the records of a service; `figures` are those of the archive by id, divided, and `figures_href` leads to the page of one."""
    latest = newest_first[:LATEST]
    again = came_back(((record, reader.of(record)) for record in latest), MOST_CAME_BACK)
    return KnownHere(
        tuple(took(service, figures, figures_href)),
        tuple(_line(each.text, each.records, links) for each in again),
        tuple(
            # A relative link is read from the place of the record that it stands in.
            _line(each.title, each.records, links, replace(links, record=each.records[0]).href(each.url))
            for each in runbooks(newest_first)[:MOST_RUNBOOKS]
        ),
        tuple(_line(each.text, (each.record,), links) for each in what_helped(latest, MOST_HELPED)),
    )


def took(
    service: str, figures: Mapping[str, DividedFigure], figures_href: Callable[[str], str]
) -> Iterator[TookLine]:
    """Yield how long the incidents of a service took; `figures` and `figures_href` as in `known_here`."""
    for name in TOLD:
        divided = figures.get(name)
        groups = (
            next((each.groups for each in divided.divisions if each.id == "service"), ()) if divided else ()
        )
        group = next((each for each in groups if each.id == service), None)
        if divided and group and group.spread:
            yield TookLine(
                divided.figure.kind.label,
                group.spread.median,
                group.spread.count,
                group.lacking,
                figures_href(name),
            )


def _line(text: str, records: Sequence[Postmortem], links: Links, href: str | None = None) -> ToldLine:
    places = tuple(
        Place(each.id, links.to_record(each), each.title, record_day(each)) for each in records[:MOST_PLACES]
    )
    return ToldLine(text, places, len(records), len(records) - len(places), href)

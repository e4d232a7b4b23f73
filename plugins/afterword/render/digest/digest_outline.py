"""A digest as headings and lists, whoever reads it: what writes it down in a form need not know what it says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from afterword.derive.places.address import record_address
from afterword.model.record import Postmortem
from afterword.model.settings import Settings
from afterword.render.text.wrap import plain

_LONGEST = 400
"""Characters of one text of a record: who wants more follows the link."""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry of a list: its title leads to `href`; where no address is known that is empty, and `place` says where it stands in the archive.

    `facts` follow on the same line, `body` on lines of its own.
    """

    title: str
    facts: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    href: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A list below a heading; `more` entries are left out. An `urgent` one waits for somebody."""

    heading: str
    lines: tuple[Line, ...]
    more: int = 0
    urgent: bool = False

    @classmethod
    def of(
        cls, heading: str, lines: Iterable[Line], most: int | None = None, *, urgent: bool = False
    ) -> Part:
        """Make a list of at most so many entries."""
        every = tuple(lines)
        kept = every if most is None else every[:most]
        return cls(heading, kept, len(every) - len(kept), urgent)


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole digest: `lead` sums it up, and is all there is where nothing happened and nothing is due. `notes` come last."""

    title: str
    lead: str
    parts: tuple[Part, ...] = ()
    notes: tuple[str, ...] = ()


class Places:
    """Knows where records and actions are: their addresses below `site_url`, which ends with a slash, or where it is empty what they are called."""

    def __init__(self, settings: Settings, site_url: str = "") -> None:
        self._settings = settings
        self._site_url = site_url

    def line(
        self,
        record: Postmortem,
        title: str,
        facts: Iterable[str] = (),
        body: Iterable[str] = (),
        action: str = "",
    ) -> Line:
        """Make an entry about a record, or about an action of it by its id."""
        href = ""
        if self._site_url:
            address = quote(record_address(record, self._settings), safe="/-._~")
            anchor = f"#{quote(action.lower(), safe='')}" if action else ""
            href = f"{self._site_url}{address}{anchor}"
        place = plain(f"{record.id}#{action}" if action else record.id)
        return Line(said(title) or place, _each(facts), _each(body), href, place)

    def gone(self, record_id: str, action: str, title: str, facts: Iterable[str]) -> Line:
        """Make an entry about an action of a record that is not there any more: nothing leads to it."""
        return Line(said(title), _each(facts), place=plain(f"{record_id}#{action}"))


def said(text: str) -> str:
    """Give a text on one line, no longer than anybody reads in a list."""
    words = plain(text)
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"


def _each(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(said, texts)))

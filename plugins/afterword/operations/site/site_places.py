"""Where the archives of a site are, among its files and among its addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from afterword.derive.places.address import archive_address
from afterword.operations.reading.opening import Opened
from afterword.render.page.planned import AnyPage


@dataclass(frozen=True, slots=True)
class Place:
    """Where an archive is: `folder` is what the `src` of its files begins with, `base` what the addresses of its pages begin with. Both are empty where it is the whole site."""

    folder: str
    base: str


@dataclass(frozen=True, slots=True)
class Places:
    """The places of all archives of a site."""

    places: tuple[Place, ...]

    @classmethod
    def of(cls, opened: Opened) -> Places:
        """Give the places of the archives that were opened."""
        folders = opened.loaded.archive.settings.archives
        return cls(tuple(Place(opened.folder_src(each), archive_address(each)) for each in folders))

    def __iter__(self) -> Iterator[Place]:
        return iter(self.places)

    def hold(self, src: str) -> bool:
        """Tell whether a file lies in the folder of an archive."""
        return any(src.startswith(place.folder) for place in self.places)

    @property
    def are_whole_site(self) -> bool:
        """Tell whether an archive is the site itself rather than a folder of it."""
        return any(not place.folder for place in self.places)

    def at(self, address: str) -> Place:
        """Give the place of the archive that a page at `address` belongs to."""
        if len(self.places) == 1 and address.startswith(self.places[0].base):
            return self.places[0]
        at = (place for place in self.places if address.startswith(place.base))
        return max(at, key=lambda place: len(place.base), default=Place("", ""))

    def src_at(self, address: str) -> str:
        """Give the `src` that a file with an address has, or would have, in the folder of its archive."""
        place = self.at(address)
        return place.folder + address.removeprefix(place.base)

    def src_of(self, page: AnyPage) -> str:
        """Give the `src` by which the navigation knows a page that has no file: `index.md` for the home page, a name beside it for the others."""
        place = self.at(page.address)
        below = page.address.removeprefix(place.base)
        return place.folder + (f"{below.rstrip('/')}.md" if page.nav_title and below else f"{below}index.md")

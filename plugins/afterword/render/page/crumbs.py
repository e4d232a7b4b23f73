"""The way back from a page to the archive's home, and on to its search."""

from __future__ import annotations

from afterword.derive.places.address import archive_address, relative, search_address
from afterword.model.settings import ArchiveFolder
from afterword.model.value import plain_value

HOME = "Post-mortems"


@plain_value()
class Crumb:
    """One step of the way; `href` is None for the page itself."""

    label: str
    href: str | None


@plain_value()
class Within:
    """What a search that begins on a page is kept to: a filter of the search page, and the name that readers know its value by."""

    name: str
    value: str
    label: str


@plain_value()
class Way:
    """What stands above a page: the steps that lead back, and the address of the search page, empty on that page itself."""

    steps: tuple[Crumb, ...]
    search: str = ""
    within: Within | None = None


def home_title(folder: ArchiveFolder) -> str:
    """Give the title of an archive's home page."""
    return folder.name or HOME


def crumbs(
    folder: ArchiveFolder,
    page_address: str,
    *steps: tuple[str, str],
    here: str = "",
    within: Within | None = None,
) -> Way:
    """Lead from the archive's home over `steps` (label and address) to the page itself, which has no step where its title is a sentence."""
    way = ((home_title(folder), archive_address(folder)), *steps)
    last = (Crumb(here, None),) if here else ()
    search = search_address(folder)
    return Way(
        (*(Crumb(label, relative(page_address, address)) for label, address in way), *last),
        relative(page_address, search) if page_address != search else "",
        within,
    )

"""The way back from a page to the archive's home."""

from __future__ import annotations

from dataclasses import dataclass

from afterword.derive.address import archive_address, relative
from afterword.model.settings import ArchiveFolder

HOME = "Post-mortems"


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way; `href` is None for the page itself."""

    label: str
    href: str | None


def home_title(folder: ArchiveFolder) -> str:
    """Give the title of an archive's home page."""
    return folder.name or HOME


def crumbs(
    folder: ArchiveFolder, page_address: str, *steps: tuple[str, str], here: str = ""
) -> tuple[Crumb, ...]:
    """Lead from the archive's home over `steps` (label and address) to the page itself, which has no step where its title is a sentence."""
    way = ((home_title(folder), archive_address(folder)), *steps)
    last = (Crumb(here, None),) if here else ()
    return (*(Crumb(label, relative(page_address, address)) for label, address in way), *last)

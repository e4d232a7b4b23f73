"""Where everything is on the site (docs/format.md, sections 1 and 9): the only place that makes addresses.

An address is relative to the site's root, without a slash before it; a page's ends with one, and the root's own is empty.
"""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from urllib.parse import quote

from afterword.derive.words.labels import safe_id
from afterword.model.archive import Attachment
from afterword.model.record import Postmortem
from afterword.model.settings import ArchiveFolder, Settings
from afterword.model.words import RESERVED

_UNUSUAL = re.compile(r"//|/\.{1,2}/")
"""What is no name of a folder between two slashes."""

_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)))
)
"""Names that Windows keeps for devices, whatever ending they have (Microsoft, "Naming Files, Paths, and Namespaces")."""


def folder_of(archive: str, settings: Settings) -> ArchiveFolder:
    """Find the folder of a record or attachment by its `archive`, the first folder where none has that name."""
    for folder in settings.archives:
        if archive in (folder.name, folder.folder):
            return folder
    return settings.archives[0] if settings.archives else ArchiveFolder("postmortems")


def archive_address(folder: ArchiveFolder) -> str:
    """Give the address of an archive's home page: what the settings say, else the folder itself."""
    return _folders(folder.folder if folder.address is None else folder.address)


@lru_cache(maxsize=256)
def _folders(path: str) -> str:
    return "".join(f"{part}/" for part in path.split("/") if part not in ("", ".", ".."))


def record_address(record: Postmortem, settings: Settings) -> str:
    """Give the address of a record, `postmortems/2026/2026-03-14-x/`, wherever its file lies (docs/format.md, section 1)."""
    return f"{archive_address(folder_of(record.archive, settings))}{record.year}/{record.id}/"


def _named(part: str) -> str:
    """Give the name of the folder or file for an id or a slug, one that every system takes; no id has a `_`."""
    return f"{part}_" if part in _DEVICES else part


def facet_address(folder: ArchiveFolder, facet_id: str, entry_id: str | None = None) -> str:
    """Give the address of a facet's overview, or of the page of one entry."""
    overview = f"{archive_address(folder)}{facet_id}/"
    return overview if entry_id is None else f"{overview}{_named(safe_id(entry_id))}/"


def pair_address(folder: ArchiveFolder, service_id: str, class_id: str) -> str:
    """Give the address of the records that a service and a failure class share."""
    return f"{facet_address(folder, 'services', service_id)}classes/{_named(safe_id(class_id))}/"


def service_file_address(folder: ArchiveFolder, service_id: str, ending: str) -> str:
    """Give the address of a file about a service beside its page, `services/checkout.json`."""
    return f"{facet_address(folder, 'services', service_id).rstrip('/')}.{ending}"


def actions_address(folder: ArchiveFolder, list_id: str | None = None) -> str:
    """Give the address of the dashboard of action items, or of the first page of one of its lists."""
    dashboard = f"{archive_address(folder)}actions/"
    return dashboard if list_id is None else f"{dashboard}{list_id}/"


def owners_address(folder: ArchiveFolder) -> str:
    """Give the address of the list of owners."""
    return f"{archive_address(folder)}owners/"


def teams_address(folder: ArchiveFolder) -> str:
    """Give the address of the list of teams."""
    return f"{archive_address(folder)}teams/"


def risks_address(folder: ArchiveFolder, list_id: str | None = None) -> str:
    """Give the address of the page of open causes and accepted risks, or of the first page of one of its lists."""
    page = f"{archive_address(folder)}risks/"
    return page if list_id is None else f"{page}{list_id}/"


def figures_address(folder: ArchiveFolder, figure_id: str | None = None) -> str:
    """Give the address of the figures over the archive, or of the page of one figure."""
    overview = f"{archive_address(folder)}figures/"
    return overview if figure_id is None else f"{overview}{figure_id}/"


def owner_address(folder: ArchiveFolder, slug: str) -> str:
    """Give the address of an owner's page; `slug` is the one of `derive.holders`."""
    return f"{owners_address(folder)}{_named(slug)}/"


def team_address(folder: ArchiveFolder, slug: str) -> str:
    """Give the address of a team's page; `slug` is the one of `derive.holders`."""
    return f"{teams_address(folder)}{_named(slug)}/"


def feed_address(folder: ArchiveFolder, name: str) -> str:
    """Give the address of a feed or calendar, `all.ics` or `services/checkout.atom`."""
    whose, _, file = name.rpartition("/")
    stem, dot, ending = file.partition(".")
    return f"{archive_address(folder)}feeds/{whose}{'/' if whose else ''}{_named(stem)}{dot}{ending}"


def health_address(folder: ArchiveFolder) -> str:
    """Give the address of the archive's health by quarter."""
    return f"{archive_address(folder)}health/"


def search_address(folder: ArchiveFolder) -> str:
    """Give the address of the search page."""
    return f"{archive_address(folder)}search/"


def attachment_address(attachment: Attachment, settings: Settings) -> str:
    """Give the address of an attachment, which keeps its path below the archive."""
    return archive_address(folder_of(attachment.archive, settings)) + attachment.folder_path


def alias_address(alias: str, folder: ArchiveFolder) -> str | None:
    """Give the former address that an alias stands for: of an id the record's, of a path below the archive the page's.

    None where the alias leaves the archive, or would stand in the place of the archive's home or of a page that Afterword makes.
    """
    base = archive_address(folder)
    if "/" not in alias and not alias.lower().endswith(".md"):
        return f"{base}{alias[:4]}/{alias}/" if safe_id(alias) == alias and alias[:4].isdigit() else None
    parts = [part for part in alias.removesuffix(".md").split("/") if part not in ("", ".")]
    if alias.startswith("/") or any(
        part == ".." or not part.isprintable() or set(part) & set("\\?#:") for part in parts
    ):
        return None
    if parts and parts[-1] in ("index", "README"):
        parts.pop()
    return f"{base}{'/'.join(parts)}/" if parts and parts[0].lower() not in RESERVED else None


def relative(from_address: str, to_address: str) -> str:
    """Give the way from one page or file to another, `../../x/`; a query or fragment stays at its end.

    The result never begins like a scheme. It is not escaped: for addresses made from names of files take `href`.
    """
    if "#" not in to_address and "?" not in to_address:
        return _way(from_address, to_address)
    end = min(place for mark in "#?" if (place := to_address.find(mark)) >= 0)
    return _way(from_address, to_address[:end]) + to_address[end:]


def href(from_address: str, to_address: str) -> str:
    """Give the way from one page or file to another as a URL, every character escaped that a URL reserves, `#` and `?` included."""
    return quote(_way(from_address, to_address), safe="/-._~")


@lru_cache(maxsize=256)
def _above(address: str) -> tuple[tuple[str, str], ...]:
    """Give the folders above a page or file with the ways up to them, the nearest first; none where their names are unusual."""
    folder = address.rpartition("/")[0]
    if not folder or _UNUSUAL.search(f"/{folder}/"):
        return ()
    names = folder.split("/")
    return tuple(
        ("".join(f"{name}/" for name in names[:shared]), "../" * (len(names) - shared))
        for shared in range(len(names), -1, -1)
    )


def _way(from_address: str, to_path: str) -> str:
    # As `relpath` does, which takes twenty times as long, and a page of a list has three hundred links.
    is_plain = to_path and to_path[0] not in "./" and "//" not in to_path and "/." not in to_path
    if is_plain and (to_path[-1] == "/" or not from_address.startswith(f"{to_path}/")):
        for folder, up in _above(from_address):
            if to_path.startswith(folder):
                way = up + to_path[len(folder) :]
                return way if up or (way and ":" not in way.partition("/")[0]) else f"./{way}"
    way = posixpath.relpath(f"/{to_path}", f"/{from_address.rpartition('/')[0]}")
    if to_path.endswith("/") or not to_path:
        way += "/"
    return f"./{way}" if ":" in way.partition("/")[0] else way

"""Pages that lead from the former addresses of records, services and other words of the catalogue to those they have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from afterword.derive.places.address import alias_address, facet_address, href, record_address
from afterword.model.archive import Archive
from afterword.model.settings import ArchiveFolder, Settings
from afterword.render.page.site_page import SiteFile

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Moved: {title}</title>
<meta name="robots" content="noindex">
<link rel="canonical" href="{target}">
<meta http-equiv="refresh" content="0; url={target}">
</head>
<body>
<p>{what} has moved: <a href="{target}">{title}</a></p>
</body>
</html>
"""


def redirect_files(
    archive: Archive, folder: ArchiveFolder, pages: Iterable[str] = ()
) -> tuple[SiteFile, ...]:
    """Give a page for each alias of a record, and each former id of a service, severity, failure class or kind, that can have one.

    It can where it lies below the archive and meets no live page. Live are the records and the addresses in `pages`; letter case makes no
    difference, since it makes none on some hosts.
    """
    live = {record_address(record, archive.settings).lower() for record in archive.records}
    live |= {address.lower() for address in pages}
    made: dict[str, SiteFile] = {}
    for what, title, address, target in (*_records(archive, folder), *_words(archive.settings, folder)):
        if address.lower() in live or address.lower() in made:
            continue
        here = escape(href(address, target))
        page = _PAGE.format(what=what, target=here, title=escape(title))
        made[address.lower()] = SiteFile(address + "index.html", page.encode())
    return tuple(made.values())


def _records(archive: Archive, folder: ArchiveFolder) -> Iterator[tuple[str, str, str, str]]:
    for record in archive.records:
        target = record_address(record, archive.settings)
        for alias in record.header.aliases:
            address = alias_address(alias, folder)
            if address is not None:
                yield "This post-mortem", record.title, address, target


def _words(settings: Settings, folder: ArchiveFolder) -> Iterator[tuple[str, str, str, str]]:
    """Yield the former ids of what the settings list; a service that was split leads to the one that took its name over first."""
    catalogues = (
        ("services", "This service", settings.services),
        ("severities", "This severity", settings.severities),
        ("classes", "This failure class", settings.failure_classes),
        ("kinds", "This kind", settings.kinds),
    )
    for facet, what, entries in catalogues:
        for entry in entries:
            target = facet_address(folder, facet, entry.id)
            for former in entry.renamed_from:
                yield what, entry.label, facet_address(folder, facet, former), target

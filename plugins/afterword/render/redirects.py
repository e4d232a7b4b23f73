"""Pages that lead from a record's former addresses to the one it has."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from afterword.derive.address import alias_address, href, record_address
from afterword.model.archive import Archive
from afterword.model.settings import ArchiveFolder
from afterword.render.page import SiteFile

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Moved: {title}</title>
<meta name="robots" content="noindex">
<link rel="canonical" href="{target}">
<meta http-equiv="refresh" content="0; url={target}">
</head>
<body>
<p>This post-mortem has moved: <a href="{target}">{title}</a></p>
</body>
</html>
"""


def redirect_files(
    archive: Archive, folder: ArchiveFolder, pages: Iterable[str] = ()
) -> tuple[SiteFile, ...]:
    """Give a page for each alias of a record that can have one: it lies below the archive and meets no live page.

    Live are the records and the addresses in `pages`; letter case makes no difference, since it makes none on some hosts.
    """
    live = {record_address(record, archive.settings).lower() for record in archive.records}
    live |= {address.lower() for address in pages}
    made: dict[str, SiteFile] = {}
    for record in archive.records:
        target = record_address(record, archive.settings)
        for alias in record.header.aliases:
            address = alias_address(alias, folder)
            if address is None or address.lower() in live or address.lower() in made:
                continue
            here = escape(href(address, target))
            page = _PAGE.format(target=here, title=escape(record.header.title or record.id))
            made[address.lower()] = SiteFile(address + "index.html", page.encode())
    return tuple(made.values())

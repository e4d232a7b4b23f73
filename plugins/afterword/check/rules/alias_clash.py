"""`alias-clash`: an old address cannot be redirected."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import ArchiveContext
from afterword.check.rule import Rule
from afterword.check.wording import shown
from afterword.model.finding import Finding, Nature
from afterword.model.words import RESERVED
from afterword.parse.values.identity import is_id

_HOMES = ("index", "readme")


def check(context: ArchiveContext) -> Iterator[Finding]:
    """Report aliases that a live page has, or that an earlier record claims; what is no alias at all is found while reading."""
    live = _live_pages(context)
    claimed: dict[tuple[str, str], str] = {}
    for record in context.archive.records:
        folder = context.folder(record)
        if folder is None:
            continue
        for position, alias in enumerate(record.header.aliases):
            place = record.header.span(f"aliases[{position}]")
            address = (folder.folder, _address(alias))
            problem = _taken(alias, address, live, claimed)
            claimed.setdefault(address, record.id)
            if problem:
                hint = "an id such as 2026-03-14-old-name, or a path such as 2025/old-name.md that no page has any more"
                yield Finding("alias-clash", problem, place, Nature.ERROR, hint, path=record.path)


def _taken(
    alias: str,
    address: tuple[str, str],
    live: dict[tuple[str, str], str],
    claimed: dict[tuple[str, str], str],
) -> str:
    if address in live:
        return f"alias '{shown(alias)}' is the address of {live[address]}"
    if address[1].partition("/")[0] in RESERVED:
        return f"alias '{shown(alias)}' is an address of generated pages"
    if address in claimed:
        return f"alias '{shown(alias)}' is claimed by {claimed[address]} too"
    return ""


def _address(alias: str) -> str:
    """Give the address of an id or path below its archive, in small letters: hosts differ in whether case matters."""
    if is_id(alias):
        return f"{alias[:4]}/{alias}"
    path = "/".join(part for part in alias.replace("\\", "/").split("/") if part not in ("", "."))
    name = path.removesuffix(".md").lower()
    return "" if name in _HOMES else name.removesuffix("/index").removesuffix("/readme")


def _live_pages(context: ArchiveContext) -> dict[tuple[str, str], str]:
    live: dict[tuple[str, str], str] = {}
    for folder in context.settings.archives:
        for page in context.archive.pages:
            below = folder.inside(page)
            if below is not None:
                live[folder.folder, _address(below)] = page
        for record in context.archive.records:
            if context.folder(record) == folder:
                live[folder.folder, f"{record.year}/{record.id}".lower()] = record.id
    return live


RULE = Rule(
    id="alias-clash",
    summary="an alias that a page of the archive has, or that another record claims",
    why="""\
Aliases keep the links alive that chats, tickets and other records hold. A redirect cannot stand where a page stands, and leads to one
record only.""",
    bad="""\
---
aliases: [services/checkout.md]
---""",
    better="""\
---
aliases: [2025-11-02-checkout-errors, incidents/checkout.md]
---""",
    check_archive=check,
)

"""The ticket of an action item: a key, a link, or both."""

from __future__ import annotations

import re

from afterword.model.action import Ticket
from afterword.model.key_template import digits_in, filled
from afterword.model.markup import Kind, Node
from afterword.model.settings import Settings, Tracker
from afterword.parse.markdown.tables import CellView

_CODE = Kind.CODE
_LINK = Kind.LINK
_TEXT = Kind.TEXT

_WEB = re.compile(r"https?://[^\s/\\]", re.IGNORECASE)
_PLAIN_WEB = re.compile(r"https?://[^\s/\\()<>|][^\s\\()<>|]*", re.IGNORECASE)
"""An address that stands in a link as it is."""


def read_ticket(cell: CellView, settings: Settings) -> Ticket:
    """Read the first link of a cell, else its text as a key; a tracker whose template fits gives the other half.

    An address that is not of the web is left out.
    """
    link = next((node for node in _nodes(cell.node) if node.kind is _LINK), None)
    if link is None:
        return Ticket(cell.text, _url_of(cell.text, settings))
    key = _text(link) or cell.text
    if not _WEB.match(link.url):
        return Ticket(key, _url_of(key, settings))
    if key.rstrip("/") == link.url.rstrip("/"):
        key = _key_of(link.url, settings) or key
    return Ticket(key, link.url)


def written_ticket(key: str, url: str, tracker: Tracker, settings: Settings) -> tuple[str, Ticket]:
    """Give what names a ticket of a tracker in a cell, and how that is read: the key where templates make its address of it, else a link."""
    first = next((each for each in settings.trackers if digits_in(each.key, key)), tracker)
    made = _url_of(key, settings)
    if (made and first.name == tracker.name) or not _PLAIN_WEB.fullmatch(url):
        return key, Ticket(key, made)
    return f"[{key}]({url})", Ticket(key, url)


def _nodes(cell: Node) -> list[Node]:
    return [node for child in cell.children for node in child.walk()]


def _text(link: Node) -> str:
    return "".join(node.text for node in _nodes(link) if node.kind in (_TEXT, _CODE)).strip()


def _url_of(key: str, settings: Settings) -> str:
    for tracker in settings.trackers:
        found = digits_in(tracker.key, key)
        if found and tracker.url:
            url = filled(tracker.url, found)
            return url if _WEB.match(url) else ""
    return ""


def _key_of(url: str, settings: Settings) -> str:
    for tracker in settings.trackers:
        found = digits_in(tracker.url, url)
        if found and tracker.key:
            return filled(tracker.key, found)
    return ""

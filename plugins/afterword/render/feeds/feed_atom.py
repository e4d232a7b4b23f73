"""Feeds as Atom (RFC 4287)."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring

from afterword.derive.places.address import href, relative
from afterword.render.feeds.feed import Feed, FeedEntry, rfc3339, safe_text
from afterword.render.page.site_url import SiteUrl

ATOM = "application/atom+xml"
_DECLARATION = "<?xml version='1.0' encoding='utf-8'?>"
_NAMESPACE = "http://www.w3.org/2005/Atom"


def atom_file(feed: Feed, site: SiteUrl) -> bytes:
    """Give a feed as Atom; where it is not known where the site lies, links are seen from the feed, as the standard allows."""
    own = f"{feed.address}.atom"
    # Names are written without prefixes, so that the serialiser need not look after them: there is one namespace.
    root = Element("feed", {"xmlns": _NAMESPACE, "xml:lang": feed.language})
    if site.url:
        root.set("xml:base", site.whole(own))
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "subtitle", feed.about)
    _add(root, "updated", rfc3339(feed.updated))
    SubElement(root, "link", {"rel": "self", "type": ATOM, "href": _href(own, own, "", site)})
    SubElement(
        root, "link", {"rel": "alternate", "type": "text/html", "href": _href(own, feed.page, "", site)}
    )
    _add(SubElement(root, "author"), "name", feed.author)
    _add(root, "generator", "Afterword")
    for entry in feed.entries:
        _entry(SubElement(root, "entry"), entry, own, site)
    # As bytes it would be encoded tag by tag, which takes half as long again.
    written: str = tostring(root, encoding="unicode")
    return f"{_DECLARATION}\n{written}\n".encode()


def _entry(element: Element, entry: FeedEntry, own: str, site: SiteUrl) -> None:
    _add(element, "id", entry.id)
    _add(element, "title", entry.title)
    _add(element, "published", rfc3339(entry.published))
    _add(element, "updated", rfc3339(entry.updated))
    way = _href(own, entry.address, entry.fragment, site)
    SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": way})
    for name in entry.authors:
        _add(SubElement(element, "author"), "name", name)
    for term, label in entry.topics:
        SubElement(element, "category", {"term": safe_text(term), "label": safe_text(label)})
    if entry.html:
        _add(element, "content", entry.html).set("type", "html")
    else:
        _add(element, "content", entry.text).set("type", "text")


def _add(parent: Element, name: str, text: str) -> Element:
    element = SubElement(parent, name)
    element.text = safe_text(text)
    return element


def _href(own: str, address: str, fragment: str, site: SiteUrl) -> str:
    if site.url:
        return site.whole(address, fragment)
    if address == own:
        return relative(own, own)
    return href(own, address) + (f"#{fragment}" if fragment else "")

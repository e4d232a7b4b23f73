"""Feeds as JSON (JSON Feed, version 1.1)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from afterword.render.feeds.feed import Feed, FeedEntry, rfc3339, safe_text
from afterword.render.page.site_url import SiteUrl

JSON_FEED = "application/feed+json"
_VERSION = "https://jsonfeed.org/version/1.1"


def json_feed_file(feed: Feed, site: SiteUrl) -> bytes:
    """Give a feed as JSON; this format has whole URLs only, and none where it is not known where the site lies."""
    made = {
        "version": _VERSION,
        "title": safe_text(feed.title),
        "description": safe_text(feed.about),
        "language": feed.language,
        "authors": [{"name": safe_text(feed.author)}],
        "items": [dict(_item(entry, site)) for entry in feed.entries],
    }
    if site.url:
        made |= {"home_page_url": site.whole(feed.page), "feed_url": site.whole(f"{feed.address}.json")}
    return (json.dumps(made, ensure_ascii=True, separators=(",", ":")) + "\n").encode("ascii")


def _item(entry: FeedEntry, site: SiteUrl) -> Iterator[tuple[str, object]]:
    yield "id", entry.id
    if site.url:
        yield "url", site.whole(entry.address, entry.fragment)
    yield "title", safe_text(entry.title)
    if entry.html:
        yield "content_html", safe_text(entry.html)
    else:
        yield "content_text", safe_text(entry.text)
    yield "date_published", rfc3339(entry.published)
    yield "date_modified", rfc3339(entry.updated)
    if entry.authors:
        yield "authors", [{"name": safe_text(name)} for name in entry.authors]
    if entry.topics:
        yield "tags", [safe_text(label) for _, label in entry.topics]

"""Which feeds and calendars belong to a page, for its head and for its readers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from html import escape

from jinja2 import Environment

from afterword.derive.places.address import (
    actions_address,
    archive_address,
    feed_address,
    relative,
    risks_address,
)
from afterword.model.settings import ArchiveFolder
from afterword.model.value import plain_value
from afterword.render.feeds.calendars import ALL, RISKS
from afterword.render.feeds.feed_atom import ATOM
from afterword.render.feeds.feed_files import ACTIONS, RECORDS
from afterword.render.feeds.feed_json import JSON_FEED
from afterword.render.page.planned import ListedPage, ListPage
from afterword.render.page.site_page import SitePage

CALENDAR = "text/calendar"
_HELD = ("owners/", "teams/")
_SERVICES = "services/"


@plain_value()
class FeedLink:
    """A feed or calendar that a page leads to; `title` says what is in it."""

    title: str
    address: str
    type: str

    @property
    def is_calendar(self) -> bool:
        """Tell whether it is for calendars rather than for readers of feeds."""
        return self.type == CALENDAR


def feed_links(page_address: str, folder: ArchiveFolder, files: Collection[str]) -> tuple[FeedLink, ...]:
    """Give the feeds and calendars of a page; `files` are the addresses of those that there are."""
    return tuple(link for link in _links(page_address, folder) if link.address in files)


def with_subscriptions(page: ListPage, links: Iterable[FeedLink], templates: Environment) -> ListPage:
    """Give a page with the way to subscribe to it at its end."""
    shown = [(link, relative(page.address, link.address)) for link in links if link.type != JSON_FEED]
    if not shown:
        return page

    def add(page: SitePage) -> SitePage:
        html = templates.get_template("subscribe.html").render(links=shown)
        return replace(page, html=page.html + html)

    return page.then(add, shown) if isinstance(page, ListedPage) else add(page)


def head_links(page_address: str, links: Iterable[FeedLink]) -> str:
    """Give the elements of a page's head by which programs find its feeds.

    Of each `alternate` alone the theme takes another language of the site, and asks for a sitemap beside it, which is not there.
    """
    return "".join(
        f'<link rel="alternate feed" type="{link.type}" title="{escape(link.title)}" '
        f'href="{escape(relative(page_address, link.address))}">'
        for link in links
    )


def _links(page_address: str, folder: ArchiveFolder) -> Iterator[FeedLink]:
    base = archive_address(folder)
    below = page_address.removeprefix(base)
    if page_address == base:
        yield from _feeds(RECORDS, "Post-mortems", folder)
        yield from _feeds(ACTIONS, "Action items", folder)
    elif page_address == actions_address(folder):
        yield FeedLink("Everything that is due", feed_address(folder, ALL), CALENDAR)
        yield from _feeds(ACTIONS, "What becomes of action items", folder)
    elif page_address == risks_address(folder):
        yield FeedLink("Risks to review", feed_address(folder, RISKS), CALENDAR)
    elif below.startswith(_HELD):
        yield FeedLink("What is due", feed_address(folder, f"{below.rstrip('/')}.ics"), CALENDAR)
    elif below.startswith(_SERVICES):
        yield from _feeds(below.rstrip("/"), "Post-mortems and what becomes of their action items", folder)


def _feeds(name: str, title: str, folder: ArchiveFolder) -> Iterator[FeedLink]:
    address = feed_address(folder, name)
    yield FeedLink(title, f"{address}.atom", ATOM)
    yield FeedLink(title, f"{address}.json", JSON_FEED)

"""The feeds of an archive: its records, what becomes of its actions, and both for each service."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from itertools import islice

from afterword.derive.places.address import actions_address, archive_address, facet_address, feed_address
from afterword.derive.places.identity import urn
from afterword.derive.promises.news import ActionNews, RecordNews, action_news, record_news
from afterword.derive.words.labels import entry_for, safe_id
from afterword.model.archive import Archive
from afterword.model.settings import ArchiveFolder, Entry
from afterword.render.feeds.feed import Feed
from afterword.render.feeds.feed_atom import atom_file
from afterword.render.feeds.feed_entries import EntryWriter
from afterword.render.feeds.feed_json import json_feed_file
from afterword.render.page.crumbs import home_title
from afterword.render.page.links import Targets
from afterword.render.page.planned import UNKEYED, PageKeys, PlannedFile
from afterword.render.page.site_url import SiteUrl

News = RecordNews | ActionNews

RECORDS = "records"
ACTIONS = "actions"
MOST = 50
MOST_OF_SERVICE = 25
"""A service is one of many, and whoever follows it reads all of its news."""


def service_feed(service_id: str) -> str:
    """Give the name of a service's feed among the feeds, without its ending."""
    return f"services/{safe_id(service_id)}"


def feed_files(
    archive: Archive,
    folder: ArchiveFolder,
    as_of: date,
    site: SiteUrl,
    targets: Targets | None = None,
    page_addresses: Mapping[str, str] | None = None,
    keys: PageKeys = UNKEYED,
) -> tuple[PlannedFile, ...]:
    """Plan each feed as Atom and as JSON; a service of the catalogue has one before anything happened to it."""
    writer = EntryWriter(archive, site, targets or Targets.of(archive), page_addresses or {})
    records, actions = record_news(archive, as_of), action_news(archive, as_of)
    title = home_title(folder)
    unknown = f"; none are known: {archive.history.absent}" if archive.history.absent else ""

    def files(name: str, whose: str, about: str, page: str, told: Sequence[News]) -> Iterator[PlannedFile]:
        address = feed_address(folder, name)
        moments = [_place(news) for news in told]
        key = keys.of(address, (news.record for news in told), keys.places, site, whose, about, moments)
        summaries = tuple(news.record.path for news in told if isinstance(news, RecordNews))

        @cache
        def feed() -> Feed:
            name, language = urn(site.host, "feed", address), archive.settings.language
            entries = tuple(map(writer.entry, told))
            return Feed(name, whose, about, address, page, title, language, entries)

        yield PlannedFile(f"{address}.atom", key, lambda: atom_file(feed(), site), summaries)
        yield PlannedFile(f"{address}.json", key, lambda: json_feed_file(feed(), site), summaries)

    found = [
        *files(
            RECORDS,
            f"{title}: records",
            "Post-mortems that came or were revised",
            archive_address(folder),
            records[:MOST],
        ),
        *files(
            ACTIONS,
            f"{title}: action items",
            f"What became of action items{unknown}",
            actions_address(folder),
            tuple(islice(filter(_is_told, actions), MOST)),
        ),
    ]
    for service, news in _by_service(archive, records, actions).items():
        found += files(
            service_feed(service.id),
            f"{title}: {service.label}",
            f"Post-mortems of {service.label}, and what became of their action items{unknown}",
            facet_address(folder, "services", service.id),
            news,
        )
    return tuple(found)


def _by_service(
    archive: Archive, records: Iterable[News], actions: Iterable[News]
) -> Mapping[Entry, Sequence[News]]:
    """Divide news by service, the newest first; what has one address is one service."""
    catalogue = archive.settings.services
    services = {entry.id: entry for entry in catalogue}
    found: dict[str, list[News]] = {safe_id(entry.id): [] for entry in catalogue}
    named: dict[str, Entry] = {safe_id(entry.id): entry for entry in catalogue}
    by_record: dict[str, tuple[str, ...]] = {}
    for record in archive.records:
        entries = [services.get(word) or entry_for(catalogue, word) for word in record.header.services]
        by_record[record.id] = tuple(dict.fromkeys(safe_id(entry.id) for entry in entries))
        for entry in entries:
            named.setdefault(safe_id(entry.id), entry)
            found.setdefault(safe_id(entry.id), [])
    open_to_more = set(found)
    for news in sorted((*records, *actions), key=_moment, reverse=True):
        if not open_to_more:
            break
        services_of = by_record[news.record.id]
        if open_to_more.isdisjoint(services_of) or not _is_told(news):
            continue
        for service in services_of:
            if service in open_to_more:
                found[service].append(news)
                if len(found[service]) == MOST_OF_SERVICE:
                    open_to_more.remove(service)
    return {named[service]: listed for service, listed in found.items()}


def _is_told(news: News) -> bool:
    return isinstance(news, RecordNews) or bool(news.kinds)


def _place(news: News) -> tuple[object, ...]:
    """Tell one piece of news of a record from any other."""
    if isinstance(news, RecordNews):
        return news.published, news.updated
    return news.at, news.action_id, news.commit


def _moment(news: News) -> datetime:
    return news.updated if isinstance(news, RecordNews) else news.at

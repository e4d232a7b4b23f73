"""What an archive says of all its records together: lists, figures, dashboards, feeds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from afterword.derive.address import archive_address, record_address
from afterword.derive.archive_coverage import archive_coverage
from afterword.derive.archive_figures import archive_figures
from afterword.derive.as_it_was import is_now
from afterword.derive.catalogue import facets, services_of
from afterword.derive.figure_groups import divided
from afterword.derive.health import archive_health
from afterword.derive.holders import Holders
from afterword.derive.index import RecordIndex
from afterword.derive.promises_again import bundles
from afterword.derive.record_causes import RecordCauses
from afterword.derive.unrecorded import listed_incidents
from afterword.model.archive import Archive
from afterword.model.settings import ArchiveFolder
from afterword.operations.kept_overview import Overview, keep_overview, kept_overview
from afterword.operations.opening import Opened
from afterword.operations.program import contents_of, program_marks, settings_mark
from afterword.operations.template_cache import template_cache
from afterword.render.action_export import action_files
from afterword.render.action_file import rows_file
from afterword.render.action_lists import ListIndex, action_list_pages
from afterword.render.actions import actions_page
from afterword.render.assets import asset_files
from afterword.render.calendars import calendar_files
from afterword.render.environment import environment
from afterword.render.facets import facet_pages
from afterword.render.feeds import feed_files
from afterword.render.figure_export import figure_files
from afterword.render.figures import figure_pages
from afterword.render.health import health_page
from afterword.render.health_export import health_files
from afterword.render.holders import holder_pages
from afterword.render.home import Summed, home_block, home_page
from afterword.render.links import Targets
from afterword.render.page import SiteFile
from afterword.render.planned import UNKEYED, AnyFile, ListPage, PageKeys, hashed
from afterword.render.promises import Promises
from afterword.render.redirects import redirect_files
from afterword.render.risk_export import risk_files
from afterword.render.risk_file import risk_rows_file
from afterword.render.risk_lists import RiskLists, risk_list_pages
from afterword.render.risks import risks_page
from afterword.render.search import search_page
from afterword.render.service_export import service_files
from afterword.render.service_sharing import with_sharing
from afterword.render.site_url import SiteUrl
from afterword.render.subscribing import FeedLink, feed_links, with_subscriptions
from afterword.sources.cache import Cache
from afterword.sources.kept_pages import KeptPages


@dataclass(frozen=True, slots=True)
class OverviewBasis:
    """What the overview of an archive is made from.

    `page_addresses` are those of ordinary pages by `src`, `addresses` the same by path; `causes` are those of each record on the day, by its id.
    """

    opened: Opened
    archive: Archive
    page_addresses: Mapping[str, str]
    addresses: Mapping[str, str]
    targets: Targets
    causes: Mapping[str, RecordCauses]
    templates: Path | None
    at: SiteUrl

    def key(self) -> str:
        """Give the hash of all of it."""
        archive, history = self.archive, self.archive.history
        reading = self.opened.reading
        return Cache.key(
            "overview",
            *self._surroundings(),
            repr((self.at, sorted(self.page_addresses.items()), archive.pages)),
            repr((history.head, history.until, archive.incidents)),
            *(f"{record.id} {record.path} {reading.facts(record.path)}" for record in archive.records),
        )

    def page_keys(self, holders: Holders) -> PageKeys:
        """Give what keys of lists are made from; `holders` are those that rows lead to."""
        reading = self.opened.reading
        archive, history = self.archive, self.archive.history
        common = Cache.key(
            *self._surroundings(),
            repr((history.until is None, is_now(reading.day, history))),
            repr([(owner.slug, owner.name, owner.team, owner.left) for owner in holders.owners]),
            repr([(team.slug, team.name) for team in holders.teams]),
        )
        # Each stands in the keys of some thirty pages.
        marks = {
            record.id: hashed(record.id, reading.facts(record.path), repr(history.record(record.id)))
            for record in archive.records
        }
        places = hashed(self.targets.places, sorted(self.addresses.items()))
        return PageKeys(common, marks, places)

    def _surroundings(self) -> Iterator[str]:
        yield from program_marks()
        yield from contents_of(self.templates)
        yield settings_mark(self.archive.settings)
        yield repr((self.opened.reading.day, self.archive.history.absent, self.archive.tickets))


def overview(basis: OverviewBasis, kept: KeptPages) -> Overview:
    """Make the overview of an archive, or take what is `kept` of it: it is the same until a fact of a record changes, whatever else is written there.

    Its long lists are only planned.
    """
    if basis.opened.reading.is_whole:
        made = _made(basis)
        files = tuple(SiteFile(file.address, file.content) for file in made.files)
        return replace(made, pages=tuple(page.made() for page in made.pages), files=files)
    place, key = Cache.key("overview", basis.archive.settings.path or "", basis.at.url), basis.key()
    known = kept_overview(place, key, kept, lambda: _made(basis))
    if known is None:
        made = _made(basis)
        known = replace(
            made, files=tuple(file if file.key else replace(file, key=key) for file in made.files)
        )
        keep_overview(known, place, key, kept)
    return known


def _made(basis: OverviewBasis) -> Overview:
    opened, archive, at = basis.opened, basis.archive, basis.at
    page_addresses, addresses = basis.page_addresses, basis.addresses
    day = opened.reading.day
    templates = environment(basis.templates, template_cache())
    pages: list[ListPage] = []
    files: list[AnyFile] = []
    lost: list[str] = []
    home_blocks: dict[str, str] = {}
    links: dict[str, tuple[FeedLink, ...]] = {}
    ordinary = _live(opened, page_addresses)
    records = [record_address(record, archive.settings) for record in archive.records]
    own_pages = frozenset(map(opened.src, archive.pages))
    listed, main = listed_incidents(archive, day), archive.settings.archives[0]
    for folder in archive.settings.archives:
        own, base = archive.of_folder(folder), archive_address(folder)
        own_index = RecordIndex.of(own)
        promises = Promises.of(own, folder, day)
        keys = UNKEYED if opened.reading.is_whole else basis.page_keys(promises.holders)
        lists = ListIndex.of(promises, bundles(own.records, opened.reading.repeated_actions))
        figures = archive_figures(own)
        by_group = divided(figures, own.settings, day)
        by_facet = facets(own, promises.views)
        services = services_of(by_facet)
        of_facets = facet_pages(
            own,
            folder,
            day,
            templates,
            promises,
            by_group,
            addresses,
            by_facet,
            keys,
            basis.targets,
            own_index,
        )
        pages += [
            *with_sharing(of_facets, services, folder, at, templates),
            actions_page(promises, lists, templates),
        ]
        pages += action_list_pages(promises, lists, templates, keys)
        pages += holder_pages(promises, templates, keys, own_index)
        covered = archive_coverage(own, day, basis.causes)
        risks = RiskLists.of(covered)
        pages += [
            risks_page(covered, risks, own, folder, day, templates),
            search_page(own, folder, templates),
        ]
        pages += risk_list_pages(risks, covered, own, folder, day, templates, keys)
        pages += figure_pages(own, figures, by_group, folder, day, templates)
        # Incidents of the tracker belong to no folder; each is counted once.
        health = archive_health(own, day, listed if folder is main else None, promises.quarters, own_index)
        pages.append(
            health_page(
                health, own, folder, day, templates, main.label if listed and folder is not main else ""
            )
        )
        home, known = _page_at(base, page_addresses), Summed(promises, covered, figures, by_facet, own_index)
        if home is None:
            pages.append(home_page(own, folder, day, templates, known))
        elif home in own_pages:
            home_blocks[home] = home_block(own, folder, day, page_addresses[home], templates, known)
        else:
            lost.append(f"{home} stands at the address of the archive's home page, and stays as it is")
        feeds: tuple[AnyFile, ...] = (
            *feed_files(own, folder, day, at, basis.targets, addresses, keys),
            *calendar_files(promises, covered.risks, at),
        )
        files += feeds
        there = {each.address for each in feeds}
        links |= {
            page: found
            for page in (base, *records, *(each.address for each in pages))
            if (found := feed_links(page, folder, there))
        }
        live = (*ordinary, *records, *(page.address for page in pages))
        files += [*asset_files(base), *redirect_files(own, folder, live)]
        files += [*action_files(promises), rows_file(promises), *risk_files(covered, own, folder, day)]
        files.append(risk_rows_file(risks, own, folder))
        files += figure_files(figures, by_group, own.settings, folder, day)
        files += health_files(health, folder, day)
        files += service_files(services, by_group, own.settings, folder, day, at)
    return Overview(
        tuple(with_subscriptions(page, links.get(page.address, ()), templates) for page in pages),
        tuple(files),
        home_blocks,
        links,
        tuple(lost),
    )


def _page_at(base: str, page_addresses: Mapping[str, str]) -> str | None:
    """Give the ordinary page at an archive's address, which ends with a file's name where the site's pages are files."""
    return next(
        (src for src, address in page_addresses.items() if address.removesuffix("index.html") == base), None
    )


def _live(opened: Opened, page_addresses: Mapping[str, str]) -> Iterable[str]:
    """Give the addresses of the pages that MkDocs itself publishes: those of records and of unread files it does not."""
    archive = opened.loaded.archive
    folders = [folder_src(opened, folder) for folder in archive.settings.archives]
    pages = {opened.src(page) for page in archive.pages}
    return tuple(
        address
        for src, address in page_addresses.items()
        if src in pages or not any(src.startswith(folder) for folder in folders)
    )


def folder_src(opened: Opened, folder: ArchiveFolder) -> str:
    """Give what the `src` of all files of an archive begin with."""
    src = opened.src(folder.folder)
    return "" if src == "." else src + "/"

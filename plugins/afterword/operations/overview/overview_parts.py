"""The overview of one archive in parts: each can be made, and cached, without the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from afterword.derive.again.promises_again import bundles
from afterword.derive.catalogue.catalogue import Facet, facets, pairs, services_of
from afterword.derive.catalogue.index import RecordIndex
from afterword.derive.causes.archive_coverage import ArchiveCoverage, archive_coverage, risk_register
from afterword.derive.figures.archive_figures import ArchiveFigures, archive_figures
from afterword.derive.figures.figure_groups import DividedFigure, divided
from afterword.derive.health.health import archive_health
from afterword.derive.health.unrecorded import listed_incidents
from afterword.derive.places.address import archive_address, record_address
from afterword.model.archive import Archive
from afterword.model.record import Postmortem
from afterword.model.settings import ArchiveFolder
from afterword.operations.overview.kept_overview import Overview
from afterword.operations.overview.overview_basis import OverviewBasis
from afterword.render.actions.action_export import action_files
from afterword.render.actions.action_file import rows_file
from afterword.render.actions.action_lists import ListIndex, action_list_pages
from afterword.render.actions.actions_page import actions_page
from afterword.render.actions.holders import holder_pages
from afterword.render.actions.promises import Promises
from afterword.render.feeds.calendars import calendar_files
from afterword.render.feeds.feed_files import feed_files
from afterword.render.feeds.service_export import service_files
from afterword.render.feeds.service_sharing import with_sharing
from afterword.render.feeds.subscribing import feed_links, with_subscriptions
from afterword.render.figures.figure_export import figure_files
from afterword.render.figures.figure_pages import figure_pages
from afterword.render.health.health_export import health_files
from afterword.render.health.health_page import health_page
from afterword.render.lists.facets import facet_pages, unlisted
from afterword.render.lists.home import Summed, home_block, home_page, latest
from afterword.render.lists.pairs import pair_pages
from afterword.render.lists.search_page import newest, search_page
from afterword.render.page.assets import asset_files
from afterword.render.page.planned import UNKEYED, AnyFile, ListPage, PageKeys
from afterword.render.page.redirects import redirect_files
from afterword.render.risks.risk_export import risk_files
from afterword.render.risks.risk_file import risk_rows_file
from afterword.render.risks.risk_lists import RiskLists, risk_list_pages
from afterword.render.risks.risks_page import risks_page


class ArchiveParts:
    """The overview of the archive in one folder, part by part; what several parts are made from is worked out when it is needed first.

    `take` gives a part by its name, from the cache or by its function in `PARTS`. `beside` are the addresses of the pages of the archives before this one.
    """

    def __init__(
        self,
        basis: OverviewBasis,
        folder: ArchiveFolder,
        take: Callable[[ArchiveParts, str], Overview],
        beside: Iterable[str],
    ) -> None:
        self.folder = folder
        self._basis, self._take, self._beside = basis, take, beside
        self._taken: dict[str, Overview] = {}
        self._is_settled = False
        self._archive, self._day = basis.archive, basis.opened.reading.day
        self._base = archive_address(folder)

    def part(self, name: str) -> Overview:
        """Give one part."""
        part = self._taken.get(name) or self._take(self, name)
        if not self._is_settled:
            self._taken[name] = part
        return part

    @cached_property
    def own(self) -> Archive:
        """Give the records of the folder."""
        return self._archive.of_folder(self.folder)

    @cached_property
    def _promises(self) -> Promises:
        return Promises.of(self.own, self.folder, self._day)

    @cached_property
    def _index(self) -> RecordIndex:
        return RecordIndex.of(self.own)

    @cached_property
    def _facets(self) -> tuple[Facet, ...]:
        return facets(self.own, self._promises.views)

    @cached_property
    def _figures(self) -> ArchiveFigures:
        return archive_figures(self.own)

    @cached_property
    def _by_group(self) -> tuple[DividedFigure, ...]:
        return divided(self._figures, self.own.settings, self._day)

    @cached_property
    def _covered(self) -> ArchiveCoverage:
        return archive_coverage(self.own, self._day, self._basis.causes)

    @cached_property
    def _risk_lists(self) -> RiskLists:
        return RiskLists.of(self._covered)

    def prepare(self) -> None:
        """Work out what several parts about actions and risks need, before other processes are forked to make some of them."""
        _ = self._promises.quarters, self._risk_lists

    def settle(self) -> None:
        """End the planning: pages and files that are made from here on are found by their address and need no keys, and parts are let go of, since their pages hold on to this."""
        self._keys = self._base_keys = self._dated_keys = UNKEYED
        self._is_settled = True
        self._taken.clear()

    @cached_property
    def _base_keys(self) -> PageKeys:
        return self._basis.page_keys

    @cached_property
    def _dated_keys(self) -> PageKeys:
        return self._basis.dated_keys

    @cached_property
    def _keys(self) -> PageKeys:
        """Give the keys of pages with rows that lead to owners and teams."""
        holders = self._promises.holders
        return self._base_keys.within(
            [(owner.slug, owner.name, owner.team, owner.left) for owner in holders.owners],
            [(team.slug, team.name) for team in holders.teams],
        )

    def facets(self) -> Overview:
        """Make what divides the archive, and what other programs are told of each service."""
        basis, services = self._basis, services_of(self._facets)
        pages = facet_pages(
            self.own,
            self.folder,
            self._day,
            basis.templates,
            promises=self._promises,
            figures=self._by_group,
            page_addresses=basis.addresses,
            divided=self._facets,
            keys=self._keys,
            targets=basis.targets,
            index=self._index,
        )
        return self._shown(
            with_sharing(pages, services, self.folder, basis.at, basis.templates),
            service_files(services, self._by_group, self.own.settings, self.folder, self._day, basis.at),
        )

    def pairs(self) -> Overview:
        """Plan the pages of what a service and a failure class have in common; of actions they say nothing."""
        divided, own = facets(self.own, ()), self.own
        keys = self._base_keys.within(unlisted(divided))
        templates = self._basis.templates
        return self._shown(pair_pages(pairs(divided), self.folder, own.settings, templates, keys))

    def actions(self) -> Overview:
        """Make what tells of actions and of who holds them."""
        promises, templates = self._promises, self._basis.templates
        repeated = bundles(self.own.records, self._basis.opened.reading.repeated_actions)
        lists = ListIndex.of(promises, repeated)
        return self._shown(
            (
                actions_page(promises, lists, templates),
                *action_list_pages(promises, lists, templates, self._keys),
                *holder_pages(promises, templates, self._keys, self._index),
            ),
        )

    def risks(self) -> Overview:
        """Make what tells which causes are answered."""
        covered, own, folder, day = self._covered, self.own, self.folder, self._day
        lists, templates = self._risk_lists, self._basis.templates
        shown = self._shown(
            (
                risks_page(covered, lists, own, folder, day, templates),
                *risk_list_pages(lists, covered, own, folder, day, templates, self._keys),
            ),
        )
        return replace(shown, unanswered=covered.unanswered)

    def rows(self) -> Overview:
        """Make the rows of actions and risks for other programs, and for what sorts the lists of them in a browser."""
        promises, own, folder = self._promises, self.own, self.folder
        risks = risk_files(self._covered, own, folder, self._day)
        return _files(
            (
                *action_files(promises),
                rows_file(promises),
                *risks,
                risk_rows_file(self._risk_lists, own, folder),
            )
        )

    def search(self) -> Overview:
        """Make the search page."""
        return self._shown((search_page(self.own, self.folder, self._basis.templates),))

    def figures(self) -> Overview:
        """Make what tells how long it took."""
        found, groups, folder, day = self._figures, self._by_group, self.folder, self._day
        return self._shown(
            figure_pages(self.own, found, groups, folder, day, self._basis.templates),
            figure_files(found, groups, self.own.settings, folder, day),
        )

    def health(self) -> Overview:
        """Make what tells how the archive is kept; incidents of the tracker belong to no folder, and each is counted once."""
        folder, day, main = self.folder, self._day, self._archive.settings.archives[0]
        listed = listed_incidents(self._archive, day)
        health = archive_health(
            self.own, day, listed if folder is main else None, self._promises.quarters, self._index
        )
        elsewhere = main.label if listed and folder is not main else ""
        page = health_page(health, self.own, folder, day, self._basis.templates, elsewhere)
        return self._shown((page,), health_files(health, folder, day))

    def home(self) -> Overview:
        """Make the home page, or its generated part where somebody wrote one."""
        opened, addresses, templates = self._basis.opened, self._basis.page_addresses, self._basis.templates
        home = _page_at(self._base, addresses)
        # It is at hand where the causes are not.
        unanswered = self.part("risks").unanswered or self._covered.unanswered
        known = Summed(self._promises, unanswered, self._figures, self._facets, self._index)
        if home is None:
            return self._shown((home_page(self.own, self.folder, self._day, templates, known),))
        feeds = {self._base: found} if (found := feed_links(self._base, self.folder, self._there)) else {}
        if home not in map(opened.src, self._archive.pages):
            lost = f"{home} stands at the address of the archive's home page, and stays as it is"
            return Overview((), (), {}, feeds, (lost,))
        block = home_block(self.own, self.folder, self._day, addresses[home], templates, known)
        return Overview((), (), {home: block}, feeds, ())

    def feeds(self) -> Overview:
        """Plan the feeds."""
        basis, keys = self._basis, self._dated_keys
        return _files(
            feed_files(self.own, self.folder, self._day, basis.at, basis.targets, basis.addresses, keys)
        )

    def calendars(self) -> Overview:
        """Make the calendars."""
        return _files(calendar_files(self._promises, risk_register(self.own, self._day), self._basis.at))

    def others(self) -> Overview:
        """Make what pages are shown with, and what leads to them from where they were."""
        records = (record_address(record, self._archive.settings) for record in self._archive.records)
        pages = (page.address for name in PARTS if name != "others" for page in self.part(name).pages)
        live = (*_live(self._basis), *records, *self._beside, *pages)
        return _files((*asset_files(self._base), *redirect_files(self.own, self.folder, live)))

    @cached_property
    def subscriptions(self) -> tuple[str, ...]:
        """Give the addresses of the feeds and calendars that pages lead to."""
        return tuple(sorted(file.address for name in DATED for file in self.part(name).files))

    @cached_property
    def _there(self) -> frozenset[str]:
        return frozenset(self.subscriptions)

    def _shown(self, pages: Iterable[ListPage], files: Iterable[AnyFile] = ()) -> Overview:
        """Put pages and files together, with the ways to subscribe to what a page shows."""
        shown = tuple(pages)
        links = {
            page.address: found
            for page in shown
            if (found := feed_links(page.address, self.folder, self._there))
        }
        subscribed = (
            with_subscriptions(page, links.get(page.address, ()), self._basis.templates) for page in shown
        )
        return Overview(tuple(subscribed), tuple(files), {}, links, ())


PARTS: Mapping[str, Callable[[ArchiveParts], Overview]] = {
    "facets": ArchiveParts.facets,
    "pairs": ArchiveParts.pairs,
    "actions": ArchiveParts.actions,
    "risks": ArchiveParts.risks,
    "rows": ArchiveParts.rows,
    "search": ArchiveParts.search,
    "figures": ArchiveParts.figures,
    "health": ArchiveParts.health,
    "home": ArchiveParts.home,
    "feeds": ArchiveParts.feeds,
    "calendars": ArchiveParts.calendars,
    "others": ArchiveParts.others,
}
"""All parts, in the order of their pages."""

CARDS: Mapping[str, Callable[[Archive], Iterable[Postmortem]]] = {"search": newest, "home": latest}
"""The parts with finished pages that show summaries, and of which records of an archive; planned ones name them themselves."""


APART = ("rows",)
"""The parts that a process of its own can make meanwhile: they take long, and have nothing that is only planned."""

DATED = ("feeds", "calendars")
"""The parts that tell when the text of a record was changed, whatever was changed; they lead nowhere, and pages lead to them."""


def _files(files: Iterable[AnyFile]) -> Overview:
    return Overview((), tuple(files), {}, {}, ())


def _page_at(base: str, page_addresses: Mapping[str, str]) -> str | None:
    """Give the ordinary page at an archive's address, which ends with a file's name where the site's pages are files."""
    return next(
        (src for src, address in page_addresses.items() if address.removesuffix("index.html") == base), None
    )


def _live(basis: OverviewBasis) -> Iterator[str]:
    """Give the addresses of the pages that MkDocs itself publishes: those of records and of unread files it does not."""
    opened = basis.opened
    archive = opened.loaded.archive
    folders = [opened.folder_src(folder) for folder in archive.settings.archives]
    pages = {opened.src(page) for page in archive.pages}
    for src, address in basis.page_addresses.items():
        if src in pages or not any(src.startswith(folder) for folder in folders):
            yield address

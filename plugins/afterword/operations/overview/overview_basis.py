"""What the overview of an archive is made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from jinja2 import Environment

from afterword.derive.causes.archive_coverage import causes_of
from afterword.derive.causes.record_causes import CauseSummary
from afterword.derive.history.as_it_was import is_now
from afterword.model.archive import Archive
from afterword.operations.overview.kept_causes import kept_causes
from afterword.operations.overview.life_marks import mark_of_actions, mark_of_life
from afterword.operations.program import contents_of, program_marks, settings_mark
from afterword.operations.reading.opening import Opened
from afterword.operations.template_cache import template_cache
from afterword.render.page.environment import environment
from afterword.render.page.links import Targets
from afterword.render.page.planned import UNKEYED, PageKeys, hashed
from afterword.render.page.site_url import SiteUrl
from afterword.sources.cache import Cache
from afterword.sources.kept_pages import KeptPages


@dataclass(frozen=True)
class OverviewBasis:
    """What the overview of an archive is made from. `page_addresses` are the addresses of ordinary pages by `src`; `at` is where the site is published, and `kept` the cache."""

    opened: Opened
    archive: Archive
    page_addresses: Mapping[str, str]
    custom_templates: Path | None
    at: SiteUrl
    kept: KeptPages

    @cached_property
    def addresses(self) -> Mapping[str, str]:
        """Give the addresses of ordinary pages by path."""
        return self.opened.by_path(self.page_addresses)

    @cached_property
    def targets(self) -> Targets:
        """Give what records link to."""
        return Targets.of(self.archive)

    @cached_property
    def causes(self) -> Mapping[str, CauseSummary]:
        """Give the causes of each record on the day, by its id: to judge them takes long."""
        reading = self.opened.reading
        if reading.is_whole:
            return causes_of(self.archive, reading.day)
        return kept_causes(self.archive, reading.facts, reading.day, self.kept)

    @cached_property
    def templates(self) -> Environment:
        """Give what pages are written with."""
        return environment(self.custom_templates, template_cache())

    @cached_property
    def key(self) -> str:
        """Give the hash of everything that an overview depends on, except for the summaries of records, and commits that changed only their text."""
        archive, history = self.archive, self.archive.history
        facts = self.opened.reading.facts
        gone = history.records.keys() - {record.id.lower() for record in archive.records}
        return Cache.key(
            "overview",
            self._common,
            repr((self.at, sorted(self.page_addresses.items()), archive.pages, archive.attachments)),
            repr(archive.incidents),
            # Of two records of one id both count.
            *(
                f"{record.id} {record.path} {facts(record.path)} {self._marks[record.id]}"
                for record in archive.records
            ),
            *(f"{each} {mark_of_actions(history.records[each])}" for each in sorted(gone)),
        )

    @cached_property
    def dated_key(self) -> str:
        """Give the same, with all commits."""
        history = self.archive.history
        return Cache.key(self.key, repr((history.head, history.until)))

    @cached_property
    def page_keys(self) -> PageKeys:
        """Give what the keys of lists are made from; they leave out the same as `key`."""
        if self.opened.reading.is_whole:
            return UNKEYED
        places = hashed(self.targets.places, sorted(self.addresses.items()))
        return PageKeys(self._common, self._marks, places)

    @cached_property
    def dated_keys(self) -> PageKeys:
        """Give the same, with all commits."""
        keys, history = self.page_keys, self.archive.history
        versions = {
            each: hashed(mark, mark_of_life(history.record(each))) for each, mark in keys.records.items()
        }
        return replace(keys, records=versions)

    @cached_property
    def _marks(self) -> Mapping[str, str]:
        """Give the hash of what lists say of each record, by its id; each stands in the keys of some thirty pages."""
        reading, history = self.opened.reading, self.archive.history
        return {
            record.id: hashed(
                record.id, reading.facts(record.path), mark_of_actions(history.record(record.id))
            )
            for record in self.archive.records
        }

    @cached_property
    def _common(self) -> str:
        history = self.archive.history
        is_told = history.until is None, is_now(self.opened.reading.day, history)
        return Cache.key(*self._surroundings(), repr(is_told))

    def _surroundings(self) -> Iterator[str]:
        yield from program_marks()
        yield from contents_of(self.custom_templates)
        yield settings_mark(self.archive.settings)
        yield repr((self.opened.reading.day, self.archive.history.absent, self.archive.tickets))

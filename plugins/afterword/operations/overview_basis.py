"""What the overview of an archive is made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jinja2 import Environment

from afterword.derive.archive_coverage import causes_of
from afterword.derive.as_it_was import is_now
from afterword.derive.record_causes import RecordCauses
from afterword.model.archive import Archive
from afterword.operations.opening import Opened
from afterword.operations.program import contents_of, program_marks, settings_mark
from afterword.operations.template_cache import template_cache
from afterword.render.environment import environment
from afterword.render.links import Targets
from afterword.render.planned import UNKEYED, PageKeys, hashed
from afterword.render.site_url import SiteUrl
from afterword.sources.cache import Cache


@dataclass(frozen=True)
class OverviewBasis:
    """What the overview of an archive is made from; `page_addresses` are those of ordinary pages by `src`, `addresses` the same by path."""

    opened: Opened
    archive: Archive
    page_addresses: Mapping[str, str]
    addresses: Mapping[str, str]
    custom_templates: Path | None
    at: SiteUrl

    @cached_property
    def targets(self) -> Targets:
        """Give what records link to."""
        return Targets.of(self.archive)

    @cached_property
    def causes(self) -> Mapping[str, RecordCauses]:
        """Give the causes of each record on the day, by its id: to judge them takes long."""
        return causes_of(self.archive, self.opened.reading.day)

    @cached_property
    def templates(self) -> Environment:
        """Give what pages are written with."""
        return environment(self.custom_templates, template_cache())

    @cached_property
    def key(self) -> str:
        """Give the hash of all of it but for the summaries of records."""
        archive, history = self.archive, self.archive.history
        reading = self.opened.reading
        return Cache.key(
            "overview",
            *self._surroundings(),
            repr((self.at, sorted(self.page_addresses.items()), archive.pages)),
            repr((history.head, history.until, archive.incidents)),
            *(f"{record.id} {record.path} {reading.facts(record.path)}" for record in archive.records),
        )

    @cached_property
    def page_keys(self) -> PageKeys:
        """Give what keys of lists are made from."""
        reading = self.opened.reading
        if reading.is_whole:
            return UNKEYED
        archive, history = self.archive, self.archive.history
        common = Cache.key(*self._surroundings(), repr((history.until is None, is_now(reading.day, history))))
        # Each stands in the keys of some thirty pages.
        marks = {
            record.id: hashed(record.id, reading.facts(record.path), repr(history.record(record.id)))
            for record in archive.records
        }
        places = hashed(self.targets.places, sorted(self.addresses.items()))
        return PageKeys(common, marks, places)

    def _surroundings(self) -> Iterator[str]:
        yield from program_marks()
        yield from contents_of(self.custom_templates)
        yield settings_mark(self.archive.settings)
        yield repr((self.opened.reading.day, self.archive.history.absent, self.archive.tickets))

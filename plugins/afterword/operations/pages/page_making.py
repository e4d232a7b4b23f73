"""Pages of records, made some at a time from the records and what their pages show of others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from jinja2 import Environment

from afterword.derive.history.as_it_was import record_as_it_was
from afterword.model.asked_day import AskedDay
from afterword.model.finding import Finding
from afterword.model.record import Postmortem
from afterword.model.settings import Settings
from afterword.operations.pages.pictures import JudgedRecord, draw
from afterword.operations.template_cache import template_cache
from afterword.render.page.environment import environment
from afterword.render.page.planned import Wanted
from afterword.render.page.site_page import SitePage
from afterword.render.record.record_page import record_page
from afterword.sources.cache import Cache

DRAWN = "drawn"
"""Stands for a drawing that is a file of its own: the page says no more of it than that it is there."""


@dataclass(frozen=True, slots=True)
class Made:
    """Pages by the path of their record, sentences for the log, and the layouts that are new (`Pictures.layouts`).

    `until` is the last day on which each page would be made the same. `digests` are the hashes of files that had to be read again, as `digest_of` gives them.
    """

    pages: Mapping[str, SitePage]
    until: Mapping[str, dt.date]
    notes: tuple[str, ...] = ()
    layouts: Mapping[str, str] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PageMaker:
    """All that pages of records depend on except for each record and what its page shows of others; `now` as in `record_as_it_was`.

    `templates` is the folder of the site's own templates. `wanted` are the packed `Wanted` of the pages to make, `layouts` the known layouts of their drawings,
    and `findings` those of their records; both are by path.
    """

    settings: Settings
    day: dt.date
    now: bool
    templates: Path | None
    cache: Cache
    for_author: bool = False
    wanted: tuple[bytes, ...] = ()
    layouts: Mapping[str, str] = field(default_factory=dict)
    findings: Mapping[str, Sequence[Finding]] = field(default_factory=dict)

    def environment(self) -> Environment:
        """Make the template environment; a later change of a template is seen by the next environment only."""
        return environment(self.templates, template_cache())

    def made(self, record_at: Callable[[str], Postmortem], templates: Environment) -> Made:
        """Make the pages that are wanted; `record_at` gives a record as it was parsed, and `templates` are those of `environment`."""
        listed = [Wanted.unpacked(each) for each in self.wanted]
        day, until = AskedDay.of(self.day), {}
        judged = []
        for each in listed:
            day.begin()
            judged.append(self._judged(each, record_at, day))
            until[each.path] = day.until
        pictures = draw(
            [one for one, each in zip(judged, listed, strict=True) if not each.has_file],
            self.settings,
            self.layouts,
        )
        pages = {}
        for one, each in zip(judged, listed, strict=True):
            day.begin()
            pages[each.path] = record_page(
                one.record,
                replace(each.beside, findings=tuple(self.findings.get(each.path, ()))),
                self.settings,
                day,
                DRAWN if each.has_file else pictures.drawings.get(one.record.id),
                templates,
                one.causes,
                for_author=self.for_author,
            )
            until[each.path] = min(until[each.path], day.until)
        return Made(pages, until, pictures.notes, pictures.layouts)

    def _judged(self, wanted: Wanted, record_at: Callable[[str], Postmortem], day: dt.date) -> JudgedRecord:
        beside = wanted.beside
        record = record_at(wanted.path)
        if record.id != beside.id:
            record = replace(record, id=beside.id)
        record = record_as_it_was(record, beside.life, day, now=self.now)
        return JudgedRecord.of(record, beside.archive(self.settings), day)

"""What there is where records link to."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from afterword.check.context import Context
from afterword.model.record import Postmortem
from afterword.sources.cache import Cache


class LinkedFiles:
    """Tells what there is where records link to."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def of(self, record: Postmortem) -> str:
        """Give the hash of what there is where a record links to; where there is nothing, of what there is at all, for a finding may name the nearest."""
        if not record.references:
            return ""
        told = [
            self._at(path)
            for path in sorted({each.path_from(record.path) for each in record.references} - {""})
        ]
        if "" in told:
            told.append(self._all)
        return Cache.key(*told) if told else ""

    def _at(self, path: str) -> str:
        context = self._context
        if path in context.attachments:
            return repr(replace(context.attachments[path], linked=False))
        is_there = path in context.records or path in context.pages
        return path if is_there or f"{path.rstrip('/')}/index.md" in context.pages else ""

    @cached_property
    def _all(self) -> str:
        context = self._context
        return Cache.key(*sorted(context.records), *sorted(context.pages), *sorted(context.attachments))

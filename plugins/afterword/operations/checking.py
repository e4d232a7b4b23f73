"""Judging an archive."""

from __future__ import annotations

import datetime as dt

from afterword.check.runner import check_archive
from afterword.model.finding import Finding
from afterword.operations.loading import Loaded
from afterword.sources.clock import today


def check(loaded: Loaded, as_of: dt.date | None = None) -> tuple[Finding, ...]:
    """Give all findings about the records that were asked for, sorted by place; `as_of` is today in the archive's zone by default.

    Findings about the settings are always among them.
    """
    settings = loaded.archive.settings
    only = None if loaded.named is None else {*loaded.named, settings.path or ""}
    return check_archive(loaded.archive, as_of or today(settings.timezone), only)

"""Judging an archive."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from afterword.check.context import ArchiveContext, Context
from afterword.check.runner import RULE_OPTIONS, check_archive, check_language
from afterword.check.streaming import Stream, kept
from afterword.model.finding import Finding, Level
from afterword.model.record import Postmortem
from afterword.operations.loading import Found, Loaded, Progress, read
from afterword.operations.remembering import question_of, remember, remembered, state_of
from afterword.sources.cache import Cache
from afterword.sources.clock import today


@dataclass(frozen=True, slots=True)
class Judged:
    """The findings, sorted by place, and the records that were judged; paths are relative to `root`."""

    findings: tuple[Finding, ...]
    records: tuple[str, ...]
    root: Path


def check(loaded: Loaded, as_of: dt.date | None = None) -> tuple[Finding, ...]:
    """Give all findings about the records that were asked for, sorted by place; `as_of` is today in the archive's zone by default.

    Findings about the settings are always among them.
    """
    settings = loaded.archive.settings
    return check_archive(
        loaded.archive, as_of or today(settings.timezone), _only(loaded.named, settings.path)
    )


def judge(
    found: Found,
    as_of: dt.date | None = None,
    progress: Progress | None = None,
    cache: Cache | None = None,
) -> Judged:
    """Read and judge at once, and keep little of each record: gives what `check` gives, of any number of records.

    With a cache, an archive in which nothing has changed since the last time is not read again.
    """
    day = as_of or today(found.settings.timezone)
    if cache is None:
        return _judge(found, day, progress)
    question, state = question_of(found), state_of(found, day)
    known = remembered(cache, question, state)
    if known is not None:
        return Judged(*known, found.root)
    judged = _judge(found, day, progress)
    remember(cache, question, state, judged.findings, judged.records)
    return judged


def judge_language(found: Found, progress: Progress | None = None) -> Judged:
    """Judge the words of documents alone, record or not: nothing is said of headers, sections and settings."""
    settings = found.settings
    context = Context(settings, today(settings.timezone), frozenset(), {}, frozenset(), RULE_OPTIONS)
    findings: list[Finding] = []

    def take(record: Postmortem) -> Postmortem:
        findings.extend(check_language((record,), context))
        return kept(record, analysis=False)

    loaded = read(found, progress, take)
    unread = [replace(each, level=Level.ERROR) for each in found.findings if each.rule == "unreadable-file"]
    by_place = sorted((*unread, *findings), key=lambda each: (each.path, each.span, each.rule))
    paths = tuple(record.path for record in loaded.archive.records)
    return Judged(tuple(by_place), paths, loaded.root)


def _judge(found: Found, day: dt.date, progress: Progress | None) -> Judged:
    settings = found.settings
    context = Context(
        settings,
        day,
        frozenset(path for _, _, path in found.waiting),
        {each.path: each for each in found.attachments},
        frozenset(found.pages),
        RULE_OPTIONS,
    )
    stream = Stream(context, _only(found.named, settings.path))
    loaded = read(found, progress, stream.take)
    findings = stream.conclude(ArchiveContext.of(loaded.archive, day, RULE_OPTIONS))
    named = loaded.named
    records = (record.path for record in loaded.archive.records if named is None or record.path in named)
    return Judged(findings, tuple(records), loaded.root)


def _only(named: frozenset[str] | None, settings_path: str | None) -> frozenset[str] | None:
    return None if named is None else named | {settings_path or ""}

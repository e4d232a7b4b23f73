"""Judging an archive."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from afterword.check.context import ArchiveContext, Context
from afterword.check.runner import RULE_OPTIONS, check_archive, check_language, told
from afterword.check.streaming import Stream, kept
from afterword.check.table import SEARCHED_RULES
from afterword.model.finding import Finding, FindingKey, Level
from afterword.model.record import Postmortem
from afterword.operations.checking.baseline import Baseline, Writing, baseline_path, without_known
from afterword.operations.checking.leaks import without_leaks
from afterword.operations.checking.since import Since, brought_since
from afterword.operations.collecting import not_collecting
from afterword.operations.reading.archive_reading import context_of
from afterword.operations.reading.found import Found
from afterword.operations.reading.known_archive import has_known, known_reading
from afterword.operations.reading.loading import Loaded, Progress, read
from afterword.operations.reading.remembering import question_of, remember, remembered, state_of
from afterword.sources.cache import NOWHERE, Cache
from afterword.sources.clock import today


@dataclass(frozen=True, slots=True)
class Judged:
    """The findings, sorted by place, and the records that were judged; paths are relative to `root`.

    `baseline` and `since` say what was left out, None where they were not asked for.
    """

    findings: tuple[Finding, ...]
    records: tuple[str, ...]
    root: Path
    baseline: Baseline | None = None
    since: Since | None = None


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is not to be told: what a baseline knows, and what was there before the work left the revision `since`.

    Without `named` the baseline is the one of the archive, if it has one and `use_baseline` is True.
    """

    named: Path | None = None
    use_baseline: bool = True
    writing: Writing = Writing.NOTHING
    since: str | None = None


NOTHING_ALLOWED = Allowance(use_baseline=False)


def check(loaded: Loaded, as_of: dt.date | None = None) -> tuple[Finding, ...]:
    """Give all findings about the records that were asked for, sorted by place; `as_of` is today in the archive's zone by default.

    Findings about the settings are always among them.
    """
    settings = loaded.archive.settings
    return check_archive(
        loaded.archive, as_of or today(settings.timezone), judged_paths(loaded.named, settings.path)
    )


def judge(
    found: Found,
    as_of: dt.date | None = None,
    progress: Progress | None = None,
    cache: Cache | None = None,
    allowance: Allowance = NOTHING_ALLOWED,
) -> Judged:
    """Read and judge at once, and keep little of each record: gives what `check` gives, of any number of records, less what is allowed.

    With a cache, an archive in which nothing has changed since the last time is not read again. Raises CannotRunError where a baseline
    cannot be read, or git cannot tell what was.
    """
    path = _baseline_path(found, allowance) if allowance.use_baseline else None
    day = as_of or today(found.settings.timezone)
    findings, records = _everything(found, day, progress, cache)
    if found.examine:
        findings = without_leaks(findings, found.root)
    baseline = since = None
    if path is not None:
        findings, baseline = without_known(
            findings, found, path, allowance.writing, () if found.examine else SEARCHED_RULES
        )
    if allowance.since is not None:
        findings, since = brought_since(
            findings, found, allowance.since, lambda then: _judge(then, day, progress)[0]
        )
    return Judged(told(findings), records, found.root, baseline, since)


def left_out(found: Found, as_of: dt.date | None, allowance: Allowance) -> frozenset[FindingKey]:
    """Give what `judge` would not tell for what is allowed; a baseline that is to be written anew allows nothing yet."""
    use_baseline = allowance.use_baseline and allowance.writing is not Writing.ANEW
    path = _baseline_path(found, allowance) if use_baseline else None
    if path is None and allowance.since is None:
        return frozenset()
    day = as_of or today(found.settings.timezone)
    everything, _ = _judge(found, day, None)
    kept = everything
    if path is not None:
        kept, _ = without_known(kept, found, path, Writing.NOTHING)
    if allowance.since is not None:
        kept, _ = brought_since(kept, found, allowance.since, lambda then: _judge(then, day, None)[0])
    told_of = set(kept)
    return frozenset(each.key for each in everything if each not in told_of)


def _baseline_path(found: Found, allowance: Allowance) -> Path | None:
    return baseline_path(found.settings, found.root, allowance.named, allowance.writing)


def _everything(
    found: Found, day: dt.date, progress: Progress | None, cache: Cache | None
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """Give all findings, also those that are too many to be told, and the records that were judged."""
    if cache is None:
        return _judge(found, day, progress)
    question, state = question_of(found, cache), state_of(found, day)
    known = remembered(cache, question, state)
    if known is None:
        # Where nothing is known yet, reading all records to judge one takes less than judging all of them.
        pays = has_known(cache) or (found.named is None and cache.folder != NOWHERE)
        is_today = day == today(found.settings.timezone)
        known = _judged(found, cache, progress) if pays and is_today else _judge(found, day, progress)
        remember(cache, question, state, *known)
    return known


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


@not_collecting()
def _judged(
    found: Found, cache: Cache, progress: Progress | None
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """Give what `_judge` gives of this day, from what is known of each record that has not changed."""
    with known_reading(found, cache=cache) as reading:
        loaded = reading.loaded(progress)
    findings = reading.all_findings(loaded.archive, judged_paths(found.named, found.settings.path))
    return findings, _paths(loaded)


@not_collecting()
def _judge(
    found: Found, day: dt.date, progress: Progress | None
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    stream = Stream(context_of(found, day), judged_paths(found.named, found.settings.path))
    loaded = read(found, progress, stream.take)
    return stream.conclude(ArchiveContext.of(loaded.archive, day, RULE_OPTIONS)), _paths(loaded)


def _paths(loaded: Loaded) -> tuple[str, ...]:
    named = loaded.named
    return tuple(each.path for each in loaded.archive.records if named is None or each.path in named)


def judged_paths(named: frozenset[str] | None, settings_path: str | None) -> frozenset[str] | None:
    """Give the paths of what was asked for and of the settings, None where all was."""
    return None if named is None else named | {settings_path or ""}

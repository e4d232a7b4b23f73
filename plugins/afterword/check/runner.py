"""All rules over an archive."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from afterword.check.again import JudgedPassages
from afterword.check.context import ArchiveContext, Context
from afterword.check.levels import level_of
from afterword.check.rules import unused_suppression
from afterword.check.suppressions import apply_suppressions
from afterword.check.table import LANGUAGE_RULES, PASSAGE_RULES, RULES, SEARCHED_RULES
from afterword.model.archive import Archive
from afterword.model.finding import Finding, Level
from afterword.model.record import Postmortem

_KNOWN = frozenset(rule.id for rule in RULES)
_CHECKS = tuple(rule.check for rule in RULES if rule.check)
_OTHER_CHECKS = tuple(rule.check for rule in RULES if rule.check and rule not in PASSAGE_RULES)
_CHECKS_AMONG = tuple(rule.check_among for rule in RULES if rule.check_among)
RULE_OPTIONS = {rule.id: {option.name: option.holds for option in rule.options} for rule in RULES}

MOST_OF_A_KIND = 100
"""Findings of one rule and level in one file that are told; nobody reads the next, and a report stays small."""


def check_archive(
    archive: Archive, as_of: dt.date, only: Collection[str] | None = None
) -> tuple[Finding, ...]:
    """Give the findings of an archive with their paths and levels, sorted by path, line, column and rule; a rule keeps its own order in one place.

    Of one rule and level in one file they are at most `MOST_OF_A_KIND`, the last of which says how many more there are.
    `only` are the paths of the records and other files to judge, all of them where it is None; rules about several records still see the whole archive.
    """
    return told(find_all(archive, as_of, only))


def find_all(archive: Archive, as_of: dt.date, only: Collection[str] | None = None) -> tuple[Finding, ...]:
    """Give what `check_archive` gives, and also what is too much to be told."""
    context = ArchiveContext.of(archive, as_of, RULE_OPTIONS)
    return conclude(context, only, lambda record: [*of_itself(record, context), *among(record, context)])


def of_language(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Yield what the rules of language find in a document, record or not; of one that could not be read, why, and of others nothing else."""
    if record.unreadable is not None:
        yield from record.findings
        return
    for rule in LANGUAGE_RULES:
        if rule.check:
            yield from rule.check(record, context)


def check_language(records: Iterable[Postmortem], context: Context) -> tuple[Finding, ...]:
    """Give the findings of the rules of language alone, levelled, sorted and capped as `check_archive` does."""
    found: dict[Finding, None] = {}
    for record in records:
        judged = _of_record(record, of_language(record, context), context)
        found.update(dict.fromkeys(each for each in judged if each.rule != unused_suppression.RULE.id))
    return tuple(_capped(sorted(found, key=_order)))


def of_itself(
    record: Postmortem, context: Context, judged: JudgedPassages | None = None
) -> Iterator[Finding]:
    """Yield what reading a record found, and what the rules find that look at it alone; passages that are `judged` are not judged again."""
    yield from record.findings
    # What could not be parsed has no header and no sections to miss.
    if record.unreadable is None:
        if judged is not None:
            yield from judged.findings(record, context)
        for check in _CHECKS if judged is None else _OTHER_CHECKS:
            yield from check(record, context)


def among(record: Postmortem, context: ArchiveContext) -> Iterator[Finding]:
    """Yield what the rules find that look at a record among the others."""
    if record.unreadable is None:
        for check in _CHECKS_AMONG:
            yield from check(record, context)


def conclude(
    context: ArchiveContext,
    only: Collection[str] | None,
    found_in: Callable[[Postmortem], Iterable[Finding]],
    beside: Mapping[str, Iterable[Finding]] | None = None,
) -> tuple[Finding, ...]:
    """Add what the rules about the whole archive find to what is `found_in` each record, and give all of them, sorted as by `check_archive`.

    `beside` is what `findings_beside` has given, where it is known already.
    """
    wanted = frozenset(only) if only is not None else None
    beside = dict(findings_beside(context) if beside is None else beside)
    skipped = skipped_in(context.archive)
    found: dict[Finding, None] = {}  # each once, in the order in which they were found
    for record in context.archive.records:
        if wanted is None or record.path in wanted:
            findings = [*found_in(record), *beside.pop(record.path, ())]
            found.update(dict.fromkeys(_of_record(record, findings, context, skipped)))
    for path, others in beside.items():
        if path not in context.records and (wanted is None or path in wanted):
            found.update(dict.fromkeys(_levelled(others, None, context)))
    return tuple(sorted(found, key=_order))


def told(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Leave out what nobody reads any more: of one rule and level in one file the last that is kept says how many more there are."""
    return tuple(_capped(findings))


def _capped(found: Sequence[Finding]) -> Iterator[Finding]:
    kinds = Counter((each.path, each.rule, each.level) for each in found)
    told: Counter[tuple[str, str, Level | None]] = Counter()
    for each in found:
        kind = each.path, each.rule, each.level
        told[kind] += 1
        more = kinds[kind] - MOST_OF_A_KIND
        if told[kind] < MOST_OF_A_KIND or more <= 0:
            yield each
        elif told[kind] == MOST_OF_A_KIND:
            yield dataclasses.replace(each, message=f"{each.message}; {more} more of this rule in this file")


def check_record(
    record: Postmortem,
    context: ArchiveContext,
    beside: Iterable[Finding],
    judged: JudgedPassages | None,
) -> tuple[Finding, ...]:
    """Give the findings of one record as `check_archive` does; `beside` is what `findings_beside` has for it, `judged` what is known of its text as it was before."""
    findings = [*of_itself(record, context, judged), *among(record, context), *beside]
    found = dict.fromkeys(_of_record(record, findings, context, skipped_in(context.archive)))
    return tuple(_capped(sorted(found, key=_order)))


def findings_beside(context: ArchiveContext) -> dict[str, list[Finding]]:
    """Give what the rules about the whole archive find, and what belongs to no record, by path and without a level."""
    archive = context.archive
    findings = [*archive.settings.findings, *archive.findings]
    for rule in RULES:
        if rule.check_archive:
            findings.extend(rule.check_archive(context))
    by_path: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_path[finding.path or archive.settings.path or ""].append(finding)
    return by_path


def skipped_in(archive: Archive) -> frozenset[str]:
    """Give the rules that did not run when an archive was read."""
    return frozenset() if archive.searched else SEARCHED_RULES


def _of_record(
    record: Postmortem, findings: Iterable[Finding], context: Context, skipped: Collection[str] = ()
) -> Iterator[Finding]:
    rules = context.settings.rules
    kept = apply_suppressions(record, findings, _KNOWN, rules, skipped)
    located = (dataclasses.replace(finding, path=record.path) for finding in kept)
    return _levelled(located, record.header.status, context)


def _levelled(findings: Iterable[Finding], status: str | None, context: Context) -> Iterator[Finding]:
    for finding in findings:
        level = level_of(finding, status, context.settings.rules)
        if level is not Level.OFF:
            yield dataclasses.replace(finding, level=level, path=finding.path or context.settings.path or "")


def _order(finding: Finding) -> tuple[str, int, int, str]:
    return finding.path, finding.span.line, finding.span.column, finding.rule

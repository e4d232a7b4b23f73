"""`afterword: ignore` comments: what they silence, and those that silence nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from afterword.check.rules import unused_suppression
from afterword.check.wording import did_you_mean, shown
from afterword.model.finding import Finding, Level
from afterword.model.record import Postmortem, Suppression
from afterword.model.settings import RuleSetting


def apply_suppressions(
    record: Postmortem,
    findings: Iterable[Finding],
    known: frozenset[str],
    rules: Mapping[str, RuleSetting],
    skipped: Collection[str],
) -> tuple[Finding, ...]:
    """Take out what the record's comments silence, and add a finding for each comment that silenced nothing.

    `known` are the ids of all rules. A comment about a rule that the settings switch off, or that is one of `skipped`, which did not run, is left alone.
    """
    ranges = _ranges(record)
    used: set[tuple[str, int, int]] = set()
    kept: list[Finding] = []
    for finding in findings:
        line = finding.span.line
        silencing = [each for each in ranges.get(finding.rule, ()) if each[1] <= line <= each[2]]
        used.update(silencing)
        if not silencing:
            kept.append(finding)
    for suppression in record.suppressions:
        setting = rules.get(suppression.rule)
        is_off = (setting is not None and setting.level is Level.OFF) or suppression.rule in skipped
        if suppression.rule and not is_off and _range(suppression) not in used:
            kept.append(_unused(suppression, known))
    return tuple(kept)


def _ranges(record: Postmortem) -> Mapping[str, Iterable[tuple[str, int, int]]]:
    """Give what is silenced by rule; several comments in front of one block are one."""
    ranges: dict[str, dict[tuple[str, int, int], None]] = {}
    for suppression in record.suppressions:
        ranges.setdefault(suppression.rule, {})[_range(suppression)] = None
    return ranges


def _range(suppression: Suppression) -> tuple[str, int, int]:
    """Give the rule with the first and last line on which it is silent."""
    covers = suppression.covers
    ends_before = covers.end_column == 1 and covers.end_line > covers.line
    return suppression.rule, covers.line, covers.end_line - ends_before


def _unused(suppression: Suppression, known: frozenset[str]) -> Finding:
    if suppression.rule in known:
        return unused_suppression.finding(
            f"nothing in the next block is reported by '{suppression.rule}'", suppression.span
        )
    guess = did_you_mean(suppression.rule, known)
    hint = None if guess else "`afterword rule` lists all rules"
    return unused_suppression.finding(
        f"'{shown(suppression.rule)}' is no rule{guess}", suppression.span, hint
    )

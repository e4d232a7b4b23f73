"""`afterword: ignore` comments: what they silence, and those that silence nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from afterword.check.rules import unused_suppression
from afterword.model.finding import Finding, Level
from afterword.model.record import Postmortem, Suppression
from afterword.model.settings import RuleSetting


def apply_suppressions(
    record: Postmortem,
    findings: Iterable[Finding],
    known: frozenset[str],
    rules: Mapping[str, RuleSetting],
) -> tuple[Finding, ...]:
    """Take out what the record's comments silence, and add a finding for each comment that silenced nothing.

    `known` are the ids of all rules. A comment about a rule that the settings switch off is left alone.
    """
    used: set[Suppression] = set()
    kept: list[Finding] = []
    for finding in findings:
        silencing = [each for each in record.suppressions if _silences(each, finding)]
        used.update(silencing)
        if not silencing:
            kept.append(finding)
    for suppression in record.suppressions:
        if suppression in used or not suppression.rule:
            continue
        setting = rules.get(suppression.rule)
        if setting and setting.level is Level.OFF:
            continue
        kept.append(_unused(suppression, known))
    return tuple(kept)


def _silences(suppression: Suppression, finding: Finding) -> bool:
    covers = suppression.covers
    last = (
        covers.end_line - 1 if covers.end_column == 1 and covers.end_line > covers.line else covers.end_line
    )
    return finding.rule == suppression.rule and covers.line <= finding.span.line <= last


def _unused(suppression: Suppression, known: frozenset[str]) -> Finding:
    if suppression.rule in known:
        return unused_suppression.finding(
            f"nothing in the next block is reported by '{suppression.rule}'", suppression.span
        )
    close = get_close_matches(suppression.rule, sorted(known), n=1)
    guess = f" (did you mean '{close[0]}'?)" if close else ""
    hint = None if close else "`afterword rule` lists all rules"
    return unused_suppression.finding(f"'{suppression.rule}' is no rule{guess}", suppression.span, hint)

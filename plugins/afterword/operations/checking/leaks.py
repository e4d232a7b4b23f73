"""Looking for what should not stand in an archive at all: secrets and personal data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from afterword.check.leaks.scan import NEEDED, find_leaks
from afterword.check.table import SEARCHED_RULES
from afterword.model.finding import Finding
from afterword.operations.checking.source_lines import lines_below
from afterword.operations.extra import extra_missing
from afterword.operations.reading.found import Found

_BEGINNING = 8
"""So many characters of what was found are taken for it where a message cuts it short."""


def look_for_secrets(found: Found) -> None:
    """Let secrets and personal data be looked for in what is read. Raises CannotRunError where a package is missing that this needs."""
    for package in NEEDED:
        # Imported only where a text asks for it, which takes long and comes too late to say this.
        if find_spec(package) is None:
            raise extra_missing("looking for secrets", "secrets", ImportError(name=package))
    found.examine = find_leaks


def without_leaks(findings: Sequence[Finding], root: Path) -> tuple[Finding, ...]:
    """Take what was found as a secret or personal data out of what the other rules say of the same file: they quote what they cannot read."""
    lines_of = lines_below(root)
    leaks: dict[str, set[str]] = defaultdict(set)
    for each in findings:
        if each.rule in SEARCHED_RULES:
            span = each.span
            for line in lines_of(each.path)[span.line - 1 : span.line]:
                leaks[each.path].add(line[span.column - 1 : span.end_column - 1])
    return tuple(_without(each, leaks[each.path]) if each.path in leaks else each for each in findings)


def _without(finding: Finding, leaks: Iterable[str]) -> Finding:
    message, hint = finding.message, finding.hint
    for leak in sorted(leaks, key=lambda each: (-len(each), each)):
        message = _masked(message, leak)
        hint = hint and _masked(hint, leak)
    return (
        finding
        if (message, hint) == (finding.message, finding.hint)
        else replace(finding, message=message, hint=hint)
    )


def _masked(text: str, leak: str) -> str:
    """Give a text with `…` in place of a leak, whole or cut short."""
    start = text.find(leak[:_BEGINNING]) if leak else -1
    while start >= 0:
        there, cut, _ = text[start:].partition("…")
        if there.startswith(leak):
            text = text[:start] + "…" + text[start + len(leak) :]
        elif cut and leak.startswith(there):
            text = text[:start] + text[start + len(there) :]
        start = text.find(leak[:_BEGINNING], start + 1)
    return text

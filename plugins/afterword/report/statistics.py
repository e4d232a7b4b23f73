"""How often each rule speaks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from afterword.model.finding import Finding, Level
from afterword.report.outcome import level_of


@dataclass(frozen=True, slots=True)
class RuleCount:
    """The findings of one rule at one level, and the files that they are in."""

    level: Level
    rule: str
    findings: int
    files: int


def statistics(findings: Sequence[Finding]) -> list[RuleCount]:
    """Count findings by level and rule: errors first, of one level the most frequent first."""
    counts = Counter((level_of(finding), finding.rule) for finding in findings)
    files: dict[tuple[Level, str], set[str]] = defaultdict(set)
    for finding in findings:
        files[level_of(finding), finding.rule].add(finding.path)
    rows = [RuleCount(level, rule, count, len(files[level, rule])) for (level, rule), count in counts.items()]
    return sorted(rows, key=lambda row: (-row.level.rank, -row.findings, row.rule))


def statistics_lines(findings: Sequence[Finding]) -> Iterator[str]:
    """Give the counts as a table in text."""
    yield f"{'findings':>8}  {'files':>6}  {'level':<7}  rule"
    for row in statistics(findings):
        yield f"{row.findings:>8,}  {row.files:>6,}  {row.level.value:<7}  {row.rule}"

"""What came of judging an archive, as reporters get it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from afterword.check.fingerprint import LinesOf
from afterword.model.finding import Finding, Level


@dataclass(frozen=True, slots=True)
class Screen:
    """A terminal that somebody looks at: its width in cells, and whether its user wants colour."""

    width: int = 80
    colour: bool = False


def _no_lines(path: str) -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The findings, and what a report may need beside them.

    `records` are the paths of the records that were judged, relative to what the paths of findings are relative to; `lines_of` reads the lines of a file
    where a report shows them; `strict` lets warnings fail; `statistics` asks for counts of each rule; `screen` is None in a pipe or file.
    """

    findings: Sequence[Finding]
    records: Sequence[str] = ()
    lines_of: LinesOf = _no_lines
    strict: bool = False
    statistics: bool = False
    screen: Screen | None = None

    def fails(self, finding: Finding) -> bool:
        """Tell whether a finding makes `afterword check` exit with 1."""
        return level_of(finding) in ((Level.ERROR, Level.WARNING) if self.strict else (Level.ERROR,))


def level_of(finding: Finding) -> Level:
    """Give a finding's level, for one that nobody has decided about that of most."""
    return finding.level or Level.WARNING


def severity(finding: Finding) -> int:
    """Order findings when sorted by it: errors, warnings, information, each in the order that they had."""
    return -level_of(finding).rank

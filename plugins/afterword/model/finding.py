"""What is reported to the author of a record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from afterword.model.span import Span
from afterword.model.value import plain_value


class Level(StrEnum):
    """How loudly a finding is said; `OFF` findings are dropped."""

    OFF = "off"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """Order the levels from `OFF` (0) to `ERROR` (3)."""
        return list(Level).index(self)


class Nature(StrEnum):
    """What kind of fault a finding is; together with a record's status it decides the level (docs/format.md, section 8)."""

    UNREADABLE = "unreadable"
    """Cannot be read or does not resolve: an error at any status."""
    CONTRADICTION = "contradiction"
    """Two statements disagree: a warning in a draft, else an error."""
    REQUIRED = "required"
    """Missing, and required by the header table or the policy: information, warning, error for draft, in-review, final."""
    MISSING = "missing"
    """Missing, but not required: information, a warning in review."""
    DATED = "dated"
    """Can become true with the day alone: at most a warning."""
    HINT = "hint"
    """Worth knowing: information."""
    ERROR = "error"
    """An error that the format names as such."""
    WARNING = "warning"
    """Any other finding."""


@plain_value()
class Edit:
    """A stretch of the source and the text that takes its place; an empty stretch is an insertion."""

    span: Span
    text: str


FindingKey = tuple[str, str, str]
"""A path, a rule and a message."""


@plain_value()
class Finding:
    """One fault of one file, with its place and a way out.

    `path` is relative to the folder of `afterword.yml`, with `/`, and empty until the file is known;
    `level` is None until settings and status have decided it. `edits` mend the fault without touching what the author meant:
    they do not overlap, and are made all or not at all.
    """

    rule: str
    message: str
    span: Span
    nature: Nature = Nature.WARNING
    hint: str | None = None
    path: str = ""
    level: Level | None = None
    edits: tuple[Edit, ...] = ()

    @property
    def key(self) -> FindingKey:
        """Give what tells the finding from others wherever it stands in its file: lines move while somebody writes."""
        return self.path, self.rule, self.message


def by_path(findings: Iterable[Finding]) -> Mapping[str, Sequence[Finding]]:
    """Group findings by the path of their file."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        found[finding.path].append(finding)
    return found


def as_mapping(finding: Finding) -> dict[str, str | int | None]:
    """Give a finding as the values that JSON holds; lines and columns are from 1, the end is exclusive."""
    return {
        "path": finding.path,
        "line": finding.span.line,
        "column": finding.span.column,
        "end_line": finding.span.end_line,
        "end_column": finding.span.end_column,
        "rule": finding.rule,
        "level": finding.level.value if finding.level else None,
        "message": finding.message,
        "hint": finding.hint,
    }

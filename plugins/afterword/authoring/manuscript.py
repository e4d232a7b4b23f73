"""A file as it stands in an editor, with what is known around it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from afterword.model.archive import Archive
from afterword.model.finding import Finding
from afterword.model.record import Postmortem
from afterword.model.span import Span


@dataclass(frozen=True, slots=True)
class Manuscript:
    """The lines of a file, and the archive that it belongs to.

    `record` is what was read of it last, None for a file that is no record: it may be one keystroke behind `lines`.
    """

    path: str
    lines: tuple[str, ...]
    archive: Archive
    as_of: dt.date
    record: Postmortem | None = None
    findings: tuple[Finding, ...] = ()

    def line(self, number: int) -> str:
        """Give a line by its number, from 1; empty where there is none."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def shown(self, span: Span) -> Span:
        """Give the place at which a finding is underlined: of one without length the rest of its line, and nothing beyond the text."""
        last = len(self.lines)
        line, end_line = min(span.line, last), min(span.end_line, last)
        column = min(span.column, len(self.line(line)) + 1)
        end_column = min(span.end_column, len(self.line(end_line)) + 1)
        if (line, column) >= (end_line, end_column):
            end_line, end_column = line, max(column, len(self.line(line).rstrip()) + 1)
        return Span(line, column, end_line, end_column)


def covers(span: Span, line: int, column: int) -> bool:
    """Tell whether a cursor stands in a place or at its edge."""
    return (span.line, span.column) <= (line, column) <= (span.end_line, span.end_column)

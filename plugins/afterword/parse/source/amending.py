"""Edits made in a text: which of them go together, and the text that they give; every character outside of them stays."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from afterword.model.finding import Edit, Finding
from afterword.model.span import Span
from afterword.parse.source.text import line_bounds, visible

_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Amended:
    """A text after its edits, and the findings whose edits were made."""

    text: str
    made: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Change:
    start: int
    end: int
    text: str

    def meets(self, other: _Change) -> bool:
        """Tell whether two changes share a character, or the order of the two would be a guess."""
        if self.start == self.end or other.start == other.end:
            return self.start <= other.end and other.start <= self.end
        return self.start < other.end and other.start < self.end


def amend(
    text: str, findings: Iterable[Finding], refused: Collection[Finding] = (), most: int | None = None
) -> Amended:
    """Make the edits of as many findings as go together, at most `most`, those of small stretches first.

    `text` is a file's without its byte order mark, line ends as they are. A finding's edits are made all or not at all. Those that would take out or
    write a character that is dropped when read are not made: what a control character is there for, nobody knows.
    """
    bounds = line_bounds(text)
    offered: list[tuple[int, int, Finding, list[_Change]]] = []
    for order, finding in enumerate(findings):
        changes = _changes(text, bounds, finding.edits) if finding.edits and finding not in refused else None
        if changes:
            offered.append((sum(each.end - each.start for each in changes), order, finding, changes))
    taken: list[_Change] = []
    made: list[Finding] = []
    for _, _, finding, changes in sorted(offered, key=lambda each: each[:2]):
        if most is not None and len(made) >= most:
            break
        if not any(change.meets(other) for change in changes for other in taken):
            taken.extend(changes)
            made.append(finding)
    return Amended(_applied(text, taken), tuple(made))


def with_edits(text: str, edits: Sequence[Edit]) -> str | None:
    """Give a text with all of some edits made, None where one of them has no place in it, or must not be made as in `amend`."""
    changes = _changes(text, line_bounds(text), edits)
    return None if changes is None else _applied(text, changes)


def possible_edits(findings: Iterable[Finding], text: str) -> tuple[Finding, ...]:
    """Give the findings of a text with those edits alone that can be made in it.

    In a text that is not UTF-8 none can: what stands in the place of its bytes is a guess.
    """
    found = tuple(findings)
    if not any(finding.edits for finding in found):
        return found
    bounds = line_bounds(text)
    broken = any(finding.rule == "encoding" for finding in found)
    return tuple(
        replace(finding, edits=())
        if finding.edits and (broken or _changes(text, bounds, finding.edits) is None)
        else finding
        for finding in found
    )


def in_line_ends_of(text: str, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Give findings whose edits write whole lines with the line ends that the text has."""
    end = _LINE_END.search(text)
    if end is None or end.group() == "\n":
        return tuple(findings)
    return tuple(
        replace(
            finding,
            edits=tuple(replace(edit, text=edit.text.replace("\n", end.group())) for edit in finding.edits),
        )
        for finding in findings
    )


def _changes(text: str, bounds: Sequence[tuple[int, int]], edits: Sequence[Edit]) -> list[_Change] | None:
    """Give the offsets of edits, None where one of them has no place in the text or must not be made."""
    changes: list[_Change] = []
    for edit in edits:
        offsets = _offsets(bounds, edit.span)
        if offsets is None:
            return None
        stretch = text[slice(*offsets)]
        if visible(stretch) != stretch or visible(edit.text) != edit.text:
            return None
        changes.append(_Change(*offsets, edit.text))
    return changes


def _offsets(bounds: Sequence[tuple[int, int]], span: Span) -> tuple[int, int] | None:
    start = _offset(bounds, span.line, span.column)
    end = _offset(bounds, span.end_line, span.end_column)
    return (start, end) if start is not None and end is not None and start <= end else None


def _offset(bounds: Sequence[tuple[int, int]], line: int, column: int) -> int | None:
    if not 1 <= line <= len(bounds):
        return None
    start, end = bounds[line - 1]
    return start + column - 1 if 0 <= column - 1 <= end - start else None


def _applied(text: str, changes: Iterable[_Change]) -> str:
    parts: list[str] = []
    at = 0
    for change in sorted(changes, key=lambda each: (each.start, each.end)):
        parts += (text[at : change.start], change.text)
        at = change.end
    return "".join((*parts, text[at:]))

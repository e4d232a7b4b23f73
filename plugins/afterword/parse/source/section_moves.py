"""Edits that put sections into the reading order: whole stretches of the file move, and every byte of them moves with them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Sequence

from afterword.model.finding import Edit, Finding
from afterword.model.record import HiddenRange, Section
from afterword.model.span import Span
from afterword.parse.source.text import line_bounds

_IGNORE = re.compile(r"[ \t]*<!--[ \t]*afterword[ \t]*:.*-->[ \t]*", re.IGNORECASE)
_DEFINITION = re.compile(r" {0,3}\[[^\]]+\]:")

RULE = "section-order"

_Place = tuple[int, int]
"""A line and a column, both from 1."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Stretch:
    """The lines of a section, from 0, the end exclusive: `end` is behind its last line that is not blank."""

    start: int
    end: int


@dataclasses.dataclass(frozen=True, slots=True)
class _Source:
    """The text of a file and where its lines are in it."""

    text: str
    bounds: Sequence[tuple[int, int]]

    def opening(self, stretch: _Stretch) -> _Place:
        """Give the place before the first character."""
        return stretch.start + 1, 1

    def ending(self, stretch: _Stretch) -> _Place:
        """Give the place behind the last character, the line end left out."""
        start, end = self.bounds[stretch.end - 1]
        return stretch.end, end - start + 1

    def between(self, first: _Place, last: _Place) -> str:
        """Give the characters between two places, line ends as they are."""
        return self.text[
            self.bounds[first[0] - 1][0] + first[1] - 1 : self.bounds[last[0] - 1][0] + last[1] - 1
        ]

    def body(self, stretch: _Stretch) -> str:
        """Give the characters of a section, without the blank lines behind it."""
        return self.between(self.opening(stretch), self.ending(stretch))


def with_moves(
    findings: Iterable[Finding],
    sections: Sequence[Section],
    hidden: Sequence[HiddenRange],
    comment_findings: Iterable[Finding],
    text: str,
) -> tuple[Finding, ...]:
    """Give the findings with the edits that move the sections that stand out of order.

    The blank lines between sections stay where they are, so that the file ends as it ended; a comment that silences a rule goes with the heading below it, and
    definitions at the end of the file stay there. Where an internal stretch reaches over the edge of a section nothing moves: it could hide more, or less.
    """
    told = tuple(findings)
    if not any(finding.rule == RULE for finding in told):
        return told
    last = sections[-1]
    own = max((block.span.end_line for block in last.blocks), default=last.heading.span.end_line)
    # What stands a level lower in the file goes with the heading that it stands below, whichever section it is read as.
    sections = [each for index, each in enumerate(sections) if index == 0 or each.level != 3]
    source = _Source(text, line_bounds(text))
    lines = [text[start:end] for start, end in source.bounds]
    stretches = _stretches(sections, own, lines)
    if not _keeps_hidden(stretches, hidden, comment_findings):
        return told
    by_place = {section.heading.span: index for index, section in enumerate(sections)}
    numbered = [
        index
        for index, section in enumerate(sections)
        if section.number and section.level == 2 and not section.duplicate
    ]
    astray = {by_place[finding.span] for finding in told if finding.rule == RULE and finding.span in by_place}
    kept = [index for index in numbered if index not in astray]
    moved: list[Finding] = []
    for finding in told:
        index = by_place.get(finding.span) if finding.rule == RULE else None
        if index is not None and kept:
            after = [each for each in kept if sections[each].number > sections[index].number]
            goal = after[0] if after else kept[-1]
            edits = _move(stretches, index, goal, before=bool(after), source=source)
            finding = dataclasses.replace(finding, edits=edits)
        moved.append(finding)
    return tuple(moved)


def _stretches(sections: Sequence[Section], own: int, lines: Sequence[str]) -> list[_Stretch]:
    """Give where the sections are; `own` is the last line of the last block."""
    starts = [_start(section.heading.span.line - 1, lines) for section in sections]
    ends = [*starts[1:], len(lines)]
    stretches = [
        _Stretch(start, _without_blanks(start, end, lines)) for start, end in zip(starts, ends, strict=True)
    ]
    last = stretches[-1]
    rest = next((line for line in lines[own : last.end] if line.strip()), "")
    if _DEFINITION.match(rest):
        stretches[-1] = _Stretch(last.start, _without_blanks(last.start, own, lines))
    return stretches


def _start(heading: int, lines: Sequence[str]) -> int:
    """Give the first line of a section: that of its heading, or of the comment above that silences a rule there."""
    start, at = heading, heading - 1
    while at >= 0 and (not lines[at].strip() or _IGNORE.fullmatch(lines[at])):
        if lines[at].strip():
            start = at
        at -= 1
    return start


def _without_blanks(start: int, end: int, lines: Sequence[str]) -> int:
    while end > start + 1 and not lines[end - 1].strip():
        end -= 1
    return end


def _keeps_hidden(
    stretches: Sequence[_Stretch],
    hidden: Sequence[HiddenRange],
    findings: Iterable[Finding],
) -> bool:
    """Tell whether each hidden stretch lies in one section, or before the first, and all marks are in order."""
    if any(finding.rule in ("internal-mark", "internal-spelling") for finding in findings):
        return False
    return all(
        each.span.end_line - 1 < stretches[0].start
        or any(part.start <= each.span.line - 1 and each.span.end_line - 1 < part.end for part in stretches)
        for each in hidden
    )


def _move(
    stretches: Sequence[_Stretch], index: int, neighbour: int, *, before: bool, source: _Source
) -> tuple[Edit, ...]:
    """Give the edits that move a section before or behind another; the blank lines around it change places with it."""
    own, goal = stretches[index], stretches[neighbour]
    if before and neighbour < index:
        above = stretches[index - 1]
        gap = source.between(source.ending(above), source.opening(own))
        taken = source.ending(above), source.ending(own)
        place, moved = source.opening(goal), source.body(own) + gap
    elif neighbour > index:
        below = stretches[index + 1]
        gap = source.between(source.ending(own), source.opening(below))
        taken = source.opening(own), source.opening(below)
        place, moved = (
            (source.opening(goal), source.body(own) + gap)
            if before
            else (source.ending(goal), gap + source.body(own))
        )
    else:
        return ()
    return (Edit(Span(*place, *place), moved), Edit(Span(*taken[0], *taken[1]), ""))

"""Rules that look at one passage after the other, over a text that was judged before one more keystroke: passages that are the same are not judged again."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.language.failings import RARER
from afterword.check.language.narrative import Narrative, Passage
from afterword.check.language.reading import PassageMemory
from afterword.check.table import PASSAGE_RULES
from afterword.model.finding import Finding
from afterword.model.record import Postmortem
from afterword.model.span import Span

MOST_SHAPES = 4096
"""So many passages that have moved, or are gone, may come back."""

_Shape = tuple[object, ...]


class JudgedPassages:
    """What was found in the passages of one text. Judging a text with what is known of another gives what judging it without gives."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.passages = PassageMemory()
        self._basis: tuple[object, ...] = ()
        self._judged: dict[int, tuple[Passage, tuple[Finding, ...]]] = {}
        self._shapes: dict[_Shape, tuple[int, tuple[Finding, ...]]] = {}

    def findings(self, record: Postmortem, context: Context) -> Iterator[Finding]:
        """Yield what `PASSAGE_RULES` find in a record."""
        narrative = context.narrative(record)
        # Which words stand anywhere in a record is all that these rules know beyond the passage.
        basis = (narrative.names, *(beside.isdisjoint(narrative.words) for _, beside in RARER))
        if basis != self._basis:
            self._basis, self._judged, self._shapes = basis, {}, {}
        if len(self._shapes) > MOST_SHAPES:
            self._shapes = {}
        current: dict[int, tuple[Passage, tuple[Finding, ...]]] = {}
        for passage in narrative.passages:
            known = self._judged.get(id(passage))
            if known is None or known[0] is not passage:
                known = passage, self._moved_or_new(passage, record, narrative, context)
            current[id(passage)] = known
            yield from known[1]
        self._judged = current
        context.tell(record, narrative)

    def _moved_or_new(
        self, passage: Passage, record: Postmortem, narrative: Narrative, context: Context
    ) -> tuple[Finding, ...]:
        line = passage.runs[0][1].span.line
        shape = _shape(passage, line)
        known = self._shapes.get(shape)
        if known is None:
            context.tell(record, narrative.part(passage))
            found = tuple(
                each for rule in PASSAGE_RULES if rule.check for each in rule.check(record, context)
            )
            known = self._shapes[shape] = line, found
        down = line - known[0]
        return tuple(_moved(each, down) for each in known[1]) if down else known[1]


def _shape(passage: Passage, line: int) -> _Shape:
    """Give all that is judged of a passage, wherever on the page it stands."""
    return (
        passage.text,
        passage.form,
        passage.section,
        passage.heading,
        passage.head,
        passage.first,
        *(
            (begin, node.kind, node.text, node.info, *_counted_from(line, node.span))
            for begin, node in passage.runs
        ),
    )


def _counted_from(line: int, span: Span) -> tuple[int, int, int, int]:
    return span.line - line, span.column, span.end_line - line, span.end_column


def _moved(finding: Finding, down: int) -> Finding:
    span = finding.span
    return dataclasses.replace(
        finding, span=Span(span.line + down, span.column, span.end_line + down, span.end_column)
    )

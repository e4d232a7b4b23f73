"""What can be done about a finding at the cursor: mend it, or silence it with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from afterword.authoring.manuscript import Manuscript
from afterword.model.finding import Edit, Finding
from afterword.model.markup import Node
from afterword.model.record import Postmortem
from afterword.model.span import Span


@dataclass(frozen=True, slots=True)
class Mending:
    """Edits with a title that says what they do; `finding` is what they answer, `mends` says that it is gone by them rather than silent."""

    title: str
    edits: tuple[Edit, ...]
    finding: Finding
    mends: bool


def mendings(manuscript: Manuscript, place: Span) -> Iterator[Mending]:
    """Yield what can be done about each finding that touches a place: first what mends, then what silences."""
    touched = [each for each in manuscript.findings if _touch(manuscript.shown(each.span), place)]
    for finding in touched:
        if finding.edits:
            yield Mending(finding.hint or f"mend: {finding.message}", finding.edits, finding, True)
    for finding in touched:
        edit = _ignoring(finding, manuscript.record)
        if edit is not None:
            title = f"ignore '{finding.rule}' here, with a reason"
            yield Mending(title, (edit,), finding, False)


def all_edits(findings: Iterable[Finding]) -> tuple[Edit, ...]:
    """Give the edits of all findings that can be made together, in the order of the source: of two that overlap the first is taken."""
    taken: list[Edit] = []
    for finding in findings:
        if not any(_touch(new.span, old.span) for new in finding.edits for old in taken):
            taken += finding.edits
    return tuple(sorted(taken, key=lambda edit: edit.span))


def _touch(first: Span, second: Span) -> bool:
    return (first.line, first.column) <= (second.end_line, second.end_column) and (
        (second.line, second.column) <= (first.end_line, first.end_column)
    )


def _ignoring(finding: Finding, record: Postmortem | None) -> Edit | None:
    """Give the comment that silences a rule in the block of the body that a finding is in; in the header none can."""
    if record is None or finding.span.line < record.body_line:
        return None
    for block in _blocks(record):
        if block.span.line <= finding.span.line <= block.span.end_line:
            at = Span.at(block.span.line)
            return Edit(at, f"<!-- afterword: ignore {finding.rule} -- reason -->\n")
    return None


def _blocks(record: Postmortem) -> Iterator[Node]:
    yield from record.preamble
    for section in record.sections:
        yield section.heading
        yield from section.blocks

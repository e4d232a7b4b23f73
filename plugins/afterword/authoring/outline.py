"""The parts of a record, for an editor's outline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from afterword.model.causes import CausalNode
from afterword.model.record import Postmortem, Section
from afterword.model.span import Span


class Part(StrEnum):
    """What an entry of the outline is."""

    HEADER = "header"
    SECTION = "section"
    EVENT = "event"
    FACTOR = "factor"
    CAUSE = "cause"
    ACTION = "action"


@dataclass(frozen=True, slots=True)
class Entry:
    """A part by its name, the place of all of it and the place to go to, with the parts inside it."""

    part: Part
    name: str
    span: Span
    head: Span
    detail: str = ""
    inside: tuple[Entry, ...] = ()


def outline(record: Postmortem) -> tuple[Entry, ...]:
    """Give the header, or the heading that names a record without one, then the sections with their events, factors, causes and actions, in the order of the source."""
    entries: list[Entry] = []
    if record.header.spans:
        whole = Span(1, 1, record.body_line, 1)
        entries.append(Entry(Part.HEADER, record.title, whole, record.header.span("title")))
    elif record.named_by is not None:
        entries.append(Entry(Part.HEADER, record.title, record.named_by.span, record.named_by.span))
    entries += (
        Entry(
            Part.SECTION,
            section.title or section.key,
            section.span,
            section.heading.span,
            inside=tuple(_inside(section, record)),
        )
        for section in record.sections
    )
    return tuple(entries)


def _inside(section: Section, record: Postmortem) -> Iterator[Entry]:
    # Of two sections of one name the first was read.
    if section.duplicate:
        return
    if section.key == "timeline" and record.timeline is not None:
        for event in record.timeline.events:
            marks = " ".join(f"[{mark.name}]" for mark in event.marks)
            name = " ".join(part for part in (event.written, event.text.text.strip()) if part)
            yield Entry(Part.EVENT, name, event.span, event.time_span, marks)
    elif section.key == "factors":
        for factor in record.factors:
            yield Entry(Part.FACTOR, factor.text.text.strip(), factor.span, factor.text.span)
    elif section.key == "causes":
        if record.causal_tree is not None:
            yield _cause(record.causal_tree.outcome)
        for step in record.five_whys.steps if record.five_whys is not None else ():
            yield Entry(Part.CAUSE, step.question.text.strip(), step.span, step.question.span)
    elif section.key == "actions":
        for action in record.actions:
            name = " ".join(part for part in (action.id, action.text.text.strip()) if part)
            yield Entry(Part.ACTION, name, action.span, action.span, action.status or "")


def _cause(outcome: CausalNode) -> Entry:
    """Turn a tree into entries without calling itself: a tree may be as deep as its list."""
    finished: dict[int, Entry] = {}
    for node in reversed(list(outcome.walk())):
        inside = tuple(finished.pop(id(child)) for child in node.children)
        detail = ", ".join(ref.id for ref in node.actions)
        finished[id(node)] = Entry(
            Part.CAUSE, node.label.text.strip(), node.span, node.label.span, detail, inside
        )
    return finished[id(outcome)]

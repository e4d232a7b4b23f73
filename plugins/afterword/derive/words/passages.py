"""A record's body as a search reads and shows it: by parts, what was read from lists and tables as sentences without their marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from operator import attrgetter

from afterword.derive.words.known import from_text
from afterword.derive.words.leftovers import (
    above_steps,
    around_lists,
    beside_step,
    cell_at,
    second_outcomes,
    step_items,
    tree_items,
    with_read,
)
from afterword.derive.words.plain_text import plain_text
from afterword.model.action import ActionItem
from afterword.model.causes import Acceptance, CausalNode, WhyStep
from afterword.model.markup import Kind, Node, RichText
from afterword.model.record import Postmortem, Section
from afterword.model.timeline import TimelineEvent
from afterword.model.value import plain_value

BETWEEN = " · "


class Where(StrEnum):
    """What a part of a record tells, in the words that results show; in the order in which they matter to a search."""

    SUMMARY = "summary"
    CAUSE = "cause"
    ACTION = "action"
    LESSON = "lesson"
    IMPACT = "impact"
    DETECTION = "detection"
    RESOLUTION = "resolution"
    WENT_WELL = "went well"
    TIMELINE = "timeline"
    TEXT = "text"


_WHERE = {
    "summary": Where.SUMMARY,
    "impact": Where.IMPACT,
    "timeline": Where.TIMELINE,
    "went-well": Where.WENT_WELL,
    "went-wrong": Where.CAUSE,
    "factors": Where.CAUSE,
    "causes": Where.CAUSE,
    "actions": Where.ACTION,
    "lessons": Where.LESSON,
    "detection": Where.DETECTION,
    "resolution": Where.RESOLUTION,
}


@plain_value()
class Passage:
    """One section as plain text: `title` its heading, `anchor` its id on the record's page, both empty for text before the first heading."""

    where: Where
    anchor: str
    title: str
    text: str


@from_text("passages")
def passages(record: Postmortem) -> tuple[Passage, ...]:
    """Give the parts of a record that hold words, in their order; events, factors, causes and actions with a dot between them.

    A record that could not be read is one part. Text is not escaped.
    """
    if record.unreadable is not None:
        found = [Passage(Where.TEXT, "", "", " ".join(record.unreadable.split()))]
    else:
        found = [Passage(Where.TEXT, "", "", plain_text(record.lead)), *_sections(record)]
        found.append(Passage(Where.TEXT, "", "", plain_text(record.footnotes)))
    return tuple(each for each in found if each.text or each.title)


def _sections(record: Postmortem) -> Iterator[Passage]:
    read = _read_blocks(record)
    seen: set[str] = set()
    for section in record.sections:
        first = bool(section.key) and section.key not in seen
        seen.add(section.key)
        lines = _told(record, section, read.get(section.key, {}) if first else {})
        told = BETWEEN.join(line for line in lines if line)
        where = _WHERE.get(section.key, Where.TEXT)
        yield Passage(where, section.key if first else section.slug, section.title, told)


def _told(record: Postmortem, section: Section, read: Mapping[int, list[str]]) -> Iterator[str]:
    for position, block in enumerate(section.blocks):
        if position in read:
            yield from read[position]
        elif position or not names_method(record, section):
            yield plain_text((block,))


def names_method(record: Postmortem, section: Section) -> bool:
    """Tell whether a section begins with a line that names the method of its analysis, and nothing else."""
    first = section.blocks[0] if section.key == "causes" and section.blocks else None
    if first is None or record.method is None or first.span.end_line != first.span.line:
        return False
    words = [node.text for node in first.children if node.text]
    leads = any(node.kind is Kind.LINK for node in first.walk())
    return len(words) == 1 and ":" in words[0] and not leads


def _read_blocks(record: Postmortem) -> Mapping[str, Mapping[int, list[str]]]:
    """Give the lines of what was read, by the section and the position of the block it was read from; of several blocks the first has them all."""
    found: dict[str, dict[int, list[str]]] = {}
    if record.timeline is not None:
        events = [_event(event) for event in record.timeline.events]
        found["timeline"] = _at(record.timeline.blocks, events)
    if factors := record.section("factors"):
        found["factors"] = {at: list(_factors(record, factors.blocks[at])) for at in record.factor_blocks}
    if causes := record.section("causes"):
        found["causes"] = dict(_causes(record, causes))
    found["actions"] = _at(record.action_blocks, [_action(action) for action in record.actions])
    return found


def _factors(record: Postmortem, block: Node) -> Iterator[str]:
    """Give the factors of a list or table, each with what stands below it or in the other cells of its row."""
    for part, factor in with_read(block, record.factors, attrgetter("span")):
        rest = list(part.children)
        if factor:
            del rest[cell_at(part, factor.text.span) if block.kind is Kind.TABLE else 0]
        yield f"{_stated(factor.text, factor.accepted) if factor else ''} {plain_text(rest)}".strip()


def _causes(record: Postmortem, section: Section) -> Iterator[tuple[int, list[str]]]:
    tree, whys = record.causal_tree, record.five_whys
    if tree is not None:
        block = section.blocks[tree.block]
        items = {} if tree.fenced else dict(tree_items(block))
        nodes = [
            (_stated(node.label, node.accepted), around_lists(items[path]) if path in items else ((), ()))
            for path, node in tree.paths()
        ]
        told = [f"{label} {plain_text((*above, *below))}".strip() for label, (above, below) in nodes]
        yield tree.block, [*told, plain_text(second_outcomes(tree, block))]
    if whys is not None:
        block = section.blocks[whys.block]
        steps = (_step(item, step) for item, step in step_items(whys, block))
        yield whys.block, [plain_text(above_steps(whys, block)), *steps]


def _step(item: Node | None, step: WhyStep | None) -> str:
    """Give a question with its answer, and what else its item holds."""
    asked = (step.question.in_one_line, _answer(step.answer)) if step else ()
    beside = beside_step(step, item) if step and item else item.children if item else ()
    return " ".join(filter(None, (*asked, plain_text(beside))))


def _at(positions: tuple[int, ...], lines: list[str]) -> dict[int, list[str]]:
    return {position: lines if number == 0 else [] for number, position in enumerate(positions)}


def _event(event: TimelineEvent) -> str:
    """Give what an event tells: its time and text, the other cells of its row, and what stands below it."""
    parts = [event.written, event.text.in_one_line, *(cell.in_one_line for _, cell in event.columns)]
    return " ".join(filter(None, (*parts, plain_text(event.details))))


def _action(action: ActionItem) -> str:
    """Give an action with its ticket, what it is done by, and notes; owner, day and state stand in lists of their own."""
    ticket = action.ticket.key if action.ticket else ""
    others = (cell.in_one_line for _, cell in action.others)
    parts = (
        action.id,
        action.text.in_one_line,
        ticket,
        action.done_when.in_one_line,
        action.notes.in_one_line,
        *others,
    )
    return " ".join(filter(None, parts))


def _stated(label: RichText, accepted: Acceptance | None) -> str:
    return f"{label.in_one_line} (accepted: {accepted.reason})" if accepted else label.in_one_line


def _answer(node: CausalNode | None) -> str:
    return _stated(node.label, node.accepted) if node else ""

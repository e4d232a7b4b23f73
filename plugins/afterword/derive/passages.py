"""A record's body as readers of search results see it: what was read from lists and tables as sentences, without their marks."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.derive.plain_text import plain_text
from afterword.model.causes import Acceptance, CausalNode
from afterword.model.markup import RichText
from afterword.model.record import Postmortem, Section

BETWEEN = " · "


def passages(record: Postmortem) -> str:
    """Give the body without its summary as plain text; events, factors, causes and actions by their words alone, a dot between them."""
    if record.unreadable is not None:
        return " ".join(record.unreadable.split())
    summary = record.section("summary")
    parts = [plain_text(record.preamble)]
    for section in record.sections:
        if section is not summary:
            parts += [section.title, *_told(record, section)]
    parts.append(plain_text(record.footnotes))
    return BETWEEN.join(part for part in parts if part)


def _told(record: Postmortem, section: Section) -> Iterator[str]:
    read = dict(_read_blocks(record)) if section is record.section(section.key) else {}
    blocks = {position: lines for (key, position), lines in read.items() if key == section.key}
    for position, block in enumerate(section.blocks):
        if position in blocks:
            yield from blocks[position]
        else:
            yield plain_text((block,))


def _read_blocks(record: Postmortem) -> Iterator[tuple[tuple[str, int], list[str]]]:
    """Yield the lines of what was read, by the section and the position of the block it was read from; of several blocks the first has them all."""
    if record.timeline is not None:
        events = [f"{event.written} {_words(event.text)}" for event in record.timeline.events]
        yield from _at("timeline", record.timeline.blocks, events)
    factors = [_stated(factor.text, factor.accepted) for factor in record.factors]
    yield from _at("factors", record.factor_blocks, factors)
    if record.causal_tree is not None:
        nodes = record.causal_tree.outcome.walk()
        yield from _at(
            "causes", (record.causal_tree.block,), [_stated(each.label, each.accepted) for each in nodes]
        )
    if record.five_whys is not None:
        steps = [f"{_words(step.question)} {_answer(step.answer)}".strip() for step in record.five_whys.steps]
        yield from _at("causes", (record.five_whys.block,), steps)
    actions = [f"{action.id} {_words(action.text)}" for action in record.actions]
    yield from _at("actions", record.action_blocks, actions)


def _at(
    key: str, positions: tuple[int, ...], lines: list[str]
) -> Iterator[tuple[tuple[str, int], list[str]]]:
    for number, position in enumerate(positions):
        yield (key, position), lines if number == 0 else []


def _stated(label: RichText, accepted: Acceptance | None) -> str:
    return f"{_words(label)} (accepted: {accepted.reason})" if accepted else _words(label)


def _answer(node: CausalNode | None) -> str:
    return _stated(node.label, node.accepted) if node else ""


def _words(text: RichText) -> str:
    return " ".join(text.text.split())

"""A record without its text: what an archive of thousands is worked out from, at a tenth of the size."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import sha256
from sys import intern
from typing import Any

from afterword.derive.likeness.likeness import told
from afterword.derive.words.extracts import (
    actions_unread,
    good_things,
    has_causes_section,
    positives,
    summary_blocks,
    summary_words,
)
from afterword.derive.words.known import worked_out
from afterword.derive.words.passages import passages
from afterword.model.action import ActionItem
from afterword.model.causes import CausalNode, CausalTree, Factor, FiveWhys, WhyStep
from afterword.model.header import Header
from afterword.model.markup import Kind, RichText
from afterword.model.places import Places
from afterword.model.record import Postmortem
from afterword.model.span import START
from afterword.model.timeline import ANCHORS, Mark, Timeline, TimelineEvent
from afterword.model.unpickling import pickled_without_places

EXTRACTS: Mapping[str, Callable[[Postmortem], Any]] = {
    "summary-words": summary_words,
    "summary-blocks": summary_blocks,
    "has-causes": has_causes_section,
    "actions-unread": actions_unread,
    "positives": positives,
    "good-things": good_things,
    "passages": passages,
    "told": told,
}
"""What is worked out of the text, by the names under which the functions look for it in `Postmortem.known`."""

SELDOM = (("told",), ("passages",))
"""Those of them that only the likeness of records, and only the search, look at: two thirds of what is kept of a record."""

TEXT_ONLY = frozenset(name for names in SELDOM for name in names)
"""All of these."""

SUMMARY = ("summary-words", "summary-blocks")
"""Those of them that say what the summary says."""

NO_WORDS = RichText()

_COMMON = ("severity", "potential_severity", "status", "kind", "detected_by", "timezone")


def brief(record: Postmortem) -> Postmortem:
    """Put the text of a record away: the header, plain words of actions and causes, the events that figures count from and what was worked out of the text stay.

    Rules that look at others still learn where in its file what they name stands; of events, nobody asks.
    All that is derived of an archive is the same of brief records as of whole ones; a record's own page needs the whole.
    """
    refers = record.footnotes and any(
        node.kind is Kind.FOOTNOTE_REF for block in summary_blocks(record) or () for node in block.walk()
    )
    return replace(
        record,
        header=_header(record.header),
        # What a footnote is called depends on all that stands before it.
        preamble=record.preamble if refers else (),
        sections=record.sections if refers else (),
        footnotes=record.footnotes if refers else (),
        notable=(),
        timeline=_timeline(record.timeline) if record.timeline else None,
        causal_tree=_tree(record.causal_tree) if record.causal_tree else None,
        five_whys=_whys(record.five_whys) if record.five_whys else None,
        factors=tuple(_factor(each) for each in record.factors),
        actions=tuple(_action(each) for each in record.actions),
        findings=(),
        unreadable=record.unreadable if record.unreadable is None else "",
        known=worked_out(record, EXTRACTS),
    )


def facts_mark(record: Postmortem) -> str:
    """Give the hash of all that pages about many records may say of a brief one, but for what is in `summary_mark`."""
    known = {
        name: value for name, value in record.known.items() if name not in TEXT_ONLY and name not in SUMMARY
    }
    said = replace(record, known=known, preamble=(), sections=(), footnotes=(), findings=(), body_line=1)
    return sha256(pickled_without_places(said)).hexdigest()


def summary_mark(record: Postmortem) -> str:
    """Give the hash of what such pages may show of the summary of a brief record, and of what its footnotes are called by."""
    said = (record.preamble, record.sections, record.footnotes, *map(record.known.get, SUMMARY))
    return sha256(pickled_without_places(said)).hexdigest()


def text_mark(record: Postmortem) -> str:
    """Give the hash of what the search finds and shows of the text of a brief record."""
    return sha256(record.known["passages"]).hexdigest()


def _header(header: Header) -> Header:
    """Put the places away, and let what many headers say be one text in all of them."""
    common: dict[str, Any] = {
        name: intern(value) for name in _COMMON if (value := getattr(header, name)) is not None
    }
    return replace(
        header,
        spans=Places.of(header.spans),
        services=tuple(map(intern, header.services)),
        failure_class=tuple(map(intern, header.failure_class)),
        **common,
    )


def _timeline(timeline: Timeline) -> Timeline:
    """Keep the events that figures count from."""
    anchors = (each for each in timeline.events if any(mark.name in ANCHORS for mark in each.marks))
    return replace(timeline, events=tuple(map(_event, anchors)))


def _event(event: TimelineEvent) -> TimelineEvent:
    return replace(
        event,
        # What has no time may hold the place of one.
        text=_words(event.text.text) if event.at is None else NO_WORDS,
        written="",
        span=START,
        time_span=START,
        marks=tuple(Mark(each.name, each.incident, START) for each in event.marks),
        columns=(),
        details=(),
    )


def _tree(tree: CausalTree) -> CausalTree:
    return replace(tree, outcome=_node(tree.outcome))


def _node(node: CausalNode) -> CausalNode:
    """Strip a node and all below it; a tree may be deeper than Python calls."""
    made: dict[int, CausalNode] = {}
    for each in reversed(list(node.walk())):
        below = tuple(made[id(child)] for child in each.children)
        made[id(each)] = replace(each, label=_plain(each.label), children=below)
    return made[id(node)]


def _whys(whys: FiveWhys) -> FiveWhys:
    return replace(whys, steps=tuple(_step(each) for each in whys.steps))


def _step(step: WhyStep) -> WhyStep:
    return replace(step, question=_plain(step.question), answer=_node(step.answer) if step.answer else None)


def _factor(factor: Factor) -> Factor:
    return replace(factor, text=_plain(factor.text))


def _action(action: ActionItem) -> ActionItem:
    return replace(
        action,
        owner=intern(action.owner),
        category=intern(action.category) if action.category else action.category,
        priority=intern(action.priority) if action.priority else action.priority,
        text=_plain(action.text),
        done_when=_words(action.done_when.text),
        notes=_words(action.notes.text),
        others=(),
        spans=Places.of(action.spans),
    )


def _words(text: str) -> RichText:
    return RichText((), text) if text else NO_WORDS


def _plain(text: RichText) -> RichText:
    return RichText((), text.text, text.span) if text.nodes else text

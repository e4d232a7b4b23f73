"""A record for a terminal: what it was, what happened, why, and what will be different."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from afterword.check.wording import counted
from afterword.derive.causes.record_causes import RecordCauses
from afterword.derive.timing.calendar import format_day
from afterword.derive.words.labels import category_label
from afterword.model.archive import Archive
from afterword.model.record import Postmortem
from afterword.render.page.links import Links
from afterword.render.page.related import BEFORE, related
from afterword.render.record.header_card import header_card
from afterword.render.terminal.actions_text import actions_text
from afterword.render.terminal.header_text import handling_text, header_text
from afterword.render.terminal.timeline_text import timeline_text
from afterword.render.terminal.tree_text import causes_text, state_said
from afterword.render.text.blocks_text import blocks_text
from afterword.render.text.terminal import Terminal, apart, joined, tie

_INDENT = 2


def record_text(record: Postmortem, archive: Archive, as_of: date, terminal: Terminal) -> str:
    """Give header, summary, timeline, causes, factors, actions and related records; what a record does not have has no heading."""
    card = header_card(record, archive.settings, Links(archive, record, ""))
    lines: list[str] = [*header_text(record, card, terminal, _INDENT)]
    inset = " " * _INDENT
    causes = RecordCauses.of(record, archive, as_of)
    timeline = record.timeline
    zone = (timeline.zone_unread or timeline.zone) if timeline else None
    for title, note, body in (
        ("Summary", "", _summary(record, terminal)),
        ("Timeline", f"times in {zone}" if zone else "", _timeline(record, terminal)),
        ("Causes", record.method or "", causes_text(record, causes, terminal, inset)),
        ("Contributing factors", "", _factors(causes, archive, terminal)),
        (
            "Action items",
            f"as of {format_day(as_of)}",
            actions_text(record, archive, as_of, terminal, _INDENT),
        ),
        ("In the archive", "", _beside(record, archive, terminal)),
        ("Record", "", handling_text(card, terminal, _INDENT)),
    ):
        written = list(body)
        if written:
            lines += ["", *_heading(title, note, terminal), *written]
    lines += ["", *terminal.hanging("", "", terminal.words(f"The whole record: {record.path}"), "dim")]
    return "\n".join(lines) + "\n"


def _heading(title: str, note: str, terminal: Terminal) -> Iterator[str]:
    head = tie(title.upper())
    text = joined((head, apart(terminal.words(note)) if note else ""), " ")
    yield from terminal.hanging("", "  ", text, "dim", {head: "bold"})


def _summary(record: Postmortem, terminal: Terminal) -> Iterator[str]:
    section = record.section("summary")
    inset = " " * _INDENT
    yield from blocks_text(section.blocks if section else (), terminal, inset, inset)


def _timeline(record: Postmortem, terminal: Terminal) -> Iterator[str]:
    if record.timeline is not None:
        yield from timeline_text(record, record.timeline, terminal, _INDENT)


def _factors(causes: RecordCauses, archive: Archive, terminal: Terminal) -> Iterator[str]:
    covered = causes.factors
    # Where the tree has the marks, factors without any say nothing of their state.
    stated = any(each.actions or each.factor.accepted or each.factor.root_cause for each in covered)
    for number, each in enumerate(covered, start=1):
        factor = each.factor
        tied: dict[str, str] = {}
        words = [terminal.words(factor.text.text)]
        if factor.category:
            category = tie(terminal.words(f"[{category_label(archive.settings, factor.category).lower()}]"))
            words.append(category)
            tied[category] = "dim"
        if factor.root_cause:
            words.append(tie("(root cause)"))
            tied[tie("(root cause)")] = "bold magenta"
        if stated:
            said = state_said(terminal, each.state, each.actions, factor.accepted)
            words.append(said.text)
            tied |= said.tied
        sign = f"{' ' * _INDENT}{number}. ".ljust(_INDENT + len(f"{len(covered)}. "))
        yield from terminal.hanging(sign, " " * len(sign), " ".join(words), "", tied)


def _beside(record: Postmortem, archive: Archive, terminal: Terminal) -> Iterator[str]:
    """Name the records that happened before or are related, by the ids that the command takes, and say why."""
    inset = " " * _INDENT
    for group in related(record, archive, Links(archive, record, "")).groups:
        for line in group.lines:
            yield from terminal.hanging(inset, inset * 2, terminal.words(joined((tie(line.id), line.title))))
            note = f"{group.heading}: {line.note}" if group.heading == BEFORE else line.note
            yield from terminal.hanging(inset * 2, inset * 2, terminal.words(note), "dim")
        if group.more:
            yield from terminal.hanging(
                inset, inset, f"and {counted(group.more, 'earlier record')} of the kind", "dim"
            )

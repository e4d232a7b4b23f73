"""The agenda of the weekly review in words: as Markdown for an issue, as text for a terminal, and as JSON for programs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from afterword.check.wording import counted
from afterword.derive.calendar import format_day
from afterword.derive.follow_through import ActionView
from afterword.derive.promises_again import Bundle
from afterword.derive.review_board import LATELY, SOON, STILL, Vanished, still_since
from afterword.model.action import Status
from afterword.model.archive import Archive
from afterword.render.action_export import action_facts
from afterword.render.action_past import put_off, unchanged
from afterword.render.action_rows import ticket_url
from afterword.render.actions_list import NO_OWNER, reference
from afterword.render.json_document import json_document
from afterword.render.links import Links
from afterword.render.review import Review
from afterword.render.terminal import Terminal, joined, tie

FORMAT = 1
"""The version of the JSON; it rises when a key changes its meaning or goes."""

_MARKUP = re.compile(r"([\\`*_\[\]<>|~#])")


@dataclass(frozen=True, slots=True)
class _Line:
    """One thing on the agenda: what it is about, the facts that a decision needs, where it stands, and what stands below it."""

    text: str
    facts: tuple[str, ...] = ()
    where: str = ""
    ticket: str = ""
    url: str = ""
    below: tuple[str, ...] = ()
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class _Part:
    title: str
    ask: str
    lines: tuple[_Line, ...]


def review_markdown(review: Review, archive: Archive) -> str:
    """Give the agenda as Markdown, with a box to tick for each decision; words of records are escaped."""
    lines = [f"# {_escaped(_title(review))}", "", _escaped(_opening(review))]
    parts = [part for part in _parts(review, archive) if part.lines]
    for number, part in enumerate(parts, start=1):
        lines += ["", f"## {number}. {part.title} ({len(part.lines)})", ""]
        lines += [part.ask, ""] if part.ask else []
        for line in part.lines:
            lines += _markdown_of(line)
    return "\n".join([*lines, *(["", _escaped(_untold(review))] if review.untold else []), ""])


def review_text(review: Review, archive: Archive, terminal: Terminal) -> str:
    """Give the agenda as text that is as wide as the terminal."""
    lines = [*terminal.lines(terminal.words(_title(review)).upper(), terminal.width, "bold")]
    lines += terminal.lines(terminal.words(_opening(review)), terminal.width)
    parts = [part for part in _parts(review, archive) if part.lines]
    for number, part in enumerate(parts, start=1):
        head = f"{number}. {part.title.upper()} ({len(part.lines)})"
        lines += ["", *terminal.lines(terminal.words(head), terminal.width, "bold")]
        lines += [*terminal.hanging("   ", "   ", part.ask), ""] if part.ask else []
        for line in part.lines:
            lines += _text_of(line, terminal)
    if review.untold:
        lines += ["", *terminal.lines(terminal.words(_untold(review)), terminal.width, "dim")]
    return "\n".join([*lines, ""])


def review_json(review: Review, archive: Archive) -> bytes:
    """Give the agenda as JSON: of each action what `actions.json` says of it."""

    def facts(view: ActionView, **more: object) -> dict[str, object]:
        return {**dict(action_facts(view, archive)), **more}

    made = {
        "format": FORMAT,
        "as_of": review.day.isoformat(),
        "team": review.team or None,
        "owed": len(review.board.unfinished),
        "overdue": [facts(view) for view in review.board.overdue],
        "due_soon": [facts(view) for view in review.board.soon],
        "not_held": [facts(view, reason=why) for view, why in review.unheld],
        "unchanged": None if review.untold else [facts(view) for view in review.still],
        "deleted": [
            {
                "record": each.record_id,
                "id": each.id,
                "action": each.state.text,
                "owner": each.state.owner or None,
                "day": each.day.isoformat(),
            }
            for each in review.board.vanished
        ],
        "repeated": [
            [f"{record.id}#{action.id}" for record, action in bundle.promises] for bundle in review.repeated
        ],
        "risks": [
            {
                "record": risk.record.id,
                "text": risk.risk.text,
                "reason": risk.risk.acceptance.reason,
                "role": risk.risk.acceptance.role,
                "review": str(risk.review),
                "days_past": risk.days_past,
            }
            for risk in review.risks
        ],
        "loads": [
            {"owner": load.name, "actions": [f"{record.id}#{action.id}" for record, action in load.actions]}
            for load in review.loads
        ],
        "closed": [facts(view) for view in review.board.closed],
    }
    return json_document(made)


def _title(review: Review) -> str:
    return f"Review of actions{f': {review.team}' if review.team else ''}, {format_day(review.day)}"


def _opening(review: Review) -> str:
    owed = counted(len(review.board.unfinished), "action") + " owed"
    if not review.has_decisions:
        return f"{owed}; nothing is late or due within {SOON} days, and nothing is to be decided."
    return (
        f"{owed}, {len(review.board.overdue):,} overdue, {len(review.board.soon):,} due within {SOON} days."
    )


def _untold(review: Review) -> str:
    return f"What is unchanged for {STILL} days is not known: {review.untold}"


def _parts(review: Review, archive: Archive) -> Iterator[_Part]:
    links = Links(archive, None, "")

    def lines(views: Sequence[ActionView]) -> tuple[_Line, ...]:
        return tuple(_line(view, links) for view in views)

    yield _Part(
        "Overdue",
        "For each: one sentence, and a new date; or cancel it with a reason.",
        tuple(_line(view, links, still=still_since(view, review.day)) for view in review.board.overdue),
    )
    yield _Part(
        f"Due within {SOON} days",
        "Will it be there? If not: what would help, or which date holds?",
        lines(review.board.soon),
    )
    yield _Part(
        "Nobody answers for it",
        "Who takes it over? If nobody does, cancel it with a reason.",
        tuple(_line(view, links, why) for view, why in review.unheld),
    )
    yield _Part(
        f"Unchanged for {STILL} days",
        "What stands in the way, and who can move it? Escalate, or cancel it with a reason.",
        tuple(_line(view, links, still=view.unchanged_since) for view in review.still),
    )
    yield _Part(
        "Deleted while it was open",
        "Is it done, cancelled, or still owed? Put the row back, with its state.",
        tuple(_gone(each) for each in review.board.vanished),
    )
    yield _Part(
        "Promised in several records",
        "Is it one action? Keep one row, and let the others point to it.",
        tuple(_bundle(bundle) for bundle in review.repeated),
    )
    yield _Part(
        "Accepted risks to look at again",
        "Does the reason still hold? Accept it with a new date, or give it an action.",
        tuple(
            _Line(
                risk.risk.text or "…",
                tuple(
                    filter(
                        None,
                        (
                            risk.risk.acceptance.reason and f"accepted: {risk.risk.acceptance.reason}",
                            risk.risk.acceptance.role,
                            f"to be looked at again {'since' if risk.past else 'on'} {format_day(risk.review)}",
                        ),
                    )
                ),
                risk.record.id,
            )
            for risk in review.risks
        ),
    )
    yield _Part(
        "Too much in one pair of hands",
        "What can be handed on, wait, or be cancelled?",
        tuple(
            _Line(
                f"{counted(len(load.actions), 'action')} with {load.name}",
                below=tuple(f"{record.id}#{action.id}" for record, action in load.actions),
            )
            for load in review.loads
        ),
    )
    yield _Part(
        f"Closed in the last {LATELY} days", "", tuple(_closed(view, links) for view in review.board.closed)
    )


def _line(view: ActionView, links: Links, why: str = "", still: date | None = None) -> _Line:
    action = view.action
    late = f", {counted(view.days_overdue, 'day')} ago" if view.overdue else ""
    facts = (
        why,
        f"{'was ' if view.overdue else ''}due {format_day(action.due)}{late}" if action.due else "no due day",
        put_off(view.slips, action.due),
        unchanged(still),
        str(action.status) if action.status not in (None, Status.OPEN) else "",
        action.priority or "",
    )
    return _Line(
        f"{' '.join(action.owner.split()) or NO_OWNER}: {_what(view)}",
        tuple(filter(None, facts)),
        reference(view),
        action.ticket.key if action.ticket else "",
        ticket_url(view, links) or "",
    )


def _gone(each: Vanished) -> _Line:
    facts = (
        f"deleted on {format_day(each.day)}",
        "" if each.record else "with its record",
        f"due {format_day(each.state.due)}" if each.state.due else "",
    )
    what = " ".join(each.state.text.split()) or "…"
    who = " ".join(each.state.owner.split()) or NO_OWNER
    return _Line(
        f"{who}: {what}",
        tuple(filter(None, facts)),
        f"{each.record_id}#{each.id}",
        " ".join(each.state.ticket.split()),
    )


def _bundle(bundle: Bundle) -> _Line:
    rows = tuple(
        f"{record.id}#{action.id}: {', '.join(filter(None, (action.owner, str(action.status or Status.OPEN))))}"
        for record, action in bundle.promises
    )
    return _Line(" ".join(bundle.last[1].text.text.split()) or "…", below=rows)


def _closed(view: ActionView, links: Links) -> _Line:
    action = view.action
    facts = (
        f"{action.status} {format_day(action.closed)}",
        action.notes.text.strip() if action.status is Status.CANCELLED else "",
    )
    told = tuple(" ".join(fact.split()) for fact in facts if fact)
    key, url = (action.ticket.key if action.ticket else ""), ticket_url(view, links) or ""
    return _Line(
        f"{' '.join(action.owner.split()) or NO_OWNER}: {_what(view)}",
        told,
        reference(view),
        key,
        url,
        is_open=False,
    )


def _what(view: ActionView) -> str:
    return " ".join(view.action.text.text.split()) or "…"


def _markdown_of(line: _Line) -> Iterator[str]:
    ticket = _escaped(line.ticket)
    if line.url:
        ticket = f"[{ticket or 'ticket'}](<{line.url}>)"
    facts = "; ".join([*map(_escaped, line.facts), *([ticket] if ticket else [])])
    where = f" `{line.where}`" if line.where else ""
    yield f"- {'[ ] ' if line.is_open else ''}{_escaped(line.text)}{f' ({facts})' if facts else ''}{where}"
    yield from (f"  - {_escaped(each)}" for each in line.below)


def _text_of(line: _Line, terminal: Terminal) -> Iterator[str]:
    yield from terminal.hanging("   - ", "     ", terminal.words(line.text))
    facts = joined(tie(each) if len(each) < 40 else each for each in (*line.facts, line.ticket))
    if facts:
        yield from terminal.hanging("     ", "     ", terminal.words(facts))
    if line.where:
        yield from terminal.hanging("     ", "     ", terminal.words(line.where), "dim")
    for each in line.below:
        yield from terminal.hanging("     - ", "       ", terminal.words(each))


def _escaped(text: str) -> str:
    """Keep the words of a record from being markup, and a line of theirs from being anything but a part of its item."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))

"""The agenda of the weekly review in words: as Markdown for an issue, as text for a terminal, and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.wording import counted
from afterword.derive.promises.follow_through import ActionView
from afterword.derive.promises.review_board import SOON, STILL
from afterword.derive.timing.calendar import format_day
from afterword.derive.words.markdown_words import as_code, as_target, escaped
from afterword.model.archive import Archive
from afterword.render.actions.action_export import ActionFacts
from afterword.render.review.agenda import Review
from afterword.render.review.review_parts import MOST, Line, review_parts
from afterword.render.text.json_document import json_document
from afterword.render.text.terminal import Terminal, joined, tie
from afterword.render.words.ticket_words import drift_words

FORMAT = 1
"""The version of the JSON; it rises when a key changes its meaning or goes."""


def review_markdown(review: Review, archive: Archive) -> str:
    """Give the agenda as Markdown, with a box to tick for each decision; words of records are escaped."""
    lines = [f"# {escaped(_title(review))}", "", escaped(_opening(review))]
    parts = [part for part in review_parts(review, archive) if part.lines]
    for number, part in enumerate(parts, start=1):
        lines += ["", f"## {number}. {part.title} ({len(part.lines):,})", ""]
        lines += [part.ask, ""] if part.ask else []
        for line in part.lines[:MOST]:
            lines += _markdown_of(line)
        lines += [f"- {rest}"] if (rest := part.rest(review.team)) else []
    return "\n".join([*lines, *(["", escaped(_untold(review))] if review.untold else []), ""])


def review_text(review: Review, archive: Archive, terminal: Terminal) -> str:
    """Give the agenda as text that is as wide as the terminal."""
    lines = [*terminal.lines(terminal.words(_title(review)).upper(), terminal.width, "bold")]
    lines += terminal.lines(terminal.words(_opening(review)), terminal.width)
    parts = [part for part in review_parts(review, archive) if part.lines]
    for number, part in enumerate(parts, start=1):
        head = f"{number}. {part.title.upper()} ({len(part.lines):,})"
        lines += ["", *terminal.lines(terminal.words(head), terminal.width, "bold")]
        lines += [*terminal.hanging("   ", "   ", part.ask), ""] if part.ask else []
        for line in part.lines[:MOST]:
            lines += _text_of(line, terminal)
        lines += (
            terminal.hanging("   - ", "     ", terminal.words(rest))
            if (rest := part.rest(review.team))
            else ()
        )
    if review.untold:
        lines += ["", *terminal.lines(terminal.words(_untold(review)), terminal.width, "dim")]
    return "\n".join([*lines, ""])


def review_json(review: Review, archive: Archive) -> bytes:
    """Give the agenda as JSON: of each action what `actions.json` says of it."""
    told = ActionFacts(archive)

    def facts(view: ActionView, **more: object) -> dict[str, object]:
        return {**told.of(view), **more}

    made = {
        "format": FORMAT,
        "as_of": review.day.isoformat(),
        "team": review.team or None,
        "owed": len(review.board.unfinished),
        "overdue": [facts(view) for view in review.board.overdue],
        "due_soon": [facts(view) for view in review.board.soon],
        "not_held": [facts(view, reason=why) for view, why in review.unheld],
        "ticket_otherwise": [
            facts(view, ticket_says=drift_words(view.counterpart)) for view in review.otherwise
        ],
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


def _markdown_of(line: Line) -> Iterator[str]:
    ticket = escaped(line.ticket)
    if line.url:
        ticket = f"[{ticket or 'ticket'}]({as_target(line.url)})"
    facts = "; ".join([*map(escaped, line.facts), *([ticket] if ticket else [])])
    where = f" {as_code(line.where)}" if line.where else ""
    yield f"- {'[ ] ' if line.is_open else ''}{escaped(line.text)}{f' ({facts})' if facts else ''}{where}"
    for reference, said in line.below:
        yield f"  - {as_code(reference)}{f': {escaped(said)}' if said else ''}"


def _text_of(line: Line, terminal: Terminal) -> Iterator[str]:
    yield from terminal.hanging("   - ", "     ", terminal.words(line.text))
    facts = joined(tie(each) if len(each) < 40 else each for each in (*line.facts, line.ticket))
    if facts:
        yield from terminal.hanging("     ", "     ", terminal.words(facts))
    if line.where:
        yield from terminal.hanging("     ", "     ", terminal.words(line.where), "dim")
    for below in line.below:
        yield from terminal.hanging("     - ", "       ", terminal.words(": ".join(filter(None, below))))

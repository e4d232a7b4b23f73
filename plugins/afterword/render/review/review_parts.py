"""What the weekly review says of each thing on its agenda, and what it asks."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from afterword.check.wording import counted
from afterword.derive.again.promises_again import Bundle
from afterword.derive.causes.archive_coverage import RegisteredRisk
from afterword.derive.promises.follow_through import ActionView
from afterword.derive.promises.review_board import LATELY, SOON, STILL, Vanished, still_since
from afterword.derive.timing.calendar import format_day
from afterword.model.action import Status
from afterword.model.archive import Archive
from afterword.render.actions.action_rows import ticket_url
from afterword.render.page.links import Links
from afterword.render.review.agenda import Review
from afterword.render.terminal.actions_list import NO_OWNER, reference
from afterword.render.words.action_words import put_off, unchanged
from afterword.render.words.ticket_words import drift_words

MOST = 40
"""Lines of a part that are told, so that a meeting can take it and an issue can hold it; the JSON has them all."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing on the agenda: what it is about, the facts that a decision needs, where it stands, and the promises below it, each by its reference and what is said of it."""

    text: str
    facts: tuple[str, ...] = ()
    where: str = ""
    ticket: str = ""
    url: str = ""
    below: tuple[tuple[str, str], ...] = ()
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the agenda with its question; `options` are those of `afterword actions` that list all of it, empty where none do."""

    title: str
    ask: str
    lines: tuple[Line, ...]
    options: str = ""

    def rest(self, team: str) -> str:
        """Say how many lines are not told, and how they are listed; empty where all are told."""
        if len(self.lines) <= MOST:
            return ""
        of_team = f" --team {shlex.quote(team)}" if team else ""
        command = f": `afterword actions {self.options}{of_team}`" if self.options else ""
        return f"and {len(self.lines) - MOST:,} more{command}"


def review_parts(review: Review, archive: Archive) -> Iterator[Part]:
    """Yield the parts in their order, those with nothing in them too."""
    links = Links(archive, None, "")

    def lines(views: Sequence[ActionView]) -> tuple[Line, ...]:
        return tuple(_line(view, links) for view in views)

    besides = "Besides those above. " if len(review.board.still) > len(review.still) else ""
    yield Part(
        "Overdue",
        "For each: one sentence, and a new date; or cancel it with a reason.",
        tuple(_line(view, links, still=still_since(view, review.day)) for view in review.board.overdue),
        "--overdue",
    )
    yield Part(
        f"Due within {SOON} days",
        "Will it be there? If not: what would help, or which date holds?",
        lines(review.board.soon),
        f"--due-within {SOON}d",
    )
    yield Part(
        "Nobody answers for it",
        "Who takes it over? If nobody does, cancel it with a reason.",
        tuple(_line(view, links, why) for view, why in review.unheld),
    )
    yield Part(
        "Record and ticket disagree",
        "Which of the two is right? Write it into the other; `afterword sync --adopt` writes tickets into records.",
        tuple(_line(view, links, *drift_words(view.counterpart)) for view in review.otherwise),
        "--drift",
    )
    yield Part(
        f"Unchanged for {STILL} days",
        f"{besides}What stands in the way, and who can move it? Escalate, or cancel it with a reason.",
        tuple(_line(view, links, still=view.unchanged_since) for view in review.still),
        f"--unchanged {STILL}d",
    )
    yield Part(
        "Deleted while it was open",
        "Is it done, cancelled, or still owed? Put the row back, with its state.",
        tuple(_gone(each) for each in review.board.vanished),
    )
    yield Part(
        "Promised in several records",
        "Is it one action? Keep one row, and let the others point to it.",
        tuple(_bundle(bundle) for bundle in review.repeated),
    )
    yield Part(
        "Accepted risks to look at again",
        "Does the reason still hold? Accept it with a new date, or give it an action.",
        tuple(map(_risk, review.risks)),
    )
    yield Part(
        "Too much in one pair of hands",
        "What can be handed on, wait, or be cancelled?",
        tuple(
            Line(
                f"{counted(len(load.actions), 'action')} with {load.name}",
                below=tuple((f"{record.id}#{action.id}", "") for record, action in load.actions),
            )
            for load in review.loads
        ),
    )
    yield Part(
        f"Closed in the last {LATELY} days", "", tuple(_closed(view, links) for view in review.board.closed)
    )


def _line(view: ActionView, links: Links, *why: str, still: date | None = None) -> Line:
    action = view.action
    late = f", {counted(view.days_overdue, 'day')} ago" if view.overdue else ""
    facts = (
        *why,
        f"{'was ' if view.overdue else ''}due {format_day(action.due)}{late}" if action.due else "no due day",
        put_off(view.slips, action.due),
        unchanged(still),
        str(action.status) if action.status not in (None, Status.OPEN) else "",
        action.priority or "",
    )
    return Line(
        f"{' '.join(action.owner.split()) or NO_OWNER}: {_what(view)}",
        tuple(filter(None, facts)),
        reference(view),
        action.ticket.key if action.ticket else "",
        ticket_url(view, links) or "",
    )


def _risk(risk: RegisteredRisk) -> Line:
    accepted = risk.risk.acceptance
    facts = (
        f"accepted: {accepted.reason}" if accepted.reason else "",
        accepted.role,
        f"to be looked at again {'since' if risk.past else 'on'} {format_day(risk.review)}",
    )
    return Line(risk.risk.text or "…", tuple(filter(None, facts)), risk.record.id)


def _gone(each: Vanished) -> Line:
    facts = (
        f"deleted on {format_day(each.day)}",
        "" if each.record else "with its record",
        f"due {format_day(each.state.due)}" if each.state.due else "",
    )
    what = " ".join(each.state.text.split()) or "…"
    who = " ".join(each.state.owner.split()) or NO_OWNER
    return Line(
        f"{who}: {what}",
        tuple(filter(None, facts)),
        f"{each.record_id}#{each.id}",
        " ".join(each.state.ticket.split()),
    )


def _bundle(bundle: Bundle) -> Line:
    rows = tuple(
        (
            f"{record.id}#{action.id}",
            ", ".join(filter(None, (action.owner, str(action.status or Status.OPEN)))),
        )
        for record, action in bundle.promises
    )
    return Line(bundle.last[1].text.in_one_line or "…", below=rows)


def _closed(view: ActionView, links: Links) -> Line:
    action = view.action
    facts = (
        f"{action.status} {format_day(action.closed)}",
        action.notes.text.strip() if action.status is Status.CANCELLED else "",
    )
    told = tuple(" ".join(fact.split()) for fact in facts if fact)
    key, url = (action.ticket.key if action.ticket else ""), ticket_url(view, links) or ""
    return Line(
        f"{' '.join(action.owner.split()) or NO_OWNER}: {_what(view)}",
        told,
        reference(view),
        key,
        url,
        is_open=False,
    )


def _what(view: ActionView) -> str:
    return view.action.text.in_one_line or "…"

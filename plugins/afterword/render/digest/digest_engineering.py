"""A digest for engineers: everything, first what waits for somebody, and each action with who owns it."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.wording import counted
from afterword.derive.causes.archive_coverage import RegisteredRisk
from afterword.derive.digest import COMING, ActionChange, Digest
from afterword.derive.promises.action_life import Slip
from afterword.derive.promises.follow_through import ActionView
from afterword.derive.promises.owners import plain_name
from afterword.derive.promises.review_board import Vanished
from afterword.derive.timing.calendar import format_day
from afterword.model.settings import Settings
from afterword.render.digest.digest_outline import Line, Outline, Part, Places
from afterword.render.digest.digest_words import (
    again_words,
    as_title,
    lead,
    past,
    rates,
    record_body,
    record_facts,
    title_of,
)
from afterword.render.words.ticket_words import drift_words

MOST_OTHERWISE = 3
"""Actions whose tickets tell otherwise that are named: the dashboard and `afterword actions --drift` have them all."""


def engineering_outline(
    summed: Digest,
    settings: Settings,
    places: Places,
    team: str = "",
    service: str = "",
    most: int | None = None,
) -> Outline:
    """Set it out; lists without entries are left out, and no list has more than `most`."""
    parts = (*_due(summed, settings, places, most), *_news(summed, settings, places, most))
    figures = Part.of("Follow-through", (Line(head, (told,)) for head, told in rates(summed)))
    notes = []
    if summed.unknown:
        notes.append(
            f"Git tells nothing here ({summed.unknown}): of what was published or done only that is told which says its day, what was put off or taken out is not known, and promises are as old as their record's publication."
        )
    shown = tuple(each for each in parts if each.lines)
    return Outline(title_of(summed, team, service), lead(summed), (*shown, figures), tuple(notes))


def _due(summed: Digest, settings: Settings, places: Places, most: int | None) -> Iterator[Part]:
    overdue = (_action(each, places, [_overdue(each)]) for each in summed.overdue)
    yield Part.of("Overdue", overdue, most, urgent=True)
    drafts = (
        places.line(
            each.record,
            as_title(each.record),
            (past(each.due, summed.as_of), *record_facts(each.record, settings)),
        )
        for each in summed.late
    )
    yield Part.of("Not published, past the deadline", drafts, most, urgent=True)
    reviews = (_risk(each, summed, places) for each in summed.reviews)
    yield Part.of("Accepted risks to review", reviews, most, urgent=True)
    coming = (_action(each, places, [f"due {format_day(each.action.due)}"]) for each in summed.coming)
    yield Part.of(f"Due within {COMING} days", coming, most)
    otherwise = (_action(each, places, list(drift_words(each.counterpart))) for each in summed.otherwise)
    few = MOST_OTHERWISE if most is None else min(most, MOST_OTHERWISE)
    yield Part.of(f"Tickets that tell otherwise: {len(summed.otherwise):,}", otherwise, few)


def _news(summed: Digest, settings: Settings, places: Places, most: int | None) -> Iterator[Part]:
    published = (
        places.line(each, as_title(each), record_facts(each, settings), record_body(each))
        for each in summed.published
    )
    yield Part.of("Published", published, most)
    retold = (places.line(each, as_title(each), record_facts(each, settings)) for each in summed.retold)
    yield Part.of("Retold from other organisations", retold, most)
    again = (
        places.line(each.record, as_title(each.record), again_words(each, settings)) for each in summed.again
    )
    yield Part.of("Seen again", again, most)
    for heading, changes in (("Done", summed.done), ("Promised", summed.promised)):
        yield Part.of(heading, (_action(each.view, places, _when(each, heading)) for each in changes), most)
    put_off = (_action(each.view, places, _put_off(each)) for each in summed.put_off)
    yield Part.of("Put off", put_off, most)
    cancelled = (
        _action(
            each.view,
            places,
            [f"on {format_day(each.day)}"],
            f"Reason: {each.view.action.notes.text.strip() or 'none is given'}",
        )
        for each in summed.cancelled
    )
    yield Part.of("Cancelled", cancelled, most)
    removed = (_removed(each, places) for each in summed.removed)
    yield Part.of("Taken out of their record while open", removed, most)


def _action(view: ActionView, places: Places, facts: list[str], body: str = "") -> Line:
    owner = _name(view.action.owner)
    whose = f"{owner} ({view.team})" if view.team and view.team != owner else owner
    of = f"{view.action.id} of {as_title(view.record)}"
    lines = (body,) if body else ()
    return places.line(view.record, view.action.text.text, (*facts, whose, of), lines, view.action.id)


def _removed(each: Vanished, places: Places) -> Line:
    due = f"was due {format_day(each.state.due)}" if each.state.due else ""
    facts = (f"on {format_day(each.day)}", _name(each.state.owner), due)
    text = each.state.text or each.id
    if each.record is None:
        return places.gone(each.record_id, each.id, text, (*facts, "with its whole record"))
    return places.line(each.record, text, (*facts, f"{each.id} of {as_title(each.record)}"))


def _name(owner: str) -> str:
    """Give an owner without the `@` by which hosts of code would call them."""
    return plain_name(owner) or "no owner"


def _overdue(view: ActionView) -> str:
    times = len(view.slips)
    often = f", put off {_times(times)}" if times else ""
    return f"by {counted(view.days_overdue, 'day')}, due {format_day(view.action.due)}{often}"


def _when(change: ActionChange, heading: str) -> list[str]:
    if heading == "Done":
        return [f"on {format_day(change.day)}"]
    due = change.view.action.due
    facts = [f"due {format_day(due)}" if due else "without a due day"]
    if not change.view.unfinished:
        facts = [f"{change.view.state} already"]
    return [*facts, "taken up again"] if change.again else facts


def _put_off(change: ActionChange) -> list[str]:
    first, last = change.slips[0], change.slips[-1]
    often = len(change.view.slips)
    return [_from_to(first, last), f"{_times(often)} so far" if often > 1 else ""]


def _from_to(first: Slip, last: Slip) -> str:
    if last.after is None:
        return f"from {format_day(first.before)}, and due on no day now"
    return f"from {format_day(first.before)} to {format_day(last.after)}"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _risk(each: RegisteredRisk, summed: Digest, places: Places) -> Line:
    if each.review is None:
        when = ""
    elif each.past:
        when = f"review was {format_day(each.review)}, {counted(each.days_past, 'day')} ago"
    else:
        when = f"review on {format_day(each.review)}"
    accepted = each.risk.acceptance
    reason = f"accepted: {accepted.reason}" if accepted.reason else ""
    return places.line(each.record, each.risk.text, (when, accepted.role, reason, as_title(each.record)))

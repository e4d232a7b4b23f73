"""`date-order`: something is said to have happened before the incident that it follows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from afterword.check.context import Context
from afterword.check.rule import Rule
from afterword.check.wording import named_action, shown
from afterword.derive.promises.follow_through import is_owed_here
from afterword.derive.timing.calendar import local_day, record_day
from afterword.model.action import CLOSED, ActionItem
from afterword.model.finding import Finding, Nature
from afterword.model.record import Postmortem
from afterword.model.span import Span
from afterword.model.timeline import ANCHORS
from afterword.parse.values.identity import read_day

_EARLIER = re.compile(r"\d{4}-\d{2}-\d{2}-[a-z0-9]|\bcarried over\b", re.IGNORECASE)
"""Says of an action that an earlier record promised it: such a one may well be older than the incident."""

_WHOLE_MINUTE = dt.timedelta(minutes=1)
_ABOUT = dt.timedelta(hours=1)
"""Nobody measures what is marked as approximate."""


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report days of the header and of actions before the incident's day, and a close before the last anchor of the timeline."""
    start = _start(record)
    early = _early_close(record, context, start)
    if start is not None:
        for what, day, place in _of_header(record):
            if day and day < start:
                message = f"{what} on {day}, before {start}, the day the incident started"
                hint = f"{day} and {start}: look at the year and the month of both"
                yield Finding("date-order", message, place, Nature.CONTRADICTION, hint)
    if early:
        yield early
    if start is not None and is_owed_here(record):
        yield from _of_actions(record, start)


def _start(record: Postmortem) -> dt.date | None:
    """Give the day the incident started; where header and file name differ, which is said elsewhere, the earlier of the two."""
    day, named = record_day(record), read_day(PurePosixPath(record.path).name)
    return min(day, named) if day and named else day or named


def _of_header(record: Postmortem) -> Iterator[tuple[str, dt.date | None, Span]]:
    header = record.header
    yield "the record was published", header.published, header.span("published")
    yield "the review meeting is", header.review_meeting, header.span("review_meeting")
    if header.allspaw_test:
        yield "the Allspaw test was made", header.allspaw_test.date, header.span("allspaw_test.date")
    for number, signature in enumerate(header.sign_off):
        who = shown(signature.role) or "somebody"
        yield f"{who} signed", signature.date, header.span(f"sign_off[{number}].date")


def _early_close(record: Postmortem, context: Context, start: dt.date | None) -> Finding | None:
    closed = record.header.closed
    if closed is None:
        return None
    place = record.header.span("closed")
    # Around midnight the day depends on the zone, and which one `date` is in nobody says.
    day = max(closed.date(), local_day(closed, context.settings, record))
    if start is not None and day < start:
        message = f"the incident was closed on {day}, before {start}, the day it started"
        hint = f"{day} and {start}: look at the year and the month of both"
        return Finding("date-order", message, place, Nature.CONTRADICTION, hint)
    last = _last_anchor(record, closed)
    if last is None:
        return None
    name, at, line = last
    message = f"the incident was closed at {_moment(closed)}, before [{name}] at {_moment(at.astimezone(closed.tzinfo))} in the timeline, line {line}"
    hint = f"closed on {day}, [{name}] on {at.astimezone(closed.tzinfo).date()}: one of the two is mistyped; without `closed` the timeline's close is taken"
    return Finding("date-order", message, place, Nature.CONTRADICTION, hint)


def _last_anchor(record: Postmortem, closed: dt.datetime) -> tuple[str, dt.datetime, int] | None:
    """Give the latest anchor that is later than the close, with its line; those whose zone was not read are left aside."""
    if record.timeline is None or record.timeline.zone_unread:
        return None
    found: tuple[str, dt.datetime, int] | None = None
    for event in record.timeline.events:
        if event.at is None or not event.counts or event.clock_written:
            continue
        name = next((mark.name for mark in event.marks if mark.name in ANCHORS), None)
        margin = _ABOUT if event.approximate else _WHOLE_MINUTE
        if name and event.at - closed >= margin and (found is None or event.at > found[1]):
            found = name, event.at, event.span.line
    return found


def _moment(at: dt.datetime) -> str:
    offset = at.strftime("%z")
    return f"{at:%Y-%m-%d %H:%M}" + ("Z" if offset == "+0000" else f"{offset[:3]}:{offset[3:5]}")


def _of_actions(record: Postmortem, start: dt.date) -> Iterator[Finding]:
    for action in record.actions:
        closed = action.closed if action.status in CLOSED else None
        for verb, day, column in ((f"was {action.status}", closed, "closed"), ("is due", action.due, "due")):
            if day is None or day >= start or _is_carried_over(action):
                continue
            named = named_action(action)
            message = f"{named} {verb} on {day}, before {start}, the day the incident started"
            asked = (
                "was it done before the incident?"
                if column == "closed"
                else "was it due before the incident?"
            )
            hint = f"{day} and {start}: {asked} Then say in `Notes` which record it is carried over from, else look at the year"
            yield Finding("date-order", message, action.place_of_day(column), hint=hint)


def _is_carried_over(action: ActionItem) -> bool:
    texts = (action.text.text, action.notes.text, *(cell.text for _, cell in action.others))
    return any(_EARLIER.search(text) for text in texts)


RULE = Rule(
    id="date-order",
    summary="a day before the incident that it follows: of publication, close, test, signature, meeting or action",
    why="""\
No record is published and no incident closed before it began: one of the two days is mistyped, mostly in the year. Deadlines, completion and every figure over the archive are counted
from them. A close is compared with the last anchor of the timeline, too.

An action may be older than the incident, where an earlier record promised it. It is a warning at most, and none where its text or `Notes` name that record or say `carried over`.
Actions of retold incidents are left alone.""",
    bad="""\
---
date: 2026-03-14
published: 2025-03-20
---""",
    better="""\
---
date: 2026-03-14
published: 2026-03-20
---""",
    check=check,
)

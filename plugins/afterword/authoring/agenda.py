"""The agenda of a record's meeting: what is still open in it, in the order in which a meeting can settle it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from afterword.authoring.words import bullet, facts_line, has_unread_actions, numbered_actions
from afterword.check.wording import counted
from afterword.derive.again.recurrence import recurrences
from afterword.derive.causes.record_causes import RecordCauses, accepted_risks
from afterword.derive.promises.follow_through import action_views
from afterword.derive.timing.calendar import deadline, format_day
from afterword.derive.timing.figures import format_duration, incident_figures
from afterword.derive.words.extracts import good_things
from afterword.derive.words.markdown_words import as_code, escaped
from afterword.model.action import ActionItem, Status
from afterword.model.archive import Archive
from afterword.model.finding import Finding
from afterword.model.record import Postmortem
from afterword.model.timeline import ANCHORS, DECISION, TimelineEvent

SHORTEST, USUAL, LONGEST = 60, 80, 90
"""Minutes of a meeting."""

_OPENING = _CLOSING = 5
_SLOT = 5
_WEIGHTS = (3, 3, 4, 4)
"""Of the time between opening and closing: the story, what went well, the causes, the actions."""

_LONG_SILENCE = timedelta(minutes=20)
_MOST_FINDINGS = 12
_GOOD_TO_HAVE = 5

_Moment = Callable[[TimelineEvent], str]


@dataclass(frozen=True, slots=True)
class _Item:
    title: str
    minutes: int
    lines: tuple[str, ...]


def agenda(
    record: Postmortem,
    archive: Archive,
    findings: Sequence[Finding],
    as_of: date,
    minutes: int = USUAL,
) -> str:
    """Give the agenda as Markdown; `findings` are the record's, `minutes` from `SHORTEST` to `LONGEST`."""
    story, well, causes, actions = _split(minutes)
    items = (
        _Item("Ground rules", _OPENING, tuple(_ground_rules())),
        _Item("The story", story, tuple(_story(record))),
        _Item("What went well", well, tuple(_well(record))),
        _Item("What made it possible", causes, tuple(_causes(record, archive, as_of))),
        _Item("What will be different", actions, tuple(_actions(record, archive, as_of))),
        _Item("Before you part", _CLOSING, tuple(_parting(record, archive))),
    )
    head = [f"# Agenda: {escaped(record.title)}", "", facts_line(record, archive.settings), ""]
    head.append(
        f"{sum(item.minutes for item in items)} minutes, with the record ({as_code(record.path)}) on the screen."
    )
    body: list[str] = []
    for number, item in enumerate(items, start=1):
        body += ["", f"## {number}. {item.title} ({item.minutes} min)", "", *item.lines]
    return "\n".join([*head, *body, *_unfinished(findings)]) + "\n"


def _split(minutes: int) -> tuple[int, ...]:
    """Share the minutes between opening and closing out in slots of five, the largest remainders first."""
    slots = (minutes - _OPENING - _CLOSING) // _SLOT
    shares = [slots * weight / sum(_WEIGHTS) for weight in _WEIGHTS]
    whole = [int(share) for share in shares]
    by_remainder = sorted(range(len(shares)), key=lambda each: whole[each] - shares[each])
    for each in by_remainder[: slots - sum(whole)]:
        whole[each] += 1
    return tuple(_SLOT * each for each in whole)


def _ground_rules() -> Iterator[str]:
    yield "- We want to understand how this could make sense to everybody at the time. What anybody deserves is decided nowhere in this meeting."
    yield "- We say what was seen, known and done, by role, in the order in which it was seen."
    yield "- We ask how, before we ask why. “Should have”, “could have” and “if only” are about a world that was not there: what was there instead?"
    yield "- Where a sentence ends at a person, it is not finished: what made it likely, and for whom else?"
    yield "- Whoever was closest speaks first, and has the last word on whether the record is fair."


def _story(record: Postmortem) -> Iterator[str]:
    events = (
        [event for event in record.timeline.events if not event.is_placeholder] if record.timeline else []
    )
    timed = [event for event in events if event.at is not None]
    moment = _clock(timed)
    if not events:
        yield "- There is no timeline yet. Write one together, from logs and chat first."
        return
    yield f"- Read the timeline aloud: {counted(len(events), 'event')}{_stretch(timed, moment)}."
    missing = _missing_anchors(record)
    if missing:
        yield f"- Nobody has said when this was, if it was at all: {', '.join(missing)}."
    yield from _silences(timed, moment)
    unsourced = [event for event in events if not _source(event)]
    if unsourced and len(unsourced) < len(events):
        yield f"- Known from where? {counted(len(unsourced), 'event')} without a source, first {escaped(moment(unsourced[0]))}."
    elif unsourced:
        yield "- No event says where it is known from: which ones are from logs, which from memory?"
    decisions = [event for event in events if any(mark.name == DECISION for mark in event.marks)]
    if decisions:
        yield "- Decisions. For each: which other ways were open, what was known and what not, could it be undone, and did that count?"
        yield from (bullet(f"{moment(event)} {event.text.in_one_line}", 1) for event in decisions)
    else:
        yield "- No event is marked as a decision: where was the road forked?"


def _stretch(timed: Sequence[TimelineEvent], moment: _Moment) -> str:
    if len(timed) < 2:
        return ""
    first, last = timed[0], timed[-1]
    return f", from {moment(first)} to {moment(last)}"


def _clock(timed: Sequence[TimelineEvent]) -> _Moment:
    """Give what tells when an event was: the time, and the day before it where the events lie on several."""
    with_day = len({event.shown_at.date() for event in timed if event.shown_at}) > 1

    def moment(event: TimelineEvent) -> str:
        at = event.shown_at
        if at is None:
            return event.written
        return f"{format_day(at, with_year=False)} {at:%H:%M}" if with_day else f"{at:%H:%M}"

    return moment


def _source(event: TimelineEvent) -> bool:
    return any(head.strip().casefold() == "source" and text for head, text in event.columns)


def _missing_anchors(record: Postmortem) -> list[str]:
    there = {
        anchor
        for incident in incident_figures(record)
        for anchor, event in incident.anchors.items()
        if not event.is_placeholder
    }
    return [anchor for anchor in ANCHORS if anchor not in there]


def _silences(timed: Sequence[TimelineEvent], moment: _Moment) -> Iterator[str]:
    """Tell the longest stretch between two events before the incident was mitigated."""
    gaps: list[tuple[timedelta, TimelineEvent, TimelineEvent]] = []
    for one, other in pairwise(timed):
        if one.at is not None and other.at is not None and one.counts and other.counts:
            gaps.append((other.at - (one.until or one.at), one, other))
        if any(mark.name == "MITIGATED" for mark in other.marks):
            break
    longest = max(gaps, key=lambda gap: gap[0], default=None)
    if longest is not None and longest[0] >= _LONG_SILENCE:
        length, one, other = longest
        yield f"- Between {moment(one)} and {moment(other)} nothing is told for {format_duration(length)}: what was going on?"


def _well(record: Postmortem) -> Iterator[str]:
    there = len(good_things(record) or ())
    if there:
        yield f"- {counted(there, 'item')} so far. Ask everybody for one more, and stop at {max(_GOOD_TO_HAVE, there + 2)}."
    else:
        yield f"- Nothing is written yet. Ask everybody for one thing that held, caught it or helped; stop at {_GOOD_TO_HAVE}."
    yield "- Which of them was built or agreed on after an earlier incident? Say so: somebody kept a promise."
    yield "- `afterword template went-well` has questions for a room that says nothing."


def _causes(record: Postmortem, archive: Archive, as_of: date) -> Iterator[str]:
    causes = RecordCauses.of(record, archive, as_of)
    unanswered = tuple(dict.fromkeys(cause.text for cause in causes.open))
    is_begun = causes.leaves or causes.factor_causes
    if not is_begun:
        yield "- No factor is written yet. Collect what had to come together; there is nearly always more than one."
    if unanswered:
        yield "- Neither answered by an action nor accepted. For each: an action, or a reason, a role and a day to look again?"
        yield from (bullet(text, 1) for text in unanswered)
    elif is_begun:
        yield "- Every factor has an action or is accepted. Which factor is missing?"
    accepted = {
        f"{risk.text} (again on {format_day(risk.acceptance.review)})"
        for risk in accepted_risks(record)
        if risk.acceptance.review is not None and risk.acceptance.review >= as_of
    }
    if accepted:
        yield "- Accepted so far. Does everybody in the room accept it, too?"
        yield from (bullet(text, 1) for text in sorted(accepted))
    yield "- Does a branch end at a person? Ask what the system made easy, hard or invisible there."


def _actions(record: Postmortem, archive: Archive, as_of: date) -> Iterator[str]:
    candidates = [action for action in record.actions if action.status is Status.CANDIDATE]
    promised = [action for action in record.actions if action.is_commitment and action.is_unfinished]
    incomplete = {action.id: lacking for action in promised if (lacking := _lacking(action))}
    if has_unread_actions(record):
        yield "- Actions are written, and not as a table. For each: who answers for it, and by when? Or drop it."
    elif not record.actions:
        yield "- No action is written yet. A record without a finished action has changed nothing."
    elif not candidates and not promised:
        yield "- Nothing that was promised is still open. Did the actions change what they were meant to, and what is still missing?"
    if candidates:
        yield "- Ideas. For each: promise it, with one owner and a day, or drop it."
        yield from numbered_actions(candidates)
    if incomplete:
        yield "- Promised, and not complete:"
        yield from (bullet(f"{each}: no {', no '.join(lacking)}", 1) for each, lacking in incomplete.items())
    complete = [action for action in promised if action.id not in incomplete]
    if complete:
        yield "- Promised. Can each be checked by somebody who was not here? Is the day one the owner believes in?"
        yield from numbered_actions(complete)
    earlier = {each.earlier.id for each in recurrences(record, archive)}
    owed = [view for view in action_views(archive, as_of) if view.record.id in earlier and view.unfinished]
    if owed:
        yield "- Promised after earlier incidents of this class on this service, and not done. What stands in the way, and is it still right?"
        yield from (
            bullet(
                f"{view.record.id} {view.action.id}: {view.action.text.in_one_line}"
                + (f" ({counted(view.days_overdue, 'day')} overdue)" if view.overdue else ""),
                1,
            )
            for view in owed
        )


def _lacking(action: ActionItem) -> list[str]:
    cells = (("owner", action.owner), ("day", action.due), ("ticket", action.ticket))
    return [name for name, value in cells if not value]


def _parting(record: Postmortem, archive: Archive) -> Iterator[str]:
    yield "- Read back what was agreed, and who does it by when."
    settings = archive.settings
    requirement = settings.requirement(record.header.severity, record.header.kind)
    test = record.header.allspaw_test
    if (requirement.allspaw_test or test is not None) and not (test is not None and test.passed):
        yield "- The Allspaw test: would those who were closest, reading this in a year, call it fair? Ask them, and write down the answer and the day (`allspaw_test`)."
    signed = {each.role.casefold() for each in record.header.sign_off if each.date is not None}
    waiting = [role for role in requirement.sign_off if role.casefold() not in signed]
    if waiting:
        yield f"- Still to sign: {escaped(', '.join(waiting))}."
    due = deadline(record, settings)
    if due is not None and not record.is_final:
        yield f"- To be published by {format_day(due)}. Who brings it there?"
    elif not record.is_final:
        yield "- Who brings the record to final, and by when?"
    if requirement.distribution and requirement.distribution != "none":
        yield f"- It goes to: {escaped(requirement.distribution)}."


def _unfinished(findings: Sequence[Finding]) -> Iterator[str]:
    if not findings:
        return
    yield from (
        "",
        "## Still open in this record",
        "",
        "Mend these before the meeting where it takes no meeting.",
        "",
    )
    for finding in findings[:_MOST_FINDINGS]:
        yield f"- line {finding.span.line}: {escaped(finding.message)} [{finding.rule}]"
    if len(findings) > _MOST_FINDINGS:
        command = as_code(f"afterword check {findings[0].path}")
        yield f"- and {counted(len(findings) - _MOST_FINDINGS, 'more finding')}: {command}"

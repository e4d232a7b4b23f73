"""`incomplete-action`: a required cell of an action item is empty."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from afterword.check.context import Context, Reported
from afterword.check.marks import action_refs
from afterword.check.rule import Rule
from afterword.check.wording import named_action
from afterword.model.action import ActionItem, Status
from afterword.model.finding import Edit, Finding, Nature
from afterword.model.record import Postmortem
from afterword.model.span import Span

_HINTS = {
    "id": "letters and then digits, unique in the record: `A1`",
    "action": "say what will be different, so that anyone can check it",
    "owner": "one person, who answers for it",
    "due": "a day: `2026-03-28`",
    "ticket": "a key or a link",
    "category": "`prevent`, `detect`, `mitigate`, `respond` or `process`",
    "status": "`candidate`, `open`, `in progress`, `in review`, `done` or `cancelled`",
}
_ID = re.compile(r"([A-Za-z]{1,4})([0-9]{1,4})")
_NAMES = {"due": "due date"}
_NOT_FOR_CANDIDATES = frozenset({"owner", "due", "ticket"})
_NOT_FOR_RETOLD = frozenset({"owner", "due", "ticket"})


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report each required cell without content, save where reading said already that the column is missing or the cell cannot be read."""
    exempt = _NOT_FOR_RETOLD if record.header.retold_from else frozenset()
    tracker_opens = any(tracker.can_open for tracker in context.settings.trackers)
    reported = Reported(record.findings)
    free = _free_ids(record)
    for action in record.actions:
        skipped = exempt | _NOT_FOR_CANDIDATES if action.status is Status.CANDIDATE else exempt
        for name in _empty(action):
            place = action.spans.get(name)
            if name in skipped or place is None or reported.within(place):
                continue
            at_most_warning = name == "ticket" and tracker_opens and record.is_final
            nature = Nature.WARNING if at_most_warning else Nature.REQUIRED
            label = named_action(action)
            lacking = (
                "does not say what is to be done" if name == "action" else f"has no {_NAMES.get(name, name)}"
            )
            edits = _numbered(place, next(free)) if name == "id" and action.text else ()
            hint = _HINTS[name]
            if name == "ticket" and any(each.can_open and each.kind for each in context.settings.trackers):
                hint = f"{hint}; `afterword sync --create` opens one"
            yield Finding("incomplete-action", f"{label} {lacking}", place, nature, hint, edits=edits)


def _empty(action: ActionItem) -> Iterator[str]:
    cells: dict[str, object] = {
        "id": action.id,
        "action": action.text,
        "owner": action.owner,
        "due": action.due,
        "ticket": action.ticket,
        "category": action.category,
        "status": action.status,
    }
    yield from (name for name, value in cells.items() if not value)


def _free_ids(record: Postmortem) -> Iterator[str]:
    """Yield ids above all that the record has or names, in the letters and with the zeros of its own; an id that was taken out is not given again."""
    named = [action.id for action in record.actions]
    named += [ref.id for ref in action_refs(record) if ref.record is None]
    read = [found for each in named if (found := _ID.fullmatch(each))]
    letters = Counter(found[1].upper() for found in read).most_common(1)[0][0] if read else "A"
    digits = [found[2] for found in read if found[1].upper() == letters]
    last, width = max(map(int, digits), default=0), max(map(len, digits), default=1) if _padded(digits) else 1
    yield from (f"{letters}{number:0{width}}" for number in itertools.count(last + 1))


def _padded(digits: Iterable[str]) -> bool:
    return any(each.startswith("0") for each in digits)


def _numbered(place: Span, free: str) -> tuple[Edit, ...]:
    """Give the edit that writes an id into a cell that says nothing."""
    is_empty = (place.line, place.column) == (place.end_line, place.end_column)
    return (Edit(place, f"{free} " if is_empty else free),)


RULE = Rule(
    id="incomplete-action",
    summary="an action item without an id, action, owner, due date, ticket, category or status",
    why="""\
An action without an owner and a day is a wish. These cells are what the dashboard follows up by; an action that lacks them drops out of sight with
the meeting's minutes.

A `candidate` needs neither owner, date nor ticket, and neither does a record with `retold_from`. An empty ticket is at most a warning where the settings have a tracker that can open one.""",
    bad="""\
| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Alert on queue depth above 5,000 | | | PAY-4411 | detect | open |""",
    better="""\
| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Alert on queue depth above 5,000 | Juno Papercliff | 2026-03-28 | PAY-4411 | detect | open |""",
    fix="gives an empty id the next number behind all that the record has or names; the other cells are for those who know",
    check=check,
)

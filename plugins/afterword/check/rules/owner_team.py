"""`owner-team`: an action is owned by a team, a rota or several people."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.language.terms import SRE_WORKBOOK
from afterword.check.ownership import is_no_person
from afterword.check.rule import Rule
from afterword.check.wording import named_action, shown
from afterword.derive.promises.owners import Owners
from afterword.model.action import Status
from afterword.model.finding import Finding
from afterword.model.record import Postmortem
from afterword.model.settings import Settings

_SPARED = frozenset({Status.CANDIDATE, Status.CANCELLED})


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report owners of commitments that are not one person; a name that the settings list under `people` always is."""
    if record.header.retold_from:
        return
    owners = context.of_settings("owners", Owners.of)
    # People own actions in many records.
    faults = context.of_settings(RULE.id, _none_yet)
    for action in record.actions:
        if not action.owner or action.status in _SPARED:
            continue
        if action.owner not in faults:
            faults[action.owner] = is_no_person(action.owner, owners)
        fault = faults[action.owner]
        if fault:
            named = named_action(action)
            message = f"owner '{shown(action.owner)}' of {named} {fault}, expected one person"
            hint = "name who answers for it; who helps can stand in `Notes`, a team in parentheses behind the name"
            yield Finding("owner-team", message, action.place_of("owner"), hint=hint)


def _none_yet(_: Settings) -> dict[str, str | None]:
    return {}


RULE = Rule(
    id="owner-team",
    summary="an action whose owner is a team, a rota or several people",
    why="""\
What everybody owns waits for somebody else. Whoever reads the record later and asks how far an action has come needs one name to ask; that person may well hand the work on.

A team is one of the settings' `teams`, a handle such as `@org/team`, a word such as `SRE`, `on-call`, `everyone`, `payments team`, or an address of several, `payments-team@example.org`. Roles held by one person, such as `platform lead`,
are no finding here. Candidates, cancelled actions and those of retold records need no owner.""",
    bad="""\
| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Alert on queue depth above 5,000 | Payments team | 2026-03-28 | PAY-4411 | detect | open |
| A2 | Give batch jobs a pool of their own | Juno Papercliff and Tansy Inkersley | 2026-03-28 | PAY-4412 | prevent | open |""",
    better="""\
| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Alert on queue depth above 5,000 | Juno Papercliff (payments) | 2026-03-28 | PAY-4411 | detect | open |
| A2 | Give batch jobs a pool of their own | Tansy Inkersley | 2026-03-28 | PAY-4412 | prevent | open |""",
    sources=(SRE_WORKBOOK,),
    check=check,
)

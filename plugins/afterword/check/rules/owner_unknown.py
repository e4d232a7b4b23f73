"""`owner-unknown`: an unfinished action is owned by somebody whom the settings do not list."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.ownership import is_no_person
from afterword.check.rule import Rule
from afterword.check.wording import did_you_mean, named_action, shown
from afterword.derive.promises.owners import Owners, plain_name
from afterword.model.finding import Finding
from afterword.model.record import Postmortem


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report owners who are none of the settings' `people`, where there are any; teams are reported as such."""
    people = context.settings.people
    if not people or record.header.retold_from:
        return
    owners = context.of_settings("owners", Owners.of)
    for action in record.actions:
        owner = action.owner
        if not owner or not action.is_unfinished or owners.person(owner):
            continue
        if is_no_person(owner, owners):
            continue
        known = [name for person in people for name in (person.name, person.id) if name]
        guess = did_you_mean(plain_name(owner), known)
        named = named_action(action)
        message = f"owner '{shown(owner)}' of {named} is none of the settings' `people`{guess}"
        hint = None if guess else "add the name under `people`; who has left keeps a line there, with `left`"
        yield Finding("owner-unknown", message, action.place_of("owner"), hint=hint)


RULE = Rule(
    id="owner-unknown",
    summary="an unfinished action whose owner is none of the settings' `people`",
    why="""\
Reminders and the list of a person's actions go by the name. One that is spelled in another way gathers actions that nobody sees, and readers cannot tell whom to ask.

Only where the settings list people. A name counts in any case, with `@`, by its `id`, and with an addition in parentheses. Finished actions keep the names of those who did them.""",
    bad="""\
| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Alert on queue depth above 5,000 | Juno Papercliffe | 2026-03-28 | PAY-4411 | detect | open |""",
    better="""\
| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Alert on queue depth above 5,000 | Juno Papercliff | 2026-03-28 | PAY-4411 | detect | open |""",
    check=check,
)

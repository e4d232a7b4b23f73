"""`owner-left`: an unfinished action is owned by somebody who has left, or will have left before it is due."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.rule import Rule
from afterword.check.wording import named_action, shown
from afterword.derive.promises.owners import Owners
from afterword.model.finding import Finding, Nature
from afterword.model.record import Postmortem


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report unfinished actions of owners whose `left` in the settings is before the day of the check, or before the due date."""
    if record.header.retold_from:
        return
    owners = context.of_settings("owners", Owners.of)
    for action in record.actions:
        person = owners.person(action.owner) if action.is_unfinished else None
        if person is None or person.left is None:
            continue
        named = named_action(action)
        if person.left < context.as_of:
            message = f"{named} is unfinished, and its owner {shown(person.name)} left on {person.left}"
        elif action.due and person.left < action.due:
            message = (
                f"{named} is due {action.due}, and its owner {shown(person.name)} leaves on {person.left}"
            )
        else:
            continue
        hint = "agree with somebody who is there to take it over, or cancel it with a reason in `Notes`"
        yield Finding("owner-left", message, action.place_of("owner"), Nature.DATED, hint)


RULE = Rule(
    id="owner-left",
    summary="an unfinished action whose owner has left, or leaves before it is due",
    why="""\
Nobody is working on it, though the record says that somebody is, and a reader who relies on the protection it promises relies on nothing.

People leave by the `left` of their line under `people` in the settings. This becomes true with the day alone, so it is never more than a warning.""",
    bad="""\
people:
  - { name: Ambrose Staplegate, left: 2026-06-30 }
# and in a record, on a later day:
# | A3 | Refuse a lifecycle rule without a slash | Ambrose Staplegate | 2026-08-14 | INK-1807 | prevent | open |""",
    better="""\
people:
  - { name: Ambrose Staplegate, left: 2026-06-30 }
  - { name: Barnaby Blotterby }
# and in the record:
# | A3 | Refuse a lifecycle rule without a slash | Barnaby Blotterby | 2026-08-14 | INK-1807 | prevent | open |""",
    language="yaml",
    check=check,
)

"""`owner-load`: more unfinished actions are with one person than the settings allow."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import ArchiveContext
from afterword.check.ownership import loads_beyond_limit
from afterword.check.rule import Rule
from afterword.derive.promises.owners import Owners
from afterword.model.finding import Finding


def check(context: ArchiveContext) -> Iterator[Finding]:
    """Report, once for each person, the unfinished action that is due last of more than `actions_per_person`."""
    limit = context.settings.actions_per_person
    if not limit:
        return
    owners = context.of_settings("owners", Owners.of)
    for load in loads_beyond_limit(context.archive.records, context.settings, owners):
        record, action = load.actions[-1]
        message = f"{len(load.actions)} unfinished actions are with one person, and `actions_per_person` is {limit}: this one is due last"
        hint = "agree on which can be handed on, wait, or be cancelled with a reason in `Notes`; `afterword actions --owner NAME` lists them"
        yield Finding("owner-load", message, action.place_of("owner"), hint=hint, path=record.path)


RULE = Rule(
    id="owner-load",
    summary="more unfinished actions with one person than the settings' `actions_per_person`",
    why="""\
Ten promises that wait for one pair of hands are not ten protections. Readers count on each of them, and which ones will be late is decided by chance instead of by what matters.
It says nothing about the person: whoever is asked first, or knows a system best, is asked most often.

Only where the settings say how many are too many. Counted over all records but retold ones, under every spelling of the name. It is said once for each person, at the action that is due last.""",
    bad="""\
actions_per_person: 2
# and in the records:
# | A1 | Double the pool             | Juno Papercliff | 2026-04-28 | PAY-1 | prevent | open |
# | A2 | Page at 90 % of the pool    | Juno Papercliff | 2026-05-28 | PAY-2 | detect | open |
# | A3 | Show the pool on the board  | Juno Papercliff | 2026-06-28 | PAY-3 | detect | open |""",
    better="""\
actions_per_person: 2
# and in the records:
# | A1 | Double the pool             | Juno Papercliff | 2026-04-28 | PAY-1 | prevent | open |
# | A2 | Page at 90 % of the pool    | Juno Papercliff | 2026-05-28 | PAY-2 | detect | open |
# | A3 | Show the pool on the board  | Tansy Inkersley | 2026-06-28 | PAY-3 | detect | open |""",
    language="yaml",
    check_archive=check,
)

"""`unknown-action`: an analysis names an action that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import ArchiveContext
from afterword.check.marks import action_refs
from afterword.check.rule import Rule
from afterword.check.wording import listed, shown
from afterword.model.finding import Finding, Nature
from afterword.model.record import Postmortem


def check(record: Postmortem, context: ArchiveContext) -> Iterator[Finding]:
    """Report references to actions that their record does not have; records that do not exist are another rule's."""
    known: dict[str, tuple[frozenset[str], str]] = {}
    for ref in action_refs(record):
        owner = record if ref.record is None else context.archive.find(ref.record)
        if owner is None:
            continue
        if owner.path not in known:
            ids = dict.fromkeys(action.id for action in owner.actions if action.id)
            known[owner.path] = frozenset(map(str.upper, ids)), listed(ids)
        names, told = known[owner.path]
        if ref.id.upper() in names:
            continue
        of = "this record" if owner is record else owner.id
        expected = f"expected one of {told}" if told else "it has no action items"
        message = f"action '{shown(ref.id)}' is not in {of}, {expected}"
        yield Finding("unknown-action", message, ref.span, Nature.UNREADABLE)


RULE = Rule(
    id="unknown-action",
    summary="the name of an action, in a tree, a chain of whys or a factor, that no action item has",
    why="""\
A cause that names an action counts as addressed. Where the action does not exist, the record shows a cause as taken care of that nobody will ever work on.""",
    bad="""\
- Runbook missing the pool-restart command -> A7

## Action items

| ID | Action |
|---|---|
| A1 | Add the pool-restart command to the runbook |""",
    better="""\
- Runbook missing the pool-restart command -> A1

## Action items

| ID | Action |
|---|---|
| A1 | Add the pool-restart command to the runbook |""",
    check_among=check,
)

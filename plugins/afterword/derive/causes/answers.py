"""What an action answers: every statement of a cause that names it, in its own record and in others (docs/format.md, section 5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from afterword.derive.causes.record_causes import CauseKind, records_named, statements, words_of
from afterword.model.archive import Archive
from afterword.model.causes import ActionRef
from afterword.model.record import Postmortem
from afterword.model.value import plain_value


@plain_value()
class Answered:
    """A statement that names an action; `place` is as in `Cause`."""

    record: Postmortem
    kind: CauseKind
    place: str
    text: str


Answers = Mapping[str, tuple[Answered, ...]]
"""The statements that name the actions of one record, by the action's id in small letters."""


def answers(record: Postmortem) -> Answers:
    """Give what the actions of a record answer in it, in the order of the tree, the five whys and the factors."""
    found: dict[str, dict[tuple[CauseKind, str], Answered]] = {}
    for statement, refs in _statements(record):
        for ref in refs:
            if ref.record is None or ref.record.lower() == record.id.lower():
                found.setdefault(ref.id.lower(), {})[statement.kind, statement.place] = statement
    return {name: tuple(statements.values()) for name, statements in found.items()}


def answers_elsewhere(archive: Archive) -> Mapping[str, Answers]:
    """Give for the records whose actions others name, by id, what these actions answer there: one pass over the archive."""
    found: dict[str, dict[str, dict[tuple[str, CauseKind, str], Answered]]] = {}
    for record in archive.records:
        for statement, refs in _statements(record) if records_named(record) else ():
            for ref in refs:
                target = archive.find(ref.record) if ref.record is not None else None
                if target is not None and target.id != record.id:
                    named = found.setdefault(target.id, {}).setdefault(ref.id.lower(), {})
                    named[record.id, statement.kind, statement.place] = statement
    return {
        record_id: {name: tuple(statements.values()) for name, statements in named.items()}
        for record_id, named in found.items()
    }


def _statements(record: Postmortem) -> Iterator[tuple[Answered, tuple[ActionRef, ...]]]:
    """Yield every statement that names an action."""
    for kind, place, said in statements(record):
        if said.actions:
            yield Answered(record, kind, place, words_of(said)), said.actions

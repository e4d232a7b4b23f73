"""What a record names that stands somewhere else: words of the catalogues, records, actions, files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from afterword.authoring.manuscript import Manuscript, covers
from afterword.check.marks import action_refs
from afterword.model.action import ActionItem
from afterword.model.record import Postmortem
from afterword.model.span import START, Span


class What(StrEnum):
    """What is named."""

    SERVICE = "service"
    FAILURE_CLASS = "failure class"
    KIND = "kind"
    SEVERITY = "severity"
    RECORD = "record"
    ACTION = "action"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name and its place; of an action `record` is the id of the record it stands in, None for the same."""

    what: What
    name: str
    span: Span
    record: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """Where what is named stands: a file, relative to the folder of the settings, and a place in it."""

    path: str
    span: Span = START


def mentions(record: Postmortem) -> Iterator[Mention]:
    """Yield all that a record names."""
    header = record.header
    for what, key in (
        (What.SEVERITY, "severity"),
        (What.SEVERITY, "potential_severity"),
        (What.SEVERITY, "opened_as"),
        (What.KIND, "kind"),
    ):
        name = getattr(header, key)
        if name:
            yield Mention(what, name, header.span(key))
    for what, key, names in (
        (What.SERVICE, "services", header.services),
        (What.FAILURE_CLASS, "failure_class", header.failure_class),
        (What.RECORD, "recurrence_of", header.recurrence_of),
    ):
        for position, name in enumerate(names):
            yield Mention(what, name, header.span(f"{key}[{position}]"))
    for position, distinction in enumerate(header.distinct_from):
        place = header.spans.get(f"distinct_from[{position}].id")
        yield Mention(What.RECORD, distinction.id, place or header.span(f"distinct_from[{position}]"))
    for ref in action_refs(record):
        yield Mention(What.ACTION, ref.id, ref.span, ref.record)
    for reference in record.references:
        path = reference.path_from(record.path)
        if path:
            yield Mention(What.FILE, path, reference.span)


def mention_at(manuscript: Manuscript, line: int, column: int) -> Mention | None:
    """Give what is named at a place, the innermost where names enclose each other."""
    if manuscript.record is None:
        return None
    found = [each for each in mentions(manuscript.record) if covers(each.span, line, column)]
    return max(found, key=lambda each: each.span, default=None)


def record_of(mention: Mention, manuscript: Manuscript) -> Postmortem | None:
    """Find the record that is named, or in which the action stands that is named."""
    if mention.what is What.RECORD:
        return manuscript.archive.find(mention.name)
    if mention.what is What.ACTION:
        return manuscript.archive.find(mention.record) if mention.record else manuscript.record
    if mention.what is What.FILE:
        return next((each for each in manuscript.archive.records if each.path == mention.name), None)
    return None


def action_of(mention: Mention, manuscript: Manuscript) -> ActionItem | None:
    """Find the action that is named."""
    record = record_of(mention, manuscript) if mention.what is What.ACTION else None
    return record.action(mention.name) if record is not None else None


def target_of(mention: Mention, manuscript: Manuscript) -> Target | None:
    """Find where what is named stands, None where it stands nowhere."""
    action = action_of(mention, manuscript)
    record = record_of(mention, manuscript)
    if record is not None and action is not None:
        return Target(record.path, action.span)
    if record is not None and mention.what is not What.ACTION:
        return Target(record.path)
    archive = manuscript.archive
    there = mention.name in archive.pages or any(each.path == mention.name for each in archive.attachments)
    return Target(mention.name) if mention.what is What.FILE and there else None

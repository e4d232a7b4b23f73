"""Lines that agenda and summary share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from afterword.derive.timing.calendar import format_day, record_day
from afterword.derive.words.labels import kind_label, service_label, severity_label
from afterword.derive.words.markdown_words import escaped
from afterword.model.action import ActionItem
from afterword.model.record import Postmortem
from afterword.model.settings import Settings


def bullet(text: str, depth: int = 0) -> str:
    """Give an item of a list, with its words as they are: none of them is markup."""
    return f"{'  ' * depth}- {escaped(text)}"


def facts_line(record: Postmortem, settings: Settings) -> str:
    """Give what a record is about on one line of Markdown: severity, kind, day, services, status."""
    header = record.header
    day = record_day(record)
    parts = (
        severity_label(settings, header.severity),
        kind_label(settings, header.kind).lower(),
        format_day(day) if day else "",
        ", ".join(service_label(settings, service) for service in header.services),
        (header.status or "").replace("-", " "),
    )
    return escaped(" · ".join(part for part in parts if part))


def has_unread_actions(record: Postmortem) -> bool:
    """Tell whether actions are written in a form from which none is read: that none is written would be wrong."""
    return not record.actions and any(finding.rule == "actions-not-a-table" for finding in record.findings)


def numbered_actions(actions: Iterable[ActionItem]) -> Iterator[str]:
    """Yield an item for each action: its id, what it is, whose and by when as far as that is said."""
    for action in actions:
        promise = ", ".join(
            part for part in (action.owner, f"due {format_day(action.due)}" if action.due else "") if part
        )
        said = action.text.in_one_line or "(nothing said yet)"
        yield bullet(f"{action.id}: {said}" + (f" ({promise})" if promise else ""), 1)

"""Which tickets records name, and in which tracker of the settings each of them is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from afterword.model.action import Ticket
from afterword.model.key_template import digits_in, filled
from afterword.model.record import Postmortem
from afterword.model.settings import Settings, Tracker


def tracker_of(ticket: Ticket, settings: Settings) -> tuple[Tracker, str] | None:
    """Give the tracker whose template of keys or of addresses fits a ticket, and its key there; None where none does.

    An address tells more than a key: `#12` may be in any of several repositories.
    """
    for tracker in settings.trackers:
        digits = digits_in(tracker.url, ticket.url) if ticket.url else ""
        if digits and tracker.key:
            return tracker, filled(tracker.key, digits)
    for tracker in settings.trackers:
        digits = digits_in(tracker.key, ticket.key)
        if digits:
            return tracker, filled(tracker.key, digits)
    return None


def named_tickets(records: Iterable[Postmortem], settings: Settings) -> Mapping[str, tuple[str, ...]]:
    """Give the keys that actions name, by the tracker's name, sorted and each once."""
    found: dict[str, dict[str, str]] = {tracker.name: {} for tracker in settings.trackers}
    for record in records:
        for action in record.actions:
            known = tracker_of(action.ticket, settings) if action.ticket else None
            if known is not None:
                found[known[0].name].setdefault(known[1].casefold(), known[1])
    return {name: tuple(key for _, key in sorted(keys.items())) for name, keys in found.items()}

"""The times of a timeline as readers see them, in its one zone."""

from __future__ import annotations

from datetime import datetime

from afterword.model.timeline import TimelineEvent


def shown_time(event: TimelineEvent) -> str:
    """Write the time of an event, with its end where it is a range; as the author wrote it where it or its zone is not read."""
    moment = event.shown_at
    if moment is None:
        return event.written
    if event.clock_written:
        return event.clock_written
    until = event.shown_until
    if until is None:
        return clock(moment)
    later = f"{until:%Y-%m-%d} " if until.date() != moment.date() else ""
    return f"{clock(moment)}–{later}{clock(until)}"


def clock(moment: datetime) -> str:
    """Write the time of day, seconds only where there are some."""
    seconds = f":{moment.second:02}" if moment.second else ""
    return f"{moment.hour:02}:{moment.minute:02}{seconds}"


def shortest(moment: datetime) -> str:
    """Write a time for programs, without what it does not tell: seconds of a full minute, an offset of none."""
    written = moment.isoformat(timespec="auto" if moment.second or moment.microsecond else "minutes")
    return written.removesuffix("+00:00") + "Z" if written.endswith("+00:00") else written

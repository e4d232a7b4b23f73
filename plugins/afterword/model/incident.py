"""Incidents as a tracker lists them, with or without a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from afterword.model.span import START, Span
from afterword.model.value import plain_value


@plain_value()
class ListedIncident:
    """One row of an incident list; what is empty or could not be read is None or empty.

    `closed` is the day of the close in the archive's zone, `others` are the columns that mean nothing here, by their head, and `span` is the place of the id.
    """

    id: str
    severity: str | None = None
    closed: date | None = None
    failure_class: str = ""
    others: Mapping[str, str] = field(default_factory=dict)
    span: Span = field(default=START, compare=False)


@plain_value()
class IncidentList:
    """A committed list of incidents; `path` as in `Postmortem`, and each id once, without regard to case."""

    path: str
    incidents: tuple[ListedIncident, ...] = ()

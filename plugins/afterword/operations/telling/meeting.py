"""What a record says to a meeting and to those who read one page of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from afterword.authoring.agenda import USUAL, agenda
from afterword.authoring.summary import summary
from afterword.check.runner import check_archive
from afterword.model.audience import Audience
from afterword.operations.reading.subject import find_subject


def record_agenda(name: str, config: Path | None, as_of: dt.date | None, minutes: int = USUAL) -> str:
    """Give the agenda of a record's meeting; `name` is its id, an alias, or its file. Raises CannotRunError where there is no such record."""
    subject = find_subject(name, config, as_of)
    findings = check_archive(subject.loaded.archive, subject.day, (subject.record.path,))
    return agenda(subject.record, subject.archive, findings, subject.day, minutes)


def record_summary(
    name: str,
    config: Path | None,
    as_of: dt.date | None,
    audience: Audience = Audience.ENGINEERING,
) -> str:
    """Give a record's one page; `name` is its id, an alias, or its file. Raises CannotRunError where there is no such record."""
    subject = find_subject(name, config, as_of)
    return summary(subject.record, subject.archive, subject.day, audience)

"""What a record says to a meeting and to those who read one page of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from afterword.authoring.agenda import USUAL, agenda
from afterword.authoring.summary import Audience, summary
from afterword.check.wording import did_you_mean
from afterword.model.archive import Archive
from afterword.model.record import Postmortem
from afterword.operations.cannot_run import CannotRunError
from afterword.operations.checking import check
from afterword.operations.loading import Loaded, load
from afterword.sources.clock import today


@dataclass(frozen=True, slots=True)
class _Subject:
    record: Postmortem
    archive: Archive
    loaded: Loaded
    day: dt.date


def record_agenda(
    name: str, config: Path | None = None, as_of: dt.date | None = None, minutes: int = USUAL
) -> str:
    """Give the agenda of a record's meeting; `name` is its id, an alias, or its file. Raises CannotRunError where there is no such record."""
    subject = _find(name, config, as_of)
    findings = [each for each in check(subject.loaded, subject.day) if each.path == subject.record.path]
    return agenda(subject.record, subject.archive, findings, subject.day, minutes)


def record_summary(
    name: str,
    config: Path | None = None,
    as_of: dt.date | None = None,
    audience: Audience = Audience.ENGINEERING,
) -> str:
    """Give a record's one page; `name` is its id, an alias, or its file. Raises CannotRunError where there is no such record."""
    subject = _find(name, config, as_of)
    return summary(subject.record, subject.archive, subject.day, audience)


def _find(name: str, config: Path | None, as_of: dt.date | None) -> _Subject:
    file = Path(name)
    is_file = file.is_file()
    loaded = load(config, paths=[file] if is_file else ())
    archive = loaded.archive
    if is_file:
        record = next((each for each in archive.records if loaded.named and each.path in loaded.named), None)
        if record is None:
            raise CannotRunError(f"{name} is no record of the archive")
    else:
        record = archive.find(name)
        if record is None:
            ids = [each.id for each in archive.records]
            raise CannotRunError(f"no record '{name}', expected an id or a file{did_you_mean(name, ids)}")
    return _Subject(record, archive, loaded, as_of or today(archive.settings.timezone))

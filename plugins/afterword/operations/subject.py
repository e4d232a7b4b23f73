"""The one record that a command is about."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from afterword.check.wording import did_you_mean
from afterword.model.archive import Archive
from afterword.model.record import Postmortem
from afterword.operations.cannot_run import CannotRunError
from afterword.operations.loading import Loaded, Progress, load
from afterword.sources.clock import today


@dataclass(frozen=True, slots=True)
class Subject:
    """A record among the others of its archive, on the day as of which it is judged."""

    record: Postmortem
    archive: Archive
    loaded: Loaded
    day: dt.date


def find_subject(
    name: str, config: Path | None = None, as_of: dt.date | None = None, progress: Progress | None = None
) -> Subject:
    """Find a record by its id, an alias, or its file. Raises CannotRunError where there is no such record."""
    file = Path(name)
    is_file = file.is_file()
    loaded = load(config, paths=[file] if is_file else (), progress=progress)
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
    return Subject(record, archive, loaded, as_of or today(archive.settings.timezone))

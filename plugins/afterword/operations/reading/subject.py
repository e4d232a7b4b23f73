"""The one record that a command is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from afterword.check.wording import did_you_mean, listed
from afterword.model.archive import Archive
from afterword.model.record import Postmortem
from afterword.operations.cannot_run import CannotRunError
from afterword.operations.reading.known_archive import open_known
from afterword.operations.reading.ledger import on_day
from afterword.operations.reading.loading import Loaded, Progress
from afterword.sources.clock import today

MOST_LISTED = 5
"""Of records that a part of an id may mean: who gets more of them had better write a longer part."""


DAY_LENGTH = len("2026-03-14-")


@dataclass(frozen=True, slots=True)
class Subject:
    """A record among the others of its archive, on the day as of which it is judged; `loaded` is all of it as the files are now. The others are brief."""

    record: Postmortem
    archive: Archive
    loaded: Loaded
    day: dt.date


def find_subject(
    name: str, config: Path | None, as_of: dt.date | None = None, progress: Progress | None = None
) -> Subject:
    """Find a record by its id, an alias, a part of an id that no other has, or its file. Raises CannotRunError where that is no record or several."""
    file = Path(name)
    is_file = file.is_file()
    known = open_known(config, [file] if is_file else (), progress)
    archive, named = known.loaded.archive, known.loaded.named
    day = as_of or today(archive.settings.timezone)
    if is_file:
        record = next((each for each in archive.records if named and each.path in named), None)
        if record is None:
            raise CannotRunError(f"{name} is no record of the archive")
    else:
        record = record_named(name, known.loaded)
    loaded = known.with_whole([record])
    # A record that was not there yet on that day is shown as it is.
    places = (on_day(loaded, day, progress=progress).archive, loaded.archive)
    was = next(each for place in places for each in place.records if each.path == record.path)
    return Subject(was, places[0], loaded, day)


def record_named(name: str, loaded: Loaded) -> Postmortem:
    """Find a record by its id, an alias, or a part of an id that no other has. Raises CannotRunError where that is no record or several."""
    return loaded.archive.find(name) or _by_part(name, loaded.archive.records, loaded.unread)


def _by_part(name: str, records: Sequence[Postmortem], unread: Sequence[str]) -> Postmortem:
    """Find the one record whose id begins with what is written, else holds it, else holds each of its words."""
    sought = "-".join(name.lower().split())
    words = [word for word in sought.replace("_", "-").split("-") if word]
    ids = [(each, each.id.lower()) for each in records]
    found = (
        [each for each, record_id in ids if sought and record_id.startswith(sought)]
        or [each for each, record_id in ids if sought and sought in record_id]
        or [each for each, record_id in ids if words and all(word in record_id for word in words)]
    )
    if len(found) == 1:
        return found[0]
    if not found and unread:
        raise CannotRunError("\n".join((f"no record '{name}' among those that can be read", *unread)))
    if not found:
        meant = did_you_mean(name, (each.id for each in records)) or did_you_mean(sought, _parts(records))
        raise CannotRunError(f"no record '{name}', expected an id, a part of one, or a file{meant}")
    names = listed(sorted((each.id for each in found), reverse=True), MOST_LISTED)
    raise CannotRunError(f"'{name}' is a part of {len(found):,} ids, expected one that only one has: {names}")


def _parts(records: Sequence[Postmortem]) -> Iterator[str]:
    """Give what follows the day in each id, and its words."""
    slugs = {each.id[DAY_LENGTH:].lower() for each in records}
    yield from slugs
    yield from {word for slug in slugs for word in slug.split("-")}

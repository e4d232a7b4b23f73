"""An archive for a command that looks at all records and shows few: what was read of them is kept from one command to the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from afterword.model.finding import Finding
from afterword.model.record import Postmortem
from afterword.operations.found import Found, find
from afterword.operations.keeping import allowed_size
from afterword.operations.loading import Loaded, Progress
from afterword.operations.reading import ArchiveReading
from afterword.operations.remembering import searching_marks
from afterword.sources.cache import Cache, user_cache
from afterword.sources.cache_size import prune_daily
from afterword.sources.clock import today
from afterword.sources.kept_pages import NAME, KeptPages


@dataclass(frozen=True, slots=True)
class KnownArchive:
    """An archive whose records are brief (derive/brief.py), and what was found in each of them on a day."""

    loaded: Loaded
    reading: ArchiveReading

    def with_whole(self, records: Iterable[Postmortem]) -> Loaded:
        """Give the archive with some of its records whole, as their files are now. Raises OSError where one cannot be read any more."""
        whole = {each.path: self._settled(each) for each in records}
        return replace(self.loaded, archive=self.loaded.archive.with_records(whole))

    def _settled(self, record: Postmortem) -> Postmortem:
        whole = self.reading.whole(record.path)
        return replace(whole, id=record.id, findings=(*whole.findings, *record.findings))

    def findings(self, record: Postmortem) -> tuple[Finding, ...]:
        """Give what is found in one record."""
        found = self.reading.findings(self.loaded.archive, (record.path,))
        return tuple(each for each in found if each.path == record.path)


def open_known(
    config: Path | None = None,
    paths: Sequence[Path] = (),
    as_of: dt.date | None = None,
    progress: Progress | None = None,
) -> KnownArchive:
    """Read the archive around the current folder, and the files named in `paths` beside it, as they are now; raises as `find` does. Of another day than today (`as_of`) nothing is kept."""
    with known_reading(find(config, paths=paths), as_of) as reading:
        return KnownArchive(reading.loaded(progress), reading)


@contextmanager
def known_reading(
    found: Found, as_of: dt.date | None = None, cache: Cache | None = None, *, in_turns: bool = False
) -> Iterator[ArchiveReading]:
    """Read what was found, from what is kept where it is the same, by default in the cache of whoever runs this; `as_of` and `in_turns` as in `open_known` and `ArchiveReading`."""
    now = today(found.settings.timezone)
    cache, most = cache or user_cache(), allowed_size()
    kept = KeptPages(cache.folder, most=most) if as_of in (None, now) else None
    place = Cache.key(cache.way_to(found.root), *searching_marks(found))
    reading = ArchiveReading(found, as_of or now, kept, place=place, in_turns=in_turns, makes_pages=False)
    with closing(reading):
        yield reading
    prune_daily(cache.folder, most)


def has_known(cache: Cache) -> bool:
    """Tell whether anything is kept of any archive: where nothing stays from one run to the next nothing is."""
    return (cache.folder / NAME).is_file()

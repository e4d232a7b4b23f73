"""An archive for commands that look at all records and show few of them: readings are kept from one command to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from afterword.model.record import Postmortem
from afterword.operations.processes import spare_processes
from afterword.operations.reading.archive_reading import ArchiveReading
from afterword.operations.reading.found import Found, find
from afterword.operations.reading.keeping import allowed_size
from afterword.operations.reading.loading import Loaded, Progress
from afterword.operations.reading.remembering import searching_marks
from afterword.sources.cache import Cache, user_cache
from afterword.sources.cache_size import prune_daily
from afterword.sources.clock import today
from afterword.sources.files import is_file
from afterword.sources.kept_pages import NAME, KeptPages


@dataclass(frozen=True, slots=True)
class KnownArchive:
    """An archive whose records are brief (derive/brief.py), with the reading that can give any of them whole."""

    loaded: Loaded
    reading: ArchiveReading

    def with_whole(self, records: Iterable[Postmortem]) -> Loaded:
        """Give the archive with some of its records whole, as their files are now. Raises OSError where one cannot be read any more."""
        whole = {each.path: self._settled(each) for each in records}
        return replace(self.loaded, archive=self.loaded.archive.with_records(whole))

    def _settled(self, record: Postmortem) -> Postmortem:
        whole = self.reading.whole(record.path)
        return replace(whole, id=record.id, findings=(*whole.findings, *record.findings))


def open_known(
    config: Path | None,
    paths: Sequence[Path] = (),
    progress: Progress | None = None,
) -> KnownArchive:
    """Read the archive around the current folder, and the files named in `paths` beside it, as they are now; raises as `find` does."""
    with known_reading(find(config, paths=paths)) as reading:
        return KnownArchive(reading.loaded(progress), reading)


@contextmanager
def known_reading(
    found: Found, cache: Cache | None = None, *, in_turns: bool = False
) -> Iterator[ArchiveReading]:
    """Give a reading, as of today, of what was found; unchanged records come from `cache`, by default the user's own. `in_turns` as in `ArchiveReading`."""
    cache, most = cache or user_cache(), allowed_size()
    spare_processes()  # a number that is none is told of a small archive as well
    reading = ArchiveReading(
        found,
        today(found.settings.timezone),
        KeptPages(cache.folder, most=most),
        place=Cache.key(cache.way_to(found.root), *searching_marks(found)),
        in_turns=in_turns,
        makes_pages=False,
    )
    with closing(reading):
        yield reading
    prune_daily(cache.folder, most)


def has_known(cache: Cache) -> bool:
    """Tell whether readings of any archive are in a cache; never where caching is off."""
    return is_file(cache.folder / NAME)

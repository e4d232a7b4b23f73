"""What changes on disk, told by the operating system where it can: MkDocs itself looks at every file twice a second."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.plugins import get_plugin_logger
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

log = get_plugin_logger("afterword")

POLLED_EVERY = 0.5
"""Seconds between two looks at all files where the operating system tells nothing, as in MkDocs."""

_CHANGES = frozenset(("created", "modified", "moved", "deleted", "closed"))
"""Events that say that a file is another; that it was opened or read is no news."""

Tell = Callable[[str, bool], None]
"""Is told the path of a file or folder that changed, and whether it has come about just now."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A file, or a folder with all that is below it where it is `is_recursive`."""

    path: str
    is_recursive: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """A folder that the system is asked about; `only` is the one file of it that counts, None where all do."""

    folder: str
    is_recursive: bool
    only: str | None = None


class FolderWatch:
    """Stands in for the observer of MkDocs' server, and tells which files change: MkDocs' own handlers learn only that something did."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._watches: dict[Watched, list[ObservedWatch]] = {}
        self._observer: BaseObserver | None = None

    def schedule(self, _handler: Any, path: str, *, recursive: bool = False) -> Watched:
        """Watch a file or a folder."""
        watched = Watched(path, recursive)
        self._watches[watched] = self._begun(watched, self._observer) if self._observer is not None else []
        return watched

    def unschedule(self, watched: Watched) -> None:
        """Watch it no longer."""
        gone = self._watches.pop(watched, [])
        others = {each for group in self._watches.values() for each in group}
        for each in {*gone} - others:
            if self._observer is not None:
                self._observer.unschedule(each)

    def start(self) -> None:
        """Begin; where the system allows no more watches, all files are looked at from time to time."""
        self._observer = Observer()
        try:
            self._start(self._observer)
        except OSError as error:
            log.info(
                "all files are looked at every %s s, for the system does not tell what changes: %s",
                POLLED_EVERY,
                error.strerror or error,
            )
            self._observer.stop()
            self._observer = PollingObserver(timeout=POLLED_EVERY)
            self._start(self._observer)

    def stop(self) -> None:
        """Begin to end."""
        if self._observer is not None:
            self._observer.stop()

    def join(self) -> None:
        """Wait for the end."""
        if self._observer is not None:
            self._observer.join()

    def _start(self, observer: BaseObserver) -> None:
        for watched in self._watches:
            self._watches[watched] = self._begun(watched, observer)
        observer.start()

    def _begun(self, watched: Watched, observer: BaseObserver) -> list[ObservedWatch]:
        # It looks at what is there only.
        polls = isinstance(observer, PollingObserver) and Path(watched.path).exists()
        places = [_Place(watched.path, watched.is_recursive)] if polls else [*_places(watched)]
        return [
            observer.schedule(_Handler(self._tell, place.only), place.folder, recursive=place.is_recursive)
            for place in places
        ]


def _places(watched: Watched) -> Iterator[_Place]:
    """Yield the folders to ask about: a file may be replaced by another of its name, and what is linked lies elsewhere."""
    path = Path(watched.path)
    if not path.is_dir():
        yield _of_file(path)
        if path.is_symlink():
            yield _of_file(path.resolve())
        return
    yield _Place(watched.path, watched.is_recursive)
    if watched.is_recursive:
        for linked in dict.fromkeys(_linked(path)):
            yield _Place(str(linked), True) if linked.is_dir() else _of_file(linked)


def _of_file(path: Path) -> _Place:
    return _Place(str(path.parent), False, str(path))


def _linked(folder: Path) -> Iterator[Path]:
    """Yield what links below a folder lead to, outside of it."""
    home = folder.resolve()
    if home != folder.absolute():
        yield home
    for place, folders, names in os.walk(folder):
        for name in (*folders, *names):
            path = Path(place, name)
            if path.is_symlink() and path.exists():
                target = path.resolve()
                if not target.is_relative_to(home) and not home.is_relative_to(target):
                    yield target


class _Handler(FileSystemEventHandler):
    """Passes on what is a change."""

    def __init__(self, tell: Tell, only: str | None) -> None:
        self._tell, self._only = tell, only

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Tell of each path that an event names."""
        if event.event_type not in _CHANGES or (event.is_directory and event.event_type == "modified"):
            return
        came = event.dest_path if event.event_type == "moved" else event.src_path
        for path in dict.fromkeys((event.src_path, came)):
            name = os.fsdecode(path)
            if name and self._only in (None, name):
                self._tell(name, event.event_type in ("created", "moved") and path == came)

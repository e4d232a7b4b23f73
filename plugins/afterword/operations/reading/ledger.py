"""What git knows of an archive, asked once and kept by content."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

from afterword.derive.history.as_it_was import as_it_was
from afterword.derive.history.record_lives import names_of, record_lives
from afterword.derive.timing.steady_time import steady
from afterword.model.archive import Archive
from afterword.model.commits import Change, Commit, RecordState
from afterword.model.finding import Finding
from afterword.model.history import History
from afterword.model.settings import Settings
from afterword.operations.collecting import not_collecting
from afterword.operations.reading.loading import Loaded, Progress
from afterword.operations.reading.past_states import past_states
from afterword.operations.settings_file import settings_from
from afterword.parse.source.limits import MAX_RECORD_BYTES
from afterword.parse.values.identity import identify, is_markdown, is_named_as_record
from afterword.sources.cache import Cache, user_cache
from afterword.sources.commit_log import CommitLog, taken_away
from afterword.sources.git import GitError, NoHistoryError
from afterword.sources.repository import Repository, contents_of, repository_of


@dataclass(frozen=True, slots=True)
class Asked:
    """What git was asked of an archive, and where its records lie and lay in the repository."""

    repository: Repository
    folders: _Folders
    log: CommitLog


def ask(settings: Settings, root: Path, cache: Cache | None = None) -> Asked | History:
    """Ask git for the history of an archive whose paths are relative to `root`: it answers while the archive is read. Gives an absent one where it will not; `cache` is that of `history_of`."""
    kept = cache or user_cache()
    try:
        repository = repository_of(place_to_ask(settings, root))
        folders = _Folders.of(repository, settings, root, kept)
        return Asked(repository, folders, CommitLog(repository, folders.all, kept))
    except GitError as error:
        return _absent(error)


def on_day(
    loaded: Loaded,
    day: dt.date,
    cache: Cache | None = None,
    progress: Progress | None = None,
    asked: Asked | History | None = None,
) -> Loaded:
    """Give an archive with what git knows of it, and as it was on a day; `asked` is what git was asked already, once."""
    archive = loaded.archive
    history = history_of(archive, loaded.root, cache, progress, asked)
    return replace(loaded, archive=as_it_was(replace(archive, history=history), day))


def still_there(findings: Iterable[Finding], read: Archive, then: Archive) -> tuple[Finding, ...]:
    """Leave out the findings of records that were not there yet on the day of `then`. It is the files that are judged, on any day."""
    gone = {record.path for record in read.records} - {record.path for record in then.records}
    return tuple(each for each in findings if each.path not in gone)


def history_of(
    archive: Archive,
    root: Path,
    cache: Cache | None,
    progress: Progress | None = None,
    asked: Asked | History | None = None,
) -> History:
    """Give the first-parent history of an archive whose paths are relative to `root`; one that is not to be had is absent, and says why.

    What git told, and contents that were read, are kept in `cache`, by default that of the person who runs this: what a pull request brings along must not decide
    what was promised. `progress` is told how many are read.
    """
    kept = cache or user_cache()
    try:
        with not_collecting():
            there = asked or ask(archive.settings, root, kept)
            if isinstance(there, History):
                return there
            return _history(archive, there, kept, progress)
    except GitError as error:
        return _absent(error)


def unknown(history: History) -> str:
    """Say what is not known of an archive, and why; empty where its history is told."""
    return history.absent and f"what became of actions is not known, only how they stand: {history.absent}"


def withheld(history: History) -> tuple[str, ...]:
    """Say the same where there is a history nevertheless: somebody is to know that it is missing from what is told."""
    return (unknown(history),) if history.is_withheld else ()


def _absent(error: GitError) -> History:
    return History(absent=str(error), is_withheld=not isinstance(error, NoHistoryError))


def _history(archive: Archive, asked: Asked, cache: Cache, progress: Progress | None) -> History:
    settings, repository, folders = archive.settings, asked.repository, asked.folders
    commits = tuple(map(folders.records_of, asked.log.commits()))
    blobs = dict.fromkeys(change.blob for commit in commits for change in commit.changes if change.blob)
    origin = (*folders.all, *(commit.id for commit in commits[:1]))
    states = past_states(repository, origin, tuple(blobs), settings, cache, progress)
    names = names_of(archive.records, _former_names(commits, states))
    zone = ZoneInfo(settings.timezone) if settings.timezone else dt.UTC
    # A date that is told twice would be believed rather than others.
    is_last = any(commit.id == repository.head for commit in commits[-1:])
    told = [*(commit.seconds for commit in commits), *(() if is_last else (repository.seconds,))]
    times = [dt.datetime.fromtimestamp(each, dt.UTC).astimezone(zone) for each in steady(told)]
    lives = record_lives(commits, times[: len(commits)], states, id_of, names, folders.is_current)
    return History(lives, repository.head, times[-1])


def id_of(path: str, state: RecordState) -> str | None:
    """Give the id of a file of the past in small letters, None where it was no record."""
    return _id_of(path.rpartition("/")[2], state.has_record_keys, state.day)


@lru_cache(maxsize=65_536)
def _id_of(name: str, has_record_keys: bool, day: dt.date | None) -> str | None:
    if not (has_record_keys or is_named_as_record(name)):
        return None
    return identify(name, day)[0].lower()


def _former_names(
    commits: Sequence[Commit], states: Mapping[str, RecordState]
) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the aliases that versions named, the newest first, with the id that the version had."""
    for commit in reversed(commits):
        for change in commit.changes:
            state = states.get(change.blob)
            if state is not None and state.aliases:
                name = id_of(change.path, state)
                if name is not None:
                    yield name, state.aliases


def place_to_ask(settings: Settings, root: Path) -> Path:
    """Give the folder whose repository is asked, the first archive folder that is there: it may lie in another repository than the settings do."""
    places = (root / folder.folder for folder in settings.archives)
    return next((place for place in places if place.is_dir()), root)


@dataclass(frozen=True, slots=True)
class _Folders:
    """Where records lie and where they lay, as paths from the repository's root."""

    now: tuple[str, ...]
    all: tuple[str, ...]

    @classmethod
    def of(cls, repository: Repository, settings: Settings, root: Path, cache: Cache) -> _Folders:
        """Find the folders of the archive, and those that earlier versions of its settings named."""
        now = _inside(repository, (root / folder.folder for folder in settings.archives))
        earlier: list[Path] = []
        if settings.path is not None:
            for place in _inside(repository, [root / settings.path]):
                earlier += _earlier_folders(repository, place, root, cache)
        return cls(now, tuple(dict.fromkeys((*now, *_inside(repository, earlier)))))

    def records_of(self, commit: Commit) -> Commit:
        """Leave out the files of a commit that cannot be records: hidden ones, and those that are neither Markdown nor named as records are."""
        kept = tuple(change for change in commit.changes if self._may_be_record(change.path))
        return commit if len(kept) == len(commit.changes) else replace(commit, changes=kept)

    def is_current(self, path: str) -> bool:
        """Tell whether a file lies where records lie now."""
        return any(_below(path, folder) is not None for folder in self.now)

    def _may_be_record(self, path: str) -> bool:
        name = path.rpartition("/")[2]
        if not (is_markdown(name) or is_named_as_record(name)):
            return False
        places = (_below(path, folder) for folder in self.all)
        return any(each is not None and not each.startswith(".") and "/." not in each for each in places)


def _below(path: str, folder: str) -> str | None:
    if folder == ".":
        return path
    return path[len(folder) + 1 :] if path.startswith(f"{folder}/") else None


def _inside(repository: Repository, places: Iterable[Path]) -> tuple[str, ...]:
    """Give paths from the repository's root; what lies outside of it, git does not know."""
    top = repository.top.resolve()
    resolved = (place.resolve() for place in places)
    return tuple(each.relative_to(top).as_posix() for each in resolved if each.is_relative_to(top))


def _earlier_folders(repository: Repository, place: str, root: Path, cache: Cache) -> Iterator[Path]:
    """Yield the folders that versions of the settings named, where these lie and wherever they were moved from."""
    homes = {place: root}
    waiting = [place]
    for here in waiting:
        name = here.rpartition("/")[2]
        changes = [
            (commit.id, change)
            for commit in CommitLog(repository, [here], cache).commits()
            for change in commit.changes
        ]
        blobs = dict.fromkeys(change.blob for _, change in changes if change.blob)
        # The only version there ever was is the one that was read.
        if len(blobs) > 1 or here != place:
            for _, raw in contents_of(repository, tuple(blobs), MAX_RECORD_BYTES):
                if raw is not None:
                    yield from (homes[here] / each.folder for each in settings_from(raw, name).archives)
        for (_, before), (commit, change) in pairwise([("", Change(here, "")), *changes]):
            former = "" if before.blob or not change.blob else _moved_from(repository, commit, change, name)
            if former and former not in homes:
                homes[former] = (repository.top / former).parent
                waiting.append(former)


def _moved_from(repository: Repository, commit: str, came: Change, name: str) -> str:
    """Give the place that settings had before the commit with which they came, empty where they are new: the file of that name which it took away, with the same content where it took several."""
    gone = [each for each in taken_away(repository, commit) if each.path.rpartition("/")[2] == name]
    same = [each for each in gone if each.blob == came.blob] or gone
    return same[0].path if len(same) == 1 else ""

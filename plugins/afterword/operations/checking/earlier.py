"""The files of an archive as they were at a commit; those that have not changed since are taken from where they lie now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from afterword.model.archive import Attachment
from afterword.model.settings import ArchiveFolder, Settings
from afterword.operations.reading.found import Found, incident_lists
from afterword.operations.reading.loading import LARGEST_ATTACHMENT, LARGEST_READ, is_examined
from afterword.operations.settings_file import settings_from
from afterword.operations.snapshot import snapshot_path
from afterword.parse.beside.incident_list import MAX_BYTES
from afterword.parse.beside.ticket_snapshot import MAX_BYTES as LARGEST_SNAPSHOT
from afterword.parse.values.identity import is_markdown, is_meant_as_record
from afterword.sources.files import HEAD_SIZE, FoundFile
from afterword.sources.git_files import (
    Blob,
    PlacedCommit,
    changed_since,
    contents,
    files_at,
    seen_from_where_it_was,
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was found at a commit, to be read as `Found` is, and the bytes of those of its files that are other ones now, or gone."""

    found: Found
    other: Mapping[str, bytes]


@contextmanager
def earlier(now: Found, commit: PlacedCommit) -> Iterator[Earlier]:
    """Find the archive of `now` as it was at a commit, with its settings of then; what differs lies in a folder that is gone afterwards.

    Raises GitError where git cannot give it.
    """
    settings, path = now.settings, now.settings.path
    strays = [stray for _, folder, stray in now.waiting if folder is None]
    watched = [*(folder.folder for folder in settings.archives), *strays, *_lists(settings)]
    changed = changed_since(commit, [*watched, path] if path else watched)
    if path in changed:
        then = _settings_at(commit, path)
        if then is None:
            commit = seen_from_where_it_was(commit, path)
            changed = changed_since(commit, [*watched, path])
            then = _settings_at(commit, path)
        settings = then or settings
        watched = [*(folder.folder for folder in settings.archives), *strays, *_lists(settings)]
    there = files_at(commit, watched)
    other = {
        each: blob
        for each, blob in there.items()
        if not blob.is_link and (each in changed or settings is not now.settings)
    }
    largest = LARGEST_ATTACHMENT if now.examine else LARGEST_READ
    # What is larger is no record that could be read, and a picture need not be.
    limits = dict.fromkeys(incident_lists(settings), MAX_BYTES) | {snapshot_path(settings): LARGEST_SNAPSHOT}
    held = contents(
        commit,
        (blob.id for each, blob in other.items() if blob.size <= limits.get(each, largest)),
    )
    raw = {each: held.get(blob.id, b"") for each, blob in other.items()}
    with TemporaryDirectory(prefix="afterword-") as folder:
        found = Found(settings, now.root, examine=now.examine)
        # What cannot be read now and has not changed could not be read then.
        found.findings = [each for each in now.findings if each.path not in raw]
        _gather(there, raw, now, found, frozenset(strays), Path(folder))
        yield Earlier(found, raw)


def _lists(settings: Settings) -> Iterator[str]:
    """Yield the paths of what is read beside records."""
    yield from incident_lists(settings)
    yield from filter(None, (snapshot_path(settings),))


def _settings_at(commit: PlacedCommit, path: str) -> Settings | None:
    """Read the settings of then; None where there were none: such an archive is seen with those of now."""
    blob = files_at(commit, [path]).get(path)
    if blob is None or blob.is_link:
        return None
    return settings_from(contents(commit, [blob.id])[blob.id], path)


def _gather(
    there: Mapping[str, Blob],
    raw: Mapping[str, bytes],
    now: Found,
    found: Found,
    strays: frozenset[str],
    folder: Path,
) -> None:
    records = {path: file for file, _, path in now.waiting}
    pages = frozenset(now.pages)
    attachments = {each.path: each for each in now.attachments}
    found.incidents = next((each for each in incident_lists(found.settings) if each in there), None)
    snapshot = snapshot_path(found.settings)
    found.tickets = snapshot if snapshot in there else None
    for number, (path, blob) in enumerate(sorted(there.items())):
        home, below = _home(path, found.settings)
        if path in found.lists():
            if path in raw:
                found.elsewhere[path] = _kept(raw[path], blob.size, folder / str(number))
            continue
        if path == found.settings.path or (home is None and path not in strays) or _is_hidden(below):
            continue
        if path not in raw:
            if path in records:
                found.waiting.append((records[path], home, path))
            elif path in pages:
                found.pages.append(path)
            elif path in attachments:
                found.attachments.append(attachments[path])
            continue
        content = raw[path]
        if home is None or is_meant_as_record(PurePosixPath(path).name, content[:HEAD_SIZE]):
            file = FoundFile(_kept(content, blob.size, folder / str(number)), below, blob.size)
            found.waiting.append((file, home, path))
        elif is_markdown(path):
            found.elsewhere[path] = _kept(content, blob.size, folder / str(number))
            found.pages.append(path)
        else:
            attachment = Attachment(path, below, home.label, blob.size, linked=False)
            if now.examine and is_examined(attachment):
                found.elsewhere[path] = _kept(content, blob.size, folder / str(number))
            found.attachments.append(attachment)


def _kept(content: bytes, size: int, location: Path) -> Path:
    """Write a file of then; of one that is too large to be read, its size is enough."""
    with location.open("wb") as file:
        file.write(content)
        file.truncate(size)
    return location


def _home(path: str, settings: Settings) -> tuple[ArchiveFolder | None, str]:
    """Give the archive's folder that a path lies in, and the path relative to it."""
    for folder in settings.archives:
        inside = folder.inside(path)
        if inside is not None:
            return folder, inside
    return None, path


def _is_hidden(below: str) -> bool:
    return any(part.startswith(".") and part != ".." for part in below.split("/"))

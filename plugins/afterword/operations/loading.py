"""Reading an archive: settings, records, attachments."""

from __future__ import annotations

import dataclasses
import gc
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from afterword.model.archive import Archive, Attachment
from afterword.model.finding import Finding, Nature
from afterword.model.record import Postmortem, Reference
from afterword.model.settings import ArchiveFolder, Settings
from afterword.model.span import START
from afterword.operations.site_config import archive_of_site, find_site_config
from afterword.parse.identity import is_markdown, is_meant_as_record, is_named_as_record, settle
from afterword.parse.limits import MAX_RECORD_BYTES, check_limits
from afterword.parse.markdown import on_large_stack, parse_body
from afterword.parse.record import parse_record
from afterword.parse.references import read_references
from afterword.parse.settings import read_settings
from afterword.parse.text import decode, split_front_matter
from afterword.sources.files import (
    HEAD_SIZE,
    SETTINGS_NAME,
    FoundFile,
    find_settings,
    list_folder,
    problem_of,
    read_bytes,
    reason_of,
    repository_root,
)

STRAY_SUFFIXES = ("", ".md", ".markdown", ".qmd", ".erb", ".txt")
"""What is judged below a folder that is named on the command line and lies in no archive."""

LARGEST_READ = MAX_RECORD_BYTES + 1
"""Bytes of a file that are read: enough to tell that it is too large, and to show its beginning."""

LARGEST_ATTACHMENT = 1024 * 1024
"""Bytes of an attachment that is looked through; a larger one is not."""

Progress = Callable[[int, int], None]
"""Told after each record how many are done, and of how many."""

Take = Callable[[Postmortem], Postmortem]
"""Is given a record that was just parsed, and gives what is to be kept of it."""

Waiting = tuple[FoundFile, ArchiveFolder | None, str]
"""A file that is to be read as a record, the folder that it lies in (None: named, and in no archive), and its path."""


Examine = Callable[[str, Settings], tuple[Finding, ...]]
"""Is given the whole text of a file, and gives what should not stand in it."""

READ_ATTACHMENTS = (".txt", ".log", ".csv", ".json")
"""Types of attachments that are examined where a record or page links to them: what is pasted is attached as one of these."""


class CannotRunError(Exception):
    """Something outside the records keeps a command from doing its work; the text is for the person at the terminal."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """An archive with the folder that all its paths are relative to.

    `named` holds the paths of the records that the caller asked for, None where it asked for all.
    """

    archive: Archive
    root: Path
    named: frozenset[str] | None = None


@dataclass(slots=True)
class Found:
    """The files of an archive, before any record is read; `named` as in `Loaded`.

    Whether an attachment is linked is not known yet. `elsewhere` says where pages and attachments lie that are not to be read at their path below `root`.
    `examine` looks through the text of records, whole or not, and of linked attachments, where it is asked for.
    """

    settings: Settings
    root: Path
    waiting: list[Waiting] = dataclasses.field(default_factory=list)
    attachments: list[Attachment] = dataclasses.field(default_factory=list)
    pages: list[str] = dataclasses.field(default_factory=list)
    findings: list[Finding] = dataclasses.field(default_factory=list)
    named: frozenset[str] | None = None
    elsewhere: dict[str, Path] = dataclasses.field(default_factory=dict)
    examine: Examine | None = None

    def paths(self) -> frozenset[str]:
        """Give the paths of all that may have findings of its own."""
        paths = {*self.pages, *(path for _, _, path in self.waiting)}
        paths.update(each.path for each in self.attachments)
        paths.update(each.path for each in self.findings)
        return frozenset(paths)

    def location_of(self, path: str) -> Path:
        """Give where a page or an attachment is to be read."""
        return self.elsewhere.get(path, self.root / path)


def load_settings(config: Path | None, start: Path) -> tuple[Settings, Path]:
    """Read the settings file, named or found upwards from `start`, and give it with the folder it lies in.

    Without one the defaults hold, from the root of the repository or else from `start`. Raises CannotRunError where a named file cannot be read.
    """
    path = config or find_settings(start)
    if path is None:
        return Settings(), repository_root(start) or (start if start.is_dir() else start.parent)
    try:
        raw = read_bytes(path)
    except OSError as error:
        raise CannotRunError(f"cannot read the settings {path}: {reason_of(error)}") from error
    return settings_from(raw, path.name), path.resolve().parent


def settings_from(raw: bytes, name: str) -> Settings:
    """Read settings from the bytes of their file, which is called `name`."""
    text, findings = decode(raw)
    settings = read_settings(text, name)
    located = tuple(dataclasses.replace(finding, path=name) for finding in findings)
    return dataclasses.replace(settings, findings=(*located, *settings.findings))


def load(
    config: Path | None = None,
    start: Path | None = None,
    paths: Sequence[Path] = (),
    settings: Settings | None = None,
    root: Path | None = None,
    progress: Progress | None = None,
) -> Loaded:
    """Read the archive around `start` (default: the current folder), and the files named in `paths` beside it; raises as `find` does."""
    return read(find(config, start, paths, settings, root), progress)


def find(
    config: Path | None = None,
    start: Path | None = None,
    paths: Sequence[Path] = (),
    settings: Settings | None = None,
    root: Path | None = None,
    strays: bool = True,
) -> Found:
    """Find the files of the archive around `start` (default: the current folder), and those named in `paths` beside it.

    `settings` and `root` replace those of the file where an adapter knows better. Without `strays`, named files that lie in no archive are left out.
    Raises CannotRunError for a path that does not exist and where there is neither an archive folder nor a path that may be judged without one.
    """
    begin = (start or (paths[0] if paths else Path())).absolute()
    _expect(paths)
    if settings is None or root is None:
        settings, root = load_settings(config, begin)
        if settings.path is None:
            settings = _of_site(settings, begin, root.resolve())
    root = root.resolve()
    folders = [(folder, root / folder.folder) for folder in settings.archives]
    if not (paths and strays) and not any(place.is_dir() for _, place in folders):
        names = ", ".join(folder.folder for folder, _ in folders)
        raise CannotRunError(
            f"no archive folder {names} below {root}; name files to check, or say in {SETTINGS_NAME} where the archive is (`archive: FOLDER`){settings_faults(settings)}"
        )
    found = Found(settings, root)
    for folder, place in folders:
        if place.is_dir():
            _list_archive(folder, place, settings.path, found)
        elif len(folders) > 1:
            found.findings.append(_no_folder(folder, settings.path))
    found.named = _name(paths, folders, root, found, strays) if paths else None
    return found


def find_documents(config: Path | None, paths: Sequence[Path]) -> Found:
    """Find the Markdown named in `paths`, or below folders there, wherever it lies and whether or not it is a record; without any, the archive's records.

    Raises as `find` does; the archive may be missing where paths are named.
    """
    if not paths:
        return find(config)
    _expect(paths)
    settings, root = load_settings(config, paths[0].absolute())
    root = root.resolve()
    found = Found(settings, root)
    named: set[str] = set()
    for path in paths:
        place, relative = _placed(path, root)
        if place.is_dir():
            named |= _add_strays(place, relative, (), found)
        elif relative not in named:
            _add_stray(place, relative, found)
            named.add(relative)
    found.named = frozenset(named)
    return found


def read_record(waiting: Waiting, settings: Settings, examine: Examine | None = None) -> Postmortem:
    """Read one record from its file. Raises OSError where it cannot be read."""
    file, folder, path = waiting
    raw = read_bytes(file.location, LARGEST_READ)
    size = len(raw) if len(raw) < LARGEST_READ else file.location.stat().st_size
    folder_path = file.path if folder else PurePosixPath(path).name
    record = parse_record(raw, path, settings, folder_path, folder.label if folder else "", size)
    if examine is None:
        return record
    return dataclasses.replace(record, findings=(*record.findings, *examine(decode(raw)[0], settings)))


def read(
    found: Found,
    progress: Progress | None = None,
    take: Take = lambda record: record,
    reader: Callable[[Waiting, Settings], Postmortem] | None = None,
    *,
    in_turns: bool = False,
) -> Loaded:
    """Read what was found; each record goes through `take` as soon as it is parsed, and the archive holds what comes out.

    `reader` stands in for `read_record` where records are known already; `in_turns` lets other threads read a record in between, which takes longer.
    """
    reading = reader or partial(read_record, examine=found.examine)
    linked = set(targets_of_pages(found.pages, found.location_of))

    stopped = threading.Event()

    def noting(record: Postmortem) -> Postmortem:
        if stopped.is_set():
            raise KeyboardInterrupt
        linked.update(_targets([(record.path, record.references)]))
        return take(record)

    with _not_collecting():
        try:
            records = (
                _parse(found, noting, progress, reading)
                if in_turns
                else on_large_stack(lambda: _parse(found, noting, progress, reading))
            )
        except KeyboardInterrupt:
            # It reached the thread that waits; the one that reads would go on to the end.
            stopped.set()
            raise
    attachments = [dataclasses.replace(each, linked=each.path in linked) for each in found.attachments]
    settings = found.settings
    findings = (*settings.findings, *found.findings, *_examined(found, attachments))
    searched = found.examine is not None
    archive = Archive.of(settings, records, attachments, found.pages, findings, searched=searched)
    return Loaded(archive, found.root, found.named)


def settings_faults(settings: Settings) -> str:
    """Give what is wrong with the settings as further lines of a message: it may be why an archive is not found."""
    return "".join(
        f"\n  {finding.path or settings.path}:{finding.span.line}:{finding.span.column}: {finding.message}"
        for finding in settings.findings
    )


def _of_site(settings: Settings, start: Path, root: Path) -> Settings:
    """Without a settings file the archive is that of the site here, as its plugin has it; without a site the defaults hold."""
    site = find_site_config((start if start.is_dir() else start.parent, root))
    found = archive_of_site(site) if site is not None else None
    if found is None or not found[0].is_relative_to(root):
        return settings
    place, documents = found
    address = place.relative_to(documents).as_posix() if place.is_relative_to(documents) else None
    folder = ArchiveFolder(place.relative_to(root).as_posix(), address=address)
    return dataclasses.replace(settings, archives=(folder,))


@contextmanager
def _not_collecting() -> Iterator[None]:
    """Spare what is being read the search for cycles: all of it stays, and walking it again and again takes a fifth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _list_archive(folder: ArchiveFolder, place: Path, settings_path: str | None, found: Found) -> None:
    base = PurePosixPath(folder.folder).as_posix()
    base = "" if base == "." else f"{base}/"
    for file in list_folder(place):
        path = f"{base}{file.path}"
        if path == settings_path:
            continue
        if file.problem:
            _report(found, path, file.problem)
            continue
        try:
            name = file.location.name
            is_record = is_named_as_record(name) or is_meant_as_record(
                name, read_bytes(file.location, HEAD_SIZE)
            )
        except OSError as error:
            _report(found, path, reason_of(error))
            continue
        if is_record:
            found.waiting.append((file, folder, path))
        elif is_markdown(file.path):
            found.pages.append(path)
        else:
            found.attachments.append(Attachment(path, file.path, folder.label, file.size, linked=False))


def _no_folder(folder: ArchiveFolder, settings_path: str | None) -> Finding:
    message = f"the archive folder {folder.folder} does not exist"
    hint = "make it, or take it out of `archives`"
    return Finding("settings", message, folder.span, Nature.UNREADABLE, hint, settings_path or "")


def _report(found: Found, path: str, problem: str) -> None:
    found.findings.append(Finding("unreadable-file", f"not read: {problem}", START, Nature.ERROR, path=path))


def _name(
    paths: Sequence[Path],
    folders: Sequence[tuple[ArchiveFolder, Path]],
    root: Path,
    found: Found,
    with_strays: bool,
) -> frozenset[str]:
    """Sort the named paths into those of the archive and strays, and add the strays to what is read, where they are wanted."""
    known = {path for _, _, path in found.waiting}
    named: set[str] = set()
    for path in paths:
        place, relative = _placed(path, root)
        home = any(place.is_relative_to(folder.resolve()) for _, folder in folders)
        if place.is_dir():
            inside = "" if relative == "." else relative + "/"
            named |= {each for each in known if each.startswith(inside)}
            named |= {finding.path for finding in found.findings if finding.path.startswith(inside)}
            if not home and with_strays:
                named |= _add_strays(place, relative, folders, found)
        elif home:
            named.add(relative)
        elif with_strays:
            _add_stray(place, relative, found)
            named.add(relative)
    return frozenset(named)


def _expect(paths: Iterable[Path]) -> None:
    for path in paths:
        if not path.exists():
            raise CannotRunError(f"{path} does not exist")


def _placed(path: Path, root: Path) -> tuple[Path, str]:
    """Give where a named path lies, a symbolic link itself not followed, and its path from `root`."""
    place = path.resolve() if not path.is_symlink() else path.parent.resolve() / path.name
    return place, PurePosixPath(os.path.relpath(place, root).replace(os.sep, "/")).as_posix()


def _add_stray(place: Path, relative: str, found: Found) -> None:
    problem = problem_of(place)
    if problem:
        _report(found, relative, problem)
    else:
        found.waiting.append((FoundFile(place, relative, 0), None, relative))


def _add_strays(
    place: Path, relative: str, folders: Sequence[tuple[ArchiveFolder, Path]], found: Found
) -> set[str]:
    added: set[str] = set()
    archives = [folder.resolve() for _, folder in folders]
    if any(archive.is_relative_to(place) for archive in archives if archive.is_dir()):
        return added
    for file in list_folder(place):
        path = (PurePosixPath(relative) / file.path).as_posix()
        if file.problem:
            _report(found, path, file.problem)
        elif PurePosixPath(file.path).suffix.lower() in STRAY_SUFFIXES:
            found.waiting.append((file, None, path))
        else:
            continue
        added.add(path)
    return added


def _parse(
    found: Found,
    take: Take,
    progress: Progress | None,
    reader: Callable[[Waiting, Settings], Postmortem],
) -> tuple[Postmortem, ...]:
    records: list[Postmortem] = []
    for number, waiting in enumerate(found.waiting, start=1):
        try:
            records.append(take(reader(waiting, found.settings)))
        except OSError as error:
            _report(found, waiting[2], reason_of(error))
            continue
        if progress:
            progress(number, len(found.waiting))
    at_home = [record for record in records if record.archive]
    strays = [record for record in records if not record.archive]
    return (*settle(at_home), *strays)


def _examined(found: Found, attachments: Iterable[Attachment]) -> Iterator[Finding]:
    """Yield what is found in attachments; one that cannot be read is not published either."""
    if found.examine is None:
        return
    for each in attachments:
        if not is_examined(each) or not each.linked:
            continue
        try:
            text, _ = decode(read_bytes(found.location_of(each.path), LARGEST_ATTACHMENT))
        except OSError:
            continue
        for finding in found.examine(text, found.settings):
            yield dataclasses.replace(finding, path=each.path)


def is_examined(attachment: Attachment) -> bool:
    """Tell whether an attachment is of a type, and small enough, to be looked through."""
    return attachment.path.lower().endswith(READ_ATTACHMENTS) and attachment.size <= LARGEST_ATTACHMENT


def targets_of_pages(pages: Iterable[str], location_of: Callable[[str], Path]) -> frozenset[str]:
    """Give the paths that ordinary pages link to; all are relative to one folder. A page that cannot be read is the site's business."""
    return _targets(_references_of_pages(pages, location_of))


def _references_of_pages(
    pages: Iterable[str], location_of: Callable[[str], Path]
) -> Iterator[tuple[str, Sequence[Reference]]]:
    for path in pages:
        try:
            text, _ = decode(read_bytes(location_of(path), LARGEST_READ))
        except OSError:
            continue
        split = split_front_matter(text)
        if check_limits(len(text), split.header, split.body, split.body_line) is None:
            yield path, read_references(parse_body(split.body, split.body_line).notable)


def _targets(linking: Iterable[tuple[str, Sequence[Reference]]]) -> frozenset[str]:
    """Give the paths that files link to, relative to the settings file's folder."""
    targets: set[str] = set()
    for path, references in linking:
        here = PurePosixPath(path).parent
        for reference in references:
            target = unquote(reference.target.partition("#")[0].partition("?")[0])
            targets.add(os.path.normpath(here / target).replace(os.sep, "/"))
    return frozenset(targets)

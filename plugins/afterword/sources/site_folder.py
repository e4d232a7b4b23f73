"""The folder that a site is published in: only what differs is written, what is gone is deleted, and the rest is not touched."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import blake2b, file_digest
from io import BufferedReader
from pathlib import Path

from afterword.model.value import maker, plain_value

Stamp = tuple[int, int, int]
"""A file's size, and when its content and its entry were changed, in nanoseconds: what is replaced or written to has another."""

TELLING = frozenset({"index.html", "404.html", "sitemap.xml"})
"""One of these at least lies in any folder that a site was built into, however far that came."""

DIGEST = 16
"""Bytes of a digest."""


@plain_value()
class Entry:
    """What is known of a published file: the key of the page or the file of ours that it is, empty where that has none, its stamp, and the digest of its content."""

    key: str
    stamp: Stamp
    digest: str


make_entry = maker(Entry)


@dataclass(frozen=True, slots=True)
class Published:
    """How many files were written, deleted, and left as they were."""

    written: int
    deleted: int
    kept: int

    def line(self) -> str:
        """Say it in one line of a log."""
        return f"{self.written:,} files of the site written, {self.deleted:,} deleted, {self.kept:,} left as they were"


@dataclass(frozen=True, slots=True)
class _Waiting:
    place: Path
    key: str
    digest: str


@dataclass(slots=True)
class SiteFolder:
    """A site that is brought up to date: all files of the new one are named with `keep`, `offer` or `take_over`, and `settle` does what that asks for.

    `before` is what was known of the files when they were last published, by address; a file with another stamp is read before it is believed.
    `waiting` is a folder of our own on the same file system, for what is not in its place yet. Until `settle` nothing in the site is changed.
    Hidden files and folders directly in the site's folder are never deleted, as MkDocs does it: they are other programs'.
    """

    folder: Path
    before: Mapping[str, Entry]
    waiting: Path
    entries: dict[str, Entry] = field(default_factory=dict)
    _there: dict[str, Stamp | None] = field(default_factory=dict)
    _folders: set[str] = field(default_factory=set)
    _linked: tuple[str, ...] = ()
    _written: dict[str, _Waiting] = field(default_factory=dict)
    _links: dict[str, Path] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._look()

    def holds(self, address: str, key: str) -> bool:
        """Tell whether the page or file of this key is at its address, with the content that was published."""
        known, stamp = self.before.get(address), self._stamp(address)
        if known is None or stamp is None or known.key != key:
            return False
        return self._is(address, stamp, known.digest, known.stamp[0])

    def is_untouched(self) -> bool:
        """Tell whether the folder holds just what was published, as it was left."""
        return (
            bool(self.before)
            and self._there.keys() <= self.before.keys()
            and all(self._stamp(address) == each.stamp for address, each in self.before.items())
        )

    def keep(self, address: str) -> None:
        """Let a file that `holds` stay."""
        known, stamp = self.before[address], self._stamp(address)
        self.entries[address] = replace(known, stamp=stamp) if stamp and stamp != known.stamp else known

    def offer(self, address: str, content: bytes, key: str = "") -> None:
        """Publish a file with this content. Raises OSError where it cannot wait to be put into its place."""
        digest = _digest(content)
        stamp = self._stamp(address)
        if stamp is not None and self._is(address, stamp, digest, len(content)):
            self.entries[address] = Entry(key, stamp, digest)
            return
        place = self.waiting / str(len(self._written))
        place.write_bytes(content)
        self._written[address] = _Waiting(place, key, digest)

    def take_over(self, folder: Path) -> None:
        """Publish all files of another folder on the same file system, which loses them."""
        for path, address in _files(folder):
            if address in self._written or address in self.entries:
                continue  # ours, and offered already
            if path.is_symlink():
                self._links[address] = path
                continue
            with path.open("rb") as file:
                size = os.fstat(file.fileno()).st_size
                stamp = self._stamp(address)
                digest = _digest_of(file)
            if stamp is not None and self._is(address, stamp, digest, size):
                self.entries[address] = Entry("", stamp, digest)
            else:
                self._written[address] = _Waiting(path, "", digest)

    def settle(self) -> Published:
        """Delete what is gone, then write what differs. Raises OSError where it must not; `entries` then tell what there is all the same.

        In this order, for where names differ in case alone the new file is the old one. What tells that this is a site comes first: ended halfway, the folder is known for one.
        """
        gone = [address for address in self._there if not self._has(address)]
        self._delete(gone)
        kept, written = len(self.entries), len(self._written)
        for address in sorted(self._written, key=lambda address: address not in TELLING):
            each = self._written[address]
            self.entries[address] = Entry(each.key, self._put(address, each.place), each.digest)
        for address, path in self._links.items():
            self._make(address.rpartition("/")[0])
            _move(path, self.folder / address)
        self._written, self._links = {}, {}
        return Published(written, len(gone), kept)

    def _look(self) -> None:
        linked: list[str] = []
        folders = [("", str(self.folder))]
        while folders:
            prefix, folder = folders.pop()
            try:
                entries = os.scandir(folder)
            except FileNotFoundError:
                continue
            with entries:
                for entry in entries:
                    if not prefix and entry.name.startswith("."):
                        continue
                    address = prefix + entry.name
                    if entry.is_symlink():
                        # What it leads to is not the site's: a linked folder is written through and never emptied.
                        if entry.is_dir():
                            linked.append(address + "/")
                        else:
                            self._there[address] = None
                    elif entry.is_dir(follow_symlinks=False):
                        self._folders.add(address)
                        folders.append((address + "/", entry.path))
                    else:
                        self._there[address] = _if_file(entry.stat(follow_symlinks=False))
        self._linked = tuple(linked)

    def _stamp(self, address: str) -> Stamp | None:
        if address in self._there or not address.startswith((".", *self._linked)):
            return self._there.get(address)
        with contextlib.suppress(OSError):
            return _if_file((self.folder / address).lstat())
        return None

    def _is(self, address: str, stamp: Stamp, digest: str, size: int) -> bool:
        if stamp[0] != size:
            return False
        known = self.before.get(address)
        if known is not None and known.stamp == stamp:
            return known.digest == digest
        with contextlib.suppress(OSError), (self.folder / address).open("rb") as file:
            return _digest_of(file) == digest
        return False

    def _has(self, address: str) -> bool:
        return address in self.entries or address in self._written or address in self._links

    def _delete(self, addresses: list[str]) -> None:
        for address in addresses:
            with contextlib.suppress(FileNotFoundError):
                (self.folder / address).unlink()
        holding = {
            address.rpartition("/")[0]
            for there in (self.entries, self._written, self._links)
            for address in there
        }
        wanted = holding.union(*map(_above, holding))
        for name in sorted(self._folders - wanted, key=len, reverse=True):
            # Another build, or another program, may be putting something there.
            with contextlib.suppress(OSError):
                (self.folder / name).rmdir()
                self._folders.discard(name)

    def _put(self, address: str, place: Path) -> Stamp:
        target = self.folder / address
        above = address.rpartition("/")[0]
        if above not in self._folders:
            self._make(above)
        try:
            _move(place, target)
        except FileNotFoundError:
            # A build beside this one found the folder empty.
            self._make(above)
            _move(place, target)
        return _stamp_of(target.stat(follow_symlinks=False))

    def _make(self, folder: str) -> None:
        (self.folder / folder).mkdir(parents=True, exist_ok=True)
        self._folders.update((folder, *_above(folder)))


def overwritten(folder: Path, address: str, content: bytes, known: Entry | None) -> Entry | None:
    """Give one file of a published site another content, and what is known of it then; None where it is the same. Raises OSError where it cannot be written."""
    digest = _digest(content)
    if known is not None and known.digest == digest:
        return None
    target = folder / address
    target.parent.mkdir(parents=True, exist_ok=True)
    # A reader finds the old content or the new one, never half of it.
    waiting = target.with_name(f".{target.name}.{os.getpid()}")
    waiting.write_bytes(content)
    waiting.replace(target)
    return Entry("", _stamp_of(target.stat(follow_symlinks=False)), digest)


def _above(address: str) -> Iterator[str]:
    above = address.rpartition("/")[0]
    while above:
        yield above
        above = above.rpartition("/")[0]


def _files(folder: Path) -> Iterator[tuple[Path, str]]:
    for place, folders, names in os.walk(folder):
        folders.sort()
        below = os.path.relpath(place, folder).replace(os.sep, "/")
        prefix = "" if below == "." else below + "/"
        links = [name for name in folders if Path(place, name).is_symlink()]
        for name in sorted([*names, *links]):
            yield Path(place, name), prefix + name


def _if_file(status: os.stat_result) -> Stamp | None:
    return _stamp_of(status) if stat.S_ISREG(status.st_mode) else None


def _stamp_of(status: os.stat_result) -> Stamp:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _move(place: Path, target: Path) -> None:
    try:
        place.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        # On another file system after all: a reader finds the old content or the new one all the same.
        beside = target.with_name(f".{target.name}.{os.getpid()}")
        shutil.copyfile(place, beside)
        beside.replace(target)
        place.unlink()


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=DIGEST).hexdigest()


def _digest_of(file: BufferedReader) -> str:
    return file_digest(file, partial(blake2b, digest_size=DIGEST)).hexdigest()

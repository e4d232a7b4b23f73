"""What took time to make, kept in files under the hash of all that it was made from."""

from __future__ import annotations

import contextlib
import os
import threading
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from afterword.sources.files import way_to

PLACE = "AFTERWORD_CACHE"
"""The environment variable that names another folder for what is kept between runs; with `OFF` nothing is kept anywhere."""

OFF = "off"

NOWHERE = Path(os.devnull) / OFF
"""A folder that cannot be: nothing is found in it, and nothing is kept."""


def is_off() -> bool:
    """Tell whether nothing is to be kept between runs, nor anything used that was."""
    return os.environ.get(PLACE, "").lower() == OFF


def user_cache() -> Cache:
    """Give the cache of the person who runs this, outside of any repository: what a pull request brings along must not decide what is found in it."""
    folder = os.environ.get(PLACE)
    if is_off():
        return Cache(NOWHERE)
    if folder:
        # Files of CI name it without a shell, which would know where home is.
        return Cache(Path(os.path.expanduser(folder)))  # noqa: PTH111 - pathlib's raises where it does not know
    import platformdirs  # not everybody who has a cache needs to ask where

    try:
        place = platformdirs.user_cache_path("afterword", appauthor=False)
    except RuntimeError:  # nobody knows where home is: no HOME, and a user whom the system does not know
        return Cache(NOWHERE)
    return Cache(place if place.is_absolute() else NOWHERE)  # older versions answer with a `~` of their own


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of what is kept, which git is told to leave alone.

    Losing it, or part of it, costs time and nothing else: what cannot be written is not kept, what was damaged is not found.
    """

    folder: Path

    @staticmethod
    def key(*parts: str) -> str:
        """Give the hash of all that a text is made from; `("ab", "c")` and `("a", "bc")` differ."""
        digest = sha256()
        for part in parts:
            content = part.encode("utf-8", "surrogatepass")
            digest.update(len(content).to_bytes(8, "big"))
            digest.update(content)
        return digest.hexdigest()

    def way_to(self, folder: Path) -> str:
        """Name a folder by the way that leads to it from what is kept: CI may bring back both at another place."""
        return way_to(folder.resolve(), self.folder.resolve())

    def get(self, key: str) -> str | None:
        """Give the text kept under a key of `key`, None where it is not kept or no longer whole."""
        content = self.get_bytes(key)
        try:
            return None if content is None else content.decode()
        except UnicodeDecodeError:
            return None

    def get_bytes(self, key: str) -> bytes | None:
        """Give the bytes kept under a key, None where they are not kept or no longer whole."""
        try:
            digest, _, content = _path(self.folder, key).read_bytes().partition(b"\n")
        except OSError:
            return None
        return content if digest == _digest(content) else None

    def put(self, key: str, text: str) -> None:
        """Keep a text; another process that reads or writes the same one meets the whole text or none."""
        self.put_bytes(key, text.encode("utf-8", "replace"))

    def put_bytes(self, key: str, content: bytes) -> None:
        """Keep bytes in the same way."""
        if self.folder == NOWHERE:
            return
        path = _path(self.folder, key)
        # A full disk or a folder that may only be read must not end a build.
        with contextlib.suppress(OSError):
            # Every build writes thousands: the folders are made when one is missing, and the name is free without asking for it.
            temporary = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}")
            try:
                try:
                    file = temporary.open("wb")
                except FileNotFoundError:
                    self._make(path.parent)
                    file = temporary.open("wb")
                with file:
                    file.write(_digest(content) + b"\n" + content)
                temporary.replace(path)
            except OSError:
                temporary.unlink(missing_ok=True)

    def _make(self, folder: Path) -> None:
        if not self.folder.exists():
            self.folder.mkdir(parents=True)
            (self.folder / ".gitignore").write_text("*\n", "utf-8")
        folder.mkdir(exist_ok=True)


def _path(folder: Path, key: str) -> Path:
    return folder / key[:2] / key[2:]


def _digest(content: bytes) -> bytes:
    return sha256(content).hexdigest().encode()

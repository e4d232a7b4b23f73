"""Where MkDocs builds: beside the site's folder, which it would empty first and fill with what may be half a site."""

from __future__ import annotations

import contextlib
import logging
import os
import re
import shutil
import socket
import tempfile
import time
from pathlib import Path

from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig

from afterword.sources.files import LEFT_BEHIND


class Staging:
    """A folder of one build, in the place of a site's until that is published.

    `built` is where MkDocs writes, `waiting` where other content waits to be put into its place. `target` is the site's own folder.
    """

    def __init__(self, config: MkDocsConfig) -> None:
        """Take the place of the site's folder in the configuration. Raises OSError where nothing can be written."""
        self.config = config
        self.target = Path(config.site_dir)
        remove_left_behind(self.target)
        self.folder = _own_folder(self.target)
        self.built, self.waiting = self.folder / (self.target.name or "site"), self.folder / ".waiting"
        try:
            self.waiting.mkdir()
            (self.folder / ".gitignore").write_text("*\n", "utf-8")
        except OSError:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        config.site_dir = str(self.built)
        self.naming = _Naming(config.site_dir, str(self.target))
        mkdocs_build.log.addFilter(self.naming)

    def end(self) -> None:
        """Give the site its folder back, and remove what was not published; a second time does nothing."""
        mkdocs_build.log.removeFilter(self.naming)
        if self.config.site_dir == str(self.built):
            self.config.site_dir = str(self.target)
        shutil.rmtree(self.folder, ignore_errors=True)


class _Naming(logging.Filter):
    """Lets MkDocs name the site's folder, as it would where it wrote there."""

    def __init__(self, built: str, target: str) -> None:
        super().__init__()
        self.built, self.target = built, target

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the folder's name in a message."""
        if isinstance(record.msg, str):
            record.msg = record.msg.replace(self.built, self.target)
        return True


def remove_left_behind(target: Path) -> None:
    """Remove what killed builds of the same site have left: those of this machine whose process is gone, and what is old."""
    prefix = _prefix(target)
    with contextlib.suppress(OSError), os.scandir(target.parent) as beside:
        for left in beside:
            if left.name.startswith(prefix) and not _is_at_work(
                left.name.removeprefix(prefix), left.stat().st_mtime
            ):
                shutil.rmtree(left.path, ignore_errors=True)


def _own_folder(target: Path) -> Path:
    """Make a folder that nobody else has, on the file system of the site where that is allowed."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        return Path(
            tempfile.mkdtemp(prefix=f"{_prefix(target)}{_machine()}.{os.getpid()}.", dir=target.parent)
        )
    except PermissionError:
        return Path(tempfile.mkdtemp(prefix="afterword-"))


def _prefix(target: Path) -> str:
    return f".{target.name}.afterword-"


def _machine() -> str:
    return re.sub(r"[^A-Za-z0-9-]", "-", socket.gethostname())


def _is_at_work(builder: str, since: float) -> bool:
    """Tell whether a build may still go on; the number of a process says nothing of one on another machine."""
    if time.time() - since > LEFT_BEHIND:
        return False
    machine, _, rest = builder.partition(".")
    number = rest.partition(".")[0]
    if machine != _machine() or not number.isdecimal() or os.name != "posix":
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True

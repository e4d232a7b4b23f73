"""The files that an editor has open, each on its desk, and when they are judged."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from afterword.model.finding import Finding
from afterword.operations import CannotRunError
from afterword.operations.writing.editing import Editing, Manuscript, home

PAUSE = 0.002
"""Seconds without a further change after which a file is judged: changes that are waiting already are taken together."""

IDLE = 0.4
"""Seconds without a change after which the rules about the whole archive are applied, too."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Desk:
    """One open file, and the archive that it is judged in; `told` is what was said of it last."""

    uri: str
    file: Path
    version: int | None
    editing: Editing
    path: str
    told: tuple[Finding, ...] | None = None

    @property
    def manuscript(self) -> Manuscript:
        """Give the file as it stands."""
        return self.editing.manuscript(self.path)


class Workplace:
    """All desks, by address; `tell` is called with a desk whenever there is something new to say of its file."""

    def __init__(self, tell: Callable[[Desk], None]) -> None:
        """Begin with nothing open."""
        self._tell = tell
        self._desks: dict[str, Desk] = {}
        self._archives: dict[Path, Editing] = {}
        self._pauses: dict[str, asyncio.TimerHandle] = {}
        self._idle: asyncio.TimerHandle | None = None
        self._work: asyncio.Task[None] | None = None
        self._files_changed = False

    def desk(self, uri: str) -> Desk | None:
        """Give the desk of an address, None where the file is not open or lies nowhere."""
        return self._desks.get(uri)

    def open(self, uri: str, file: Path | None, version: int | None, text: str) -> None:
        """Put a file on a desk of its own; a text without a file has none."""
        if file is None:
            return
        editing = self._archive_of(file)
        path = editing.path_of(file)
        if path is None:
            return
        editing.write(path, text)
        self._desks[uri] = Desk(uri, file, version, editing, path)
        self._judge(uri)
        self.read_again()

    def change(self, uri: str, version: int | None, text: str) -> None:
        """Take the new text of a file, and judge it as soon as no other is waiting."""
        desk = self._desks.get(uri)
        if desk is None:
            return
        desk.version = version
        desk.editing.write(desk.path, text)
        self._hold(uri)
        self._pauses[uri] = asyncio.get_running_loop().call_later(PAUSE, self._judge, uri)

    def close(self, uri: str) -> bool:
        """Clear a desk; tell whether there was one."""
        self._hold(uri)
        desk = self._desks.pop(uri, None)
        if desk is None:
            return False
        desk.editing.close(desk.path)
        self.read_again()
        return True

    def move(self) -> None:
        """Find the archive of each file anew: settings have come, gone, or changed."""
        for desk in self._desks.values():
            text = "\n".join(desk.manuscript.lines)
            desk.editing.close(desk.path)
            desk.editing = self._archive_of(desk.file)
            desk.path = desk.editing.path_of(desk.file) or desk.file.name
            desk.editing.write(desk.path, text)
        self.read_again()

    def read_again(self) -> None:
        """Read what has changed on disk, beside all else, and judge what is open by it."""
        self._files_changed = True
        if self._work is None or self._work.done():
            self._work = asyncio.get_running_loop().create_task(self._read_and_judge())

    def _archive_of(self, file: Path) -> Editing:
        folder = home(file)
        if folder not in self._archives:
            self._archives[folder] = Editing(folder)
        return self._archives[folder]

    def _hold(self, uri: str) -> None:
        waiting = self._pauses.pop(uri, None)
        if waiting is not None:
            waiting.cancel()

    def _judge(self, uri: str) -> None:
        """Judge one file, and the archive once nothing has changed for a while."""
        self._pauses.pop(uri, None)
        self._say(self._desks[uri])
        if self._idle is not None:
            self._idle.cancel()
        self._idle = asyncio.get_running_loop().call_later(IDLE, self._look_around)

    def _say(self, desk: Desk, *, always: bool = True) -> None:
        findings = desk.editing.judge(desk.path)
        # Of a file in no archive nothing is ever said, and nothing of a record before the others are read.
        if desk.editing.can_judge(desk.path) and (always or findings != desk.told):
            desk.told = findings
            self._tell(desk)

    def _look_around(self) -> None:
        if self._work is None or self._work.done():
            self._work = asyncio.get_running_loop().create_task(self._judge_all())

    async def _read_and_judge(self) -> None:
        while self._files_changed:
            self._files_changed = False
            for editing in list(self._archives.values()):
                try:
                    editing.adopt(await asyncio.to_thread(editing.read))
                except CannotRunError as error:
                    _log.info("no archive: %s", error)
            # What was read stays. Looking through all of it for cycles, every few keystrokes, took ten times as long as a keystroke.
            gc.collect()
            gc.freeze()
            await self._judge_all()

    async def _judge_all(self) -> None:
        """Apply the rules about the whole archive, and say what has changed by them."""
        for editing in {desk.editing for desk in self._desks.values()}:
            await asyncio.to_thread(editing.look_around, editing.archive)
        for desk in list(self._desks.values()):
            if desk.uri not in self._pauses:
                self._say(desk, always=False)
        # While nobody types, what was made since is looked through once; the next keystrokes need not.
        gc.collect()
        gc.freeze()

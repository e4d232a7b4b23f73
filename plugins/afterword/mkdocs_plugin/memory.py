"""The memory of a server that builds again and again: garbage is collected when nobody waits."""

from __future__ import annotations

import gc
import time

AFTER = 10
"""Builds after which it pays: a build leaves a megabyte that only a search finds."""

QUIET = 60.0
"""Seconds in which nobody has written anything, after which nobody is expected to."""

AT_LAST = 60
"""Builds after which it is searched all the same: a program may write something every minute."""


class Memory:
    """Collects garbage in all of the memory, seldom: with ten thousand records that takes seconds, in which no edit is shown.

    In between Python walks little of it, since what a build has read is left out (`gc.freeze`).
    """

    def __init__(self, quiet: float = QUIET) -> None:
        self._quiet = quiet
        self._builds = 0
        self._has_failed = False
        self._written = time.monotonic()

    def note_edit(self) -> None:
        """Note that somebody is at work."""
        self._written = time.monotonic()

    def note_build(self, *, is_whole: bool) -> None:
        """Note the end of a build; what one that failed has read lies about until the next one has ended."""
        self._builds += 1
        if self._has_failed or self._builds >= AT_LAST:
            self._search()
        self._has_failed = not is_whole

    def tidy(self) -> None:
        """Search where there may be much to find, and nobody is at work."""
        if self._builds >= AFTER and time.monotonic() - self._written >= self._quiet:
            self._search()

    def _search(self) -> None:
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        self._builds = 0

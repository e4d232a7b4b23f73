"""What the log says while something takes long."""

from __future__ import annotations

import time

from mkdocs.plugins import get_plugin_logger

from afterword.operations.reading.loading import Progress

log = get_plugin_logger("afterword")

PROGRESS_EVERY = 250
"""Records between two lines of progress in the log."""

PROGRESS_AFTER = 2
"""Seconds from which a line is wanted where there are a few things that may take long each."""


def progress(verb: str, noun: str = "records", every: int = PROGRESS_EVERY) -> Progress:
    """Tell of many things, one line for so many of them."""

    def tell(done: int, total: int) -> None:
        if done % every == 0 and total > every:
            log.info(f"{verb} {done:,} of {total:,} {noun}")

    return tell


def slow_progress(verb: str, noun: str) -> Progress:
    """Tell of a few things that may take long each, no more often than one wants to know."""
    told = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal told
        if done < total and time.monotonic() - told >= PROGRESS_AFTER:
            told = time.monotonic()
            log.info(f"{verb} {done:,} of {total:,} {noun}")

    return tell

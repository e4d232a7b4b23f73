"""What goes wrong with work that other processes do."""

from __future__ import annotations

import pickle

PROCESSES = "AFTERWORD_PROCESSES"
"""The environment variable that says how many processes may share work."""


class CrewError(Exception):
    """A process of a crew ended, or failed; the words are its own."""


class EndedError(CrewError):
    """A process that did part of the work has ended without a word, as systems end them where memory runs out."""

    def __init__(self) -> None:
        super().__init__(
            f"a process that did part of the work was ended, perhaps for want of memory: `{PROCESSES}=1` has all of it done by one"
        )


def sent(error: Exception) -> Exception:
    """Give an error as another process is to have it: as it is, or in its own words where it cannot be pickled, or not be made of that again."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - of our own
    except Exception:
        return CrewError(f"{type(error).__name__}: {error}")
    return error

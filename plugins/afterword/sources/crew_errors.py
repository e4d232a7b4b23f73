"""What goes wrong with work that other processes do."""

from __future__ import annotations

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

"""Files beside the archive of which nothing is used where they cannot be read as a whole."""

from __future__ import annotations

from typing import NoReturn

from afterword.model.finding import Finding, Nature
from afterword.model.span import START, Span


class Unusable(Exception):  # noqa: N818 - it ends the reading, and is itself no error
    """Ends the reading of a file of which nothing can be used, and says why."""

    def __init__(self, message: str, hint: str | None, place: Span) -> None:
        super().__init__(message)
        self._place, self._hint = place, hint

    def finding(self, rule: str) -> Finding:
        """Give it as a finding of a rule."""
        return Finding(rule, str(self), self._place, Nature.UNREADABLE, self._hint)


def refuse(message: str, hint: str | None = None, place: Span = START) -> NoReturn:
    """End the reading of a file."""
    raise Unusable(f"{message}; none of it is used", hint, place)

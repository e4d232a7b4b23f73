"""What ends a command before it has done its work."""

from __future__ import annotations


class CannotRunError(Exception):
    """Something outside the records keeps a command from doing its work; the text is for the person at the terminal."""

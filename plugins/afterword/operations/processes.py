"""How many processes may share work."""

from __future__ import annotations

from afterword.operations.cannot_run import CannotRunError
from afterword.sources.crew import spare_cores
from afterword.sources.crew_errors import PROCESSES


def spare_processes() -> int:
    """Give how many processes are worth having. Raises CannotRunError where the environment names no number of them."""
    try:
        return spare_cores()
    except ValueError as error:
        raise CannotRunError(f"{PROCESSES}: {error}") from error

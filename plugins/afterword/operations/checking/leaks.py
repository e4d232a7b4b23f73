"""Looking for what should not stand in an archive at all: secrets and personal data."""

from __future__ import annotations

from importlib.util import find_spec

from afterword.check.leaks.scan import NEEDED, find_leaks
from afterword.operations.extra import extra_missing
from afterword.operations.reading.found import Found


def look_for_secrets(found: Found) -> None:
    """Let secrets and personal data be looked for in what is read. Raises CannotRunError where a package is missing that this needs."""
    for package in NEEDED:
        # Imported only where a text asks for it, which takes long and comes too late to say this.
        if find_spec(package) is None:
            raise extra_missing("looking for secrets", "secrets", ImportError(name=package))
    found.examine = find_leaks

"""What a core install lacks: sites are built, editors served and secrets found by packages that checking does without."""

from __future__ import annotations

from importlib.util import find_spec

from afterword.check.leaks.scan import NEEDED, find_leaks
from afterword.operations.cannot_run import CannotRunError
from afterword.operations.found import Found


def extra_missing(what: str, extra: str, error: ImportError) -> CannotRunError:
    """Say which command brings the package that could not be imported; `what` begins the sentence."""
    package = (error.name or "a package").partition(".")[0]
    return CannotRunError(
        f"{what} needs what `pip install 'afterword[{extra}]'` brings ({package} is missing)"
    )


def site_extra_missing(error: ImportError) -> CannotRunError:
    """Say which command brings what building a site lacks."""
    return extra_missing("building a site", "site", error)


def look_for_secrets(found: Found) -> None:
    """Let secrets and personal data be looked for in what is read. Raises CannotRunError where a package is missing that this needs."""
    for package in NEEDED:
        # Imported only where a text asks for it, which takes long and comes too late to say this.
        if find_spec(package) is None:
            raise extra_missing("looking for secrets", "secrets", ImportError(name=package))
    found.examine = find_leaks

"""What a core install lacks: sites are built, editors served and secrets found by packages that checking does without."""

from __future__ import annotations

from afterword.operations.cannot_run import CannotRunError


def extra_missing(what: str, extra: str, error: ImportError) -> CannotRunError:
    """Say which command brings the package that could not be imported; `what` begins the sentence."""
    package = (error.name or "a package").partition(".")[0]
    return CannotRunError(
        f"{what} needs what `pip install 'afterword[{extra}]'` brings ({package} is missing)"
    )


def site_extra_missing(error: ImportError) -> CannotRunError:
    """Say which command brings what building a site lacks."""
    return extra_missing("building a site", "site", error)

"""What a core install lacks: sites are built by packages that checking does without."""

from __future__ import annotations

from afterword.operations.loading import CannotRunError


def site_extra_missing(error: ImportError) -> CannotRunError:
    """Say which command brings the package that could not be imported."""
    package = (error.name or "a package").partition(".")[0]
    return CannotRunError(
        f"building a site needs what `pip install 'afterword[site]'` brings ({package} is missing)"
    )

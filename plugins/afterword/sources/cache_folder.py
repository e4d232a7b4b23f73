"""The folder beside an archive for what is kept between builds."""

from __future__ import annotations

from pathlib import Path


def cache_folder(root: Path) -> Path:
    """Give the folder below the one of the settings, or of the site."""
    return root / ".afterword" / "cache"

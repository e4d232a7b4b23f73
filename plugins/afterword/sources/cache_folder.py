"""The folder beside an archive for what is kept between builds."""

from __future__ import annotations

from pathlib import Path

from afterword.sources.cache import NOWHERE, is_off


def cache_folder(root: Path) -> Path:
    """Give the folder below the one of the settings, or of the site; a place where nothing can be kept where nothing is to be."""
    return NOWHERE if is_off() else root / ".afterword" / "cache"

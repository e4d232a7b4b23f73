"""Where what a site is built from is kept between builds."""

from __future__ import annotations

from pathlib import Path

from afterword.operations.reading.opening import Opened
from afterword.sources.cache import Cache
from afterword.sources.cache_folder import cache_folder


def site_cache(opened: Opened, site_folder: Path) -> Cache:
    """Give the cache beside the settings; where there are none, the archive's root is the documents folder, and what lies there is watched."""
    return Cache(cache_folder(opened.loaded.root if opened.settings_path else site_folder))

"""Code that took time to write, kept between runs where nobody but its owner can have put it."""

from __future__ import annotations

import os
import stat

from afterword.sources.cache import PLACE, Cache, user_cache
from afterword.sources.files import repository_root


def own_code() -> Cache | None:
    """Give the cache for code of the person who runs this, None wherever somebody else may have had a hand in it: what is found there is run.

    So it is no folder that the environment names, which may lie in a repository or be handed from one run of CI to the next. It lies in no repository, and only its owner can write there.
    Where the system does not say whose a folder is nothing is kept; see docs/decisions/0017-kept-code.md.
    """
    if PLACE in os.environ or "CI" in os.environ or not hasattr(os, "geteuid"):
        return None
    folder = user_cache().folder / "code"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.lstat()
        is_inside = repository_root(folder.resolve()) is not None
    except OSError:
        return None
    is_private = stat.S_ISDIR(status.st_mode) and not stat.S_IMODE(status.st_mode) & 0o077
    return Cache(folder) if is_private and status.st_uid == os.geteuid() and not is_inside else None

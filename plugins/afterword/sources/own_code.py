"""Code that took time to write, kept between runs where nobody but its owner can have put it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from afterword.sources.cache import PLACE, Cache, user_cache
from afterword.sources.files import repository_root

HANDED_ON = (PLACE, "CI", "TF_BUILD", "TEAMCITY_VERSION", "CODEBUILD_BUILD_ID")
"""Variables of the environment that tell of a cache which may come from elsewhere: that names one, and those of services that build, each of which can bring caches along."""


def own_code() -> Cache | None:
    """Give the cache for code of the person who runs this, None wherever somebody else may have had a hand in it: what is found there is run.

    So it is no folder that the environment names, which may lie in a repository or be handed from one run of CI to the next. It lies in no repository, only its owner can write there,
    and nobody else can put another folder in its place. Where the system does not say whose a folder is nothing is kept; see docs/decisions/0017-kept-code.md.
    """
    if not hasattr(os, "geteuid") or any(name in os.environ for name in HANDED_ON):
        return None
    try:
        folder = user_cache().folder.resolve() / "code"
        if repository_root(folder) is not None:
            return None
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.lstat()
        is_private = stat.S_ISDIR(status.st_mode) and not stat.S_IMODE(status.st_mode) & 0o077
        is_own = status.st_uid == os.geteuid() and all(map(_is_guarded, folder.parents))
    except (OSError, RuntimeError):  # the latter where links lead in a circle
        return None
    return Cache(folder) if is_private and is_own else None


def _is_guarded(folder: Path) -> bool:
    """Tell whether nobody but the system and the person who runs this can put something else in the place of what a folder holds."""
    status = folder.stat()
    # Where each person has a group of the same number, and nobody else is in it, new folders are often open to that.
    others = stat.S_IWOTH if status.st_gid == status.st_uid else stat.S_IWOTH | stat.S_IWGRP
    # Of a folder such as /tmp everybody can take away what is his own alone.
    is_closed = not status.st_mode & others or bool(status.st_mode & stat.S_ISVTX)
    return is_closed and status.st_uid in (0, os.geteuid())

"""The moment that MkDocs dates a site by: what the environment says, a day that was asked for, or now."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager

from afterword.operations.cannot_run import CannotRunError

MOMENT = "SOURCE_DATE_EPOCH"
"""The environment variable that holds it, in seconds since 1970 (https://reproducible-builds.org/specs/source-date-epoch/)."""

LATEST = 2**32 - 1
"""The last second that the header of a packed file can hold, in 2106."""

_SECONDS = re.compile(r"[0-9]{1,10}")


@contextmanager
def dated(as_of: dt.date | None) -> Iterator[None]:
    """Let MkDocs date what it makes by a day instead of now; a moment that is set stays. Raises CannotRunError for what no file can be dated by."""
    check_moment()
    if as_of is None or MOMENT in os.environ:
        yield
        return
    seconds = int(dt.datetime.combine(as_of, dt.time(), dt.UTC).timestamp())
    if not 0 <= seconds <= LATEST:
        raise CannotRunError(f"--as-of {as_of}: no site can be dated so, expected a day from 1970 to 2105")
    os.environ[MOMENT] = str(seconds)
    try:
        yield
    finally:
        del os.environ[MOMENT]


def check_moment() -> None:
    """Raise CannotRunError where the environment names no moment that a file can have; MkDocs would fail somewhere on its way."""
    said = os.environ.get(MOMENT)
    if said is not None and (not _SECONDS.fullmatch(said) or int(said) > LATEST):
        raise CannotRunError(f"{MOMENT}: '{said}' is no moment, expected seconds since 1970, up to {LATEST}")

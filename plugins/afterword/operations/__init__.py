"""The use cases: all that the command line and the adapters call.

What is named here is imported when it is asked for: a command that reads no record starts without what reading takes.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from afterword.operations.cannot_run import CannotRunError
    from afterword.operations.checking.checking import (
        Allowance,
        Judged,
        check,
        judge,
        judge_language,
        left_out,
    )
    from afterword.operations.checking.fixing import fix
    from afterword.operations.checking.leaks import look_for_secrets
    from afterword.operations.reading.found import find, find_documents
    from afterword.operations.reading.loading import Loaded, load, read

_PLACES = {
    "CannotRunError": "cannot_run",
    "Allowance": "checking.checking",
    "Judged": "checking.checking",
    "check": "checking.checking",
    "judge": "checking.checking",
    "judge_language": "checking.checking",
    "left_out": "checking.checking",
    "look_for_secrets": "checking.leaks",
    "fix": "checking.fixing",
    "find": "reading.found",
    "find_documents": "reading.found",
    "Loaded": "reading.loading",
    "load": "reading.loading",
    "read": "reading.loading",
}

__all__ = [
    "Allowance",
    "CannotRunError",
    "Judged",
    "Loaded",
    "check",
    "find",
    "find_documents",
    "fix",
    "judge",
    "judge_language",
    "left_out",
    "load",
    "look_for_secrets",
    "read",
]


def __getattr__(name: str) -> object:
    """Import what is asked for by its name, once."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(importlib.import_module(f"{__name__}.{_PLACES[name]}"), name)
    globals()[name] = found
    return found

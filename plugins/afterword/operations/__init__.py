"""The use cases: all that the command line and the adapters call.

What is named here is imported when it is asked for: a command that reads no record starts without what reading takes.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from afterword.operations.cannot_run import CannotRunError
    from afterword.operations.checking import Allowance, Judged, check, judge, judge_language, left_out
    from afterword.operations.fixing import fix
    from afterword.operations.found import find, find_documents
    from afterword.operations.leaks import look_for_secrets
    from afterword.operations.loading import Loaded, load, read

_PLACES = {
    "CannotRunError": "cannot_run",
    "Allowance": "checking",
    "Judged": "checking",
    "check": "checking",
    "judge": "checking",
    "judge_language": "checking",
    "left_out": "checking",
    "look_for_secrets": "leaks",
    "fix": "fixing",
    "find": "found",
    "find_documents": "found",
    "Loaded": "loading",
    "load": "loading",
    "read": "loading",
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

"""The use cases: all that the command line and the adapters call."""

from afterword.operations.checking import Allowance, Judged, check, judge, judge_language, left_out
from afterword.operations.extra import look_for_secrets
from afterword.operations.fixing import fix
from afterword.operations.loading import CannotRunError, Loaded, find, find_documents, load, read

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

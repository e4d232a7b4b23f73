"""The use cases: all that the command line and the adapters call."""

from afterword.operations.cannot_run import CannotRunError
from afterword.operations.checking import Allowance, Judged, check, judge, judge_language, left_out
from afterword.operations.extra import look_for_secrets
from afterword.operations.fixing import fix
from afterword.operations.found import find, find_documents
from afterword.operations.loading import Loaded, load, read

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

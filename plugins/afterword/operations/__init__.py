"""The use cases: all that the command line and the adapters call."""

from afterword.operations.checking import Allowance, Judged, check, judge, judge_language
from afterword.operations.loading import CannotRunError, Loaded, find, find_documents, load

__all__ = [
    "Allowance",
    "CannotRunError",
    "Judged",
    "Loaded",
    "check",
    "find",
    "find_documents",
    "judge",
    "judge_language",
    "load",
]

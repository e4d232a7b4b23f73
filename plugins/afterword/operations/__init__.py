"""The use cases: all that the command line and the adapters call."""

from afterword.operations.checking import Judged, check, judge
from afterword.operations.loading import CannotRunError, Loaded, find, load

__all__ = ["CannotRunError", "Judged", "Loaded", "check", "find", "judge", "load"]

"""The use cases: all that the command line and the adapters call."""

from afterword.operations.checking import check
from afterword.operations.loading import CannotRunError, Loaded, load

__all__ = ["CannotRunError", "Loaded", "check", "load"]

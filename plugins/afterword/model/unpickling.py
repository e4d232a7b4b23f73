"""Values of the model from bytes that were kept: whatever they hold, nothing but such values is made of them."""

from __future__ import annotations

import copyreg
import io
import pickle
from collections.abc import Mapping
from dataclasses import is_dataclass
from enum import Enum
from functools import lru_cache
from importlib import import_module
from typing import Any
from zoneinfo import ZoneInfo

from afterword.model.places import Places
from afterword.model.span import Span

PROTOCOL = 5

_PLAIN = {
    "builtins": {"frozenset", "set", "complex", "bytearray"},
    "collections": {"Counter", "OrderedDict"},
    "datetime": {"date", "datetime", "time", "timedelta", "timezone"},
    "zoneinfo": {"ZoneInfo"},
    "pathlib": {"PurePosixPath"},
}
_PLACELESS: Mapping[type, Any] = {
    Span: lambda _: (tuple, ()),
    Places: lambda places: (tuple, (places.names,)),
}
_OURS = "afterword."

# A zone asks for `getattr` by itself, with which anything could be had.
copyreg.pickle(ZoneInfo, lambda zone: (ZoneInfo, (zone.key,)))


def pickled(value: object) -> bytes:
    """Give a value as bytes. They are the same for equal values that were made in the same way, and may differ for others."""
    return pickle.dumps(value, PROTOCOL)


def pickled_without_places(value: object) -> bytes:
    """Give a value as bytes that are the same wherever in its file it stands; nothing is made of them again."""
    written = io.BytesIO()
    pickler = pickle.Pickler(written, PROTOCOL)
    # A plain dict, since every object is looked up in it.
    pickler.dispatch_table = {**copyreg.dispatch_table, **_PLACELESS}
    pickler.dump(value)
    return written.getvalue()


def unpickled(content: bytes) -> Any:
    """Give the value back.

    Raises pickle.UnpicklingError for anything that asks for more than dataclasses and enumerations of this package and plain values: the
    bytes may come from a folder that somebody else has filled. What is damaged raises that or another error of `DAMAGED`.
    """
    return _Unpickler(io.BytesIO(content)).load()


DAMAGED = (
    pickle.UnpicklingError,
    EOFError,
    ValueError,
    TypeError,
    AttributeError,
    ImportError,
    IndexError,
    KeyError,
)
"""What `unpickled` may raise for bytes that are not what they were."""


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        return _class(module, name)


def _member(kind: Any, name: Any) -> Any:
    """Give a member of an enumeration, in the place of `getattr`, by which anything could be had: Python before 3.11.4 pickles members so."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind[name]
    raise pickle.UnpicklingError(f"{kind} is no enumeration")


@lru_cache(maxsize=1024)
def _class(module: str, name: str) -> Any:
    if name in _PLAIN.get(module, ()):
        return getattr(import_module(module), name)
    if (module, name) == ("builtins", "getattr"):
        return _member
    if module.startswith(_OURS):
        found: Any = import_module(module)
        for part in name.split("."):
            found = getattr(found, part)
        if isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum)):
            return found
    raise pickle.UnpicklingError(f"{module}.{name} is no value of a record")

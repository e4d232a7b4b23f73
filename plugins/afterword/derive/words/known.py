"""What was worked out of a record's text while it was at hand, for when it no longer is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar, cast

from afterword.model.record import Postmortem
from afterword.model.unpickling import pickled, unpickled

_Told = TypeVar("_Told")


def from_text(name: str) -> Callable[[Callable[[Postmortem], _Told]], Callable[[Postmortem], _Told]]:
    """Let a function of a record's text be answered by `record.known` where the text was put away."""

    def decorate(work_out: Callable[[Postmortem], _Told]) -> Callable[[Postmortem], _Told]:
        @wraps(work_out)
        def told(record: Postmortem) -> _Told:
            kept = record.known.get(name)
            return work_out(record) if kept is None else cast(_Told, unpickled(kept))

        return told

    return decorate


def worked_out(record: Postmortem, functions: Mapping[str, Callable[[Postmortem], Any]]) -> dict[str, bytes]:
    """Work all of it out of a record, as `record.known` holds it."""
    return {name: pickled(work_out(record)) for name, work_out in functions.items()}

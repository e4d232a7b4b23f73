"""How the smallest values are made: there are a thousand of them in a record, and making them is what reading it costs."""

from __future__ import annotations

import copyreg
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from operator import attrgetter
from typing import Any, ParamSpec, TypeVar, cast, dataclass_transform

P = ParamSpec("P")
T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def plain_value(*, order: bool = False) -> Callable[[type[T]], type[T]]:
    """Make a frozen, slotted dataclass whose freezing is left to the type checker.

    A dataclass that guards itself while the program runs takes four times as long to make: each field goes through
    `object.__setattr__`. For `Span`, `Node` and `RichText` that was a third of the time in which an archive is read.
    """
    decorate = dataclass(slots=True, unsafe_hash=True, order=order, repr=False)

    def made(cls: type[T]) -> type[T]:
        value = decorate(cls)
        _store_by_place(value)
        _tell_at_once(value)
        return value

    return made


def _store_by_place(cls: type[Any]) -> None:
    """Let pickle store the values of a class in the order of their fields: it takes half the time and room that it takes with their names."""
    names = [field.name for field in fields(cls)]
    take: Callable[[object], Any] = attrgetter(*names)

    def reduce(value: object) -> tuple[type[Any], tuple[Any, ...]]:
        parts = take(value)
        return cls, parts if len(names) > 1 else (parts,)

    # A method `__reduce__` would do the same, and be looked for by way of two others, which takes half as long again.
    copyreg.pickle(cls, reduce)


def _tell_at_once(cls: type[Any]) -> None:
    """Give a class the `repr` of a dataclass without its guard against values that hold themselves, which takes as long: keys of pages are made of thousands."""
    if "__repr__" not in cls.__dict__:
        told = ", ".join(f"{field.name}={{self.{field.name}!r}}" for field in fields(cls) if field.repr)
        scope: dict[str, Any] = {}
        exec(f"def __repr__(self):\n return f'{cls.__qualname__}({told})'", scope)  # noqa: S102 - it holds the names of fields alone
        cls.__repr__ = scope["__repr__"]


def maker(made: Callable[P, T]) -> Callable[P, T]:
    """Give the function that makes what calling such a class makes, in half the time.

    Calling a class enters Python's interpreter anew, from C; calling a function does not. For those of which there are a hundred in a record,
    and for classes without a `__post_init__`.
    """
    scope: dict[str, Any] = {"new": object.__new__, "made": made}
    parameters, lines = [], ["value = new(made)"]
    for field in fields(cast(Any, made)):
        name = default = field.name
        if field.default is not MISSING:
            scope[f"_{name}"] = field.default
            parameters.append(f"{name}=_{name}")
        elif field.default_factory is not MISSING:
            scope[f"_{name}"], scope["MISSING"] = field.default_factory, MISSING
            parameters.append(f"{name}=MISSING")
            default = f"_{name}() if {name} is MISSING else {name}"
        else:
            parameters.append(name)
        lines.append(f"value.{name} = {default}")
    exec(f"def make({', '.join(parameters)}):\n " + "\n ".join([*lines, "return value"]), scope)  # noqa: S102 - it holds the names of fields alone
    return cast("Callable[P, T]", scope["make"])

"""The form that narrows a list down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a filter."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of the form."""

    name: str
    label: str
    choices: tuple[Choice, ...]


def choices(labels: Mapping[str, str]) -> tuple[Choice, ...]:
    """Offer values by their labels; one without a name is left out."""
    ordered = sorted(labels.items(), key=lambda each: (each[1].casefold(), each[0]))
    return tuple(Choice(value, label) for value, label in ordered if value)

"""The form that narrows a list down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MOST_CHOICES = 100
"""Of so many values on a filter is a field to type in: a list of five hundred names is none to choose from."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a filter."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of the form; one without choices is typed."""

    name: str
    label: str
    choices: tuple[Choice, ...]


def choices(labels: Mapping[str, str]) -> tuple[Choice, ...]:
    """Offer values by their labels; one without a name is left out."""
    ordered = sorted(labels.items(), key=lambda each: (each[1].casefold(), each[0]))
    return tuple(Choice(value, label) for value, label in ordered if value)


def offered(name: str, label: str, labels: Mapping[str, str]) -> Filter:
    """Offer what occurs, by its labels; `name` stands in the address."""
    return Filter(name, label, choices(labels) if len(labels) <= MOST_CHOICES else ())

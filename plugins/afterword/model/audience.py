"""Who reads what is made of the archive."""

from __future__ import annotations

from enum import StrEnum


class Audience(StrEnum):
    """Engineers get everything, with the owners of actions; executives cost, follow-through and recurrence, and no names."""

    ENGINEERING = "engineering"
    EXECUTIVE = "executive"

"""Who is meant by the owner of an action: a person or a team of the settings (docs/format.md, section 9)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from afterword.model.settings import RosterEntry, Settings

_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def plain_name(written: str) -> str:
    """Give a name without what is added to it: `@juno (payments)` is `juno`."""
    return " ".join(_ASIDE.sub(" ", written).split()).removeprefix("@")


def person_named(written: str, settings: Settings) -> RosterEntry | None:
    """Find the person of the settings whose name or id is written, without regard to case."""
    return _named(written, settings.people)


def team_named(written: str, settings: Settings) -> RosterEntry | None:
    """Find the team of the settings whose name or id is written, without regard to case."""
    return _named(written, settings.teams)


def _named(written: str, roster: Iterable[RosterEntry]) -> RosterEntry | None:
    entries = tuple(roster)
    for entry in entries:  # nearly all, and quick
        if entry.name == written:
            return entry
    wanted = {written.strip().casefold(), plain_name(written).casefold()} - {""}
    return next(
        (entry for entry in entries if wanted & {entry.name.casefold(), entry.id.casefold()}),
        None,
    )

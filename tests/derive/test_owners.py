"""Who is meant by an owner."""

from __future__ import annotations

import pytest

from afterword.derive.promises.owners import Owners
from afterword.model.settings import RosterEntry, Settings


@pytest.mark.parametrize(
    ("written", "person", "team"),
    [
        ("Juno Papercliff", True, False),
        ("@JUNO (payments)", True, False),
        ("juno", True, False),
        ("Juno", True, False),
        ("pay", False, True),
        ("payments", False, True),
        ("Juno Paper", False, False),
        ("()", False, False),
        ("", False, False),
    ],
)
def test_names_are_found_by_name_and_id(written: str, person: bool, team: bool) -> None:
    """An owner is looked up by name and id, without regard to case, `@` and what is in parentheses."""
    settings = Settings(
        people=(RosterEntry("Juno Papercliff", id="juno"), RosterEntry("Tansy Inkersley")),
        teams=(RosterEntry("Payments", id="pay"),),
    )
    owners = Owners.of(settings)
    assert (owners.person(written) is not None) is person
    assert (owners.team(written) is not None) is team

"""Who is meant by an owner."""

from __future__ import annotations

import pytest

from afterword.derive.owners import Holder, Owners, owner_holders, team_holders
from afterword.model.settings import RosterEntry, Settings
from tests.derive.drawn_records import a_record, actions, an_archive


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


def test_spellings_of_one_person_share_a_holder() -> None:
    """Roster names and ids, `@`, case and asides lead to one slug; teams and empty cells to none."""
    settings = Settings(
        people=(RosterEntry("Juno Papercliff", id="juno"),), teams=(RosterEntry("Payments", id="pay"),)
    )
    record = a_record(
        actions=actions(
            "A1 | open | owner @juno\nA2 | open | owner Juno Papercliff\nA3 | open | owner payments\n"
            "A4 | open\nA5 | open | owner Zoë Ærts\nA6 | open | owner @zoë ærts (ops)"
        )
    )
    found = owner_holders(an_archive(record, settings=settings))
    assert set(found) == {"@juno", "Juno Papercliff", "Zoë Ærts", "@zoë ærts (ops)"}
    assert found["@juno"] == found["Juno Papercliff"] == Holder("juno", "Juno Papercliff")
    assert found["Zoë Ærts"] == found["@zoë ærts (ops)"]
    assert found["Zoë Ærts"].slug == "zoe-rts"


def test_owners_of_one_slug_are_told_apart() -> None:
    """Names that come to one slug have addresses of their own, and the roster's keeps the plain one."""
    drawn = actions(
        "A1 | open | owner Jorg Ek\nA2 | open | owner Jörg Ek\nA3 | open | owner 加藤\nA4 | open | owner 佐藤"
    )
    settings = Settings(people=(RosterEntry("Jörg Ek"),))
    found = owner_holders(an_archive(a_record(actions=drawn), settings=settings))
    assert found["Jörg Ek"].slug == "jorg-ek"
    assert len({each.slug for each in found.values()}) == 4
    assert all(each.slug.isascii() and each.slug.strip("-") == each.slug for each in found.values())


def test_teams_are_called_by_their_ids() -> None:
    """A team's slug is its id, and a team that the settings do not list has one of its name."""
    settings = Settings(teams=(RosterEntry("Payments", id="pay"), RosterEntry("Pay")))
    found = team_holders(settings, ["Night shift", "", "Payments"])
    assert found["Payments"].slug == "pay"
    assert found["Pay"].slug.startswith("pay-")
    assert found["Night shift"].slug == "night-shift"
    assert set(found) == {"Payments", "Pay", "Night shift"}

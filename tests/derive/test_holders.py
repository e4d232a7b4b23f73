"""Who holds promises."""

from __future__ import annotations

from afterword.derive.promises.follow_through import action_views
from afterword.derive.promises.holders import Holders
from afterword.model.archive import Archive
from afterword.model.settings import Entry, RosterEntry, Settings
from tests.derive.drawn_records import a_record, actions, an_archive, day

AS_OF = day("2026-06-01")
SETTINGS = Settings(
    services=(Entry("api", "API", team="core"), Entry("mail", team="post")),
    teams=(RosterEntry("Core", id="core"), RosterEntry("Post", id="post")),
    people=(
        RosterEntry("Ada Example", team="core", id="ada"),
        RosterEntry("Ben Example", team="post", left=day("2026-05-01")),
    ),
)


def holders(drawn: Archive) -> Holders:
    """Put the actions of an archive together."""
    return Holders.of(action_views(drawn, AS_OF), drawn.settings)


def test_a_person_written_in_several_ways_is_one_owner() -> None:
    """Name, id, `@id` and a word in brackets mean the person of the roster; capitals make no other person outside of it."""
    drawing = (
        "A1 | open | owner Ada Example\nA2 | open | owner @ada\nA3 | done | owner ada (on call)\n"
        "A4 | open | owner Zoë Q.\nA5 | open | owner zoë q.\nA6 | open | owner Zoë Q."
    )
    found = holders(an_archive(a_record(actions=actions(drawing)), settings=SETTINGS))
    assert [(owner.slug, owner.name, len(owner.views)) for owner in found.owners] == [
        ("ada", "Ada Example", 3),
        ("zoe-q", "Zoë Q.", 3),
    ]
    assert found.owner("@ada") is found.owners[0] and found.owner("") is None


def test_owners_are_in_the_order_of_the_alphabet_and_say_who_left() -> None:
    """However much somebody owns, the list is by name; who left is told with the day."""
    drawing = "A1 | open | owner Ben Example\nA2 | open | owner Ben Example\nA3 | open | owner Ada Example"
    found = holders(an_archive(a_record(actions=actions(drawing)), settings=SETTINGS))
    assert [owner.name for owner in found.owners] == ["Ada Example", "Ben Example"]
    assert found.owners[1].left == day("2026-05-01")


def test_two_owners_never_share_an_address() -> None:
    """Of two whose names give one address the first keeps it, the other has a mark that stays the same."""
    drawing = "A1 | open | owner Jose Q\nA2 | open | owner José Q\nA3 | open | owner 彩\nA4 | open | owner 花"
    slugs = [owner.slug for owner in holders(an_archive(a_record(actions=actions(drawing)))).owners]
    assert len(set(slugs)) == 4 and slugs[0] == "jose-q" and slugs[1].startswith("jose-q-")


def test_who_stands_in_the_roster_keeps_the_address() -> None:
    """Somebody of a like name who comes first in the alphabet takes nobody's page."""
    settings = Settings(people=(RosterEntry("José Q"),))
    drawing = "A1 | open | owner Jose Q\nA2 | open | owner José Q"
    found = holders(an_archive(a_record(actions=actions(drawing)), settings=settings))
    assert {owner.name: owner.slug for owner in found.owners}["José Q"] == "jose-q"


def test_a_team_as_owner_is_no_person() -> None:
    """An action whose owner is a team stands on the team's page alone."""
    found = holders(an_archive(a_record(actions=actions("A1 | open | owner Core")), settings=SETTINGS))
    assert not found.owners and found.owner("Core") is None
    core = found.team("Core")
    assert core is not None and [view.action.id for view in core.views] == ["A1"]


def test_teams_have_services_members_and_what_others_owe_on_them() -> None:
    """A team has the actions it answers for, and apart from them the open ones of others on incidents of its services."""
    drawing = "A1 | open | owner Ada Example\nA2 | open | owner Ben Example\nA3 | done | owner Ben Example"
    found = holders(an_archive(a_record(services=("api",), actions=actions(drawing)), settings=SETTINGS))
    core, post = found.teams
    assert ([entry.id for entry in core.services], [one.name for one in core.members]) == (
        ["api"],
        ["Ada Example"],
    )
    assert [view.action.id for view in core.views] == ["A1"]
    assert [view.action.id for view in core.elsewhere] == ["A2"]
    assert [view.action.id for view in post.views] == ["A2", "A3"] and not post.elsewhere
    assert found.team_of_id("core", SETTINGS) is core


def test_retold_actions_and_ideas_are_held_by_nobody() -> None:
    """An owner who stands beside a retold action or a candidate alone is not listed."""
    drawing = "A1 | candidate | owner Ada Example"
    retold = a_record(actions=actions("A1 | open | owner Cora Q"), retold_from="https://example.org/")
    assert not holders(
        an_archive(a_record("2026-03-15-b", actions=actions(drawing)), retold, settings=SETTINGS)
    ).owners

"""What is due, for the calendars of whoever owes it: one file for all, one for risks, one for each owner and each team."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from afterword.derive.causes.archive_coverage import RegisteredRisk
from afterword.derive.places.address import feed_address
from afterword.derive.promises.follow_through import ActionView, team_of_services
from afterword.derive.promises.holders import Holders
from afterword.model.value import plain_value
from afterword.render.actions.promises import Promises
from afterword.render.feeds.calendar_events import EventWriter
from afterword.render.feeds.calendar_file import CalendarEvent, calendar_file, event_lines
from afterword.render.page.crumbs import home_title
from afterword.render.page.site_page import SiteFile
from afterword.render.page.site_url import SiteUrl

ALL = "all.ics"
RISKS = "risks.ics"
EVERYTHING = "Due days of action items and review days of accepted risks"


def owner_calendar(slug: str) -> str:
    """Give the name of an owner's calendar among the feeds."""
    return f"owners/{slug}.ics"


def team_calendar(slug: str) -> str:
    """Give the name of a team's calendar among the feeds."""
    return f"teams/{slug}.ics"


@plain_value()
class _Written:
    """An event as a calendar has it, with the slug of the owner and the name of the team that look at it."""

    day: date
    uid: str
    lines: bytes
    owner: str
    team: str
    risk: bool

    @classmethod
    def of(cls, event: CalendarEvent, owner: str, team: str, *, risk: bool) -> _Written:
        return cls(event.day, event.uid, event_lines(event), owner, team, risk)


def calendar_files(
    promises: Promises, risks: Iterable[RegisteredRisk], site: SiteUrl
) -> tuple[SiteFile, ...]:
    """Give the calendars of an archive: the due days of what is owed, and the review days of accepted risks.

    What is closed is left out: a subscribed calendar shows what its file holds, and so it goes away there. Whoever owes nothing any more keeps a calendar, also where everything was handed to others.
    """
    holders, folder = promises.holders, promises.folder
    writer = EventWriter(promises.archive, promises.as_of, site)
    events = _due(writer, promises.views, holders) + _to_review(writer, risks, holders)
    events.sort(key=lambda each: (each.day, each.uid))
    by_owner, by_team = defaultdict(list), defaultdict(list)
    for each in events:
        by_owner[each.owner].append(each)
        by_team[each.team].append(each)
    title = home_title(folder)

    def file(name: str, whose: str, about: str, found: Iterable[_Written]) -> SiteFile:
        content = calendar_file(f"{title}: {whose}", about, (each.lines for each in found))
        return SiteFile(feed_address(folder, name), content)

    return (
        file(ALL, "what is due", EVERYTHING, events),
        file(
            RISKS, "risks to review", "Review days of accepted risks", (each for each in events if each.risk)
        ),
        *(
            file(owner_calendar(each.slug), each.name, f"{EVERYTHING}: {each.name}", by_owner[each.slug])
            for each in (*holders.owners, *holders.former)
        ),
        *(
            file(team_calendar(each.slug), each.name, f"{EVERYTHING}: {each.name}", by_team[each.name])
            for each in holders.teams
        ),
    )


def _due(writer: EventWriter, views: Iterable[ActionView], holders: Holders) -> list[_Written]:
    made = []
    for view, event in writer.due_days(view for view in views if view.unfinished):
        owner = holders.owner(view.action.owner)
        made.append(_Written.of(event, owner.slug if owner else "", view.team, risk=False))
    return made


def _to_review(writer: EventWriter, risks: Iterable[RegisteredRisk], holders: Holders) -> list[_Written]:
    """Write reviews for the team that answers for the risk, else that of the record's services; a role is seldom a person, but may be."""
    made = []
    of_services: dict[tuple[str, ...], str] = {}
    for each, event in writer.reviews(risks):
        role = each.risk.acceptance.role
        owner, team = holders.owner(role), holders.roster.team(role)
        services = each.record.header.services
        if services not in of_services:
            of_services[services] = team_of_services(each.record, holders.roster, writer.archive.settings)
        whose = team.name if team else of_services[services]
        made.append(_Written.of(event, owner.slug if owner else "", whose, risk=True))
    return made

"""The facts at the top of a record: what it was, how long it took, whom it met."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from afterword.derive.timing.calendar import format_day, record_day
from afterword.derive.timing.figures import Figure, IncidentFigures, incident_figures
from afterword.derive.timing.targets import AgainstTarget, Untold, targets_of, untold
from afterword.derive.words.labels import severity_entry, severity_label
from afterword.model.figure_kinds import CUSTOMER_IMPACT
from afterword.model.header import Header, Impact, Person
from afterword.model.record import Postmortem
from afterword.model.settings import Entry, Settings
from afterword.model.timeline import TimelineEvent
from afterword.model.value import plain_value
from afterword.render.page.badges import words
from afterword.render.page.cards import FacetLink, class_links, kind_link, service_links, severity_link
from afterword.render.page.links import Links


@plain_value()
class FactItem:
    """One value of a fact; `href` None for plain text, `note` is said behind it, `day` None where it has none."""

    text: str
    href: str | None = None
    note: str = ""
    day: date | None = None


@plain_value()
class Fact:
    """One line of the card; `wide` for one whose items are sentences rather than words."""

    label: str
    items: tuple[FactItem, ...]
    wide: bool = False


@plain_value()
class FigureTile:
    """A duration with the two anchors it lies between, `IMPACT 07:05`, with the day where the two are on different ones; both are empty for one that the header states.

    `first` marks the one that readers look for first. `target` says how it compares with the policy's target, `within 5 min`, empty where there is none;
    `within` whether it is kept.
    """

    label: str
    duration: timedelta
    about: bool = False
    start: str = ""
    end: str = ""
    first: bool = False
    target: str = ""
    within: bool = False


@plain_value()
class IncidentTiles:
    """The durations of one incident; `incident` is empty where the record has no or one. `untold` are absent ones that have a target."""

    incident: str
    tiles: tuple[FigureTile, ...]
    untold: tuple[Untold, ...] = ()


@plain_value()
class HeaderCard:
    """All that stands above the first section."""

    severity: Entry | None
    severity_link: FacetLink | None
    kind: FacetLink | None
    status: str
    day: date | None
    services: tuple[FacetLink, ...]
    classes: tuple[FacetLink, ...]
    incidents: tuple[IncidentTiles, ...]
    facts: tuple[Fact, ...]
    handling: tuple[Fact, ...]
    """Who wrote, led, read and signed, and when: facts of the record rather than of the incident."""


def header_card(record: Postmortem, settings: Settings, links: Links) -> HeaderCard:
    """Gather the card of a record; what is absent has no place in it."""
    header = record.header
    here = links.page_address
    return HeaderCard(
        severity_entry(record, settings),
        severity_link(record, settings, here),
        kind_link(record, settings, here),
        header.status or "",
        record_day(record),
        service_links(record, settings, here),
        class_links(record, settings, here),
        tuple(each for each in _tiles(record, settings) if each.tiles or each.untold),
        tuple(fact for fact in _facts(record, settings, links) if fact.items),
        tuple(fact for fact in _handling(header) if fact.items),
    )


def _tiles(record: Postmortem, settings: Settings) -> Iterator[IncidentTiles]:
    incidents = incident_figures(record)
    targets = targets_of(record, settings)
    for incident in incidents:
        # The figure that readers look for first comes first.
        figures = sorted(incident.figures, key=lambda figure: figure.kind.id != CUSTOMER_IMPACT)
        tiles = [_tile(figure, incident, targets) for figure in figures]
        stated = record.header.duration
        if stated is not None and len(incidents) == 1 and incident.figure(CUSTOMER_IMPACT) is None:
            told, within = _against(targets.get(CUSTOMER_IMPACT), stated)
            tiles.insert(0, FigureTile("Customer impact", stated, first=True, target=told, within=within))
        lacking = tuple(untold(record, incident, settings)) if targets else ()
        yield IncidentTiles(incident.incident or "", tuple(tiles), lacking)


def _tile(figure: Figure, incident: IncidentFigures, targets: Mapping[str, timedelta]) -> FigureTile:
    start = next((mark for mark in figure.kind.start if mark in incident.anchors), figure.kind.start[0])
    moments = [event.shown_at for event in (figure.start, figure.end)]
    several_days = len({moment.date() for moment in moments if moment is not None}) > 1
    return FigureTile(
        figure.kind.label,
        figure.duration,
        figure.about,
        _anchor(start, figure.start, several_days),
        _anchor(figure.kind.end, figure.end, several_days),
        figure.kind.id == CUSTOMER_IMPACT,
        *_against(targets.get(figure.kind.id), figure.duration, figure.about),
    )


def _against(target: timedelta | None, duration: timedelta, about: bool = False) -> tuple[str, bool]:
    if target is None:
        return "", False
    beside = AgainstTarget(target, duration, about)
    return beside.words, beside.within


def _anchor(mark: str, event: TimelineEvent, with_day: bool) -> str:
    moment = event.shown_at
    if moment is None:
        return mark
    day = f"{format_day(moment, with_year=False)} " if with_day else ""
    return f"{mark} {day}{moment.hour:02}:{moment.minute:02}"


def _facts(record: Postmortem, settings: Settings, links: Links) -> Iterator[Fact]:
    header = record.header
    if header.potential_severity:
        yield _text("Could have been", severity_label(settings, header.potential_severity))
    if header.opened_as:
        opened = severity_label(settings, header.opened_as)
        yield Fact("Opened as", (FactItem(opened, note=header.severity_reason),))
    yield _text("Detected by", words(header.detected_by))
    yield from _impact(header.impact)
    yield Fact("Incidents", tuple(map(FactItem, header.incidents)))
    yield Fact(
        "Links",
        tuple(_link(each.title or each.url, each.url, each.rel, links) for each in header.links),
        wide=True,
    )
    yield from _own(header, settings)


def _handling(header: Header) -> Iterator[Fact]:
    yield _people("Authors", header.authors)
    yield _people("Incident commander", header.commander)
    yield _people("Reviewers", header.reviewers)
    yield _people("Participants", header.participants)
    yield from _days(header)
    yield Fact(
        "Signed off by",
        tuple(
            FactItem(each.name or each.role, note=each.role if each.name else "", day=each.date)
            for each in header.sign_off
        ),
    )


def _days(header: Header) -> Iterator[Fact]:
    if header.closed:
        yield Fact("Closed", (FactItem("", day=header.closed.date()),))
    if header.review_meeting:
        yield Fact("Reviewed on", (FactItem("", day=header.review_meeting),))
    if header.published:
        yield Fact("Published", (FactItem("", day=header.published),))
    test = header.allspaw_test
    if test is not None and test.passed is not None:
        outcome = "called fair by those involved" if test.passed else "not called fair by those involved"
        yield Fact("Allspaw test", (FactItem(outcome, day=test.date),))


def _impact(impact: Impact) -> Iterator[Fact]:
    if impact.customers is not None:
        yield _text("Customers affected", f"{impact.customers:,}")
    yield _listed("Segments", impact.segments)
    if impact.revenue_amount is not None:
        amount = f"{impact.revenue_amount:,.2f}".removesuffix(".00")
        yield _text("Revenue lost", f"{amount} {impact.revenue_currency}".strip())
    if impact.error_budget_burned is not None:
        yield _text("Error budget burned", f"{impact.error_budget_burned:g} %")
    yield _listed("Teams blocked", impact.teams_blocked)
    yield _listed("Told customers by", tuple(map(words, impact.communication)))
    if impact.reportable is not None:
        yield _text("Reportable", "yes" if impact.reportable else "no")


def _own(header: Header, settings: Settings) -> Iterator[Fact]:
    """Yield the fields of the archive's own, as far as they are texts, numbers or lists of them."""
    for field in settings.fields:
        value = header.extra.get(field.id)
        if isinstance(value, bool):
            yield _text(words(field.id), "yes" if value else "no")
        elif isinstance(value, (str, int, float, date)):
            yield _text(words(field.id), str(value))
        elif isinstance(value, (list, tuple)):
            yield _listed(
                words(field.id), (str(each) for each in value if isinstance(each, (str, int, float)))
            )


def _link(title: str, url: str, rel: str, links: Links) -> FactItem:
    return FactItem(title, links.href(url), "" if rel == "related" else rel)


def _people(label: str, people: Iterable[Person]) -> Fact:
    return Fact(label, tuple(FactItem(person.name, note=person.role) for person in people))


def _text(label: str, text: str) -> Fact:
    return Fact(label, (FactItem(text),) if text else ())


def _listed(label: str, texts: Iterable[str]) -> Fact:
    return Fact(label, tuple(map(FactItem, texts)))

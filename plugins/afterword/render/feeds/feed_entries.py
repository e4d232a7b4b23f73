"""Records and changes of actions as entries of feeds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from markupsafe import Markup

from afterword.derive.places.address import record_address
from afterword.derive.places.identity import lasting_id, urn
from afterword.derive.promises.news import ActionNews, ChangeKind, RecordNews
from afterword.derive.timing.calendar import format_day, record_day
from afterword.derive.words.extracts import summary_blocks, summary_words
from afterword.derive.words.labels import entry_for, kind_label, severity_entry, severity_label
from afterword.model.archive import Archive
from afterword.model.history import ActionState
from afterword.model.record import Postmortem
from afterword.model.settings import Entry
from afterword.render.feeds.feed import FeedEntry
from afterword.render.page.cards import SUMMARY_LENGTH, shortened
from afterword.render.page.links import Links, Targets
from afterword.render.page.markup import MarkupWriter, Notes
from afterword.render.page.site_url import SiteUrl

TITLE_LENGTH = 140


@dataclass(frozen=True)
class WholeLinks(Links):
    """Links that lead to their place from anywhere, since readers show a text where they like; `base` is the URL of the record's page."""

    base: str = ""

    def href(self, target: str) -> str | None:
        """Give the whole address, None where it leads nowhere."""
        address = super().href(target)
        return None if address is None else urljoin(self.base, address)


class EntryWriter:
    """Makes the entries of an archive's feeds, each once however many feeds tell it.

    `page_addresses` are those of the ordinary pages, by path.
    """

    def __init__(
        self, archive: Archive, site: SiteUrl, targets: Targets, page_addresses: Mapping[str, str]
    ) -> None:
        self._archive = archive
        self._site = site
        self._targets = targets
        self._page_addresses = page_addresses
        self._made: dict[tuple[str, ...], FeedEntry] = {}
        # Looked up for each entry; the catalogue itself is searched from its beginning.
        self._catalogue = {entry.id: entry for entry in archive.settings.services}

    def entry(self, news: RecordNews | ActionNews) -> FeedEntry:
        """Tell a piece of news."""
        return self.record(news) if isinstance(news, RecordNews) else self.action(news)

    def record(self, news: RecordNews) -> FeedEntry:
        """Tell of a record. It has another id when it is finished: readers show an entry once, and a draft is not what they wait for."""
        record = news.record
        stage = "final" if record.is_final else "draft"
        known = (record.id, stage)
        if known not in self._made:
            title = record.title
            facts = " · ".join(self._facts(record))
            words = summary_words(record) or ""
            self._made[known] = FeedEntry(
                urn(self._site.host, "record", lasting_id(record), stage),
                title if record.is_final else f"Draft: {title}",
                record_address(record, self._archive.settings),
                "",
                news.published,
                news.updated,
                f"{facts}\n\n{shortened(words, SUMMARY_LENGTH)}".strip(),
                self._summary(record, facts) if self._site.url else "",
                tuple(dict.fromkeys(person.name for person in record.header.authors if person.name.strip())),
                self._topics(record),
            )
        return self._made[known]

    def action(self, news: ActionNews) -> FeedEntry:
        """Tell what became of an action."""
        record, state = news.record, news.state
        kinds = "+".join(news.kinds)
        known = (record.id, news.action_id, news.commit, kinds)
        if known not in self._made:
            what = ", ".join(_words(kind, state) for kind in news.kinds)
            lines = tuple(_about(news))
            named = shortened(record.title, TITLE_LENGTH)
            self._made[known] = FeedEntry(
                urn(self._site.host, "action", lasting_id(record), news.action_id, news.commit, kinds),
                f"{news.action_id} {what}: {shortened(state.text, TITLE_LENGTH)}",
                record_address(record, self._archive.settings),
                "" if news.after is None else news.action_id.lower(),
                news.at,
                news.at,
                "\n".join((f"{news.action_id} of “{named}”", *lines)),
                topics=self._topics(record),
            )
        return self._made[known]

    def _summary(self, record: Postmortem, facts: str) -> str:
        begin = Markup("<p>{}</p>\n").format(facts) if facts else Markup()
        blocks = summary_blocks(record)
        if blocks is None:
            return begin
        address = record_address(record, self._archive.settings)
        links = WholeLinks(
            self._archive,
            record,
            address,
            self._page_addresses,
            self._targets,
            self._site.whole(address),
        )
        return begin + MarkupWriter(links, None, Notes.of(record)).blocks(blocks)

    def _facts(self, record: Postmortem) -> Iterator[str]:
        settings = self._archive.settings
        if record.header.severity:
            yield severity_label(settings, record.header.severity)
        if record.header.kind:
            yield kind_label(settings, record.header.kind)
        services = dict.fromkeys(entry.label for entry in self._services(record))
        if services:
            yield ", ".join(services)
        day = record_day(record)
        if day:
            yield format_day(day)

    def _services(self, record: Postmortem) -> Iterator[Entry]:
        for word in record.header.services:
            yield self._catalogue.get(word) or entry_for(self._archive.settings.services, word)

    def _topics(self, record: Postmortem) -> tuple[tuple[str, str], ...]:
        settings = self._archive.settings
        severity = severity_entry(record, settings)
        entries = (*((severity,) if severity else ()), *self._services(record))
        return tuple(dict.fromkeys((entry.id, entry.label) for entry in entries))


def _words(kind: ChangeKind, state: ActionState) -> str:
    match kind:
        case ChangeKind.PUT_OFF:
            return f"put off to {format_day(state.due)}" if state.due else "put off, to no day"
        case ChangeKind.BROUGHT_FORWARD:
            return f"brought forward to {format_day(state.due)}"
        case ChangeKind.DATED:
            return f"due on {format_day(state.due)}"
        case ChangeKind.REASSIGNED:
            return f"given to {state.owner}" if state.owner else "without an owner"
        case ChangeKind.REOPENED:
            return "open again"
        case ChangeKind.REMOVED:
            return "taken out of the record"
    return str(kind)


def _about(news: ActionNews) -> Iterator[str]:
    before, state = news.before or news.state, news.state
    if state.owner or before.owner:
        yield f"Owner: {_changed(before.owner or 'nobody', state.owner or 'nobody')}"
    if state.due or before.due:
        yield f"Due: {_changed(format_day(before.due) or 'no day', format_day(state.due) or 'no day')}"
    if state.closed:
        yield f"Closed: {format_day(state.closed)}"
    if ChangeKind.CANCELLED in news.kinds and state.notes:
        yield f"Reason: {shortened(state.notes, SUMMARY_LENGTH)}"


def _changed(before: str, after: str) -> str:
    return after if before == after else f"{before} → {after}"

"""What the page of a record shows of everything beside it: with this, and without the archive, the page is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from afterword.derive.causes.answers import Answered, Answers
from afterword.derive.causes.record_causes import records_named
from afterword.derive.places.address import record_address
from afterword.derive.promises.named_tickets import named_tickets
from afterword.model.action import ActionItem
from afterword.model.archive import Archive, Attachment
from afterword.model.finding import Finding
from afterword.model.header import Header
from afterword.model.history import History, RecordLife
from afterword.model.markup import RichText
from afterword.model.record import Postmortem
from afterword.model.settings import Settings
from afterword.model.ticket import Tickets
from afterword.render.page.links import Links, SiteIndex, Targets
from afterword.render.page.related import Related, related

_NO_TEXT = RichText()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is beside one record, of a few hundred bytes to some kilobytes; it can be pickled, and two that are equal make the same page of the same record.

    `named` are the records that it names, by the id as it is written in small letters, and `linked` those that it links to, by path: of each only
    what another page may say of it. `attachments` and `page_addresses` hold those that it links to, by path. `answers` is what its actions answer elsewhere.
    `findings` are what was found in it, which is added when the page is made. Its `life` is long, and not written by `repr`: what names it is short (operations/overview/life_marks.py).
    """

    id: str
    named: Mapping[str, Postmortem]
    linked: Mapping[str, Postmortem]
    attachments: Mapping[str, Attachment]
    page_addresses: Mapping[str, str]
    answers: Answers
    life: RecordLife | None = field(repr=False)
    tickets: Tickets
    related: Related
    findings: tuple[Finding, ...]

    @classmethod
    def of(
        cls,
        record: Postmortem,
        archive: Archive,
        index: SiteIndex,
        page_addresses: Mapping[str, str],
        below: Related | None = None,
    ) -> Surroundings:
        """Gather what is beside a record of an archive; `page_addresses` are those of all ordinary pages, `below` stands for what is related where it is given."""
        targets = sorted({each.path_from(record.path) for each in record.references})
        life = archive.history.record(record.id)
        return cls(
            record.id,
            {
                each: face(found)
                for name in sorted({each.lower() for each in records_named(record)})
                if (found := archive.find(name)) is not None
                for each in (name, found.id.lower())
            },
            {
                path: face(found)
                for path in targets
                if (found := index.targets.records.get(path)) is not None and found.id != record.id
            },
            {path: index.targets.attachments[path] for path in targets if path in index.targets.attachments},
            {path: page_addresses[path] for path in targets if path in page_addresses},
            {
                name: tuple(Answered(face(each.record), each.kind, each.place, each.text) for each in told)
                for name, told in index.answers.get(record.id, {}).items()
            },
            life,
            _tickets(record, archive),
            below or _related(record, archive, index),
            (),
        )

    def with_related(self, record: Postmortem, archive: Archive, index: SiteIndex) -> Surroundings:
        """Add what is related to the record."""
        return replace(self, related=_related(record, archive, index))

    def archive(self, settings: Settings) -> Archive:
        """Give what the page sees of the archive."""
        history = History({self.id.lower(): self.life} if self.life else {})
        return Archive(settings, by_id=self.named, history=history, tickets=self.tickets)

    def targets(self, record: Postmortem) -> Targets:
        """Give what the page's links can lead to."""
        return Targets({**self.linked, record.path: record}, self.attachments)


def _related(record: Postmortem, archive: Archive, index: SiteIndex) -> Related:
    return related(record, archive, Links(archive, record, record_address(record, archive.settings)), index)


def face(record: Postmortem) -> Postmortem:
    """Give what the page of another record may say of one: where it is, its title, and its actions."""
    header = Header(title=record.header.title, retold_from=record.header.retold_from)
    return Postmortem(
        record.id,
        record.path,
        archive=record.archive,
        header=header,
        heading=record.heading,
        actions=tuple(map(_face, record.actions)),
    )


def _face(action: ActionItem) -> ActionItem:
    return replace(action, text=RichText((), action.text.text), done_when=_NO_TEXT, notes=_NO_TEXT, others=())


def _tickets(record: Postmortem, archive: Archive) -> Tickets:
    """Give what trackers say of the tickets of a record."""
    trackers = archive.tickets.trackers
    if not trackers:
        return archive.tickets
    wanted = {
        name: [key.casefold() for key in keys]
        for name, keys in named_tickets([record], archive.settings).items()
    }
    return replace(
        archive.tickets,
        trackers={
            name: replace(
                snapshot,
                tickets={
                    key: snapshot.tickets[key] for key in wanted.get(name, ()) if key in snapshot.tickets
                },
            )
            for name, snapshot in trackers.items()
        },
    )

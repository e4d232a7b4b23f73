"""The records of one or several folders, together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from afterword.model.finding import Finding
from afterword.model.history import History
from afterword.model.incident import IncidentList
from afterword.model.record import Postmortem
from afterword.model.settings import ArchiveFolder, Settings
from afterword.model.ticket import Tickets

MAX_ATTACHMENT = 10 * 1024 * 1024
"""Bytes of the largest file that is published beside a record."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file below an archive's folder, published if a record or page links to it (`linked`); paths as in `Postmortem`."""

    path: str
    folder_path: str
    archive: str
    size: int
    linked: bool

    def may_be_published(self, types: Collection[str]) -> bool:
        """Tell whether its size and type are allowed; `types` are extensions in small letters."""
        name = self.path.rpartition("/")[2]
        extension = name.rpartition(".")[2].lower() if "." in name.lstrip(".") else ""
        return extension in types and self.size <= MAX_ATTACHMENT


@dataclass(frozen=True, slots=True)
class Archive:
    """All records, sorted by id, with the settings they were read under and the findings that belong to no record.

    `attachments` are all files below the archive folders that are neither records nor ordinary pages; `pages` the ordinary pages, both
    by their path relative to the folder of `afterword.yml`. `searched` tells whether secrets and personal data were looked for. `history` is what git knows of the records, where it was asked.
    `incidents` are those that a committed list names, None where there is no list. `tickets` are what the committed snapshot says of tickets.
    """

    settings: Settings
    records: tuple[Postmortem, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    pages: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    by_id: Mapping[str, Postmortem] = field(default_factory=dict)
    searched: bool = False
    history: History = field(default_factory=History)
    incidents: IncidentList | None = None
    tickets: Tickets = field(default_factory=Tickets)

    @classmethod
    def of(
        cls,
        settings: Settings,
        records: Iterable[Postmortem],
        attachments: Iterable[Attachment] = (),
        pages: Iterable[str] = (),
        findings: Iterable[Finding] = (),
        *,
        searched: bool = False,
        history: History | None = None,
        incidents: IncidentList | None = None,
        tickets: Tickets | None = None,
    ) -> Archive:
        """Make an archive with its records sorted and found by id and by alias."""
        ordered = tuple(sorted(records, key=lambda record: record.id))
        by_id: dict[str, Postmortem] = {}
        # A file that lies in no archive never takes the place of one that does.
        for group in (
            [each for each in ordered if each.archive],
            [each for each in ordered if not each.archive],
        ):
            for record in group:
                by_id.setdefault(record.id.lower(), record)
            for record in group:
                for alias in record.header.aliases:
                    by_id.setdefault(alias.removesuffix(".md").rpartition("/")[2].lower(), record)
        return cls(
            settings,
            ordered,
            tuple(attachments),
            tuple(pages),
            tuple(findings),
            by_id,
            searched,
            history or History(),
            incidents,
            tickets or Tickets(),
        )

    def with_records(self, records: Mapping[str, Postmortem]) -> Archive:
        """Give the archive with some of its records, by path, as they are in these."""
        return self.of_records(records.get(record.path, record) for record in self.records)

    def of_records(self, records: Iterable[Postmortem], history: History | None = None) -> Archive:
        """Give the archive with other records in the place of its own, and with another history where one is given."""
        return Archive.of(
            self.settings,
            records,
            self.attachments,
            self.pages,
            self.findings,
            searched=self.searched,
            history=history or self.history,
            incidents=self.incidents,
            tickets=self.tickets,
        )

    def of_folder(self, folder: ArchiveFolder) -> Archive:
        """Give the records and attachments of one folder alone, still able to find those of the others."""
        records = tuple(record for record in self.records if record.archive == folder.label)
        attachments = tuple(each for each in self.attachments if each.archive == folder.label)
        return Archive(
            self.settings,
            records,
            attachments,
            self.pages,
            self.findings,
            self.by_id,
            self.searched,
            self.history,
            self.incidents,
            self.tickets,
        )

    def find(self, record_id: str) -> Postmortem | None:
        """Give the record of an id or alias, without regard to case."""
        return self.by_id.get(record_id.lower())

"""Where a link of a record leads on the site."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from urllib.parse import unquote

from afterword.check.links import is_host_among, is_remote, scheme_of, whole
from afterword.derive.catalogue.index import RecordIndex
from afterword.derive.causes.answers import Answers, answers_elsewhere
from afterword.derive.likeness.related import RelatedIndex
from afterword.derive.places.address import attachment_address, href, record_address, relative
from afterword.model.archive import Archive, Attachment
from afterword.model.causes import ActionRef
from afterword.model.record import Postmortem
from afterword.model.settings import Settings
from afterword.render.page.other_record import OtherRecord

SCHEMES = frozenset({"http", "https", "mailto", "tel", "ftp"})
"""What a link may begin with; any other scheme leads nowhere."""

_IGNORED_BY_BROWSERS = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Targets:
    """What a record can link to beside ordinary pages, by its path relative to the folder of `afterword.yml`."""

    records: Mapping[str, Postmortem]
    attachments: Mapping[str, Attachment]

    @classmethod
    def of(cls, archive: Archive) -> Targets:
        """Index all records and attachments of an archive."""
        return cls(
            {record.path: record for record in archive.records},
            {each.path: each for each in archive.attachments},
        )

    @property
    def places(self) -> tuple[object, ...]:
        """Give what tells where all of it lies, the same for the same places."""
        return (
            sorted((path, record.id, record.archive) for path, record in self.records.items()),
            sorted(self.attachments.items()),
        )


@dataclass(frozen=True, slots=True)
class SiteIndex:
    """What is looked up for every record page, indexed once for an archive; `answers` is what the actions of a record, by its id, answer in others, and `others` what pages say of a record, by its path."""

    records: RecordIndex
    related: RelatedIndex
    targets: Targets
    answers: Mapping[str, Answers]
    others: Mapping[str, OtherRecord]

    @classmethod
    def of(cls, archive: Archive) -> SiteIndex:
        """Index an archive."""
        records = RecordIndex.of(archive)
        return cls(
            records,
            RelatedIndex.of(archive, records),
            Targets.of(archive),
            answers_elsewhere(archive),
            {record.path: OtherRecord.of(record, archive.settings) for record in archive.records},
        )

    def faces(self, archive: Archive) -> str:
        """Give the hash of all that decides which records are related and why, their words aside, and what they are called."""
        words, others = self.records.words, self.others
        told = [
            (
                each.path,
                each.archive,
                others[each.path].day,
                words[each.id],
                each.header.severity,
                each.header.aliases,
                each.header.incidents,
                each.header.recurrence_of,
                each.header.recurrences,
                each.header.distinct_from,
            )
            for each in archive.records
        ]
        mentions = [(row, sorted(named)) for row, named in sorted(self.related.mentions.items())]
        return sha256(repr((told, mentions)).encode("utf-8", "surrogatepass")).hexdigest()

    def with_record(self, record: Postmortem, settings: Settings) -> SiteIndex:
        """Give the index with what pages say of a record now."""
        return replace(self, others={**self.others, record.path: OtherRecord.of(record, settings)})


@dataclass(frozen=True, slots=True)
class Links:
    """Turns what an author wrote into what a page may hold.

    Relative targets are read from the place of `record`; a page without one has no relative links. `page_addresses` are the addresses of
    the ordinary pages by their path relative to the folder of `afterword.yml`.
    """

    archive: Archive
    record: Postmortem | None
    page_address: str
    page_addresses: Mapping[str, str] = field(default_factory=dict)
    targets: Targets | None = None

    def href(self, target: str) -> str | None:
        """Give the address for an attribute, not yet escaped; None where it leads nowhere or has a scheme that is not allowed."""
        written = _IGNORED_BY_BROWSERS.sub("", target)
        if is_remote(written):
            return whole(written)
        scheme = scheme_of(written)
        if scheme:
            return written if scheme in SCHEMES else None
        if written.startswith("#"):
            return "#" + _fragment(written[1:], self.record) if len(written) > 1 else None
        return self._relative(target.strip()) if self.record is not None else None

    def is_image_allowed(self, target: str) -> bool:
        """Tell whether an image may be shown in the page: one of the site, or from a host that the settings allow."""
        if not is_remote(target):
            return not scheme_of(target)
        return is_host_among(target, self.archive.settings.image_hosts)

    def to_record(self, record: Postmortem, fragment: str = "") -> str:
        """Give the way from this page to a record, or to an anchor in it."""
        if self.record is not None and record.id == self.record.id and fragment:
            return f"#{fragment}"
        way = relative(self.page_address, record_address(record, self.archive.settings))
        return f"{way}#{fragment}" if fragment else way

    def to_action(self, ref: ActionRef) -> str | None:
        """Give the way to the action that a mark names, None where there is no such action."""
        record = self.record if ref.record is None else self.archive.find(ref.record)
        action = record.action(ref.id) if record is not None else None
        return (
            self.to_record(record, action.id.lower()) if record is not None and action is not None else None
        )

    def _relative(self, target: str) -> str | None:
        path, mark, fragment = target.partition("#")
        path = unquote(path.partition("?")[0])
        if not path or path.startswith(("/", "\\")) or self.record is None:
            return None
        place = posixpath.normpath(posixpath.join(posixpath.dirname(self.record.path), path))
        record = self._record_at(place)
        if record is not None:
            return self.to_record(record, _fragment(fragment, record) if mark else "")
        page = self.page_addresses.get(place)
        if page is not None:
            return relative(self.page_address, page) + mark + fragment
        attachment = self._attachment_at(place)
        if attachment is None:
            return None
        return (
            href(self.page_address, attachment_address(attachment, self.archive.settings)) + mark + fragment
        )

    def _record_at(self, path: str) -> Postmortem | None:
        if self.targets is not None:
            return self.targets.records.get(path)
        return next((each for each in self.archive.records if each.path == path), None)

    def _attachment_at(self, path: str) -> Attachment | None:
        """Find a file that is published: one of an allowed type and size (docs/format.md, section 1)."""
        if self.targets is not None:
            found = self.targets.attachments.get(path)
        else:
            found = next((each for each in self.archive.attachments if each.path == path), None)
        return found if found and found.may_be_published(self.archive.settings.attachment_types) else None


def _fragment(fragment: str, record: Postmortem | None) -> str:
    """Give an anchor as the page has it: an action's is in small letters."""
    action = record.action(fragment) if record is not None else None
    return action.id.lower() if action is not None else fragment

"""Records drawn in a test, rendered as the site would."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from afterword.check.runner import check_archive
from afterword.model.archive import Archive, Attachment
from afterword.model.finding import Finding
from afterword.model.record import Postmortem
from afterword.model.settings import ArchiveFolder, Settings
from afterword.parse.record import parse_record
from afterword.render.page.environment import environment
from afterword.render.page.links import SiteIndex
from afterword.render.page.site_page import SitePage
from afterword.render.page.surroundings import Surroundings
from afterword.render.record.record_page import record_page

AS_OF = dt.date(2026, 6, 1)
HEADER = """---
title: Payments fail
date: 2026-03-14
severity: sev2
status: final
kind: outage
services: [api]
failure_class: [capacity]
authors: [A. Writer]
---
"""


def archive_of(
    files: Mapping[str, str], attachments: tuple[str, ...] = (), settings: Settings | None = None
) -> Archive:
    """Read records by file name; `attachments` lie beside them."""
    settings = settings or Settings(archives=(ArchiveFolder("postmortems", address="postmortems/"),))
    records = [
        parse_record(text.encode(), f"postmortems/{name}", settings, name, "postmortems")
        for name, text in files.items()
    ]
    beside = [Attachment(f"postmortems/{name}", name, "postmortems", 10, True) for name in attachments]
    return Archive.of(settings, records, beside)


def page_of(
    body: str,
    header: str = HEADER,
    name: str = "2026-03-14-a.md",
    others: Mapping[str, str] | None = None,
    attachments: tuple[str, ...] = (),
    drawing: str | None = None,
) -> SitePage:
    """Render the page of one record of a small archive."""
    archive = archive_of({name: header + body, **(others or {})}, attachments)
    record = next(each for each in archive.records if each.path.endswith(name))
    findings = tuple(each for each in check_archive(archive, AS_OF) if each.path == record.path)
    return page_in(archive, record, findings, drawing)


def page_in(
    archive: Archive,
    record: Postmortem | None = None,
    findings: Sequence[Finding] = (),
    drawing: str | None = None,
    day: dt.date = AS_OF,
) -> SitePage:
    """Render the page of a record of an archive, by default its first."""
    record = record or archive.records[0]
    beside = Surroundings.of(record, archive, SiteIndex.of(archive), {})
    beside = replace(beside, findings=tuple(findings))
    return record_page(record, beside, archive.settings, day, drawing, environment())

"""The page of one record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jinja2 import Environment

from afterword.derive.causes.record_causes import RecordCauses
from afterword.derive.places.address import facet_address, folder_of, record_address
from afterword.derive.timing.course import point_id, row_id
from afterword.derive.words.labels import year_label
from afterword.derive.words.plain_text import plain_text
from afterword.model.record import Postmortem
from afterword.model.settings import Settings
from afterword.render.page.banners import banners
from afterword.render.page.cards import shortened
from afterword.render.page.crumbs import crumbs
from afterword.render.page.headings import HeadingIds
from afterword.render.page.links import Links
from afterword.render.page.markup import MarkupWriter, Notes
from afterword.render.page.site_page import SitePage, TocEntry
from afterword.render.page.surroundings import Surroundings
from afterword.render.record.actions_view import action_anchors
from afterword.render.record.header_card import header_card
from afterword.render.record.sections_view import Judged, SectionWriter

RELATED_ID = "aw-related"
DESCRIPTION_LENGTH = 200


def record_page(
    record: Postmortem,
    beside: Surroundings,
    settings: Settings,
    as_of: date,
    drawing: str | None,
    environment: Environment,
    causes: RecordCauses | None = None,
    *,
    for_author: bool = False,
) -> SitePage:
    """Make the page of a record from the record and what is beside it.

    `drawing` is that of its causes as `dressed` gives it, None where there is none. `causes` are those of the record on the day, where they are known. `for_author` shows all findings, as while it is written.
    """
    archive = beside.archive(settings)
    address = record_address(record, settings)
    folder = folder_of(record.archive, settings)
    links = Links(archive, record, address, beside.page_addresses, beside.targets(record))
    ids = HeadingIds.beside(_own_ids(record))
    writer = MarkupWriter(links, ids, Notes.of(record))
    judged = Judged.of(record, archive, as_of, beside.answers, causes)
    preamble = writer.blocks(record.lead)
    before = tuple(writer.outline)
    sections, toc = SectionWriter(record, archive, as_of, judged, links, writer, environment, drawing).write(
        ids
    )
    last = () if beside.related.is_empty else (TocEntry(RELATED_ID, "In the archive"),)
    title = record.title
    html = environment.get_template("record.html").render(
        title=title,
        crumbs=crumbs(
            folder,
            address,
            ("Years", facet_address(folder, "years")),
            (year_label(record.year), facet_address(folder, "years", record.year)),
        ),
        unreadable=record.unreadable,
        unshown=record.unshown,
        banners=banners(record, beside.findings, links, for_author=for_author),
        card=header_card(record, settings, links),
        preamble=preamble,
        sections=sections,
        footnotes=writer.footnotes(record.footnotes),
        related=beside.related,
        related_id=RELATED_ID,
    )
    summary = record.section("summary")
    description = shortened(plain_text(summary.blocks), DESCRIPTION_LENGTH) if summary else ""
    life = archive.history.record(record.id)
    changed = life.changed_by(as_of) if life else None
    return SitePage(
        address,
        title,
        html,
        "record",
        (*before, *toc, *last),
        description,
        record.path,
        changed=changed.date() if changed else None,
    )


def _own_ids(record: Postmortem) -> Iterator[str]:
    """Yield the ids that the page has whatever its headings say."""
    yield from (section.key for section in record.sections if section.key)
    yield from action_anchors(record).values()
    for number in range(1, len(record.timeline.events) + 1 if record.timeline else 0):
        yield row_id(number)
        yield point_id(number)

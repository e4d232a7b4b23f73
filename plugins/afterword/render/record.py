"""The page of one record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from jinja2 import Environment
from markupsafe import Markup

from afterword.derive.address import record_address
from afterword.derive.coverage import Coverage, factor_coverage, tree_coverage, why_coverage
from afterword.derive.plain_text import plain_text
from afterword.model.archive import Archive
from afterword.model.causes import ActionRef
from afterword.model.finding import Finding
from afterword.model.record import Postmortem, Section
from afterword.render.actions_view import action_anchors, action_rows, columns_of
from afterword.render.banners import banners
from afterword.render.cards import shortened
from afterword.render.causes_view import factors_view, named_by, second_outcomes, tree_lines, why_lines
from afterword.render.header_card import header_card
from afterword.render.headings import HeadingIds
from afterword.render.labels import node_id, walk_paths
from afterword.render.links import Links, SiteIndex
from afterword.render.markup import MarkupWriter, Notes
from afterword.render.page import SiteFile, SitePage, TocEntry
from afterword.render.related import related
from afterword.render.svg import count_nodes, dress
from afterword.render.timeline_view import timeline_view

LARGEST_INLINE = 40
"""Nodes; the drawing of a larger tree is a file of its own."""

TREE_FILE = "tree.svg"
RELATED_ID = "aw-related"
DESCRIPTION_LENGTH = 200


@dataclass(frozen=True, slots=True)
class SectionView:
    """One section as it is shown; `slug` is the second anchor, empty where it is the first."""

    anchor: str
    slug: str
    title: Markup
    html: Markup


def record_page(
    record: Postmortem,
    archive: Archive,
    as_of: date,
    findings: Sequence[Finding],
    tree_svg: str | None,
    page_addresses: Mapping[str, str],
    environment: Environment,
    index: SiteIndex | None = None,
) -> SitePage:
    """Make the page of a record; `tree_svg` is the layout engine's drawing, None where there is none.

    `index` is worth making once where many records are rendered.
    """
    address = record_address(record, archive.settings)
    links = Links(archive, record, address, page_addresses, index)
    ids = HeadingIds.beside(_own_ids(record))
    writer = MarkupWriter(links, ids, Notes.of(record))
    body = _Body(record, archive, as_of, links, writer, environment, tree_svg)
    preamble = writer.blocks(record.preamble)
    sections, toc = body.sections(ids)
    notes = writer.footnotes(record.footnotes)
    beside = related(record, archive, links)
    if not beside.is_empty:
        toc.append(TocEntry(RELATED_ID, "In the archive"))
    title = record.header.title or record.id
    html = environment.get_template("record.html").render(
        title=title,
        record=record,
        banners=banners(record, findings, links),
        card=header_card(record, archive.settings, links),
        preamble=preamble,
        sections=sections,
        footnotes=notes,
        related=beside,
        related_id=RELATED_ID,
        unreadable=record.unreadable,
    )
    summary = record.section("summary")
    description = shortened(plain_text(summary.blocks), DESCRIPTION_LENGTH) if summary else ""
    return SitePage(address, title, html, "record", tuple(toc), description, record.path)


def tree_files(record: Postmortem, archive: Archive, as_of: date, tree_svg: str | None) -> tuple[SiteFile, ...]:
    """Give the drawing of a tree that is too large to stand in the page, as a file beside it."""
    coverage = tree_coverage(record, archive, as_of)
    if not _is_large(record) or coverage is None:
        return ()
    address = record_address(record, archive.settings)
    drawing = _drawing(record, coverage, Links(archive, record, address), tree_svg)
    return (SiteFile(address + TREE_FILE, drawing.encode()),) if drawing else ()


@dataclass(frozen=True, slots=True)
class _Body:
    """The sections of one record on the way to HTML."""

    record: Postmortem
    archive: Archive
    as_of: date
    links: Links
    writer: MarkupWriter
    environment: Environment
    tree_svg: str | None

    def sections(self, ids: HeadingIds) -> tuple[tuple[SectionView, ...], list[TocEntry]]:
        """Write all sections in the order of the source."""
        slots = dict(self._slots())
        shown: list[SectionView] = []
        toc: list[TocEntry] = []
        for position, section in enumerate(self.record.sections):
            slug = ids.section(section.slug, section.key if _is_first(section) else "")
            anchor = section.key if _is_first(section) else slug
            before = len(self.writer.outline)
            html = self.writer.blocks(section.blocks, slots.get(position))
            shown.append(SectionView(anchor, slug if slug != anchor else "", self._title(section), html))
            below = self.writer.outline[before:]
            toc.append(TocEntry(anchor, section.title, 2, tuple(below)))
        return tuple(shown), toc

    def _title(self, section: Section) -> Markup:
        return self.writer.inlines(section.heading.children)

    def _slots(self) -> Iterator[tuple[int, dict[int, str]]]:
        """Yield what stands in the place of the blocks that were read: the position of the section, then HTML by block."""
        coverage = tree_coverage(self.record, self.archive, self.as_of)
        whys = why_coverage(self.record, self.archive, self.as_of)
        factors = factor_coverage(self.record, self.archive, self.as_of)
        answers = named_by(self.record, coverage, whys, factors)
        written: dict[str, Callable[[Section], dict[int, str]]] = {
            "timeline": self._timeline,
            "factors": lambda section: self._factors(section, factors),
            "causes": lambda section: {**self._tree(section, coverage), **self._whys(section, whys)},
            "actions": lambda section: self._actions(section, answers),
        }
        done: set[str] = set()
        for position, section in enumerate(self.record.sections):
            if section.key in written and section.key not in done:
                done.add(section.key)
                yield position, written[section.key](section)

    def _render(self, template: str, **values: object) -> str:
        return self.environment.get_template(template).render(**values)

    def _timeline(self, section: Section) -> dict[int, str]:
        timeline = self.record.timeline
        if timeline is None or not timeline.events or not timeline.blocks:
            return {}
        view = timeline_view(self.record, timeline, self.writer)
        table = self._render("record_timeline.html", timeline=view)
        return {**dict.fromkeys(timeline.blocks, ""), timeline.blocks[0]: table}

    def _factors(self, section: Section, covered: Sequence[object]) -> dict[int, str]:
        if self.record.factor_block < 0 or not self.record.factors:
            return {}
        block = section.blocks[self.record.factor_block]
        factors = factor_coverage(self.record, self.archive, self.as_of)
        view = factors_view(block, factors, self.archive, self.links, self.writer)
        return {self.record.factor_block: self._render("record_factors.html", factors=view)}

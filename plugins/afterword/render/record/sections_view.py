"""The sections of a record in the order of the source, with what was read from them in the place of the blocks it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jinja2 import Environment
from markupsafe import Markup

from afterword.derive.causes.answers import Answers, answers
from afterword.derive.causes.record_causes import RecordCauses
from afterword.derive.words.leftovers import above_steps, second_outcomes
from afterword.derive.words.passages import names_method
from afterword.model.archive import Archive
from afterword.model.causes import Method
from afterword.model.record import Postmortem, Section
from afterword.model.value import plain_value
from afterword.render.page.headings import HeadingIds
from afterword.render.page.links import Links
from afterword.render.page.markup import MarkupWriter
from afterword.render.page.site_page import TocEntry
from afterword.render.picture.drawing import DrawingView, drawing_view
from afterword.render.record.actions_view import columns_of, record_action_rows
from afterword.render.record.causes_view import factors_view, tree_lines, why_lines
from afterword.render.record.coverage_view import factor_coverage_view, tree_coverage_view, why_coverage_view
from afterword.render.record.timeline_view import timeline_view


@plain_value()
class SectionView:
    """One section as it is shown; `slug` is its second anchor, empty where there is only one."""

    anchor: str
    slug: str
    title: Markup
    html: Markup


@dataclass(frozen=True, slots=True)
class Judged:
    """How the causes of a record are answered, and what each of its actions answers, here and in other records."""

    causes: RecordCauses
    answers: Answers

    @classmethod
    def of(
        cls,
        record: Postmortem,
        archive: Archive,
        as_of: date,
        elsewhere: Answers,
        causes: RecordCauses | None = None,
    ) -> Judged:
        """Judge a record on a day; `elsewhere` is what its actions answer in others."""
        here = answers(record)
        return cls(
            causes or RecordCauses.of(record, archive, as_of),
            {name: (*here.get(name, ()), *elsewhere.get(name, ())) for name in {**here, **elsewhere}},
        )


@dataclass(frozen=True, slots=True)
class SectionWriter:
    """Writes the sections of one record."""

    record: Postmortem
    archive: Archive
    as_of: date
    judged: Judged
    links: Links
    writer: MarkupWriter
    environment: Environment
    drawing: str | None

    def write(self, ids: HeadingIds) -> tuple[tuple[SectionView, ...], tuple[TocEntry, ...]]:
        """Give the sections and the table of contents; of several sections of one key the first has the fixed anchor."""
        views: list[SectionView] = []
        toc: list[TocEntry] = []
        seen: set[str] = set()
        for section in self.record.sections:
            first = bool(section.key) and section.key not in seen
            seen.add(section.key)
            slug = "" if first and section.slug == section.key else ids.of_section(section.slug)
            anchor = section.key if first else slug
            before = len(self.writer.outline)
            title = self.writer.inlines(section.heading.children)
            html = self.writer.blocks(section.blocks, self._slots(section) if first else {})
            views.append(SectionView(anchor, slug if first else "", title, html))
            toc.append(TocEntry(anchor, section.title, 2, tuple(self.writer.outline[before:])))
        return tuple(views), tuple(toc)

    def _slots(self, section: Section) -> dict[int, str]:
        match section.key:
            case "timeline":
                return self._timeline(section)
            case "factors":
                return self._factors(section)
            case "causes":
                return self._tree(section) | self._whys(section) | self._method(section)
            case "actions":
                return self._actions(section)
        return {}

    def _timeline(self, section: Section) -> dict[int, str]:
        if self.record.timeline is None:
            return {}
        view = timeline_view(self.record, self.record.timeline, section, self.writer)
        if view is None:
            return {}
        slots = {
            position: self._render("record_timeline.html", timeline=view, table=table) if table else ""
            for position, table in view.tables.items()
        }
        if view.picture:
            below = slots.get(view.above)
            if below is None:
                below = self.writer.blocks((section.blocks[view.above],))
            slots[view.above] = f"{self._render('record_course.html', picture=view.picture)}{below}"
        return slots

    def _factors(self, section: Section) -> dict[int, str]:
        shown: dict[int, str] = {}
        number = 1
        for position in self.record.factor_blocks:
            block = section.blocks[position]
            last = block.span.end_line
            mine = [
                each
                for each in self.judged.causes.factors
                if block.span.line <= each.factor.span.line <= last
            ]
            if mine:
                view = factors_view(block, mine, number, self.archive, self.links, self.writer)
                shown[position] = self._render(
                    "record_factors.html",
                    factors=view,
                    # Said once, below the last list.
                    answered=factor_coverage_view(self.judged.causes)
                    if number + len(mine) > len(self.judged.causes.factors)
                    else None,
                )
            number += len(mine)
        return shown

    def _method(self, section: Section) -> dict[int, str]:
        """Set the line that names the method off where it is the whole of its paragraph."""
        method = self.record.method
        if method is None or not names_method(self.record, section):
            return {}
        words = {
            Method.CAUSAL_TREE: "Causal tree",
            Method.FIVE_WHYS: "Five whys",
            Method.HYBRID: "Hybrid: causal tree and five whys",
        }
        return {0: self._render("record_method.html", method=words[method])}

    def _tree(self, section: Section) -> dict[int, str]:
        tree, coverage = self.record.causal_tree, self.judged.causes.tree
        if tree is None or coverage is None:
            return {}
        block = section.blocks[tree.block]
        html = self._render(
            "record_tree.html",
            lines=tree_lines(tree, block, coverage, self.archive, self.links, self.writer),
            answered=tree_coverage_view(self.judged.causes),
            drawing=self._drawing(),
        )
        return {tree.block: f"{html}{self.writer.blocks(second_outcomes(tree, block))}"}

    def _whys(self, section: Section) -> dict[int, str]:
        whys = self.record.five_whys
        if whys is None:
            return {}
        block = section.blocks[whys.block]
        lines = why_lines(
            self.record, whys, block, self.judged.causes.whys, self.archive, self.links, self.writer
        )
        # Beside a tree the chain is part of the tree's drawing.
        drawing = self._drawing() if self.record.causal_tree is None else None
        answered = why_coverage_view(self.judged.causes)
        html = self._render("record_whys.html", lines=lines, answered=answered, drawing=drawing)
        return {whys.block: f"{self.writer.blocks(above_steps(whys, block))}{html}"}

    def _drawing(self) -> DrawingView:
        return drawing_view(self.record, self.drawing, self.links)

    def _actions(self, section: Section) -> dict[int, str]:
        slots = {}
        for position in self.record.action_blocks:
            block = section.blocks[position]
            rows = record_action_rows(
                self.record, block, self.judged.answers, self.archive, self.as_of, self.links, self.writer
            )
            if rows:
                slots[position] = self._render("record_actions.html", rows=rows, columns=columns_of(rows))
        return slots

    def _render(self, template: str, **values: object) -> str:
        return self.environment.get_template(template).render(**values)

"""Contributing factors, from a list or a table (docs/format.md, section 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from afterword.model import words
from afterword.model.causes import Factor
from afterword.model.finding import Finding
from afterword.model.markup import Kind, Node
from afterword.model.record import Section
from afterword.model.settings import Settings
from afterword.model.span import Span
from afterword.parse.markdown.columns import Columns, read_category
from afterword.parse.markdown.flatten import further_paragraphs, inline_nodes
from afterword.parse.markdown.lexicon import Lexicon
from afterword.parse.markdown.marks import MarkedLabel, read_marks, stray_marks
from afterword.parse.markdown.tables import cell_count_findings, read_table


def read_factors(
    section: Section, lines: Sequence[str], lexicon: Lexicon, settings: Settings
) -> tuple[tuple[Factor, ...], tuple[int, ...], tuple[Finding, ...]]:
    """Read the factors of all lists and tables of the section, and give the positions of those blocks.

    A table no head of which says so holds factors only where nothing else does: it may be of numbers that belong to one.
    """
    alone = sum(block.kind in (Kind.LIST, Kind.TABLE) for block in section.blocks) == 1
    factors: list[Factor] = []
    findings: list[Finding] = []
    positions: list[int] = []
    for index, block in enumerate(section.blocks):
        if block.kind is Kind.LIST:
            found, said = _from_list(block, lines, lexicon)
        elif block.kind is Kind.TABLE and (alone or _is_of_factors(block, lines, lexicon)):
            found, said = _from_table(block, lines, lexicon, settings)
        else:
            continue
        factors.extend(found)
        findings.extend(said)
        positions.append(index)
    return tuple(factors), tuple(positions), tuple(findings)


def _from_list(
    block: Node, lines: Sequence[str], lexicon: Lexicon
) -> tuple[tuple[Factor, ...], tuple[Finding, ...]]:
    factors: list[Factor] = []
    findings: list[Finding] = []
    for position, item in enumerate(block.children):
        inlines = inline_nodes(item)
        if not inlines:
            continue
        marked = read_marks(inlines, lines, lexicon)
        findings.extend(marked.findings)
        for further in further_paragraphs(item, nested=True):
            findings.extend(stray_marks(further, lines, lexicon))
        number = str(block.level + position) if block.ordered else ""
        factors.append(_factor(marked, inlines[0].span.to(inlines[-1].span), number, None))
    return tuple(factors), tuple(findings)


def _is_of_factors(block: Node, lines: Sequence[str], lexicon: Lexicon) -> bool:
    heads = read_table(block, lines).heads
    return Columns.of(heads, words.FACTOR_HEADS, lexicon).index("factor") is not None


def _from_table(
    block: Node, lines: Sequence[str], lexicon: Lexicon, settings: Settings
) -> tuple[tuple[Factor, ...], tuple[Finding, ...]]:
    table = read_table(block, lines)
    columns = Columns.of(table.heads, words.FACTOR_HEADS, lexicon)
    column = columns.index("factor")
    if column is None:
        # Without a head that says so, the factors are the first column that is nothing else.
        column = next(iter(columns.others), 0)
    factors: list[Factor] = []
    findings = list(cell_count_findings(table))
    for row in table.rows:
        cell = row.cell(column)
        if cell is None:
            continue
        marked = read_marks(cell.node.children, lines, lexicon)
        findings.extend(marked.findings)
        number = row.cell(columns.index("number"))
        category, category_findings = read_category(row.cell(columns.index("category")), settings)
        findings.extend(category_findings)
        # Of an empty cell, too, a page must know which one it is.
        label = marked.label if cell.node.children else cell.rich
        factors.append(
            _factor(replace(marked, label=label), row.span, number.text if number else "", category)
        )
    return tuple(factors), tuple(findings)


def _factor(marked: MarkedLabel, span: Span, number: str, category: str | None) -> Factor:
    return Factor(marked.label, span, number, category, marked.root_cause, marked.actions, marked.accepted)

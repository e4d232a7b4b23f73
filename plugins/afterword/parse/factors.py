"""Contributing factors, from a list or a table (docs/format.md, section 3)."""

from __future__ import annotations

from collections.abc import Sequence

from afterword.model import words
from afterword.model.causes import Factor
from afterword.model.finding import Finding
from afterword.model.markup import Kind, Node
from afterword.model.record import Section
from afterword.model.settings import Settings
from afterword.model.span import Span
from afterword.parse.columns import Columns, read_category
from afterword.parse.flatten import inline_nodes
from afterword.parse.lexicon import Lexicon
from afterword.parse.marks import MarkedLabel, read_marks
from afterword.parse.tables import cell_count_findings, read_table


def read_factors(
    section: Section, lines: Sequence[str], lexicon: Lexicon, settings: Settings
) -> tuple[tuple[Factor, ...], int, tuple[Finding, ...]]:
    """Read the factors of the section's first list or table, and give the position of that block, -1 for none."""
    for index, block in enumerate(section.blocks):
        if block.kind is Kind.LIST:
            factors, findings = _from_list(block, lines, lexicon)
            return factors, index, findings
        if block.kind is Kind.TABLE:
            factors, findings = _from_table(block, lines, lexicon, settings)
            return factors, index, findings
    return (), -1, ()


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
        number = str(block.level + position) if block.ordered else ""
        factors.append(_factor(marked, inlines[0].span.to(inlines[-1].span), number, None))
    return tuple(factors), tuple(findings)


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
        factors.append(_factor(marked, row.span, number.text if number else "", category))
    return tuple(factors), tuple(findings)


def _factor(marked: MarkedLabel, span: Span, number: str, category: str | None) -> Factor:
    return Factor(marked.label, span, number, category, marked.root_cause, marked.actions, marked.accepted)

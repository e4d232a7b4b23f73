"""Causal tree, five whys and contributing factors as lists: the words of what the drawing shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import count
from operator import attrgetter

from markupsafe import Markup

from afterword.derive.causes.coverage import (
    Coverage,
    FactorCoverage,
    NodeCoverage,
    ResolvedAction,
    hybrid_join,
    late_state,
)
from afterword.derive.causes.record_causes import CauseKind
from afterword.derive.promises.follow_through import is_owed_here
from afterword.derive.words.leftovers import (
    around_lists,
    beside_step,
    cell_at,
    step_items,
    tree_items,
    with_read,
)
from afterword.model.archive import Archive
from afterword.model.causes import Acceptance, CausalTree, FiveWhys
from afterword.model.markup import Kind, Node, RichText
from afterword.model.record import Postmortem
from afterword.model.value import plain_value
from afterword.render.page.cards import shortened
from afterword.render.page.links import Links
from afterword.render.page.markup import NOTHING, MarkupWriter, task_box
from afterword.render.text.labels import cause_anchor, node_id, reason_anchor
from afterword.render.words.direction import isolated

TITLE_LENGTH = 70
"""As much of an action as is said on hovering a link to it; the whole stands where the link leads."""


@plain_value()
class ActionLink:
    """The name of an action; `href` is None where there is no such action, `title` is what it says."""

    name: str
    href: str | None
    title: str = ""


@plain_value()
class Marks:
    """What is said of a statement; `state` is empty where nothing is to be said, and is `late` after the day `until`.

    `reason_id` is the anchor of an accepted risk's reason.
    """

    root_cause: bool = False
    gate: str = ""
    state: str = ""
    actions: tuple[ActionLink, ...] = ()
    accepted: Acceptance | None = None
    until: date | None = None
    late: str = ""
    reason_id: str = ""


@plain_value()
class TreeLine:
    """One node of the list form. The list is flat: `opens` says that its children follow, `closing` ends those around it, each with what stands below its children."""

    id: str
    label: Markup
    marks: Marks
    details: Markup
    depth: int
    opens: bool
    closing: Markup


@plain_value()
class WhyLine:
    """One question with its answer, or with an empty `id` an item that is none; `joined` leads to the node of the tree that says the same."""

    id: str
    question: Markup
    answer: Markup
    marks: Marks
    joined: str
    details: Markup


@plain_value()
class FactorLine:
    """One factor, or with an empty `id` a row or item that is none; `before` and `after` are the other cells of its row."""

    id: str
    label: Markup
    marks: Marks = Marks()
    before: tuple[Markup, ...] = ()
    after: tuple[Markup, ...] = ()
    details: Markup = NOTHING


@plain_value()
class FactorsView:
    """The factors of one list or table; `heads` are empty for a list, `ordered` tells a numbered one, `start` its first number."""

    heads: tuple[Markup, ...]
    lines: tuple[FactorLine, ...]
    ordered: bool
    stated: bool
    start: int = 1


def tree_lines(
    tree: CausalTree, block: Node, coverage: Coverage, archive: Archive, links: Links, writer: MarkupWriter
) -> tuple[TreeLine, ...]:
    """Write the tree as a flat list of lines, parents first."""
    nodes = list(tree.paths())
    items = dict(tree_items(block)) if not tree.fenced else {}
    lines = []
    # Of each node that is open: what stands below its children.
    opened: list[Markup] = []
    for position, (path, node) in enumerate(nodes):
        covered = coverage.nodes[path]
        following = nodes[position + 1][0].count(".") if position + 1 < len(nodes) else 0
        depth = path.count(".")
        closed = depth - following if not node.children else 0
        name = node_id(path)
        item = items.get(path)
        above, below = map(writer.blocks, around_lists(item)) if item else (NOTHING, NOTHING)
        if node.children:
            opened.append(below)
        lines.append(
            TreeLine(
                name,
                Markup(task_box(item.checked if item else None))  # noqa: S704 - ours
                + (_statement(node.label, writer) or Markup("…")),
                _marks(covered, archive, links, name, gate=node.gate or ""),
                above,
                depth,
                bool(node.children),
                Markup().join(_closing(opened.pop()) for _ in range(closed)),
            )
        )
    return tuple(lines)


def _closing(below: Markup) -> Markup:
    return (
        Markup('</ul><div class="aw-details">{}</div></li>').format(below) if below else Markup("</ul></li>")
    )


def why_lines(
    record: Postmortem,
    whys: FiveWhys,
    block: Node,
    covered: Sequence[NodeCoverage],
    archive: Archive,
    links: Links,
    writer: MarkupWriter,
) -> tuple[WhyLine, ...]:
    """Write the chain of questions and answers."""
    joined = dict(hybrid_join(record))
    judged = enumerate(covered)
    lines = []
    for item, step in step_items(whys, block):
        if step is None:
            details = writer.blocks(item.children if item else ())
            lines.append(WhyLine("", NOTHING, NOTHING, Marks(), "", details))
            continue
        number, cover = next(judged)
        marks = _marks(cover, archive, links, f"aw-why-{number + 1}")
        # An answer counts for the chain: only the last one has a state of its own.
        if number < len(whys.steps) - 1 and not (marks.actions or marks.accepted):
            marks = replace(marks, state="")
        lines.append(
            WhyLine(
                cause_anchor(CauseKind.ANSWER, str(number + 1)),
                Markup(task_box(item.checked if item else None)) + _statement(step.question, writer),  # noqa: S704 - ours
                _statement(step.answer.label, writer) if step.answer else Markup(),
                marks if step.answer else Marks(),
                f"#{node_id(joined[number])}" if number in joined else "",
                writer.blocks(beside_step(step, item)) if item else Markup(),
            )
        )
    return tuple(lines)


def factors_view(
    block: Node,
    covered: Sequence[FactorCoverage],
    first: int,
    archive: Archive,
    links: Links,
    writer: MarkupWriter,
) -> FactorsView:
    """Write the factors of one list or table with their states; the author's other columns stay where they are.

    `first` is the number, among all factors of the record, that the first of these has.
    """
    stated = any(each.actions or each.factor.accepted or each.factor.root_cause for each in covered)
    lines = []
    numbers = count(first)
    for part, each in with_read(block, covered, attrgetter("factor.span")):
        name = cause_anchor(CauseKind.FACTOR, str(next(numbers))) if each else ""
        marks = _factor_marks(each, archive, links, stated) if each else Marks()
        label = _statement(each.factor.text, writer) if each else NOTHING
        if block.kind is Kind.TABLE:
            place = cell_at(part, each.factor.text.span) if each else len(part.children)
            cells = [writer.inlines(cell.children) for cell in part.children]
            lines.append(FactorLine(name, label, marks, tuple(cells[:place]), tuple(cells[place + 1 :])))
        else:
            rest = part.children[1:] if each else part.children
            label = Markup(task_box(part.checked)) + label  # noqa: S704 - ours
            lines.append(FactorLine(name, label, marks, details=writer.blocks(rest)))
    heads = (
        next((row.children for row in block.children if row.header), ()) if block.kind is Kind.TABLE else ()
    )
    return FactorsView(
        tuple(writer.inlines(head.children) for head in heads),
        tuple(lines),
        block.ordered,
        stated,
        block.level,
    )


def _statement(text: RichText, writer: MarkupWriter) -> Markup:
    return isolated(text.text, writer.inlines(text.nodes))


def _marks(covered: NodeCoverage, archive: Archive, links: Links, line: str, gate: str = "") -> Marks:
    node = covered.node
    is_said = covered.leaf or covered.actions or node.accepted
    return Marks(
        node.root_cause,
        gate,
        covered.state.value if is_said else "",
        _action_links(covered.actions, archive, links),
        node.accepted,
        _until(covered, links),
        late_state(covered.state),
        reason_anchor(line),
    )


def _until(covered: NodeCoverage | FactorCoverage, links: Links) -> date | None:
    """Of a retold record nothing is owed here, and no review is due."""
    return covered.until if links.record is not None and is_owed_here(links.record) else None


def _factor_marks(covered: FactorCoverage, archive: Archive, links: Links, stated: bool) -> Marks:
    return Marks(
        covered.factor.root_cause,
        "",
        covered.state.value if stated else "",
        _action_links(covered.actions, archive, links),
        covered.factor.accepted,
        _until(covered, links),
        late_state(covered.state),
    )


def _action_links(
    resolved: Sequence[ResolvedAction], archive: Archive, links: Links
) -> tuple[ActionLink, ...]:
    made = []
    for each in resolved:
        here = links.record is not None and each.record_id == links.record.id
        name = each.ref.id if here else f"{each.record_id}#{each.ref.id}"
        record = links.record if here else archive.find(each.record_id)
        if each.action is None or record is None:
            made.append(ActionLink(name, None))
        else:
            made.append(
                ActionLink(
                    name,
                    links.to_record(record, each.action.id.lower()),
                    shortened(each.action.text.text.strip(), TITLE_LENGTH),
                )
            )
    return tuple(made)

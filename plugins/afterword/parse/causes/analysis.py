"""The root cause analysis: its method, its causal tree and its five whys (docs/format.md, section 5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from afterword.model import words
from afterword.model.causes import CausalNode, CausalTree, FiveWhys, Method
from afterword.model.finding import Finding, Nature
from afterword.model.markup import Kind, Node
from afterword.model.record import Section
from afterword.model.span import Span
from afterword.model.value import plain_value
from afterword.parse.causes.five_whys import answers_a_question, read_five_whys
from afterword.parse.causes.tree_fence import is_steps_fence, is_tree_fence, read_tree_fence
from afterword.parse.causes.tree_list import tree_as_list
from afterword.parse.markdown.flatten import flatten, further_paragraphs, inline_nodes, plain
from afterword.parse.markdown.lexicon import Lexicon, normalise
from afterword.parse.markdown.marks import MarkedLabel, any_of, read_marks, stray_marks
from afterword.parse.source.guesses import nearest

_HARD_BREAK = Kind.HARD_BREAK
_HEADING = Kind.HEADING
_HTML_BLOCK = Kind.HTML_BLOCK
_LIST = Kind.LIST
_PARAGRAPH = Kind.PARAGRAPH
_SOFT_BREAK = Kind.SOFT_BREAK

LEVELS_BELOW_BRANCH = 3

_Block = tuple[int, Node]


@plain_value()
class _Entry:
    """One node of a tree before it is joined to its children: `span` is what a finding about it points at, `further` its paragraphs but the first."""

    depth: int
    inlines: tuple[Node, ...]
    span: Span
    further: tuple[tuple[Node, ...], ...] = ()


def read_causes(
    section: Section, lines: Sequence[str], lexicon: Lexicon, *, method_required: bool = False
) -> tuple[Method | None, CausalTree | None, FiveWhys | None, tuple[Finding, ...]]:
    """Read what a section says of causes; `lines` are all lines of the file.

    A tree is not looked for where the method is five whys, nor whys where it is the tree. Where no method can be read, an
    ordered list counts as whys only if one of its items has an answer. `method_required` says that the policy asks for one of some
    methods, so that a section without one lacks it.
    """
    blocks = list(enumerate(section.blocks))
    method, method_findings = _read_method(section, lines, lexicon, required=method_required)
    tree, tree_findings = _read_tree(blocks, lines, lexicon) if method is not Method.FIVE_WHYS else (None, ())
    whys, why_findings = _read_whys(blocks, tree, method, lines, lexicon)
    return method, tree, whys, (*method_findings, *tree_findings, *why_findings)


def _read_method(
    section: Section, lines: Sequence[str], lexicon: Lexicon, *, required: bool
) -> tuple[Method | None, tuple[Finding, ...]]:
    """Find `Method: NAME`, wherever a line of the section begins with it; only the first line is its place."""
    pattern = re.compile(
        rf"\s*(?:{any_of(lexicon.aliases('method', words.METHOD))})\s*[:=]\s*", re.IGNORECASE
    )
    names = ", ".join(method.value for method in Method)
    written = [block for block in section.blocks if block.kind is not _HTML_BLOCK]
    for position, block in enumerate(written):
        if block.kind not in (_PARAGRAPH, _HEADING):
            continue
        for begin, end in _line_ranges(block.children):
            flat = flatten(block.children[begin:end], lines)
            found = pattern.match(flat.text)
            if found is None:
                continue
            if not begin and not flat.text[found.end() :].strip():
                # Readers see one line where the source has two.
                flat = flatten(block.children, lines)
                found = pattern.match(flat.text) or found
            name = flat.text[found.end() :].rstrip()
            known = lexicon.method(name)
            if known is None and begin:
                # Words within a paragraph may be prose.
                continue
            place = flat.span(found.end(), len(flat.text.rstrip())) if name else flat.span(0, len(flat.text))
            if known is None:
                close = nearest(normalise(name)[:80], (method.value for method in Method))
                guess = f" (did you mean '{close}'?)" if close else ""
                message = f"method '{name[:80]}' is not one of {names}{guess}"
                return None, (Finding("unknown-method", message, place, Nature.UNREADABLE),)
            if position == 0 and begin == 0:
                return Method(known), ()
            message = f"'Method: {known}' stands further down, expected it on the first line of the section"
            return Method(known), (Finding("method-missing", message, flat.whole, Nature.MISSING),)
    message = f"the section does not name its method, expected `Method:` and one of {names} on its first line"
    nature = Nature.REQUIRED if required else Nature.MISSING
    return None, (Finding("method-missing", message, section.heading.span, nature),)


def _line_ranges(inlines: Sequence[Node]) -> Iterator[tuple[int, int]]:
    """Yield where each line of a paragraph begins and ends, as positions of its inline nodes."""
    begin = 0
    for index, node in enumerate(inlines):
        if node.kind in (_SOFT_BREAK, _HARD_BREAK):
            yield begin, index
            begin = index + 1
    yield begin, len(inlines)


def _read_tree(
    blocks: Sequence[_Block], lines: Sequence[str], lexicon: Lexicon
) -> tuple[CausalTree | None, tuple[Finding, ...]]:
    for index, block in _under_heading(blocks, lines, lexicon):
        if is_tree_fence(block, lines):
            outcome = re.compile(
                rf"(?:{any_of(lexicon.aliases('outcome', words.OUTCOME))})\s*:\s*", re.IGNORECASE
            )
            drawn, findings = read_tree_fence(block, lines, outcome)
            if not drawn:
                continue
            entries = [_Entry(row.depth, row.inlines, row.span) for row in drawn]
            message = "the causal tree is drawn in a fenced block, expected a list"
            hint = "write it as a list: one item per line, nested by two spaces"
            beside = [each for at, each in blocks if abs(at - index) == 1]
            fenced = Finding(
                "fenced-tree",
                message,
                Span.at(block.span.line, block.span.column, 3),
                Nature.HINT,
                hint,
                edits=() if findings else tree_as_list(block, drawn, beside, lines),
            )
            outcome_node, tree_findings = _tree(entries, lines, lexicon)
            return CausalTree(outcome_node, index, fenced=True), (fenced, *findings, *tree_findings)
        if block.kind is _LIST and not block.ordered and any(map(_sublists, block.children)):
            outcome_node, tree_findings = _tree(list(_list_entries(block)), lines, lexicon)
            return CausalTree(outcome_node, index), tree_findings
    return None, ()


def _under_heading(blocks: Sequence[_Block], lines: Sequence[str], lexicon: Lexicon) -> Iterator[_Block]:
    """Yield the blocks under the sub-heading `Causal tree`, or all where there is none."""
    names = {normalise(alias) for alias in lexicon.aliases("causal tree", words.CAUSAL_TREE_HEADINGS)}
    headings = [
        (position, block)
        for position, (_, block) in enumerate(blocks)
        if block.kind is _HEADING and normalise(plain(block.children, lines)) in names
    ]
    if not headings:
        yield from blocks
        return
    position, heading = headings[0]
    for index, block in blocks[position + 1 :]:
        if block.kind is _HEADING and block.level <= heading.level:
            return
        yield index, block


def _sublists(item: Node) -> list[Node]:
    return [child for child in item.children if child.kind is _LIST]


def _list_entries(block: Node) -> Iterator[_Entry]:
    """Yield the items of a list and of the lists in them, parents first."""
    waiting = [(0, item) for item in reversed(block.children)]
    while waiting:
        depth, item = waiting.pop()
        inlines = inline_nodes(item)
        span = inlines[0].span.to(inlines[-1].span) if inlines else _first_place(item)
        yield _Entry(depth, inlines, span, further_paragraphs(item, nested=False))
        below = [child for sublist in _sublists(item) for child in sublist.children]
        waiting.extend((depth + 1, child) for child in reversed(below))


def _first_place(item: Node) -> Span:
    return Span.at(item.span.line, item.span.column, 1)


def _tree(
    entries: Sequence[_Entry], lines: Sequence[str], lexicon: Lexicon
) -> tuple[CausalNode, tuple[Finding, ...]]:
    """Join the entries to a tree, the first of the outermost ones its outcome."""
    outcomes = [index for index, entry in enumerate(entries) if entry.depth == 0]
    findings: list[Finding] = []
    for index in outcomes[1:]:
        message = (
            "a second outcome, expected one outermost item with all factors below it; only the first is read"
        )
        hint = "nest it below the outcome, or give it a record of its own"
        findings.append(Finding("several-outcomes", message, entries[index].span, Nature.CONTRADICTION, hint))
    entries = entries[: outcomes[1]] if len(outcomes) > 1 else entries
    labels: list[MarkedLabel] = []
    below: list[list[int]] = []
    branch: list[int] = []
    for index, entry in enumerate(entries):
        marked = read_marks(entry.inlines, lines, lexicon)
        findings.extend(marked.findings)
        for further in entry.further:
            findings.extend(stray_marks(further, lines, lexicon))
        labels.append(marked)
        below.append([])
        del branch[entry.depth :]
        if branch:
            below[branch[-1]].append(index)
        branch.append(index)
    findings.extend(_too_deep(entries))
    nodes: dict[int, CausalNode] = {}
    for index in range(len(labels) - 1, -1, -1):
        each = labels[index]
        nodes[index] = CausalNode(
            each.label,
            entries[index].span,
            each.gate,
            each.root_cause,
            each.actions,
            each.accepted,
            tuple([nodes[child] for child in below[index]]),
        )
    return nodes[0], tuple(sorted(findings, key=lambda finding: finding.span))


def _too_deep(entries: Sequence[_Entry]) -> Iterator[Finding]:
    """Report the first node of each branch that lies too deep."""
    said = False
    for entry in entries:
        said = said and entry.depth > 1
        if entry.depth - 1 > LEVELS_BELOW_BRANCH and not said:
            said = True
            message = f"{entry.depth - 1} levels below its branch, expected at most {LEVELS_BELOW_BRANCH}"
            hint = "split the branch, or stop where somebody can act"
            yield Finding("tree-depth", message, entry.span, Nature.HINT, hint)


def _read_whys(
    blocks: Sequence[_Block],
    tree: CausalTree | None,
    method: Method | None,
    lines: Sequence[str],
    lexicon: Lexicon,
) -> tuple[FiveWhys | None, tuple[Finding, ...]]:
    if method is Method.CAUSAL_TREE:
        return None, ()
    for index, block in blocks:
        is_list = block.kind is _LIST and block.ordered
        if tree is not None and tree.block == index:
            continue
        if not is_list and not is_steps_fence(block, lines):
            continue
        if method is not None or answers_a_question(block, lines, lexicon):
            return read_five_whys(block, index, lines, lexicon)
    return None, ()

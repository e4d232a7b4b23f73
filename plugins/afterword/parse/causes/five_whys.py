"""Five whys: questions in a numbered list, each with its answer on the next line (docs/format.md, section 5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from afterword.model import words
from afterword.model.causes import CausalNode, FiveWhys, WhyStep
from afterword.model.finding import Finding, Nature
from afterword.model.markup import Kind, Node
from afterword.model.span import Span
from afterword.model.value import plain_value
from afterword.parse.causes.tree_fence import fence_lines, literal
from afterword.parse.markdown.flatten import inline_nodes, plain, rich
from afterword.parse.markdown.lexicon import Lexicon
from afterword.parse.markdown.marks import any_of, read_marks, stray_marks

FEWEST_STEPS = 3

_NUMBER = re.compile(r"[ \t]*[0-9]{1,3}[.)][ \t]+")
_BREAKS = (Kind.SOFT_BREAK, Kind.HARD_BREAK)


@plain_value()
class _Step:
    """A question and what answers it, as inline nodes; the answer's label begins at character `lead` of its text, `others` are neither."""

    question: tuple[Node, ...]
    answer: tuple[Node, ...]
    lead: int
    span: Span
    others: Sequence[tuple[Node, ...]] = ()


def read_five_whys(
    block: Node, index: int, lines: Sequence[str], lexicon: Lexicon
) -> tuple[FiveWhys | None, tuple[Finding, ...]]:
    """Read the steps of an ordered list or a fence, which is block `index` of its section.

    The answer's label leaves out the word or arrow that it begins with.
    """
    steps: list[WhyStep] = []
    findings: list[Finding] = []
    for step in _steps(block, lines, lexicon):
        answer: CausalNode | None = None
        if step.answer:
            marked = read_marks(step.answer, lines, lexicon, step.lead)
            findings.extend(marked.findings)
            for further in (step.question, *step.others):
                findings.extend(stray_marks(further, lines, lexicon, "the answer"))
            span = step.answer[0].span.to(step.answer[-1].span)
            answer = CausalNode(
                marked.label, span, marked.gate, marked.root_cause, marked.actions, marked.accepted
            )
        else:
            message = "this step has no answer, expected a next line that begins with Because, → or ->"
            findings.append(Finding("why-answer", message, step.span, Nature.MISSING))
        steps.append(WhyStep(rich(step.question, lines), answer, step.span))
    if not steps:
        return None, ()
    if len(steps) < FEWEST_STEPS:
        message = f"{len(steps)} {'step' if len(steps) == 1 else 'steps'}, expected at least {FEWEST_STEPS}"
        hint = "ask why of the last answer"
        findings.append(Finding("few-whys", message, steps[-1].span, Nature.WARNING, hint))
    return FiveWhys(tuple(steps), index, block.kind is Kind.CODE_BLOCK), tuple(findings)


def answers_a_question(block: Node, lines: Sequence[str], lexicon: Lexicon) -> bool:
    """Tell whether any step of a list or fence has an answer."""
    return any(step.answer for step in _steps(block, lines, lexicon))


def _steps(block: Node, lines: Sequence[str], lexicon: Lexicon) -> Iterator[_Step]:
    lead = _lead(lexicon)
    paragraphs = _drawn(block, lines) if block.kind is Kind.CODE_BLOCK else map(_written, block.children)
    for each in paragraphs:
        if each:
            yield _step(each, lead, lines, lexicon)


def _lead(lexicon: Lexicon) -> re.Pattern[str]:
    """Give the pattern of what an answer begins with: an arrow, a word, or both. `Because of` belongs to the answer."""
    aliases = lexicon.aliases("because", words.BECAUSE)
    word = any_of([alias for alias in aliases if alias[-1:].isalnum()])
    of = rf"\s+(?:{any_of(words.BECAUSE_OF)})\b"
    spoken = rf"(?:{word})(?!\w|{of})[,:]?\s*"
    arrow = rf"(?:{any_of([alias for alias in aliases if not alias[-1:].isalnum()])})\s*"
    return re.compile(rf"\s*(?:{arrow}(?:{spoken})?|{spoken}|(?=(?:{word}){of}))", re.IGNORECASE)


def _step(
    paragraphs: Sequence[tuple[Node, ...]], lead: re.Pattern[str], lines: Sequence[str], lexicon: Lexicon
) -> _Step:
    """Cut a step at the first line behind its question that begins like an answer."""
    first = paragraphs[0]
    for begin, end in pairwise(_line_ends(first)):
        lead_end = _answer_lead(first[begin + 1 : end], lead, lines, lexicon)
        if lead_end is not None:
            span = first[0].span.to(first[-1].span)
            return _Step(first[:begin], first[begin + 1 :], lead_end, span, paragraphs[1:])
    for number, answer in enumerate(paragraphs[1:], start=1):
        line = answer[: _line_ends(answer)[0]]
        lead_end = _answer_lead(line, lead, lines, lexicon)
        if lead_end is not None:
            others = (*paragraphs[1:number], *paragraphs[number + 1 :])
            return _Step(first, answer, lead_end, first[0].span.to(answer[-1].span), others)
    return _Step(first, (), 0, first[0].span.to(first[-1].span), paragraphs[1:])


def _line_ends(inlines: Sequence[Node]) -> list[int]:
    """Give the positions of the line breaks, and that behind the last node."""
    return [*(index for index, node in enumerate(inlines) if node.kind in _BREAKS), len(inlines)]


def _answer_lead(
    line: Sequence[Node], lead: re.Pattern[str], lines: Sequence[str], lexicon: Lexicon
) -> int | None:
    """Give where the words of an answer begin in its first line, None where that line begins no answer.

    `-> A1` names an action and is none.
    """
    found = lead.match(plain(line, lines, opaque=True))
    return found.end() if found and read_marks(line, lines, lexicon).label else None


def _written(item: Node) -> list[tuple[Node, ...]]:
    """Give the paragraphs of an item; of a list below the question the first item's stands for an answer."""
    found: list[tuple[Node, ...]] = []
    for child in item.children:
        inlines = inline_nodes(child.children[0] if child.kind is Kind.LIST and child.children else child)
        if inlines and child.kind in (Kind.PARAGRAPH, Kind.LIST):
            found.append(inlines)
    return found


def _drawn(block: Node, lines: Sequence[str]) -> Iterator[list[tuple[Node, ...]]]:
    """Yield the steps of a fence: a numbered line, and those below it."""
    step: list[Node] = []
    for number, text, column in fence_lines(block, lines):
        numbered = _NUMBER.match(text)
        if numbered and step:
            yield [tuple(step)]
            step = []
        if not text.strip() or (not numbered and not step):
            continue
        line = literal(number, text, column, numbered.end() if numbered else 0, len(text))
        if step:
            before = step[-1].span
            step.append(
                Node(Kind.SOFT_BREAK, Span(before.end_line, before.end_column, number, line.span.column))
            )
        step.append(line)
    if step:
        yield [tuple(step)]

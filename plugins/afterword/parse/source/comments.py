"""Comments that mean something: internal marks, and rules that an author silences with a reason (docs/format.md, section 7)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from afterword.model.finding import Finding, Nature
from afterword.model.markup import Kind, Node
from afterword.model.record import HiddenRange, Suppression
from afterword.model.span import Span
from afterword.parse.source.internal import Internal, is_near_spelling
from afterword.parse.source.source_map import Scopes, SourceMap

_END = re.compile(r"--!?>")
_DIRECTIVE = re.compile(r"afterword\s*:\s*(?P<verb>\S*)\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_REASON = re.compile(r"(?:^|\s)(?:--|–|—)(?:\s|$)")
_RULE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_FORM = "`<!-- afterword: ignore RULE -- reason -->`"
_BLOCKS = frozenset(
    {
        Kind.PARAGRAPH,
        Kind.HEADING,
        Kind.LIST,
        Kind.ITEM,
        Kind.QUOTE,
        Kind.ALERT,
        Kind.CODE_BLOCK,
        Kind.HTML_BLOCK,
        Kind.RULE,
        Kind.TABLE,
        Kind.FOOTNOTE,
    }
)


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment outside code: its text and its place in the source, in characters; `own_line` where nothing else shares its lines."""

    text: str
    start: int
    end: int
    own_line: bool
    closed_well: bool = True


def read_comments(
    lines: Sequence[str], first_line: int, blocks: Sequence[Node]
) -> tuple[tuple[HiddenRange, ...], tuple[Suppression, ...], tuple[Finding, ...]]:
    """Read the comments of a body whose first line is line `first_line` of the file.

    Comments are found in the source text; `blocks`, the parsed body, only tells what is code, a row or an item. The
    suppressions cover no more than themselves until `cover` has told them the next block.
    """
    if not any("<!--" in line for line in lines):
        return (), (), ()
    source = SourceMap(lines, first_line)
    internal = Internal(source, Scopes(source, blocks))
    suppressions: list[Suppression] = []
    findings: list[Finding] = []
    for comment in _comments(source, source.ranges(blocks, {Kind.CODE, Kind.CODE_BLOCK})):
        span = source.span(comment.start, comment.end)
        directive = _DIRECTIVE.match(comment.text.strip())
        plain = comment.text.strip()
        if directive:
            outcome = _suppression(directive, comment.own_line, span)
            if isinstance(outcome, Finding):
                findings.append(outcome)
            else:
                suppressions.append(outcome)
        elif plain in ("internal", "/internal") and comment.closed_well:
            internal.mark(plain == "internal", comment.start, comment.end, comment.own_line)
        elif is_near_spelling(plain):
            internal.near_spelling(comment.start, comment.end, comment.own_line, plain)
    hidden, internal_findings = internal.finish()
    return hidden, tuple(suppressions), (*findings, *internal_findings)


def cover(suppressions: Sequence[Suppression], blocks: Sequence[Node]) -> tuple[Suppression, ...]:
    """Give the suppressions with the block that comes next in the source as what they cover."""
    if not suppressions:
        return ()
    spans = [node.span for block in blocks for node in block.walk() if _can_be_covered(node)]
    # Parents stand before their children, so the first of several on one line is the outermost.
    starts = [span.line for span in spans]
    covered = []
    for suppression in suppressions:
        index = bisect_right(starts, suppression.span.end_line)
        covered.append(replace(suppression, covers=spans[index]) if index < len(spans) else suppression)
    return tuple(covered)


def _can_be_covered(node: Node) -> bool:
    if node.kind is Kind.HTML_BLOCK:
        return not _is_only_comments(node.text)
    return node.kind in _BLOCKS


def _is_only_comments(text: str) -> bool:
    at = 0
    while text.startswith("<!--", at):
        end = text.find("-->", at + 2)
        if end < 0:
            return True
        at = end + 3
        while at < len(text) and text[at].isspace():
            at += 1
    return at == len(text)


def _comments(source: SourceMap, code: Sequence[tuple[int, int]]) -> Iterator[Comment]:
    text = source.text
    starts = [start for start, _ in code]
    at = text.find("<!--")
    while at >= 0:
        index = bisect_right(starts, at) - 1
        if index >= 0 and at < code[index][1]:
            at = text.find("<!--", code[index][1])
            continue
        # `<!-->` and `<!--->` are whole comments; `--!>` ends one for browsers.
        closing = (
            _END.search(text, at + 2)
            if text.startswith(("<!-->", "<!--->"), at)
            else _END.search(text, at + 4)
        )
        if closing is None:
            return
        before = text[source.line_start(source.line_index(at)) : at]
        after = _rest_of_line(source, closing.end())
        own_line = not before.strip(" \t>") and not after.strip()
        yield Comment(text[at + 4 : closing.start()], at, closing.end(), own_line, closing.group() == "-->")
        at = text.find("<!--", closing.end())


def _rest_of_line(source: SourceMap, offset: int) -> str:
    index = source.line_index(offset)
    return source.lines[index][offset - source.line_start(index) :]


def _suppression(directive: re.Match[str], own_line: bool, span: Span) -> Suppression | Finding:
    if directive["verb"].casefold() != "ignore":
        return _fault(f"'afterword: {directive['verb']}' is not known, expected {_FORM}", span)
    parts = _REASON.split(directive["rest"], maxsplit=1)
    rule, reason = parts[0].strip(), " ".join(parts[1].split()) if len(parts) > 1 else ""
    if not rule:
        return _fault(f"the comment names no rule, expected {_FORM}", span)
    if not _RULE.fullmatch(rule):
        return _fault(f"'{' '.join(rule.split())}' is no rule, expected one rule in {_FORM}", span)
    if not reason:
        return _fault(f"the comment gives no reason for ignoring {rule}, expected {_FORM}", span)
    if not own_line:
        return _fault(f"the comment shares its line with text, expected {_FORM} on a line of its own", span)
    return Suppression(rule, reason, span, span)


def _fault(message: str, span: Span) -> Finding:
    return Finding("suppression", message, span, Nature.WARNING, "`afterword rule` lists the rules")

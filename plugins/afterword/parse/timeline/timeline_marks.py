"""The marks in square brackets at the start of an event, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from afterword.model.finding import Finding, Nature
from afterword.model.markup import RichText
from afterword.model.span import Span
from afterword.model.timeline import ANCHORS, DECISION, Mark, TimelineEvent
from afterword.model.value import plain_value
from afterword.parse.markdown.flatten import flatten, trim
from afterword.parse.markdown.lexicon import Lexicon
from afterword.parse.source.edits import one_edit, written_over
from afterword.parse.values.readers import listed, quoted

_BRACKET = re.compile(r"\s*\[([^\[\]]{1,80})\]")
_WORDS = re.compile(r"\s*([^\W\d_]+)(?:\s+(\S+))?\s*")
_INCIDENT = re.compile(r"[^\s\[\]]*\d[^\s\[\]]*")
_NAMES = (*ANCHORS, DECISION)
_AFTER_MARKS = re.compile(r"\s*:?\s*")


@plain_value()
class MarkedText:
    """An event's text with its marks read and taken off; `incident` is the one its prefix names."""

    text: RichText
    marks: tuple[Mark, ...] = ()
    incident: str | None = None
    findings: tuple[Finding, ...] = ()


def read_marks(
    text: RichText, incidents: Sequence[str], lexicon: Lexicon, lines: Sequence[str]
) -> MarkedText:
    """Read the marks at the start of an event; `incidents` are the ids that the header lists."""
    if not _may_begin_with_mark(text, lines):
        return MarkedText(text)
    flat = flatten(text.nodes, lines, opaque=True, brackets=True)
    known = {incident.casefold(): incident for incident in incidents}
    marks: list[Mark] = []
    findings: list[Finding] = []
    prefix: str | None = None
    end = 0
    while bracket := _BRACKET.match(flat.text, end):
        inside = bracket.group(1).strip()
        span = flat.span(bracket.start(1) - 1, bracket.end())
        mark = _mark(inside, span, known, lexicon)
        if mark is not None:
            marks.append(mark)
            if mark.incident and known and mark.incident.casefold() not in known:
                findings.append(_unknown_incident(mark, incidents))
        elif prefix is None and inside.casefold() in known:
            prefix = known[inside.casefold()]
        elif prefix is None and _names_incident(inside, incidents, flat.text[bracket.end() :], lexicon):
            prefix = inside
            if known:
                findings.append(_unknown_incident(Mark("", inside, span), incidents))
        else:
            findings.extend(_misspelt(inside, span))
            break
        end = bracket.end()
    if end == 0:
        return MarkedText(text, findings=tuple(findings))
    rest = _AFTER_MARKS.match(flat.text, end)
    remaining = trim(text.nodes, flat, rest.end() if rest else end, len(flat.text), lines)
    named = tuple(mark if mark.incident else Mark(mark.name, prefix, mark.span) for mark in marks)
    return MarkedText(remaining, named, prefix, tuple(findings))


def check_anchors(events: Sequence[TimelineEvent], incidents: Sequence[str]) -> Iterator[Finding]:
    """Report anchors that stand twice for one incident, and those that name none of several."""
    seen: dict[str, dict[str | None, int]] = {}
    for event in events:
        for mark in event.marks:
            if mark.name not in ANCHORS:
                continue
            if mark.incident is None and len(incidents) > 1:
                message = f"[{mark.name}] names no incident, expected one of {listed(tuple(incidents))}"
                hint = f"write [{mark.name} {incidents[0]}]"
                yield Finding("anchor-incident", message, mark.span, Nature.WARNING, hint)
            scope = mark.incident.casefold() if mark.incident else None
            earlier = seen.setdefault(mark.name, {})
            # An anchor that names no incident is one of every incident; beside it there are no others here.
            for_all = scope is None or None in earlier
            first = next(iter(earlier.values()), None) if for_all else earlier.get(scope)
            if first is not None:
                of = f" for {mark.incident}" if mark.incident else ""
                message = f"second [{mark.name}]{of}, the first is on line {first}"
                yield Finding("duplicate-anchor", message, mark.span, Nature.CONTRADICTION)
            else:
                earlier[scope] = mark.span.line


def _may_begin_with_mark(text: RichText, lines: Sequence[str]) -> bool:
    """Look at the source's first sign: most events begin with a word, and need not be taken apart."""
    if not text.nodes:
        return False
    place = text.nodes[0].span
    start = lines[place.line - 1][place.column - 1 :].lstrip(" \t*_~\\")
    return not start[:1].isalnum()


def _mark(inside: str, span: Span, known: dict[str, str], lexicon: Lexicon) -> Mark | None:
    name = lexicon.mark(inside)
    if name:
        return Mark(name, None, span)
    # An alias may be of several words: the incident is what follows the longest of them.
    head, _, last = inside.rpartition(" ")
    name = lexicon.mark(head) if head else None
    if name is None:
        return None
    incident = last.strip()
    if incident.casefold() in known:
        return Mark(name, known[incident.casefold()], span)
    return Mark(name, incident, span) if any(char.isdigit() for char in incident) else None


def _names_incident(inside: str, incidents: Sequence[str], behind: str, lexicon: Lexicon) -> bool:
    """Tell whether an unknown bracket is meant as an incident: it has the form of the listed ids, or, where none is listed, a mark follows."""
    if incidents:
        return bool(_shape(inside)) and _shape(inside) in _shapes(tuple(incidents))
    following = _BRACKET.match(behind)
    return bool(_INCIDENT.fullmatch(inside) and following and lexicon.mark(following.group(1).strip()))


def _shape(incident: str) -> str:
    return re.sub(r"\d+", "0", incident.casefold()) if any(char.isdigit() for char in incident) else ""


@lru_cache(maxsize=32)
def _shapes(incidents: tuple[str, ...]) -> frozenset[str]:
    """Give the forms of a header's ids; the events of a timeline are all compared with the same."""
    return frozenset(map(_shape, incidents))


def _unknown_incident(mark: Mark, incidents: Sequence[str]) -> Finding:
    message = f"incident '{mark.incident}' is not one of `incidents`: {listed(tuple(incidents))}"
    return Finding("unknown-incident", message, mark.span, Nature.UNREADABLE)


def _misspelt(inside: str, span: Span) -> Iterator[Finding]:
    first, _, more = inside.partition(" ")
    if first in _NAMES and more:
        message = (
            f"{quoted(f'[{inside}]')} is not a mark and stays text, expected [{first}] or [{first} INCIDENT]"
        )
        hint = "give each incident a bracket of its own, and write other words behind it"
        yield Finding("mark-spelling", message, span, Nature.HINT, hint)
        return
    words = _WORDS.fullmatch(inside)
    if words is None or not words.group(1).isupper():
        return
    word = words.group(1)
    close = [name for name in _NAMES if one_edit(word, name)]
    if close:
        near = close[0]
        written = f"[{inside}]"
        meant = f"[{inside.replace(word, near, 1)}]"
        edits = written_over(span, written, meant) if len(close) == 1 else ()
        message = f"'[{word}]' is not a mark and stays text (did you mean '[{near}]'?)"
        yield Finding("mark-spelling", message, span, Nature.HINT, f"write {meant}", edits=edits)

"""The body cut at its second-level headings, each known by its name in any alias."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from sys import intern

from afterword.model.finding import Finding, Nature
from afterword.model.markup import Kind, Node
from afterword.model.record import Section
from afterword.model.span import Span
from afterword.model.words import NUMBERS, SECTIONS
from afterword.parse.markdown.flatten import rich
from afterword.parse.markdown.heading_edits import renamed, to_second_level
from afterword.parse.markdown.lexicon import Lexicon, final_parenthesis, normalise
from afterword.parse.source.edits import only_near
from afterword.parse.source.guesses import nearest
from afterword.parse.source.slugs import github_slug
from afterword.parse.values.loose_dates import loose_time
from afterword.parse.values.readers import quoted
from afterword.parse.values.times import leading_date, looks_like_time

_FOOTNOTE = Kind.FOOTNOTE
_HEADING = Kind.HEADING
_TEXT = Kind.TEXT

_ANY_LEAP_YEAR = date(2000, 1, 1)
_EMOJI_CODE = re.compile(r":[\w+-]+:")
_PARENTHESIS = re.compile(r"\([^()]+\)")
_HOLDS_HEADINGS = {Kind.LIST, Kind.ITEM, Kind.QUOTE, Kind.ALERT, Kind.FOOTNOTE}


def read_sections(
    blocks: tuple[Node, ...], lines: Sequence[str], lexicon: Lexicon, title: str | None, file_end: Span
) -> tuple[tuple[Node, ...], tuple[Section, ...], tuple[Node, ...], tuple[str, ...], tuple[Finding, ...]]:
    """Give what stands before the first section, the sections, the footnotes, all anchors and the findings; `lines` are all lines of the file.

    A first-level heading equal to the header's title is left out; `title` is None where there is no header at all, and then the first such heading is
    no fault of its own. A section reaches to the start of the next one.
    """
    findings: list[Finding] = []
    footnotes = tuple(block for block in blocks if block.kind is _FOOTNOTE)
    names = {
        index: rich(block.children, lines).text.strip()
        for index, block in enumerate(blocks)
        if block.kind is _HEADING
    }
    slugs, all_slugs = _slugs(blocks, names, lines)
    preamble: list[Node] = []
    opened: list[tuple[Section, list[Node]]] = []
    misplaced = set(NUMBERS) - {
        lexicon.section(name) for index, name in names.items() if blocks[index].level <= 2
    }
    firsts: dict[str, Section] = {}
    titled = False
    below = ""
    for index, block in enumerate(blocks):
        if block.kind is _FOOTNOTE:
            continue
        name = names.get(index, "")
        if block.kind is _HEADING and block.level == 1 and not titled and title and _same(name, title):
            titled = True
            continue
        key = lexicon.section(name) if block.kind is _HEADING else None
        if block.kind is _HEADING and _opens(block, key, misplaced):
            if block.level == 3 and key:
                misplaced.discard(key)
            section = Section(
                key or "",
                name,
                slugs[index],
                block,
                (),
                block.span,
                NUMBERS.get(key or "", 0),
                block.level,
                final_parenthesis(name),
                key in firsts,
            )
            opened.append((section, []))
            findings.extend(_faults(section, firsts.get(key or ""), lexicon, below))
            if key:
                below = key
                firsts.setdefault(key, section)
            continue
        if block.kind is _HEADING and block.level == 1:
            if title is not None or titled:
                findings.append(_extra_title(block, name, title or "", titled, below_sections=bool(opened)))
            titled = titled or not title
        (opened[-1][1] if opened else preamble).append(block)
    sections = _closed(opened, file_end)
    findings = [_mended(each, sections, blocks, lines, lexicon) for each in findings]
    findings.extend(_order_faults(sections))
    anchors = tuple(dict.fromkeys((*firsts, *all_slugs)))
    return (
        tuple(preamble),
        sections,
        footnotes,
        anchors,
        tuple(sorted(findings, key=lambda finding: finding.span)),
    )


def _opens(heading: Node, key: str | None, misplaced: set[str]) -> bool:
    if heading.level == 2:
        return True
    if heading.level == 1:
        return key is not None
    return heading.level == 3 and key in misplaced


def _slugs(
    blocks: Sequence[Node], names: Mapping[int, str], lines: Sequence[str]
) -> tuple[dict[int, str], tuple[str, ...]]:
    """Give GitHub's slugs of the top-level headings by position, and those of all; headings in lists and quotes take theirs in between."""
    seen: dict[str, int] = {}
    slugs: dict[int, str] = {}
    for index, block in enumerate(blocks):
        for heading in _headings(block):
            text = names[index] if heading is block else rich(heading.children, lines).text
            slug = github_slug(_with_codes(heading, text, lines), seen)
            if heading is block:
                slugs[index] = slug
    # Most are the same in all records, of which a large archive keeps thousands.
    return slugs, tuple(map(intern, seen))


def _with_codes(heading: Node, text: str, lines: Sequence[str]) -> str:
    """Give a heading's text with its emoji codes as words: `:tada: Launch` has the anchor `tada-launch`."""
    if ":" not in lines[heading.span.line - 1]:
        return text
    return "".join(
        source
        if node.kind is _TEXT and _EMOJI_CODE.fullmatch(source := _source(node, lines))
        else rich((node,), lines).text
        for node in heading.children
    )


def _source(node: Node, lines: Sequence[str]) -> str:
    span = node.span
    return lines[span.line - 1][span.column - 1 : span.end_column - 1] if span.line == span.end_line else ""


def _headings(block: Node) -> Iterator[Node]:
    waiting = [block]
    while waiting:
        node = waiting.pop()
        if node.kind is _HEADING:
            yield node
        elif node.kind in _HOLDS_HEADINGS:
            waiting.extend(reversed(node.children))


def _same(name: str, title: str) -> bool:
    """Tell whether a first-level heading says what the title says; their parentheses count, for one that differs would be lost with the heading."""
    notes = (normalise(final_parenthesis(name)), normalise(final_parenthesis(title)))
    return normalise(name) == normalise(title) and notes[0] == notes[1]


def _faults(section: Section, first: Section | None, lexicon: Lexicon, below: str) -> Iterator[Finding]:
    """Report what is wrong with a section's heading; `below` is the key of the last known section above it."""
    place = section.heading.span
    if not section.key and below == "timeline" and _is_event(section.title):
        message = f"section {quoted(section.title)} begins with a time or day and is no part of the timeline, expected level 3"
        yield Finding("unknown-section", message, place, Nature.HINT, f"write `### {section.title}`")
    elif not section.key:
        guess = _guess(section.title, lexicon)
        method = lexicon.method(section.title)
        # Its parenthesis says more than the name, such as the zone of the times.
        note = _PARENTHESIS.search(section.title)
        hint = f"write `## {guess}{' ' + note.group() if note else ''}`" if guess else None
        if method is not None and not guess:
            hint = f"write `## {SECTIONS['causes'][0]}`, and `Method: {method}` on its first line"
        message = (
            f"section {quoted(section.title)} is not one that the archive knows, it is published as it stands"
        )
        if guess:
            message += f" (did you mean '{guess}'?)"
        yield Finding("unknown-section", message, place, Nature.HINT, hint)
    if section.level != 2:
        message = f"section '{section.title}' is a heading of level {section.level}, expected level 2"
        yield Finding("section-level", message, place, Nature.WARNING, f"write `## {section.title}`")
    if section.duplicate and first is not None:
        name = SECTIONS[section.key][0]
        said = "" if _same(section.title, name) else f"{quoted(section.title)} is a "
        message = f"{said}second section '{name}', the first is on line {first.heading.span.line}"
        yield Finding(
            "duplicate-section", message, place, Nature.WARNING, "join the two, or give this one another name"
        )


def _mended(
    finding: Finding,
    sections: Sequence[Section],
    blocks: Sequence[Node],
    lines: Sequence[str],
    lexicon: Lexicon,
) -> Finding:
    """Give a finding about a heading with the edits that put it right, where that is safe: its level, or one slip in the name of a section that is missing."""
    section = next((each for each in sections if each.heading.span == finding.span), None)
    if section is None or finding.rule not in ("section-level", "unknown-section"):
        return finding
    if finding.rule == "section-level":
        if section.level == 3 and _belongs_below(section, sections):
            parent = _parent(section, sections)
            if parent is None:
                return finding
            hint = (
                f"write it as `## {section.title}` before {quoted(parent.title)}, of which it is a part here"
            )
            return replace(finding, hint=hint)
        known = {each.heading.span.line for each in sections if each.key and each is not section}
        edits = to_second_level(section.heading, blocks[blocks.index(section.heading) + 1 :], lines, known)
    else:
        name = normalise(section.title)
        near = only_near(name, lexicon.section_keys)
        key = lexicon.section_keys[near] if near else ""
        if key not in NUMBERS or any(each.key == key for each in sections):
            return finding
        edits = renamed(section.heading, name, SECTIONS[key][0])
    return replace(finding, edits=edits)


def _belongs_below(section: Section, sections: Sequence[Section]) -> bool:
    """Tell whether a third-level section is a part of what stands above it: raised, it would leave that heading empty, or take the next parts with it."""
    if any(block.kind is _HEADING and block.level == 3 for block in section.blocks):
        return True
    parent = _parent(section, sections)
    return parent is not None and not parent.blocks


def _parent(section: Section, sections: Sequence[Section]) -> Section | None:
    """Give the second-level section in which a third-level one stands."""
    above = sections[: sections.index(section)]
    parent = next((each for each in reversed(above) if each.level != 3), None)
    return parent if parent is not None and parent.level == 2 else None


def _is_event(title: str) -> bool:
    """Tell whether a heading below the timeline is meant as one of its times or days."""
    if looks_like_time(title) or leading_date(title):
        return True
    meant = loose_time(title, _ANY_LEAP_YEAR, whole=False)
    return meant is not None and meant.day is not None


def _guess(title: str, lexicon: Lexicon) -> str | None:
    close = _closest(normalise(title), tuple(lexicon.section_keys.items()))
    return SECTIONS[lexicon.section_keys[close]][0] if close else None


@lru_cache(maxsize=1024)
def _closest(wanted: str, section_keys: tuple[tuple[str, str], ...]) -> str | None:
    names = dict(section_keys)
    begun = [name for name in names if wanted.startswith(name + " ")]
    return max(begun, key=len) if begun else nearest(wanted, names, cutoff=0.75, means=names)


def _extra_title(heading: Node, name: str, title: str, titled: bool, *, below_sections: bool) -> Finding:
    if title and not titled and below_sections:
        message = f"first-level heading {quoted(name)} among the sections, expected level 2"
        hint = "write it as `##`, or take it out"
    elif titled:
        message, hint = f"second first-level heading {quoted(name)}", "write it as `##`, or take it out"
    elif not title:
        message, hint = (
            f"first-level heading {quoted(name)} in the body, expected the title in the front matter",
            "write it as `title`",
        )
    else:
        message = f"first-level heading {quoted(name)} is not the title {quoted(title)}"
        hint = "take it out: the title comes from the front matter"
    return Finding("extra-title", message, heading.span, Nature.WARNING, hint)


def _closed(opened: Sequence[tuple[Section, list[Node]]], file_end: Span) -> tuple[Section, ...]:
    sections: list[Section] = []
    for index, (section, blocks) in enumerate(opened):
        start = section.heading.span
        after = opened[index + 1][0].heading.span if index + 1 < len(opened) else None
        end = (after.line, after.column) if after else (file_end.end_line, file_end.end_column)
        # Not `replace`, which takes six times as long.
        sections.append(
            Section(
                section.key,
                section.title,
                section.slug,
                section.heading,
                tuple(blocks),
                Span(start.line, start.column, *end),
                section.number,
                section.level,
                section.note,
                section.duplicate,
            )
        )
    return tuple(sections)


def _order_faults(sections: Sequence[Section]) -> Iterator[Finding]:
    """Report the fewest sections whose moving puts all in order; those that stand at another level are said to already."""
    numbered = [
        section for section in sections if section.number and section.level == 2 and not section.duplicate
    ]
    best: list[list[int]] = []
    for index, section in enumerate(numbered):
        before = [chain for chain in best if numbered[chain[-1]].number < section.number]
        best.append([*_longest(before), index])
    kept = set(_longest(best))
    for index, section in enumerate(numbered):
        if index in kept:
            continue
        neighbour = next(
            (numbered[each] for each in sorted(kept) if numbered[each].number > section.number), None
        )
        where = "before" if neighbour else "after"
        neighbour = neighbour or numbered[max(kept)]
        message = f"section '{section.title}' stands out of order, expected {where} '{neighbour.title}'"
        yield Finding("section-order", message, section.heading.span, Nature.WARNING)


def _longest(chains: Sequence[list[int]]) -> list[int]:
    return max(chains, key=lambda chain: len(chain), default=[])

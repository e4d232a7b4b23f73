"""One file to one record: the order in which its parts are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath
from typing import TypeVar

from afterword.model.finding import Finding, Nature
from afterword.model.markup import Kind
from afterword.model.record import Postmortem, Section, first_heading
from afterword.model.settings import Settings
from afterword.model.span import START, Span
from afterword.parse.actions.actions import read_actions
from afterword.parse.causes.analysis import read_causes
from afterword.parse.causes.factors import read_factors
from afterword.parse.markdown.flatten import rich
from afterword.parse.markdown.heading_edits import with_title
from afterword.parse.markdown.lexicon import Lexicon
from afterword.parse.markdown.markdown import parse_body
from afterword.parse.markdown.references import read_references
from afterword.parse.sections import read_sections
from afterword.parse.source.amending import in_line_ends_of, possible_edits
from afterword.parse.source.comments import cover, read_comments
from afterword.parse.source.conflicts import read_conflicts
from afterword.parse.source.limits import MAX_RECORD_BYTES, check_limits, check_size
from afterword.parse.source.memory import Memory
from afterword.parse.source.section_moves import with_moves
from afterword.parse.source.text import decode, is_binary, split_front_matter, split_lines, visible
from afterword.parse.timeline.timeline import read_timeline
from afterword.parse.values.header import read_header
from afterword.parse.values.identity import identify, read_day
from afterword.parse.values.readers import meant_key

T = TypeVar("T")

_LATE = re.compile(r"\s+---[ \t]*\n[A-Za-z_-]+[ \t]*:")
"""Blank lines, then what would be a header."""


def parse_record(
    raw: bytes,
    path: str,
    settings: Settings,
    folder_path: str = "",
    archive: str = "",
    size: int | None = None,
    memory: Memory | None = None,
) -> Postmortem:
    """Read a record from the bytes of its file; whatever does not fit is a finding of the record, nothing raises.

    `path` is relative to the settings file's folder, `folder_path` to the archive's. `size` is that of the file where `raw` is only its beginning.
    `memory` spares a text that is read after each keystroke what has not changed in it, under the same settings.
    """
    name = PurePosixPath(path).name
    too_large = check_size(len(raw) if size is None else size)
    if too_large is not None:
        # Not even its lines are counted: a file may be any size.
        return _unread(raw, len(raw) if size is None else size, path, folder_path, archive, (too_large,))
    text, findings = decode(raw)
    if is_binary(raw):
        return _unread(raw, len(raw), path, folder_path, archive, findings)
    split = split_front_matter(text)
    split_findings = (split.finding,) if split.finding else ()
    too_large = check_limits(len(raw), split.header, split.body, split.body_line)
    if too_large is not None:
        return _unread(raw, len(raw), path, folder_path, archive, (too_large,))
    recall = memory.part if memory is not None else _anew
    named = read_day(name)
    header, header_findings = recall(
        "header",
        (split.header, split.header_line, settings, str(named)),
        lambda: read_header(split.header, split.header_line, settings, named),
    )
    record_id, name_findings = identify(name, header.date)
    if split.header is None and split.closed:
        split_findings = (*split_findings, _no_front_matter(split.body))

    lines = split_lines(text)
    end = Span.at(len(lines), len(lines[-1]) + 1)
    lexicon = Lexicon.of(settings, header.language)
    blocks, notable = parse_body(split.body, split.body_line, memory)
    hidden, suppressions, comment_findings = read_comments(split.body.split("\n"), split.body_line, blocks)
    preamble, sections, footnotes, anchors, section_findings = read_sections(
        blocks, lines, lexicon, header.title if split.header is not None else None, end
    )
    named_by = None if header.title else first_heading(preamble)
    if named_by is not None and any(node.kind is Kind.FOOTNOTE_REF for node in named_by.walk()):
        named_by = None  # it leads to a footnote, and has to stay where it is
    heading = rich(named_by.children, lines).text.strip() if named_by is not None else ""
    if named_by is not None and not any(meant_key(each) == "title" for each in header_findings):
        section_findings = with_title(section_findings, named_by, heading, header, split.header_line, text)
    section_findings = with_moves(section_findings, sections, hidden, comment_findings, text)
    found = {section.key: section for section in reversed(sections) if section.key}

    def of(key: str, said: tuple[object, ...], read: Callable[[Section], T]) -> T | None:
        """Read a section, where it is there, from its blocks and from what the header `said` that counts in it."""
        section = found.get(key)
        if section is None:
            return None
        if memory is None:
            return read(section)
        basis = (settings, header.language or "", *said, str(section.span), section.heading, *section.blocks)
        return memory.part(key, basis, lambda: read(section))

    # Of the header no more is named than what the reader looks at: a letter in the title leaves the rest as it is.
    timeline, timeline_findings = of(
        "timeline",
        (str(header.date), header.timezone or "", str(header.incidents)),
        lambda section: read_timeline(section, header, settings, lexicon, lines),
    ) or (None, ())
    is_required = bool(settings.requirement(header.severity, header.kind).methods)
    method, tree, whys, cause_findings = of(
        "causes",
        (is_required,),
        lambda section: read_causes(section, lines, lexicon, method_required=is_required),
    ) or (None, None, None, ())
    factors, factor_blocks, factor_findings = of(
        "factors", (), lambda section: read_factors(section, lines, lexicon, settings)
    ) or ((), (), ())
    is_retold = header.retold_from is not None
    actions, action_blocks, action_findings = of(
        "actions",
        (is_retold,),
        lambda section: read_actions(section, settings, lexicon, lines, retold=is_retold),
    ) or ((), (), ())
    return Postmortem(
        id=record_id,
        path=path,
        folder_path=folder_path,
        archive=archive,
        header=header,
        heading=heading,
        preamble=preamble,
        sections=sections,
        anchors=anchors,
        footnotes=footnotes,
        notable=notable,
        timeline=timeline,
        method=method,
        causal_tree=tree,
        five_whys=whys,
        factors=factors,
        factor_blocks=factor_blocks,
        actions=actions,
        action_blocks=action_blocks,
        references=read_references(notable),
        hidden=hidden,
        suppressions=cover(suppressions, blocks),
        findings=possible_edits(
            (
                *name_findings,
                *findings,
                *split_findings,
                *read_conflicts(text, lines, notable),
                *header_findings,
                *comment_findings,
                *section_findings,
                *timeline_findings,
                *factor_findings,
                *in_line_ends_of(text, cause_findings),
                *action_findings,
            ),
            text,
        ),
        body_line=split.body_line,
        end=end,
    )


def _anew(name: str, basis: Sequence[object], read: Callable[[], T]) -> T:
    """Read a part without a memory."""
    return read()


def _unread(
    raw: bytes, size: int, path: str, folder_path: str, archive: str, findings: tuple[Finding, ...]
) -> Postmortem:
    """Give the record of a file whose beginning is published as text: of it nothing else can be said, and nothing is missed."""
    shown = raw[:MAX_RECORD_BYTES]
    record_id, name_findings = identify(PurePosixPath(path).name, None)
    return Postmortem(
        record_id,
        path,
        folder_path,
        archive,
        findings=(*findings, *name_findings),
        unreadable=visible(_as_text(shown)),
        unshown=size - len(shown),
    )


def _as_text(shown: bytes) -> str:
    """Read bytes that may end within a character."""
    text = shown.decode("utf-8", "replace").removeprefix("\ufeff")
    return text.rstrip("\ufffd") if len(shown) == MAX_RECORD_BYTES else text


def _no_front_matter(text: str) -> Finding:
    message = "no front matter, expected `---` on the first line, then title, date, severity, status, kind, services, failure_class and authors"
    hint = "`afterword rule front-matter` shows a whole header"
    if text.startswith("+++"):
        message = "the front matter is TOML, expected YAML between two lines of `---`"
    elif _LATE.match(text):
        message = "no front matter on the first line, expected its `---` there"
        hint = "take out the blank lines above it"
    return Finding("front-matter", message, START, Nature.UNREADABLE, hint)

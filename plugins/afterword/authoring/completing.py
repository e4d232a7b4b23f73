"""What may come next where an author types: the header's words, then those of the body by section, column and mark."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from afterword.authoring.completing_header import complete_header
from afterword.authoring.manuscript import Manuscript
from afterword.authoring.suggestion import Sort, Suggestion, entries, words
from afterword.check.table import RULES
from afterword.model.record import Postmortem
from afterword.model.settings import ALL_SECTIONS
from afterword.model.span import Span
from afterword.model.words import (
    ACTION_HEADS,
    FACTOR_HEADS,
    MARKS,
    METHODS,
    PRIORITIES,
    SECTIONS,
    STATUSES,
)
from afterword.parse.markdown.lexicon import Lexicon
from afterword.parse.source.rows import written_cells
from afterword.parse.source.text import split_front_matter

_HEADING = re.compile(r"#{2,3}\s+(.*)$")
_HEADING_TYPED = re.compile(r"##\s*([^#]*)$")
_MARK_TYPED = re.compile(r"\[([A-Za-z]*)$")
_ARROW_TYPED = re.compile(r"(?:->|→)\s*(?:[^|,>→]*,\s*)*([\w#-]*)$")
_RULE_TYPED = re.compile(r"<!--\s*afterword:\s*ignore\s+([a-z0-9-]*)$")
_COMMENT_TYPED = re.compile(r"<!--\s*([a-z: ]*)$")
_METHOD_TYPED = re.compile(r"^\s*Method:\s*([\w -]*)$", re.IGNORECASE)
_GATE_TYPED = re.compile(r"\s\(([A-Za-z ]*)$")
_ACCEPTED_TYPED = re.compile(r"\s(?:--|–|—)\s*([a-z]*)$")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_DELIMITERS = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_NUMBERED = re.compile(r"([A-Za-z]{1,4})([0-9]{1,4})")


def complete(manuscript: Manuscript, line: int, column: int) -> tuple[Suggestion, ...]:
    """Give what may stand at a place, what is likeliest first; nothing where the author's own words are asked for."""
    if line < _body_line(manuscript):
        return complete_header(manuscript, line, column) if line > 1 else ()
    before = manuscript.line(line)[: column - 1]

    def typed(found: re.Match[str]) -> Span:
        return Span(line, found.start(1) + 1, line, column)

    if found := _RULE_TYPED.search(before):
        return _rules(manuscript, typed(found))
    if found := _COMMENT_TYPED.search(before):
        return words(("afterword: ignore ", "internal -->", "/internal -->"), typed(found))
    section, is_code = _section(manuscript, line)
    if is_code:
        return ()
    if before.startswith("##") and (found := _HEADING_TYPED.match(before)):
        return _sections(manuscript, typed(found))
    if found := _ARROW_TYPED.search(before):
        return _actions(manuscript, typed(found), found.group(1))
    if section == "timeline" and (found := _MARK_TYPED.search(before)):
        return _marks(manuscript, typed(found))
    if section == "causes":
        return _of_causes(before, typed)
    if section in ("actions", "factors") and "|" in before:
        return _cell(manuscript, section, line, column)
    return ()


def _body_line(manuscript: Manuscript) -> int:
    """Give the line on which the body begins; of a header that is not closed yet everything belongs to it."""
    split = split_front_matter("\n".join(manuscript.lines))
    return split.body_line if split.closed else len(manuscript.lines) + 1


def _lexicon(manuscript: Manuscript) -> Lexicon:
    language = manuscript.record.header.language if manuscript.record is not None else None
    return Lexicon.of(manuscript.archive.settings, language)


def _section(manuscript: Manuscript, line: int) -> tuple[str, bool]:
    """Give the key of the section that a line lies in, and whether the line is inside a fence."""
    lexicon, section, is_code = _lexicon(manuscript), "", False
    for text in manuscript.lines[: line - 1]:
        if _FENCE.match(text):
            is_code = not is_code
        elif not is_code and text.startswith("#") and (found := _HEADING.match(text)):
            known = lexicon.section(found.group(1))
            section = known or (section if text.startswith("###") else "")
    return section, is_code


def _rules(manuscript: Manuscript, span: Span) -> tuple[Suggestion, ...]:
    found = dict.fromkeys(finding.rule for finding in manuscript.findings)
    ordered = sorted(RULES, key=lambda rule: (rule.id not in found, rule.id))
    return tuple(Suggestion(rule.id, f"{rule.id} -- ", span, Sort.RULE, rule.summary) for rule in ordered)


def _sections(manuscript: Manuscript, span: Span) -> tuple[Suggestion, ...]:
    """Offer the sections that are not there yet: the required ones first, then the others, in their order."""
    record, settings = manuscript.record, manuscript.archive.settings
    there = {section.key for section in record.sections} if record is not None else set()
    header = record.header if record is not None else None
    required = (
        settings.requirement(header.severity, header.kind).sections if header is not None else ALL_SECTIONS
    )
    here = _lexicon(manuscript).section(_after_hashes(manuscript.line(span.line)))
    missing = [key for key in SECTIONS if key not in there or key == here]
    missing.sort(key=lambda key: key not in required)
    found = [(SECTIONS[key][0], "required" if key in required else "") for key in missing]
    space = "" if manuscript.line(span.line)[: span.column - 1].endswith(" ") else " "
    return tuple(
        Suggestion(title, space + title, span, Sort.SECTION, detail, space + title) for title, detail in found
    )


def _after_hashes(text: str) -> str:
    return text.lstrip("#").strip()


def _actions(manuscript: Manuscript, span: Span, typed: str) -> tuple[Suggestion, ...]:
    """Offer the actions of this record, and behind the id of another one and `#` that one's; before it, the ids."""
    archive, own = manuscript.archive, manuscript.record
    name, hash_sign, _ = typed.partition("#")
    if hash_sign:
        other = archive.find(name)
        return _actions_of(other, span, f"{other.id}#") if other is not None else ()
    others = tuple(
        Suggestion(f"{record.id}#", f"{record.id}#", span, Sort.RECORD, record.header.title or record.heading)
        for record in reversed(archive.records)
        if record.path != manuscript.path and record.actions
    )
    return (*(_actions_of(own, span, "") if own is not None else ()), *others)


def _actions_of(record: Postmortem, span: Span, prefix: str) -> tuple[Suggestion, ...]:
    return tuple(
        Suggestion(prefix + action.id, prefix + action.id, span, Sort.ACTION, action.text.text.strip())
        for action in record.actions
        if action.id
    )


def _marks(manuscript: Manuscript, span: Span) -> tuple[Suggestion, ...]:
    """Offer the marks that the timeline lacks, then those it has; a bracket that the editor closed is written over."""
    timeline = manuscript.record.timeline if manuscript.record is not None else None
    used = {mark.name for event in (timeline.events if timeline else ()) for mark in event.marks}
    closed = manuscript.line(span.line)[span.end_column - 1 :].startswith("]")
    place = Span(span.line, span.column, span.line, span.end_column + closed)
    ordered = sorted(MARKS, key=lambda mark: mark in used and mark != "DECISION")
    return tuple(Suggestion(mark, f"{mark}]", place) for mark in ordered)


def _of_causes(before: str, typed: Callable[[re.Match[str]], Span]) -> tuple[Suggestion, ...]:
    if found := _METHOD_TYPED.match(before):
        return words(METHODS, typed(found))
    if found := _GATE_TYPED.search(before):
        return tuple(
            Suggestion(word, f"{word})", typed(found), detail=meaning)
            for word, meaning in (
                ("AND", "all of the children were needed"),
                ("OR", "each of the children was enough"),
                ("root cause", "the analysis ends here"),
            )
        )
    if found := _ACCEPTED_TYPED.search(before):
        detail = "a risk taken knowingly: why, who answers for it, when it is looked at again"
        return (Suggestion("accepted: REASON (ROLE, YYYY-MM-DD)", "accepted: ", typed(found), detail=detail),)
    return ()


def _cell(manuscript: Manuscript, section: str, line: int, column: int) -> tuple[Suggestion, ...]:
    """Offer the words of the column that the cursor is in."""
    head = line - 1
    while head > 0 and not _DELIMITERS.fullmatch(manuscript.line(head)):
        if "|" not in manuscript.line(head):
            return ()
        head -= 1
    heads = written_cells(manuscript.line(head - 1), 1)
    before = manuscript.line(line)[: column - 1]
    index = len(re.findall(r"(?<!\\)\|", before)) - before.lstrip().startswith("|")
    if not 0 <= index < len(heads):
        return ()
    table = ACTION_HEADS if section == "actions" else FACTOR_HEADS
    field = _lexicon(manuscript).head(table, heads[index].source) or ""
    start = len(before) - len(before[before.rindex("|") + 1 :].lstrip()) + 1
    span = Span(line, start, line, column)
    settings = manuscript.archive.settings
    offered: Mapping[str, Callable[[], tuple[Suggestion, ...]]] = {
        "category": lambda: words(entries(settings.categories), span),
        "status": lambda: words(_statuses(manuscript), span),
        "priority": lambda: words(PRIORITIES, span),
        "owner": lambda: words(
            ((each.name, each.team) for each in settings.people if each.left is None), span, Sort.NAME
        ),
        "id": lambda: words((_next_id(manuscript.record),), span),
    }
    return offered[field]() if field in offered and (section == "actions" or field == "category") else ()


def _statuses(manuscript: Manuscript) -> list[str]:
    """Give the states of an action; what ends it with the day."""
    return [
        f"{status} {manuscript.as_of}" if status in ("done", "cancelled") else status for status in STATUSES
    ]


def _next_id(record: Postmortem | None) -> str:
    """Give the id after the highest, with its letters; `A1` for the first."""
    ids = [found for each in (record.actions if record else ()) if (found := _NUMBERED.fullmatch(each.id))]
    last = max(ids, key=lambda found: int(found.group(2)), default=None)
    return f"{last.group(1)}{int(last.group(2)) + 1}" if last is not None else "A1"

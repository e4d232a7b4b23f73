"""What a search found, for the terminal."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from afterword.derive.search_answer import Answer, FoundRecord
from afterword.render.text.terminal import Terminal, joined

MOST_PASSAGES = 2
"""Passages shown of a record: with more, fewer records are on the screen."""

_HIT = "bold yellow"
_INSET = "    "


def found_text(answer: Answer, seen: Callable[[str], str], terminal: Terminal) -> str:
    """Give the records, each with its place for an editor and where it was found; `seen` gives a path as the reader sees it."""
    lines: list[str] = [*correction_lines(answer, terminal)]
    if lines:
        lines.append("")
    for number, record in enumerate(answer.records, start=1):
        lines.extend((*_record(number, record, seen, terminal), ""))
    lines.append(terminal.words(_counted(answer)))
    return "\n".join(lines) + "\n"


def correction_lines(answer: Answer, terminal: Terminal) -> Iterator[str]:
    """Tell which words no record has, and what was looked for in their place."""
    for word, used in answer.slips:
        yield from terminal.lines(
            terminal.words(f"no record has *{word}*; shown for *{used}*"), terminal.width
        )
    for word in answer.unknown:
        yield from terminal.lines(terminal.words(f"no record has *{word}*"), terminal.width)


def nothing_found(answer: Answer, filtered: bool) -> Iterator[str]:
    """Tell that nothing is found, and what may find more."""
    yield from (f"no record has *{word}*; looked for *{used}*" for word, used in answer.slips)
    yield from (f"no record has *{word}*" for word in answer.unknown)
    yield "nothing found"
    if answer.unfiltered:
        others = f"{answer.unfiltered:,} {'record is' if answer.unfiltered == 1 else 'records are'}"
        yield f"  without filters {others} found: leave one out, or widen --since or --until"
    elif answer.question.strip():
        yield "  try fewer words, the beginning of one, or other words for the same; quotes ask for words in just this order"
    elif filtered:
        yield "  no record fits all filters: leave one out"


def _record(
    number: int, record: FoundRecord, seen: Callable[[str], str], terminal: Terminal
) -> Iterator[str]:
    sign = f"{number:>2}. "
    hits = {record.title[begin:end] for begin, end in record.title_marks}
    yield from _marked(sign, _INSET, record.title, hits, "bold", terminal)
    facts = record.facts
    known = joined(
        (
            *facts.get("severity", ()),
            record.day,
            ", ".join(facts.get("service", ())),
            ", ".join(facts.get("class", ())),
            next((status for status in facts.get("status", ()) if status != "final"), ""),
            f"{record.open_actions} open {'action' if record.open_actions == 1 else 'actions'}"
            if record.open_actions
            else "",
        )
    )
    yield from terminal.hanging(_INSET, _INSET, terminal.words(known))
    # On one line, however long: an editor's terminal makes a link of it.
    yield _INSET + terminal.paint(terminal.words(f"{seen(record.path)}:{record.line}"), "cyan")
    for passage in record.passages[:MOST_PASSAGES]:
        yield from _marked(
            f"{_INSET}{passage.where}: ", _INSET + "  ", passage.text, passage.hits, "", terminal
        )
    if record.lacking:
        words = ", ".join(f"*{word}*" for word in record.lacking)
        yield from terminal.hanging(_INSET, _INSET, terminal.words(f"without {words}"))


def _marked(
    first: str, following: str, text: str, hits: Collection[str], style: str, terminal: Terminal
) -> Iterator[str]:
    """Set words with the hits among them painted."""
    plain = Terminal(terminal.width, encoding=terminal.encoding)
    hit = _pattern(hits, terminal)
    for number, line in enumerate(plain.hanging(first, following, terminal.words(text))):
        lead = first if number == 0 else following
        rest, painted, at = line[len(lead) :], terminal.paint(lead, "dim"), 0
        for found in hit.finditer(rest) if hit else ():
            painted += terminal.paint(rest[at : found.start()], style) + terminal.paint(found[0], _HIT)
            at = found.end()
        yield (painted + terminal.paint(rest[at:], style)).rstrip()


def _pattern(hits: Collection[str], terminal: Terminal) -> re.Pattern[str] | None:
    """Give what finds the hits as whole words: the same letters within another word are none."""
    words = sorted(filter(None, map(terminal.words, hits)), key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, words))})(?![^\W_])") if words else None


def _counted(answer: Answer) -> str:
    shown = len(answer.records)
    records = f"{answer.total:,} {'record' if answer.total == 1 else 'records'}"
    if answer.question.strip() and answer.whole < answer.total:
        every = f"{answer.whole:,}" if answer.whole else "none"
        records += f", {every} with every word"
    if shown < answer.total:
        first = "first is" if shown == 1 else f"first {shown:,} are"
        records += f"; the {first} shown, --limit shows more"
    return records

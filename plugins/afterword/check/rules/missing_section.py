"""`missing-section`: a section that the policy requires is not there, or is empty."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.rule import Rule
from afterword.check.wording import shown
from afterword.derive.words.plain_text import plain_text
from afterword.derive.words.written import is_empty
from afterword.model.finding import Finding, Nature
from afterword.model.markup import Kind, Node
from afterword.model.record import Postmortem, Section
from afterword.model.span import START
from afterword.model.words import NUMBERS, SECTIONS
from afterword.parse.markdown.lexicon import Lexicon

_FORMS = {
    "summary": "three to five sentences: what happened, to whom, for how long, why, and what ended it",
    "impact": "what customers felt, how many of them, for how long",
    "timeline": "a list of `- 14:03 [TRIGGER] what happened`, or a table headed `| Time (UTC) | Event | Source |`",
    "went-well": "a list of at least three things that helped",
    "went-wrong": "a list of what did not hold, in systems and processes",
    "factors": "a list of what made it possible, each with the action that answers it: `- The pool is small -> A1`",
    "causes": "`Method: causal tree`, then a list whose one item is the outcome, with what led to it indented below",
    "actions": "a table headed `| ID | Action | Owner | Due | Ticket | Category | Status |`",
    "lessons": "what others can take from it",
}
"""What an empty section is to be filled with."""


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report each required section that has no heading, or nothing but comments below it."""
    places: dict[str, str] = {}
    labels: dict[str, Node] | None = None
    for key in sorted(
        context.requirement(record).sections, key=lambda key: NUMBERS.get(key, len(NUMBERS) + 2)
    ):
        section = record.section(key)
        title = SECTIONS[key][0] if key in SECTIONS else key
        if section is None:
            # Most records have all sections, and those of an old archive nearly none.
            labels = _labels(record, context.lexicon(record)) if labels is None else labels
            where = _next_heading(record, key)
            # Of several that belong into one place each names the one before it, whatever order they are read in.
            hint = f"add `## {title}`{places.get(where, where)}"
            places[where] = f" after `## {title}`"
            if label := labels.get(key):
                name = shown(plain_text((label,)).rstrip(":"))
                hint = f"write '{name}' on line {label.span.line} as a heading, `## {title}`"
            yield Finding("missing-section", f"section '{title}' is missing", START, Nature.REQUIRED, hint)
        elif all(is_empty(each) for each in record.sections if each.key == key):
            said = "is empty"
            if _has_sections_below(record, section):
                said = "holds only sections that stand for themselves, expected text of its own"
            yield Finding(
                "missing-section",
                f"section '{shown(section.title)}' {said}",
                section.heading.span,
                Nature.REQUIRED,
                _FORMS.get(key),
            )


def _labels(record: Postmortem, lexicon: Lexicon) -> dict[str, Node]:
    """Give by section the bold label of a paragraph or list item that is called so: what editors of documents make of a heading."""
    labels: dict[str, Node] = {}
    for block in (*record.preamble, *(block for section in record.sections for block in section.blocks)):
        for item in block.children if block.kind is Kind.LIST else (block,):
            label = _label(item.children[0] if item.kind is Kind.ITEM and item.children else item)
            key = lexicon.section(plain_text((label,))) if label else None
            if label and key:
                labels.setdefault(key, label)
    return labels


def _label(paragraph: Node) -> Node | None:
    """Give the bold words that a paragraph begins with, where they are alone on their line or a colon ends them."""
    if paragraph.kind is not Kind.PARAGRAPH or not paragraph.children:
        return None
    first, *others = paragraph.children
    if first.kind is not Kind.STRONG:
        return None
    is_alone = not others or others[0].kind in (Kind.SOFT_BREAK, Kind.HARD_BREAK)
    ends = plain_text((first,)).endswith(":") or plain_text(others[:1]).startswith(":")
    return first if is_alone or ends else None


def _next_heading(record: Postmortem, key: str) -> str:
    """Say where the section belongs, nothing where no other of the ten gives a bearing."""
    number = NUMBERS.get(key, 0)
    after = [section for section in record.sections if number and section.number > number]
    if not after and number == min(NUMBERS.values()):
        after = list(record.sections)
    if after:
        return f" before '{shown(after[0].title)}' on line {after[0].heading.span.line}"
    return " at the end" if any(section.number for section in record.sections) else ""


def _has_sections_below(record: Postmortem, section: Section) -> bool:
    """Tell whether the next heading is one of a lower level, which was read as a section all the same."""
    following = record.sections[record.sections.index(section) + 1 :]
    return bool(following) and following[0].level > section.level


RULE = Rule(
    id="missing-section",
    summary="a section that the policy requires at this severity and that is absent or empty",
    why="""\
Readers who know one record know where to look in all of them: what customers felt under Impact, what still holds under What went well. A missing section
leaves it open whether there was nothing to say or nobody asked.

At sev0 to sev2 all sections are required; at sev3 and sev4 Summary, Impact, Contributing factors and Action items; for a near miss Summary, Timeline,
What went well, Contributing factors and Action items. `policy` in `afterword.yml` changes this.""",
    bad="""\
## Summary

Checkout failed for 22 minutes.

## Action items""",
    better="""\
## Summary

Checkout failed for 22 minutes.

## Impact

One in four customers saw an error page when paying.

## Contributing factors

- The pool's size is a constant in the client's code.

## Action items""",
    check=check,
)

"""`placeholder`: words that hold the place of what is still to be written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from afterword.check.context import Context
from afterword.check.rule import Rule
from afterword.check.wording import shown
from afterword.model.finding import Finding, Nature
from afterword.model.header import Header, Person, SignOff
from afterword.model.markup import Kind, Node, RichText
from afterword.model.placeholders import is_nobody, is_placeholder
from afterword.model.record import Postmortem
from afterword.model.span import Span

_ITEM = Kind.ITEM
_LIST = Kind.LIST
_PARAGRAPH = Kind.PARAGRAPH
_TEXT = Kind.TEXT

_READ = frozenset({"timeline", "factors", "causes", "actions"})
"""Sections whose parts are looked at as they were read, without their marks."""


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report the title, people, each part of what was read, and each paragraph or item of the other sections that begins with a placeholder."""
    for name, span in _people(record.header):
        if is_nobody(name):
            yield _finding(name, span)
    if is_placeholder(record.header.title):
        yield _finding(record.header.title, record.header.span("title"))
    for part in _texts(record):
        if is_placeholder(part.text):
            yield _finding(part.text.strip(), part.span)
    for text, node in _paragraphs(record):
        if is_placeholder(text.text):
            yield _finding(text.text.strip(), node.span)


def _finding(text: str, span: Span) -> Finding:
    return Finding(
        "placeholder",
        f"'{shown(text)}' is still to be written",
        span,
        Nature.REQUIRED,
        "write what it stands for, or take it out",
    )


def _people(header: Header) -> Iterator[tuple[str, Span]]:
    named: dict[str, Sequence[Person | SignOff]] = {
        "authors": header.authors,
        "commander": header.commander,
        "reviewers": header.reviewers,
        "participants": header.participants,
        "sign_off": header.sign_off,
    }
    for key, people in named.items():
        for position, person in enumerate(people):
            yield person.name, header.span(f"{key}[{position}].name")


def _texts(record: Postmortem) -> Iterator[RichText]:
    yield from (event.text for event in (record.timeline.events if record.timeline is not None else ()))
    yield from (factor.text for factor in record.factors)
    if record.causal_tree is not None:
        yield from (node.label for node in record.causal_tree.outcome.walk())
    for step in record.five_whys.steps if record.five_whys is not None else ():
        yield step.question
        if step.answer is not None:
            yield step.answer.label
    for action in record.actions:
        yield from (action.text, action.done_when)


def _paragraphs(record: Postmortem) -> Iterator[tuple[Node, Node]]:
    """Yield the first text of each paragraph, and the paragraph."""
    for section in record.sections:
        if section.key in _READ:
            continue
        waiting: list[Node] = list(section.blocks[::-1])
        while waiting:
            node = waiting.pop()
            if node.kind is _PARAGRAPH:
                if node.children and node.children[0].kind is _TEXT:
                    yield node.children[0], node
            elif node.kind is _LIST or node.kind is _ITEM:
                waiting.extend(node.children[::-1])


RULE = Rule(
    id="placeholder",
    summary="words of a template, or a TODO, in the place of what is to be written",
    why="""\
A reader cannot tell a template's "what set it off" from a sentence that somebody meant, so nothing is computed from it: its time is in no figure and
in no deadline, and it is no cause. Texts of the shipped templates begin with `…`; `TODO`, `TBD`, `FIXME`, `XXX` and `???` count, too, and in the header `Your Name` and `Their Name`. Code and quotes are not looked at.""",
    bad="""\
## Timeline

| Time (UTC) | Event |
|---|---|
| 00:00 | [TRIGGER] … what set it off |""",
    better="""\
## Timeline

| Time (UTC) | Event |
|---|---|
| 14:03 | [TRIGGER] Nightly batch starts with the new client |""",
    check=check,
)

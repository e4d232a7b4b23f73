"""`section-alias`: a section's heading in other words than the format's."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.links import linked_nodes
from afterword.check.rule import Rule
from afterword.check.wording import shown
from afterword.model.finding import Finding, Nature
from afterword.model.record import Postmortem
from afterword.model.words import SECTIONS
from afterword.parse.markdown.heading_edits import renamed
from afterword.parse.markdown.lexicon import normalise

_SAYS_MORE = frozenset({"conclusion", "conclusions"})
"""Read as the lessons, but a conclusion may be of any kind: its author's word stays."""


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report those of the ten sections that are headed by another of the names that the format accepts, unless the settings add that name or there are two."""
    several = {section.key for section in record.sections if section.duplicate}
    for section in record.sections:
        if not section.number or section.key in several or section.title == SECTIONS[section.key][0]:
            continue
        title = normalise(section.title)
        alias = _alias(section.key, title)
        if alias is None or title in map(normalise, context.settings.section_aliases.get(section.key, ())):
            continue
        name = SECTIONS[section.key][0]
        note = f" ({section.note})" if section.note else ""
        message = f"section '{shown(section.title)}' is read as '{name}'"
        hint = (
            f"write `## {name}{note}`, or name the alias under `section_aliases` in afterword.yml to keep it"
        )
        is_linked = any(node.url == f"#{section.slug}" for node in linked_nodes(record))
        edits = () if is_linked else renamed(section.heading, alias, name)
        yield Finding("section-alias", message, section.heading.span, Nature.HINT, hint, edits=edits)


def _alias(key: str, name: str) -> str | None:
    first, *others = SECTIONS[key]
    if name == normalise(first) or name in _SAYS_MORE:
        return None
    return next((alias for alias in others if normalise(alias) == name), None)


RULE = Rule(
    id="section-alias",
    summary="one of the ten sections that is headed by another accepted name",
    why="""\
The section is read all the same: this is a hint. Who reads many records goes by the headings, and finds the impact faster where it always has one name.
Aliases that the archive adds itself under `section_aliases` are its own words, and are not reported;
neither is `Conclusion`, which may hold more than lessons.""",
    bad="""\
## What happened""",
    better="""\
## Summary""",
    fix="writes the format's name in the heading, unless a link leads to the heading by its old name; its number, signs and final parenthesis stay",
    check=check,
)

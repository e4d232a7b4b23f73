"""`section-alias`: a section's heading in other words than the format's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from afterword.check.context import Context
from afterword.check.links import linked_nodes
from afterword.check.rule import Rule
from afterword.check.wording import shown
from afterword.model.finding import Edit, Finding, Nature
from afterword.model.record import Postmortem, Section
from afterword.model.words import SECTIONS
from afterword.parse.heading_edits import renamed
from afterword.parse.lexicon import normalise

_SAYS_MORE = frozenset({"conclusion", "conclusions"})
"""Read as the lessons, but a conclusion may be of any kind: its author's word stays."""


def check(context: Context) -> Iterator[Finding]:
    """Report those of the ten sections that are headed by another of the names that the format accepts, unless the settings add that name or there are two."""
    own = {key: set(map(normalise, names)) for key, names in context.settings.section_aliases.items()}
    renamable: list[tuple[Postmortem, Section, str]] = []
    for record in context.archive.records:
        several = {section.key for section in record.sections if section.duplicate}
        for section in record.sections:
            if not section.number or section.key in several or section.title == SECTIONS[section.key][0]:
                continue
            name = normalise(section.title)
            alias = _alias(section.key, name)
            if alias and name not in own.get(section.key, ()):
                renamable.append((record, section, alias))
    linked = _linked(context, {record.path: record for record, _, _ in renamable}) if renamable else set()
    for record, section, alias in renamable:
        name = SECTIONS[section.key][0]
        message = f"section '{shown(section.title)}' is read as '{name}'"
        edits: Sequence[Edit] = ()
        if (record.path, section.slug) not in linked:
            edits = renamed(section.heading, alias, name)
        note = f" ({section.note})" if section.note else ""
        hint = (
            f"write `## {name}{note}`, or name the alias under `section_aliases` in afterword.yml to keep it"
        )
        yield Finding(
            "section-alias", message, section.heading.span, Nature.HINT, hint, record.path, edits=tuple(edits)
        )


def _alias(key: str, name: str) -> str | None:
    first, *others = SECTIONS[key]
    if name == normalise(first) or name in _SAYS_MORE:
        return None
    return next((alias for alias in others if normalise(alias) == name), None)


def _linked(context: Context, wanted: Mapping[str, Postmortem]) -> set[tuple[str, str]]:
    """Give the headings of some records that a link leads to, by path and slug: their names must stay."""
    found = {
        (path, node.url[1:])
        for path, record in wanted.items()
        for node in linked_nodes(record)
        if node.url.startswith("#")
    }
    for record in context.archive.records:
        for reference in record.references:
            _, mark, anchor = reference.target.partition("#")
            if mark and (path := reference.path_from(record.path)) in wanted:
                found.add((path, anchor))
    return found


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
    fix="writes the format's name in the heading, unless a link in the archive leads to the heading by its old name; its number, signs and final parenthesis stay",
    check_archive=check,
)

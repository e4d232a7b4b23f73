"""Further words of `afterword.yml` that cannot mean what it says, since they mean something else already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from afterword.model import words
from afterword.model.finding import Finding, Nature
from afterword.parse.markdown.lexicon import normalise
from afterword.parse.values.readers import quoted
from afterword.parse.values.yaml_nodes import YamlNode

_TABLES = (
    words.SECTIONS,
    words.TIMELINE_HEADS,
    words.FACTOR_HEADS,
    words.ACTION_HEADS,
    words.MARKS,
    words.STATUSES,
    words.METHODS,
    words.GATES,
)
"""Within one table a word has one meaning; `Description` heads a column of events and one of actions."""


def word_clashes(root: YamlNode) -> list[Finding]:
    """Report the words under `section_aliases` and `words` that are those of another section, head, mark, state, method or gate."""
    groups = [("section_aliases", root.get("section_aliases"))]
    languages = root.get("words")
    groups += [(f"words.{key.text}", node) for key, node in (languages.entries if languages else ())]
    found = (
        finding
        for name, node in groups
        if node is not None
        for table in _TABLES
        for finding in _clashes(node, name, table)
    )
    return list(dict.fromkeys(found))


def _clashes(node: YamlNode, name: str, table: Mapping[str, tuple[str, ...]]) -> Iterator[Finding]:
    meanings: dict[str, str] = {}
    for meaning, aliases in table.items():
        for alias in aliases:
            meanings.setdefault(normalise(alias), meaning)
    for key, value in node.entries:
        for word in value.items or (value,):
            if key.text not in table or word.kind != "scalar" or not word.text.strip():
                continue
            meaning = meanings.setdefault(normalise(word.text), key.text)
            if meaning != key.text:
                message = f"{name}.{key.text} {quoted(word.text)} already means '{meaning}'"
                yield Finding("settings", message, word.span, Nature.UNREADABLE)

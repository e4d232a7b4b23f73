"""Readers of the words that settings define: severities, kinds, services, failure classes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from afterword.model.finding import Finding, Nature
from afterword.model.settings import Entry, Settings
from afterword.parse.source.edits import only_near
from afterword.parse.values.readers import (
    Read,
    Reader,
    catalogue_id,
    listed,
    of_text,
    quoted,
    rewritten,
    slug,
    suggestion,
    wrong,
)
from afterword.parse.values.yaml_nodes import YamlNode

_SEVERITY = re.compile(r"(?:severity|sev|s)?[\s_-]*([0-9])", re.IGNORECASE)


def spellings(entries: tuple[Entry, ...]) -> Mapping[str, str]:
    """Lead from every accepted word of a catalogue, in small letters, to its id: aliases and former ids, then ids, which win."""
    kept = _kept.get(id(entries))
    if kept is None or kept[0] is not entries:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        found = {
            word.casefold(): entry.id for entry in entries for word in (*entry.renamed_from, *entry.aliases)
        }
        kept = _kept[id(entries)] = entries, found | {entry.id: entry.id for entry in entries}
    return kept[1]


_MOST_KEPT = 16
_kept: dict[int, tuple[tuple[Entry, ...], Mapping[str, str]]] = {}
"""The spellings of a catalogue by its identity: each record of an archive asks for those of the same few."""


def _suggestible(entries: tuple[Entry, ...]) -> Mapping[str, str]:
    return {entry.name: entry.id for entry in entries if entry.name} | dict(spellings(entries))


def _severity(text: str, node: YamlNode, name: str, settings: Settings) -> Read[str]:
    entries = settings.severities
    known = spellings(entries)
    if text in known:
        return Read(known[text])
    if text.casefold() in known and text.casefold() not in (entry.id for entry in entries):
        return Read(known[text.casefold()])
    digit = _SEVERITY.fullmatch(text)
    meant = f"sev{digit.group(1)}" if digit else slug(text)
    by_slug = {slug(word): entry.id for entry in entries for word in (entry.name, entry.id)}
    if meant in by_slug:
        severity_id = by_slug[meant]
        message = f"{name} {quoted(text)} is read as '{severity_id}'"
        finding = Finding(
            "severity-spelling",
            message,
            node.span,
            Nature.WARNING,
            f"write {severity_id}",
            edits=rewritten(node, severity_id),
        )
        return Read(severity_id, (finding,))
    near = suggestion(text, _suggestible(entries))
    last_digit = re.search(r"[0-9]", text)
    if not near and last_digit and f"sev{last_digit.group()}" in known:
        near = f" (did you mean 'sev{last_digit.group()}'?)"
    ids = tuple(entry.id for entry in entries)
    message = f"{name} {quoted(text)} is not one of {listed(ids)}{near}"
    return wrong(node, "unknown-severity", message)


def _kind(text: str, node: YamlNode, name: str, settings: Settings) -> Read[str]:
    known = spellings(settings.kinds)
    if text in known:
        return Read(known[text])
    ids = tuple(entry.id for entry in settings.kinds)
    if text.casefold() in known and text.casefold() not in ids:
        return Read(known[text.casefold()])
    message = (
        f"{name} {quoted(text)} is not one of {listed(ids)}{suggestion(text, _suggestible(settings.kinds))}"
    )
    return wrong(node, "unknown-kind", message, write=only_near(text, ids))


def _catalogued(
    entries_of: Callable[[Settings], tuple[Entry, ...]], what: str, rule: str, key: str
) -> Reader[str]:
    """Make a reader of catalogue ids: where the catalogue is empty any id, else another one is reported and kept.

    `key` is where the settings hold the catalogue.
    """

    def convert(text: str, node: YamlNode, name: str, settings: Settings) -> Read[str]:
        entries = entries_of(settings)
        known = spellings(entries)
        if known.get(text) == text:
            return Read(text)
        found = known.get(text) or known.get(text.casefold())
        if found is not None:
            return Read(found)
        if not catalogue_id(text):
            made = slug(text)
            message = f"{what} {quoted(text)} is no id, expected small letters, digits and hyphens such as payments-api"
            if "," in text:
                return wrong(node, "bad-id", message, f"write a list: [{text[:60]}]")
            near = suggestion(text, _suggestible(entries))
            hint = f"write {made}" if made and not near else None
            is_known = bool(made) and (not entries or made in known)
            edits = rewritten(node, known.get(made, made)) if is_known else ()
            finding = Finding("bad-id", message + near, node.span, Nature.UNREADABLE, hint, edits=edits)
            return Read(made or None, (finding,))
        if not entries:
            return Read(text)
        near = suggestion(text, _suggestible(entries))
        message = f"{what} {quoted(text)} is not in the catalogue of the settings{near}"
        ids = listed(tuple(entry.id for entry in entries))
        hint = f"write one of {ids}, or add it to `{key}` in afterword.yml"
        return Read(text, (Finding(rule, message, node.span, Nature.UNREADABLE, hint),))

    return of_text(f"the id of a {what}", convert)


severity: Reader[str] = of_text("a severity", _severity)
kind: Reader[str] = of_text("a kind", _kind)
service: Reader[str] = _catalogued(
    lambda settings: settings.services, "service", "unknown-service", "services"
)
failure_class: Reader[str] = _catalogued(
    lambda settings: settings.failure_classes, "failure class", "unknown-class", "failure_classes"
)

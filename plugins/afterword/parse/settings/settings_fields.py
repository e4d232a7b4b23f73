"""Readers of the parts of `afterword.yml`: folders, catalogues, rules, targets."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from afterword.model.finding import Finding, Level, Nature
from afterword.model.settings import (
    SEARCH_ENGINES,
    ArchiveFolder,
    Entry,
    OwnField,
    RosterEntry,
    RuleSetting,
    SearchSettings,
    Settings,
)
from afterword.model.span import Span
from afterword.model.words import VISIBILITY
from afterword.parse.values import scalars
from afterword.parse.values.fields import OWN_TYPES
from afterword.parse.values.readers import (
    Read,
    Reader,
    catalogue_id,
    list_of,
    listed,
    mapping_of,
    of_text,
    quoted,
    slug,
    suggestion,
    text,
    untyped_value,
    word,
    wrong,
)
from afterword.parse.values.yaml_nodes import YamlNode

MANY = 20_000
"""Catalogues may be long; record headers may not."""

NEVER_ATTACHED = frozenset(
    "html htm xhtml xht shtml mhtml mht xml xsl xslt svgz js mjs cjs wasm".split()  # noqa: SIM905
)
LEVELS = tuple(str(level) for level in Level)

_ADDRESS = re.compile(r"(?:[A-Za-z0-9._~-]+(?:/[A-Za-z0-9._~-]+)*)?")
_HOST = re.compile(r"(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::[0-9]{1,5})?")
_FIELD_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,79}")
_SIZE = re.compile(r"([0-9]{1,9})[ _]?(bytes?|b|kb|kib|mb|mib)?", re.IGNORECASE)
_UNITS = {"": 1, "b": 1, "byte": 1, "bytes": 1, "kb": 1000, "kib": 1024, "mb": 1_000_000, "mib": 1024 * 1024}
_DAYS = re.compile(r"([0-9]{1,4})(?: ?d(?:ays?)?)?")

texts = list_of(text, limit=MANY)


def _size(value: str, node: YamlNode, name: str, settings: Settings) -> Read[int]:
    found = _SIZE.fullmatch(value.strip())
    if found is None:
        return wrong(node, "settings", f"{name} {quoted(value)} is no size, expected such as 150 KB")
    return Read(int(found.group(1)) * _UNITS[(found.group(2) or "").lower()])


search = mapping_of(
    SearchSettings,
    {"engine": word(SEARCH_ENGINES), "budget": of_text("a size", _size)},
    short="engine",
)


def _below(what: str) -> Callable[[str, YamlNode, str, Settings], Read[str]]:
    """Make what reads the path of a folder or a file below the folder of the settings."""

    def read(value: str, node: YamlNode, name: str, settings: Settings) -> Read[str]:
        parts = [part for part in value.replace("\\", "/").split("/") if part not in ("", ".")]
        if value.startswith(("/", "\\", "~")) or re.match("[A-Za-z]:", value):
            return wrong(
                node, "settings", f"{name} {quoted(value)} is absolute, expected a {what} below this file's"
            )
        if ".." in parts:
            return wrong(node, "settings", f"{name} {quoted(value)} leaves the folder of this file")
        return Read("/".join(parts) or ".")

    return read


def _address(value: str, node: YamlNode, name: str, settings: Settings) -> Read[str]:
    address = value.strip("/")
    if not _ADDRESS.fullmatch(address) or {".", ".."} & set(address.split("/")):
        return wrong(
            node, "settings", f"{name} {quoted(value)} is no path on the site, expected such as postmortems"
        )
    return Read(address)


def _id(value: str, node: YamlNode, name: str, settings: Settings) -> Read[str]:
    if catalogue_id(value):
        return Read(value)
    message = f"{name} {quoted(value)} is no id, expected small letters, digits and hyphens"
    return wrong(node, "settings", message, f"write {slug(value)}" if slug(value) else None)


def _field_key(value: str, node: YamlNode, name: str, settings: Settings) -> Read[str]:
    if _FIELD_KEY.fullmatch(value):
        return Read(value)
    made = slug(value).replace("-", "_")
    message = f"{name} {quoted(value)} is no key, expected letters, digits, `_` and `-` such as cost_centre"
    return wrong(node, "settings", message, f"write {made}" if made else None)


def _host(value: str, node: YamlNode, name: str, settings: Settings) -> Read[str]:
    if _HOST.fullmatch(value.lower()):
        return Read(value.lower())
    return wrong(node, "settings", f"{name} {quoted(value)} is no host, expected such as images.example.org")


def _extension(value: str, node: YamlNode, name: str, settings: Settings) -> Read[str]:
    extension = value.lower().removeprefix("*").removeprefix(".")
    if extension in NEVER_ATTACHED:
        return wrong(node, "settings", f"{name} {quoted(value)} is never published as an attachment")
    if not re.fullmatch(r"[a-z0-9]{1,12}(?:\.[a-z0-9]{1,12})?", extension):
        return wrong(node, "settings", f"{name} {quoted(value)} is no file extension, expected such as png")
    return Read(extension)


folder: Reader[str] = of_text("a folder", _below("folder"))
file: Reader[str] = of_text("a file", _below("file"))
address: Reader[str] = of_text("a path", _address)
entry_id: Reader[str] = of_text("an id", _id)


def _team(name: str = "", id: str = "", **rest: Any) -> RosterEntry:
    return RosterEntry(name or id, id=id, **rest)


archives = list_of(
    mapping_of(
        ArchiveFolder,
        {"folder": folder, "name": text, "address": address, "visibility": word(VISIBILITY)},
        short="folder",
        needs="folder",
    ),
    unique=False,
)
entries = list_of(
    mapping_of(
        Entry,
        {
            "id": entry_id,
            "name": text,
            "team": text,
            "aliases": texts,
            "renamed_from": texts,
            "broader": entry_id,
            "rank": scalars.count,
        },
        short="id",
        needs="id",
    ),
    limit=MANY,
    unique=False,
)
own_fields = list_of(
    mapping_of(
        OwnField,
        {
            "id": of_text("a key", _field_key),
            "type": word(tuple(OWN_TYPES)),
            "required_for": texts,
            "facet": scalars.boolean,
            "audience": text,
        },
        needs="id",
    ),
    unique=False,
)
people = list_of(
    mapping_of(
        RosterEntry,
        {"name": text, "team": text, "left": scalars.date, "id": text},
        short="name",
        needs="name",
    ),
    limit=MANY,
)
teams = list_of(
    mapping_of(_team, {"id": text, "name": text, "team": text, "left": scalars.date}, "name"),
    limit=MANY,
)
image_hosts = list_of(of_text("a host", _host), limit=MANY)
holidays = list_of(scalars.date, limit=MANY)
_extensions = list_of(of_text("a file extension", _extension))


def attachment_types(node: YamlNode, name: str, settings: Settings) -> Read[tuple[str, ...]]:
    """Read the allowed extensions, as a list or under `types`."""
    if node.kind != "mapping":
        return _extensions(node, name, settings)
    inner = mapping_of(lambda types=None: types, {"types": _extensions})
    return inner(node, name, settings)


def by_name(value: Reader[Any], known: tuple[str, ...] = ()) -> Reader[dict[str, Any]]:
    """Make a reader of a mapping whose keys are names; where `known` ones are given, others are findings."""

    def read(node: YamlNode, name: str, settings: Settings) -> Read[dict[str, Any]]:
        if node.absent:
            return Read(None)
        if node.kind != "mapping":
            what = "text" if node.kind == "scalar" else "a list"
            return wrong(node, "wrong-type", f"{name} is {what}, expected lines of `key: value`")
        found: dict[str, Any] = {}
        findings: list[Finding] = []
        for key, inner in node.entries:
            if known and key.text not in known:
                near = suggestion(key.text, known) or f", expected one of {listed(known)}"
                findings.append(
                    Finding("unknown-key", f"unknown key {quoted(key.text)} of {name}{near}", key.span)
                )
                continue
            result = value(inner, f"{name}.{key.text}", settings)
            findings += result.findings
            if result.value is not None:
                found[key.text] = result.value
        return Read(found, tuple(findings))

    return read


def _level(node: YamlNode, name: str, settings: Settings) -> Read[Level]:
    read = word(LEVELS)(node, name, settings)
    return Read(Level(read.value) if read.value else None, read.findings)


def _rule(node: YamlNode, name: str, settings: Settings) -> Read[RuleSetting]:
    if node.kind != "mapping":
        read = _level(node, name, settings)
        return Read(RuleSetting(read.value) if read.value else None, read.findings)
    level = node.get("level")
    level_read: Read[Level] = _level(level, f"{name}.level", settings) if level else Read(None)
    entries = [(key, each) for key, each in node.entries if key.text != "level"]
    options = {key.text: untyped_value(each, resolve=True) for key, each in entries}
    places = {key.text: key.span for key, _ in entries}
    return Read(RuleSetting(level_read.value, options, option_spans=places), level_read.findings)


def rules(node: YamlNode, name: str, settings: Settings) -> Read[dict[str, RuleSetting]]:
    """Read rule levels and options; which rules there are is not known here."""
    read = by_name(_rule)(node, name, settings)
    places = {key.text: key.span for key, _ in node.entries}
    found = {rule: replace(setting, span=places[rule]) for rule, setting in (read.value or {}).items()}
    return Read(found, read.findings)


def target(node: YamlNode, name: str, settings: Settings) -> Read[timedelta]:
    """Read how long a figure should take at most, as the header's `duration` is read."""
    read = scalars.duration(node, name, settings)
    if read.value == timedelta():
        return wrong(node, "settings", f"{name} {quoted(node.text)} is no time at all, expected such as 5m")
    return read


def completion_targets(node: YamlNode, name: str, settings: Settings) -> Read[tuple[tuple[int, float], ...]]:
    """Read the shares to be done by a day: `{30: 70, 90: 90}`, or a list of `{days, percent}`."""
    pairs: list[tuple[YamlNode, YamlNode]] = list(node.entries)
    if node.kind == "list":
        pairs = [(d, p) for item in node.items if (d := item.get("days")) and (p := item.get("percent"))]
    if node.absent:
        return Read(None)
    if node.kind == "scalar" or (node.kind == "list" and len(pairs) != len(node.items)):
        return wrong(node, "wrong-type", f"{name} expected days and percentages, such as {{30: 70, 90: 90}}")
    targets: dict[int, float] = {}
    findings: list[Finding] = []
    for days, share in pairs:
        number = _DAYS.fullmatch(days.text)
        if number is None or not int(number.group(1)):
            message = f"{name} {quoted(days.text)} is no number of days"
            findings.append(Finding("wrong-type", message, days.span, Nature.UNREADABLE))
            continue
        percent = scalars.percent(share, name, settings)
        findings += percent.findings
        if percent.value is not None and percent.value <= 100:
            targets[int(number.group(1))] = percent.value
        elif percent.value is not None:
            message = f"{name} {quoted(share.text)} is more than 100 %"
            findings.append(Finding("wrong-type", message, share.span, Nature.UNREADABLE))
    return Read(tuple(sorted(targets.items())) or None, tuple(findings))


def clashes(
    found: tuple[Entry, ...], spans: dict[str, Span], key: str
) -> tuple[tuple[Entry, ...], list[Finding]]:
    """Take out entries whose id stands twice, and report words that lead to two of them."""
    kept: dict[str, Entry] = {}
    findings: list[Finding] = []
    for number, entry in enumerate(found):
        place = spans[f"{key}[{number}]"]
        if entry.id in kept:
            message = f"{key} id '{entry.id}' stands twice, the first is read"
            findings.append(Finding("settings", message, place, Nature.UNREADABLE))
        else:
            kept[entry.id] = entry
    owners: dict[str, str] = {}
    for number, entry in enumerate(found):
        for alias in (*entry.aliases, *entry.renamed_from):
            owner = alias if alias in kept else owners.setdefault(alias.casefold(), entry.id)
            if owner != entry.id:
                message = f"{key} alias {quoted(alias)} of '{entry.id}' already means '{owner}'"
                findings.append(Finding("settings", message, spans[f"{key}[{number}]"], Nature.UNREADABLE))
    return tuple(kept.values()), findings

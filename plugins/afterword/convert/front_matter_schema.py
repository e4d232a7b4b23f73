"""The JSON Schema of a record's front matter, made from the table of fields and an archive's settings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from afterword.model.settings import Entry, OwnField, Settings
from afterword.parse.values import scalars, vocabulary
from afterword.parse.values.fields import BY_KEY, FIELDS, OWN_TYPES, PAGE_KEYS, Field, money_text
from afterword.parse.values.identity import MAX_ID
from afterword.parse.values.readers import ListReader, MappingReader, Reader, WordReader, text
from afterword.parse.values.vocabulary import spellings

DIALECTS = {
    "2020-12": "https://json-schema.org/draft/2020-12/schema",
    "7": "http://json-schema.org/draft-07/schema#",
}
"""The drafts that the schema can be written for: it uses only words that mean the same in both, so no more than its first line differs."""

_Schema = dict[str, Any]

# Patterns are those of JavaScript, too. They let pass what reading understands, and leave the rest of the judgement to it.
_DATE = r"\d{4}-\d{2}-\d{2}"
_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_TEXT: _Schema = {"type": ["string", "number", "boolean"]}

_VALUES: Mapping[Reader[Any], _Schema] = {
    text: _TEXT,
    scalars.date: {"type": "string", "format": "date", "pattern": f"^{_DATE}$"},
    scalars.moment: {"type": "string", "pattern": rf"^{_DATE}[Tt ]+\d{{2}}:\d{{2}}(?::\d{{2}}(?:\.\d+)?)? *\S+$"},
    scalars.zone: {"type": "string", "pattern": r"^(?:[Uu][Tt][Cc]|[Gg][Mm][Tt]|Z|z|.+/.+)$"},
    scalars.duration: {"type": "string", "pattern": r"\d[\s\d.,]*[A-Za-z]"},
    scalars.number: {"type": ["number", "string"], "pattern": r"^[+-]?\d[\d,_ ]*(?:\.\d+)?$"},
    scalars.count: {"type": ["integer", "string"], "minimum": 0, "pattern": r"^\d[\d,_ ]*$"},
    scalars.percent: {"type": ["number", "string"], "minimum": 0, "pattern": r"^\d[\d,_ ]*(?:\.\d+)? *%?$"},
    scalars.boolean: {
        "type": ["boolean", "string"],
        "pattern": "^(?:[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|[Yy][Ee][Ss]|[Nn][Oo]|[Oo][Nn]|[Oo][Ff][Ff])$",
    },
    scalars.language: {"type": "string", "pattern": "^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$"},
    scalars.url: {"type": "string", "pattern": r"^https?://\S+$"},
    scalars.currency: {"type": "string", "pattern": "^[A-Za-z]{3}$"},
    scalars.incident: {"type": ["string", "integer"]},
    scalars.record_id: {"type": "string", "pattern": f"^{_DATE}-{_ID}$", "maxLength": MAX_ID},
    scalars.alias: {"type": "string"},
    money_text: {"type": "string", "pattern": r"^(?:[A-Za-z]{3} +[+-]?\d[\d,_ .]*|[+-]?\d[\d,_ .]* +[A-Za-z]{3})$"},
}  # fmt: skip


def front_matter_schema(settings: Settings, draft: str = "2020-12") -> str:
    """Give the schema of the front matter of an archive's records, as text; `draft` is one of `DIALECTS`.

    It knows the words that the settings list, and no more than the form of those that they do not. What the policy asks by severity
    it leaves to `afterword check`, which judges a draft leniently.
    """
    schema = {
        "$schema": DIALECTS[draft],
        "title": "Front matter of a post-mortem",
        "type": "object",
        "properties": {
            **{field.key: _field(field, settings) for field in FIELDS},
            **{own.id: _own(own, settings) for own in settings.fields if own.id not in BY_KEY},
            **{key: {"description": "read by MkDocs or its theme"} for key in sorted(PAGE_KEYS)},
        },
        "patternProperties": {"^x-": {}},
        "additionalProperties": False,
        "required": [field.key for field in FIELDS if field.required == "yes" and field.key != "authors"],
        "allOf": [
            {"if": {"required": ["retold_from"]}, "else": {"required": ["authors"]}},
            {
                "if": {"properties": {"severity": {"const": "near-miss"}}, "required": ["severity"]},
                "then": {"required": ["potential_severity"]},
            },
            *(rule for own in settings.fields for rule in _required_for(own)),
        ],
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _field(field: Field, settings: Settings) -> _Schema:
    value = _of(field.read, settings)
    if field.required != "yes":
        value = _or_nothing(value)
    return {"description": field.meaning, **value}


def _own(own: OwnField, settings: Settings) -> _Schema:
    return {"description": "a field of this archive's own", **_or_nothing(_of(OWN_TYPES[own.type], settings))}


def _required_for(own: OwnField) -> list[_Schema]:
    required = {"required": [own.id]}
    if {"all", "*"} & {*own.required_for}:
        return [required]
    return [
        {"if": {"properties": {key: {"const": word}}, "required": [key]}, "then": required}
        for word in own.required_for
        for key in ("severity", "kind", "status")
    ]


def _of(reader: Reader[Any], settings: Settings) -> _Schema:
    """Describe what a reader takes. Raises KeyError for one that has no line in `_VALUES`."""
    if isinstance(reader, WordReader):
        return {"enum": list(reader.words)}
    if isinstance(reader, ListReader):
        item = _of(reader.item, settings)
        return {"anyOf": [{"type": "array", "items": item, "maxItems": reader.limit}, item]}
    if isinstance(reader, MappingReader):
        return _mapping(reader, settings)
    if reader is vocabulary.severity:
        return _listed(settings.severities)
    if reader is vocabulary.kind:
        return _listed(settings.kinds)
    if reader is vocabulary.service:
        return _listed(settings.services)
    if reader is vocabulary.failure_class:
        return _listed(settings.failure_classes)
    return _VALUES[reader]


def _mapping(reader: MappingReader[Any], settings: Settings) -> _Schema:
    parts = {key: _of(part, settings) for key, part in reader.keys.items()}
    whole: _Schema = {
        "type": "object",
        "properties": {
            key: part if key == reader.needs else _or_nothing(part) for key, part in parts.items()
        },
        "additionalProperties": False,
    }
    if reader.needs is not None:
        whole["required"] = [reader.needs]
    if reader.short is None:
        return whole
    return {
        "anyOf": [
            parts[reader.short] if isinstance(reader.short, str) else _of(reader.short, settings),
            whole,
        ]
    }


def _listed(entries: tuple[Entry, ...]) -> _Schema:
    """Give the ids of a catalogue, then its other words, as the settings write them and in small letters; any id where the settings list none."""
    if not entries:
        return {"type": "string", "pattern": f"^{_ID}$"}
    written = (word for entry in entries for word in (*entry.renamed_from, *entry.aliases))
    return {"enum": list(dict.fromkeys([*(entry.id for entry in entries), *written, *spellings(entries)]))}


def _or_nothing(schema: _Schema) -> _Schema:
    """Let a key stand without a value, as in a template."""
    return {"anyOf": [schema, {"type": "null"}]}

"""What may come next in the front matter: keys that are not there yet, and the words that a key takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from afterword.authoring.manuscript import Manuscript
from afterword.authoring.suggestion import Sort, Suggestion, entries, words
from afterword.model.span import Span
from afterword.parse.values import scalars, vocabulary
from afterword.parse.values.fields import BY_KEY, FIELDS, OWN_TYPES, PERSON
from afterword.parse.values.identity import read_day
from afterword.parse.values.readers import ListReader, MappingReader, Reader, WordReader, text
from afterword.parse.values.zones import zone_names

_KEY = re.compile(r"(\s*)(?:- +)?([A-Za-z][\w-]*)\s*:(?:\s|$)")
_TYPED = re.compile(r"[^\s\[\]{},\"']*$")
_ITEM = re.compile(r"\s*- +")


@dataclass(frozen=True, slots=True)
class _Cursor:
    """The line up to the cursor, and the stretch of it that is being typed."""

    number: int
    before: str

    @property
    def typed(self) -> Span:
        found = _TYPED.search(self.before)
        start = found.start() if found else len(self.before)
        return Span(self.number, start + 1, self.number, len(self.before) + 1)


def complete_header(manuscript: Manuscript, line: int, column: int) -> tuple[Suggestion, ...]:
    """Give what may stand at a place between the two `---`."""
    cursor = _Cursor(line, manuscript.line(line)[: column - 1])
    key, rest = _around(manuscript, cursor)
    if key is None:
        return _keys(manuscript, cursor)
    reader = _reader(key, manuscript)
    if reader is None:
        return ()
    return _parts(reader, key, rest, cursor, manuscript)


def _reader(key: str, manuscript: Manuscript) -> Reader[Any] | None:
    if key in BY_KEY:
        return BY_KEY[key].read
    own = next((each for each in manuscript.archive.settings.fields if each.id == key), None)
    return OWN_TYPES[own.type] if own is not None else None


def _around(manuscript: Manuscript, cursor: _Cursor) -> tuple[str | None, str]:
    """Give the top-level key that the cursor stands behind or below, and what is written from there to the cursor; None where a key is being typed."""
    own = _KEY.match(cursor.before)
    if own and not own.group(1) and not cursor.before.startswith("-"):
        return own.group(2), cursor.before[own.end() :]
    if not cursor.before.startswith((" ", "-", "\t")):
        return None, ""
    number = cursor.number - 1
    while number > 1:
        above = manuscript.line(number)
        found = _KEY.match(above)
        if found and not found.group(1) and not above.startswith("-"):
            return found.group(2), "\n" + cursor.before
        number -= 1
    return None, ""


def _keys(manuscript: Manuscript, cursor: _Cursor) -> tuple[Suggestion, ...]:
    there = {found.group(2) for found in map(_KEY.match, manuscript.lines) if found and not found.group(1)}
    own = [(each.id, "a field of this archive's own") for each in manuscript.archive.settings.fields]
    known = [*((field.key, field.meaning) for field in FIELDS), *own]
    # What is required comes first, in the order of the format.
    known.sort(key=lambda each: each[0] not in BY_KEY or BY_KEY[each[0]].required != "yes")
    return tuple(
        Suggestion(key, f"{key}: ", cursor.typed, Sort.KEY, meaning)
        for key, meaning in known
        if key not in there
    )


def _parts(
    reader: Reader[Any], key: str, rest: str, cursor: _Cursor, manuscript: Manuscript
) -> tuple[Suggestion, ...]:
    """Go down into lists and mappings as far as the text before the cursor does."""
    if isinstance(reader, ListReader):
        reader = reader.item
    if not isinstance(reader, MappingReader):
        return words(_words(reader, key, manuscript), cursor.typed)
    part = (
        rest.rpartition("{")[2].rpartition(",")[2]
        if "{" in rest
        else _ITEM.sub("", rest.lstrip("\n")).lstrip()
    )
    name, colon, value = part.partition(":")
    if colon:
        inner = reader.keys.get(name.strip())
        return _parts(inner, name.strip(), value, cursor, manuscript) if inner is not None else ()
    if isinstance(reader.short, str) and "{" not in rest and not rest.startswith("\n  ") and "\n" not in rest:
        return words(_words(reader.keys[reader.short], key, manuscript), cursor.typed)
    offered = words(reader.keys, cursor.typed, Sort.KEY)
    keys = tuple(Suggestion(each.label, f"{each.label}: ", each.span, Sort.KEY) for each in offered)
    if isinstance(reader.short, str) and "{" not in rest:
        keys = (*words(_words(reader.keys[reader.short], key, manuscript), cursor.typed), *keys)
    return keys


def _words(reader: Reader[Any], key: str, manuscript: Manuscript) -> Iterable[str | tuple[str, str]]:
    settings, records = manuscript.archive.settings, manuscript.archive.records
    if isinstance(reader, WordReader):
        return reader.words
    if reader is vocabulary.severity:
        return entries(settings.severities)
    if reader is vocabulary.kind:
        return entries(settings.kinds)
    if reader is vocabulary.service:
        used = sorted({name for record in records for name in record.header.services})
        return entries(settings.services) or used
    if reader is vocabulary.failure_class:
        used = sorted({name for record in records for name in record.header.failure_class})
        return entries(settings.failure_classes) or used
    if reader is scalars.record_id:
        return [
            (each.id, each.header.title or each.heading)
            for each in reversed(records)
            if each.path != manuscript.path
        ]
    if reader is scalars.zone:
        return zone_names()
    if reader is scalars.boolean:
        return ("true", "false")
    if reader is scalars.date:
        return _days(key, manuscript)
    if reader is PERSON["name"] and reader is text and key in ("name", *_OF_PEOPLE):
        return [each.name for each in settings.people if each.left is None]
    return ()


_OF_PEOPLE: Mapping[str, None] = dict.fromkeys(("authors", "commander", "reviewers", "participants"))


def _days(key: str, manuscript: Manuscript) -> tuple[str, ...]:
    """Give the day of the file's name for `date`, today for any other."""
    named = read_day(manuscript.path.rpartition("/")[2]) if key == "date" else None
    return (str(named or manuscript.as_of),)

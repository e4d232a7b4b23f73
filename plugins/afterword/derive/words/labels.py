"""Catalogue words: which entry an id means, and how it is shown (docs/format.md, sections 2 and 9)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from afterword.model.record import UNDATED, Postmortem
from afterword.model.settings import SEVERITIES, Entry, Settings

MAX_ID = 80
_BY_RANK = {entry.rank: entry.id for entry in SEVERITIES}
_TONES = frozenset(entry.id for entry in SEVERITIES)
_NOT_ALLOWED = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=20_000)
def safe_id(text: str) -> str:
    """Turn any text into an id of the format's alphabet, so that an unknown word still has a page with a harmless address.

    An id stays what it is; a text without any letter of the alphabet is named by its hash.
    """
    slug = _NOT_ALLOWED.sub("-", text.lower()).strip("-")[:MAX_ID].rstrip("-")
    return slug or f"id-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:8]}"


_MOST_CATALOGUES, _MOST_WORDS = 40, 20_000


@dataclass(frozen=True, slots=True)
class _Meanings:
    """What words mean in a catalogue, and the ids that several mean together."""

    catalogue: tuple[Entry, ...]
    entries: dict[str, Entry | None] = field(default_factory=dict)
    ids: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)


_KNOWN: dict[int, _Meanings] = {}
"""By the identity of a catalogue, which lives as long as it stands here: to walk through two hundred services for each word of each list took a tenth of all that is worked out."""


def find_entry(entries: Iterable[Entry], word: str | None) -> Entry | None:
    """Find what a word means in a catalogue: an id first, then an alias or a former id, without regard to case."""
    if not word:
        return None
    if not isinstance(entries, tuple):
        return _look_up(tuple(entries), word)
    found = _meanings(entries).entries
    try:
        return found[word]
    except KeyError:
        if len(found) >= _MOST_WORDS:
            found.clear()
        entry = found[word] = _look_up(entries, word)
        return entry


def _meanings(catalogue: tuple[Entry, ...]) -> _Meanings:
    known = _KNOWN.get(id(catalogue))
    if known is None or known.catalogue is not catalogue:
        if len(_KNOWN) >= _MOST_CATALOGUES:
            _KNOWN.clear()
        known = _KNOWN[id(catalogue)] = _Meanings(catalogue)
    return known


def _look_up(catalogue: tuple[Entry, ...], word: str) -> Entry | None:
    for entry in catalogue:  # what parsing gives, and quick
        if entry.id == word:
            return entry
    wanted = word.casefold()
    also: Entry | None = None
    for entry in catalogue:
        if entry.id.casefold() == wanted:
            return entry
        if also is None and any(name.casefold() == wanted for name in (*entry.aliases, *entry.renamed_from)):
            also = entry
    return also


def entry_for(entries: Iterable[Entry], word: str) -> Entry:
    """Find what a word means; one that the catalogue does not know becomes an entry of its own, shown as it was written."""
    found = find_entry(entries, word)
    if found is not None:
        return found
    made = safe_id(word)
    return Entry(made, "" if made == word else word)


def entry_label(entries: Iterable[Entry], word: str | None) -> str:
    """Give the name to show for a word of a catalogue, the word itself where it is unknown, nothing for None."""
    return entry_for(entries, word).label if word else ""


def severity_label(settings: Settings, word: str | None) -> str:
    """Give a severity as it is shown, `Sev 1` for `sev1`."""
    return entry_label(settings.severities, word)


def kind_label(settings: Settings, word: str | None) -> str:
    """Give a kind as it is shown, `Data loss` for `data-loss`."""
    return entry_label(settings.kinds, word)


def year_label(year: str) -> str:
    """Give the year of a record's id as it is shown: it is none where no day could be read."""
    return year_entry(year).label


def year_entry(year: str) -> Entry:
    """Give a year as a catalogue would have it."""
    return Entry(year, "unknown year" if year == UNDATED[:4] else "")


def service_label(settings: Settings, word: str) -> str:
    """Give a service as the catalogue names it."""
    return entry_label(settings.services, word)


def class_label(settings: Settings, word: str) -> str:
    """Give a failure class as the catalogue names it."""
    return entry_label(settings.failure_classes, word)


def category_label(settings: Settings, word: str | None) -> str:
    """Give the category of an action or a factor as it is shown."""
    return entry_label(settings.categories, word)


def service_ids(record: Postmortem, settings: Settings) -> tuple[str, ...]:
    """Give the services of a record by the ids of the catalogue: aliases and former ids resolved, each once."""
    return _ids(settings.services, record.header.services)


def class_ids(record: Postmortem, settings: Settings) -> tuple[str, ...]:
    """Give the failure classes of a record by the ids of the catalogue: aliases and former ids resolved, each once."""
    return _ids(settings.failure_classes, record.header.failure_class)


def _ids(catalogue: tuple[Entry, ...], words: tuple[str, ...]) -> tuple[str, ...]:
    found = _meanings(catalogue).ids
    try:
        return found[words]
    except KeyError:
        if len(found) >= _MOST_WORDS:
            found.clear()
        ids = found[words] = tuple(dict.fromkeys(entry_for(catalogue, word).id for word in words))
        return ids


def severity_entry(record: Postmortem, settings: Settings) -> Entry | None:
    """Give the severity of a record as the catalogue has it, None where the record has none."""
    word = record.header.severity
    return entry_for(settings.severities, word) if word else None


def severity_id(record: Postmortem, settings: Settings) -> str:
    """Give the severity of a record by the id of the catalogue, empty where it has none."""
    entry = severity_entry(record, settings)
    return entry.id if entry else ""


def severity_order(settings: Settings, severity: str) -> tuple[int, str]:
    """Give the key that sorts severities from worst to mildest; unknown ones come last."""
    for position, entry in enumerate(settings.severities):
        if entry.id == severity:
            return (position if entry.rank is None else entry.rank, severity)
    return (len(settings.severities) + 1000, severity)


def tone(severity: Entry | str | None) -> str:
    """Give the class of a severity's colour and shape, `sev1`: its own, that of its rank in an archive's own catalogue, or `other`."""
    if isinstance(severity, Entry):
        return severity.id if severity.id in _TONES else _BY_RANK.get(severity.rank, "other")
    return severity if severity in _TONES else "other"

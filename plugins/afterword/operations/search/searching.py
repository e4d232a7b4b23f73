"""Searching the archive from the terminal."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from afterword.derive.search_answer import Answer, FoundPassage, FoundRecord
from afterword.model.words import DETECTED_BY, STATUS_OF_RECORD
from afterword.operations.cannot_run import CannotRunError
from afterword.operations.search.indexing import Ground, Index, current_index, ground_of, remade_index
from afterword.search.fts_index import Entry
from afterword.search.fts_passages import find_passages
from afterword.search.fts_query import Choice, Hits, ask, entries, values_of
from afterword.search.lines import best_line
from afterword.search.question import read_question
from afterword.sources.cache import Cache, user_cache
from afterword.sources.files import read_bytes
from afterword.sources.index_file import is_damage

if TYPE_CHECKING:
    from afterword.derive.promises.reach import Reach
    from afterword.operations.reading.loading import Progress

FACETS: Mapping[str, tuple[str, ...]] = {
    "service": (),
    "team": (),
    "severity": (),
    "kind": (),
    "class": (),
    "year": (),
    "status": STATUS_OF_RECORD,
    "detection": DETECTED_BY,
    "open": ("yes",),
}
"""What can be filtered by, and the values that are known whatever records say."""

_OPTIONS = {"open": "--open-actions"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: words, filters by facet as they were typed, how far back, and how many are wanted at most; `newest` before the best."""

    question: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: Reach | None = None
    until: Reach | None = None
    newest: bool = False
    limit: int = 10


@dataclass(frozen=True, slots=True)
class Searched:
    """An answer with the folder that its paths are relative to. `site_url` is as the site's configuration says it, `built` the folder the site is built into, both empty where there is none; `notes` are for whoever asked."""

    answer: Answer
    root: Path
    site_url: str
    built: str
    notes: tuple[str, ...] = ()


def search(
    asked: Asked,
    config: Path | None = None,
    start: Path | None = None,
    progress: Progress | None = None,
    cache: Cache | None = None,
) -> Searched:
    """Find what was asked for in the archive around `start` (default: the current folder).

    Raises CannotRunError where there is no archive, a filter has a value that nobody knows, or nothing could ever be found.
    """
    question = read_question(asked.question)
    if asked.question.strip() and not question.units:
        raise CannotRunError(f"'{asked.question}' has no letter or digit to look for")
    kept = cache or user_cache()
    ground = ground_of(config, (start or Path()).absolute())
    try:
        return _search(asked, ground, kept, progress)
    except sqlite3.Error as error:
        if not is_damage(error):
            raise CannotRunError(f"the search index cannot be read: {error}") from error
    # What was damaged inside shows only where it is read.
    remade_index(ground, kept)
    return _search(asked, ground, kept, progress)


def _search(asked: Asked, ground: Ground, cache: Cache, progress: Progress | None) -> Searched:
    with current_index(ground, cache, progress) as index:
        connection = index.connection
        connection.execute("BEGIN")  # all that follows is of one moment
        choice = _choice(asked, index)
        newest = asked.newest or not asked.question.strip()
        hits = ask(connection, read_question(asked.question), choice, newest)
        shown = hits.rows[: asked.limit]
        found = entries(connection, shown)
        records = tuple(_shown(found, shown, hits, ground.root))
        connection.execute("ROLLBACK")
        answer = Answer(
            asked.question, records, len(hits.rows), hits.whole, hits.slips, hits.unknown, hits.unfiltered
        )
        notes = [f"{path}: not read: {reason}" for path, reason in index.problems]
        if index.untold:
            notes.append(index.untold)
        return Searched(answer, ground.root, index.about("site_url"), index.about("built"), tuple(notes))


def _shown(found: Sequence[Entry], rows: Sequence[int], hits: Hits, root: Path) -> list[FoundRecord]:
    return [
        FoundRecord(
            entry.id,
            entry.title,
            entry.path,
            _line(root / entry.path, passages),
            entry.address,
            entry.day,
            entry.facts,
            entry.open_actions,
            passages,
            hits.lacking(row),
            title_marks,
        )
        for entry, row, (title_marks, passages) in zip(
            found, rows, find_passages(found, hits.sought), strict=True
        )
    ]


def _line(location: Path, passages: Sequence[FoundPassage]) -> int:
    best = passages[0] if passages else None
    if best is None or not best.marks:
        return 1
    try:
        lines = read_bytes(location).decode("utf-8", "replace").splitlines()
    except OSError:
        return 1
    return best_line(lines, best.title, best.hits)


def _choice(asked: Asked, index: Index) -> Choice:
    known = json.loads(index.about("known"))
    facets = {
        facet: tuple(dict.fromkeys(_known(facet, word, known.get(facet, ()), index) for word in words))
        for facet, words in asked.filters.items()
        if words
    }
    since, until = _days(asked, index)
    if since and until and since > until:
        raise CannotRunError(f"--since {since} is later than --until {until}: no day is in both")
    return Choice(facets, since, until)


def _days(asked: Asked, index: Index) -> tuple[str, str]:
    if not (asked.since or asked.until):
        return "", ""
    from afterword.sources.clock import today

    day = today(index.about("timezone") or None)
    since, until = (each.before(day).isoformat() if each else "" for each in (asked.since, asked.until))
    return since, until


def _known(facet: str, word: str, catalogue: Sequence[Sequence[str]], index: Index) -> str:
    """Give the id that a filter's value means: an id, name or alias of the catalogue, or what records have."""
    names = {name.casefold(): each[0] for each in catalogue for name in each if name}
    for value in (*FACETS[facet], *values_of(index.connection, facet)):
        names.setdefault(value.casefold(), value)
    folded = word.strip().casefold()
    spellings = (folded, "-".join(folded.split()), f"sev{folded.lstrip('sev -')}")
    found = next((names[each] for each in spellings if each in names), None)
    if found is None:
        from afterword.check.wording import did_you_mean, listed

        ids = sorted({*names.values()})
        guess = did_you_mean(folded, names) or (
            f", expected {listed(ids)}" if ids else ", and no record has any"
        )
        raise CannotRunError(
            f"{_OPTIONS.get(facet, f'--{facet}')}: no {_WORDS.get(facet, facet)} '{word}'{guess}"
        )
    return found


_WORDS = {"class": "failure class", "detection": "source of detection"}

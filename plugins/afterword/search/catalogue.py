"""The catalogue: the facts of all records in one small file, so that filtering and sorting need no index of texts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from operator import sub

from afterword.derive.catalogue.catalogue import broader_classes
from afterword.derive.search_documents import SearchDocument, teams_of
from afterword.derive.words.labels import find_entry, severity_order, tone, year_label
from afterword.model.settings import Entry, Settings
from afterword.model.words import DETECTED_BY, STATUS_OF_RECORD
from afterword.search.files import IndexFile, json_bytes, rows_mark

FORMAT = 3
NAME = "search/catalogue.json"
_EPOCH = dt.date(1970, 1, 1)
_NONE = -1

Row = list[object]


def catalogue_file(
    documents: Sequence[SearchDocument], settings: Settings, base: str, engine: str
) -> IndexFile:
    """Give `<base>search/catalogue.json` for documents in order of id; a position in this order is a record's row.

    `rows` is the mark of the records (`files.rows_mark`); `facets` lists the values that occur, each as `[id, label]`, severities with their tone, classes with the positions of their broader
    ones and services with those of their teams; `records` holds a list for each column: `id` (where it begins with the record's day, from the hyphen
    behind that on), `title`, `day` (days since 1970, 0 for none, each as what it is more than the one before it), a position for each facet (-1 for none;
    lists of positions for services and classes; teams are those of the services), and `open`, the number of actions owed.
    """
    facets, columns = _facets(documents, settings)
    days = [(each.day - _EPOCH).days if each.day else 0 for each in documents]
    records: dict[str, object] = {
        "id": [
            each.id.removeprefix(str(each.day)) if each.id.startswith(f"{each.day}-") else each.id
            for each in documents
        ],
        "title": [each.title for each in documents],
        "day": [*days[:1], *map(sub, days[1:], days)],
        **columns,
        "open": [each.open_actions for each in documents],
    }
    rows = rows_mark(each.id for each in documents)
    found = {"format": FORMAT, "engine": engine, "rows": rows, "facets": facets, "records": records}
    return IndexFile(base + NAME, json_bytes(found))


def _facets(
    documents: Sequence[SearchDocument], settings: Settings
) -> tuple[dict[str, list[Row]], dict[str, object]]:
    wider = broader_classes(settings)
    facets: dict[str, list[Row]] = {}
    columns: dict[str, object] = {}

    def single(
        name: str, of: Callable[[SearchDocument], str], order: Callable[[set[str]], list[Row]]
    ) -> None:
        facets[name] = order({value for each in documents if (value := of(each))})
        at = {str(row[0]): position for position, row in enumerate(facets[name])}
        columns[name] = [at.get(of(each), _NONE) for each in documents]

    def several(
        name: str, of: Callable[[SearchDocument], Iterable[str]], order: Callable[[set[str]], list[Row]]
    ) -> None:
        facets[name] = order({value for each in documents for value in of(each)})
        at = {str(row[0]): position for position, row in enumerate(facets[name])}
        columns[name] = [[at[value] for value in of(each)] for each in documents]

    def classes(used: set[str]) -> list[Row]:
        listed = _by_label(
            settings.failure_classes, used | {one for each in used for one in wider.get(each, ())}
        )
        at = {row[0]: position for position, row in enumerate(listed)}
        return [[*row, [at[one] for one in wider.get(str(row[0]), ())]] for row in listed]

    def services(used: set[str]) -> list[Row]:
        at = {row[0]: position for position, row in enumerate(facets["team"])}
        return [
            [*row, [at[team] for team in teams_of((str(row[0]),), settings)]]
            for row in _by_label(settings.services, used)
        ]

    def severities(used: set[str]) -> list[Row]:
        return [
            [each, _label(settings.severities, each), tone(find_entry(settings.severities, each) or each)]
            for each in sorted(used, key=lambda each: severity_order(settings, each))
        ]

    teams = tuple(Entry(team.id, team.name) for team in settings.teams if team.id)
    kinds = tuple(entry.id for entry in settings.kinds)
    owing = teams_of((service for each in documents for service in each.services), settings)
    facets["team"] = _by_label(teams, {*owing})
    several("service", lambda each: each.services, services)
    single("severity", lambda each: each.severity, severities)
    single(
        "kind",
        lambda each: each.kind,
        lambda used: [[each, _label(settings.kinds, each)] for each in _in_order(kinds, used)],
    )
    several("class", lambda each: each.classes, classes)
    single(
        "year",
        lambda each: each.id[:4],
        lambda used: [[each, year_label(each)] for each in sorted(used, reverse=True)],
    )
    single("status", lambda each: each.status, lambda used: _worded(STATUS_OF_RECORD, used))
    single("detection", lambda each: each.detected_by, lambda used: _worded(DETECTED_BY, used))
    facets["open"] = [["yes", "open action items"]] if any(each.open_actions for each in documents) else []
    return facets, columns


def _label(entries: Iterable[Entry], value: str) -> str:
    entry = find_entry(entries, value)
    return entry.label if entry else value


def _by_label(entries: tuple[Entry, ...], used: set[str]) -> list[Row]:
    rows = [(_label(entries, value), value) for value in used]
    return [[value, label] for label, value in sorted(rows, key=lambda row: (row[0].casefold(), row[1]))]


def _in_order(known: Sequence[str], used: set[str]) -> list[str]:
    return [*(each for each in known if each in used), *sorted(used.difference(known))]


def _worded(known: Sequence[str], used: set[str]) -> list[Row]:
    return [[each, each.replace("-", " ")] for each in _in_order(known, used)]

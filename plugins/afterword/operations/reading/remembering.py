"""The findings of `afterword check`, cached: they are given again while nothing has changed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from afterword.model.finding import Edit, Finding, Level, Nature
from afterword.model.span import Span
from afterword.operations.program import program_marks, settings_mark
from afterword.operations.reading.found import Found
from afterword.operations.reading.loading import LARGEST_ATTACHMENT, LARGEST_READ, is_examined
from afterword.parse.beside.incident_list import MAX_BYTES
from afterword.parse.beside.ticket_snapshot import MAX_BYTES as LARGEST_SNAPSHOT
from afterword.sources.cache import Cache
from afterword.sources.files import read_bytes, reason_of

SEARCHING = ("detect-secrets", "phonenumbers")
"""The packages that find secrets: another version may find others."""


def remembered(
    cache: Cache, question: str, answer_of: str
) -> tuple[tuple[Finding, ...], tuple[str, ...]] | None:
    """Give the cached findings and records of a question, None where they are not of the state `answer_of`."""
    kept = cache.get(question)
    if kept is None:
        return None
    state, _, rest = kept.partition("\n")
    if state != answer_of:
        return None
    content = json.loads(rest)
    return tuple(map(_finding, content["findings"])), tuple(content["records"])


def remember(
    cache: Cache, question: str, answer_of: str, findings: tuple[Finding, ...], records: tuple[str, ...]
) -> None:
    """Cache the findings and records of a state; they replace those that were cached for the question."""
    rows = [_row(finding) for finding in findings]
    content = json.dumps({"records": records, "findings": rows}, separators=(",", ":"))
    cache.put(question, f"{answer_of}\n{content}")


def question_of(found: Found, cache: Cache) -> str:
    """Give the cache key of a question: which archive, which of its files, and whether secrets are looked for."""
    named = sorted(found.named) if found.named is not None else ["*"]
    return Cache.key("findings" if found.examine is None else "secrets", cache.way_to(found.root), *named)


def state_of(found: Found, as_of: dt.date) -> str:
    """Give a hash of all that findings depend on: the program, the day, the settings, and the bytes of every record and page."""
    digest = sha256()
    for part in _parts(found, as_of):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def _parts(found: Found, as_of: dt.date) -> Iterator[bytes]:
    yield from (mark.encode() for mark in program_marks())
    yield as_of.isoformat().encode()
    yield settings_mark(found.settings).encode("utf-8", "surrogatepass")
    yield repr((found.findings, found.attachments)).encode("utf-8", "surrogatepass")
    for file, folder, path in found.waiting:
        yield f"{path}\n{file.path}\n{folder.label if folder else ''}".encode("utf-8", "surrogatepass")
        yield _content(file.location)
    for path in found.pages:
        yield path.encode("utf-8", "surrogatepass")
        yield _content(found.location_of(path))
    if found.incidents is not None:
        yield found.incidents.encode("utf-8", "surrogatepass")
        yield _content(found.location_of(found.incidents), MAX_BYTES + 1)
    if found.tickets is not None:
        yield found.tickets.encode("utf-8", "surrogatepass")
        yield _content(found.location_of(found.tickets), LARGEST_SNAPSHOT + 1)
    if found.examine is not None:
        yield from (mark.encode() for mark in searching_marks(found))
        for attachment in filter(is_examined, found.attachments):
            yield attachment.path.encode("utf-8", "surrogatepass")
            yield _content(found.location_of(attachment.path), LARGEST_ATTACHMENT)


def searching_marks(found: Found) -> Iterator[str]:
    """Yield the names and versions of the packages that look for secrets; nothing where secrets are not looked for."""
    if found.examine is not None:
        yield from (f"{package} {version(package)}" for package in SEARCHING)


def _content(location: Path, most: int = LARGEST_READ) -> bytes:
    try:
        return sha256(read_bytes(location, most)).digest() + str(location.stat().st_size).encode()
    except OSError as error:
        return reason_of(error).encode("utf-8", "surrogatepass")


def _row(finding: Finding) -> list[Any]:
    return [
        finding.rule,
        finding.message,
        _numbers(finding.span),
        finding.nature,
        finding.hint,
        finding.path,
        finding.level,
        [[_numbers(edit.span), edit.text] for edit in finding.edits],
    ]


def _numbers(span: Span) -> list[int]:
    return [span.line, span.column, span.end_line, span.end_column]


def _finding(row: list[Any]) -> Finding:
    rule, message, span, nature, hint, path, level, edits = row
    return Finding(
        rule,
        message,
        Span(*span),
        Nature(nature),
        hint,
        path,
        Level(level),
        tuple(Edit(Span(*place), text) for place, text in edits),
    )

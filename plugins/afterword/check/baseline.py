"""The file of known findings: what it looks like, and how it is read."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import Any

from afterword.check.known import Known, KnownByPath
from afterword.model.finding import Level
from afterword.parse.source.text import escaped_json

FORMAT = 1
"""The newest number of `format` that this version reads."""

_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7})(?: |$)", re.MULTILINE)
_LEVELS = {level.value: level for level in Level if level is not Level.OFF}
_AGAIN = "if it was one, delete it and run `afterword check --write-baseline`"


class BadBaselineError(Exception):
    """A text is no baseline; says why, and what to do."""


def baseline_text(known: KnownByPath) -> str:
    """Write what is known as JSON with one finding a line, sorted, so that a version control system shows and merges it by the line."""
    files = []
    for path in sorted(known):
        entries = sorted(known[path].values(), key=lambda entry: (entry.rule, entry.message, entry.id))
        if entries:
            lines = ",\n".join(f"      {_line(entry)}" for entry in entries)
            files.append(f"    {_json(path)}: [\n{lines}\n    ]")
    inner = "{\n" + ",\n".join(files) + "\n  }" if files else "{}"
    return f'{{\n  "format": {FORMAT},\n  "findings": {inner}\n}}\n'


def read_baseline(text: str) -> KnownByPath:
    """Read what `baseline_text` wrote. Raises BadBaselineError for anything else."""
    if _CONFLICT.search(text):
        raise BadBaselineError(
            "has the marks of a merge conflict: keep the lines of both sides, then run `afterword check --update-baseline`"
        )
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise BadBaselineError(f"is no JSON ({place}: {error.msg.lower()}): {_AGAIN}") from error
    except (RecursionError, ValueError) as error:
        raise BadBaselineError(f"is no JSON that can be read: {_AGAIN}") from error
    if not isinstance(content, dict) or not isinstance(content.get("format"), int):
        raise BadBaselineError(f"is no baseline, expected an object with `format` and `findings`: {_AGAIN}")
    if content["format"] > FORMAT:
        raise BadBaselineError(
            f"has format {content['format']}, which is newer than this version reads, expected {FORMAT}: install a newer Afterword"
        )
    known: dict[str, dict[str, Known]] = defaultdict(dict)
    for path, entries in _mapping(content.get("findings"), "findings").items():
        if not isinstance(entries, list):
            raise BadBaselineError(f"has no list of findings for {path}: {_AGAIN}")
        for number, entry in enumerate(entries, start=1):
            read = _entry(_mapping(entry, f"finding {number} of {path}"), f"finding {number} of {path}")
            before = known[path].get(read.id)
            # After a merge that kept both sides an entry may stand twice.
            if before is None or before.count < read.count:
                known[path][read.id] = read
    return known


def _line(entry: Known) -> str:
    content: dict[str, Any] = {"rule": entry.rule, "level": entry.level.value, "id": entry.id}
    if entry.count > 1:
        content["count"] = entry.count
    return _json({**content, "message": entry.message})


def _json(content: object) -> str:
    return escaped_json(json.dumps(content, ensure_ascii=False))


def _mapping(content: object, what: str) -> dict[str, Any]:
    if not isinstance(content, dict):
        raise BadBaselineError(f"has no object for {what}: {_AGAIN}")
    return content


def _entry(content: dict[str, Any], what: str) -> Known:
    key, rule, count = content.get("id"), content.get("rule"), content.get("count", 1)
    level = _LEVELS.get(str(content.get("level")))
    if not isinstance(key, str) or not isinstance(rule, str) or level is None:
        raise BadBaselineError(f"has no `id`, `rule` or `level` in {what}: {_AGAIN}")
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise BadBaselineError(f"has the count {count!r} in {what}, expected a number from 1: {_AGAIN}")
    return Known(key, rule, level, str(content.get("message", "")), count)

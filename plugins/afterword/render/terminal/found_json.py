"""What a search found, for programs (docs/search-terminal.md)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

from afterword.derive.search_answer import Answer, FoundPassage, FoundRecord

FORMAT = 1

_SINGLE = ("severity", "kind", "status", "detection")


def found_json(answer: Answer, urls: Mapping[str, str], seen: Callable[[str], str]) -> str:
    """Give the answer as one JSON document; `urls` has the address of each record's page by its id, where that is known, `seen` gives a path as the reader sees it."""
    document = {
        "format": FORMAT,
        "question": answer.question,
        "total": answer.total,
        "whole": answer.whole,
        "corrected": [{"word": word, "shown_for": used} for word, used in answer.slips],
        "unknown": list(answer.unknown),
        "records": [_record(each, urls.get(each.id) or None, seen) for each in answer.records],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _record(record: FoundRecord, url: str | None, seen: Callable[[str], str]) -> dict[str, object]:
    facts = record.facts
    return {
        "id": record.id,
        "title": record.title,
        "date": record.day or None,
        **{name: next(iter(facts.get(name, ())), None) for name in _SINGLE},
        "services": list(facts.get("service", ())),
        "teams": list(facts.get("team", ())),
        "classes": list(facts.get("class", ())),
        "open_actions": record.open_actions,
        "path": seen(record.path),
        "line": record.line,
        "url": url,
        "lacking": list(record.lacking),
        "title_marks": _pairs(record.title_marks),
        "passages": [_passage(each) for each in record.passages],
    }


def _passage(passage: FoundPassage) -> dict[str, object]:
    return {
        "where": passage.where,
        "heading": passage.title,
        "anchor": passage.anchor,
        "text": passage.text,
        "marks": _pairs(passage.marks),
    }


def _pairs(marks: Sequence[tuple[int, int]]) -> list[list[int]]:
    return [list(each) for each in marks]

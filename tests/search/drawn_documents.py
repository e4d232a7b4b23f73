"""Documents of a search, drawn."""

from __future__ import annotations

import datetime as dt
from typing import Any

from afterword.derive.search_documents import SearchDocument
from afterword.derive.words.passages import Passage, Where


def a_document(id: str, title: str = "", text: str = "", summary: str = "", **facts: Any) -> SearchDocument:
    """Draw a document with a summary and a factor."""
    defaults: dict[str, Any] = {
        "url": f"postmortems/{id[:4]}/{id}/",
        "day": dt.date.fromisoformat(id[:10]),
        "severity": "sev2",
        "services": ("payments-api",),
        "classes": ("capacity",),
        "status": "final",
        "kind": "outage",
        "keys": (id,),
        "passages": (
            Passage(Where.SUMMARY, "summary", "Summary", summary),
            Passage(Where.CAUSE, "factors", "", text),
        ),
    }
    return SearchDocument(id, title, **{**defaults, **facts})


DOCUMENTS = (
    a_document("2026-01-01-a", "Payments fail", "the pool leaked: pool.acquire() in pg_stat_activity"),
    a_document(
        "2026-02-01-b",
        "Café orders lost",
        "the payments were fine",
        names=("Coffee shop",),
        keys=("2026-02-01-b", "INC-142"),
    ),
    a_document("2026-03-01-c", "Nothing", summary="Connections exhausted"),
)

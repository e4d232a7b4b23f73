"""What stays the same about a record when its file moves and gets another name."""

from __future__ import annotations

import re
import uuid

from afterword.model.record import Postmortem

_RECORD_ID = re.compile(r"\d{4}-\d{2}-\d{2}-[a-z0-9-]+")


def lasting_id(record: Postmortem) -> str:
    """Give the id by which programs outside know a record: the first it had, where its aliases tell it, else the one it has."""
    for alias in record.header.aliases:
        name = alias.removesuffix(".md").rpartition("/")[2].lower()
        if _RECORD_ID.fullmatch(name):
            return name
    return record.id.lower()


def urn(host: str, *names: str) -> str:
    """Give a URI for something of the site at `host`, empty where that is not known: the same for the same names (RFC 4122, version 5)."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "\n".join(("afterword", host, *names))).urn

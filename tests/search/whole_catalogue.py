"""A catalogue as the page's scripts read it: its file leaves out what follows from something else."""

from __future__ import annotations

import datetime as dt
import json
from itertools import accumulate
from pathlib import Path
from typing import Any


def whole_catalogue(content: bytes) -> dict[str, Any]:
    """Read the content of `catalogue.json`."""
    found: dict[str, Any] = json.loads(content)
    records = found["records"]
    records["day"] = [*accumulate(records["day"])]
    records["id"] = [
        f"{dt.date(1970, 1, 1) + dt.timedelta(day)}{each}" if each.startswith("-") else each
        for day, each in zip(records["day"], records["id"], strict=True)
    ]
    services = found["facets"]["service"]
    records["team"] = [
        list(dict.fromkeys(team for at in own for team in services[at][2])) for own in records["service"]
    ]
    return found


def catalogue_of(site: Path, archive: str = "") -> dict[str, Any]:
    """Read the catalogue of an archive in a site that was built."""
    return whole_catalogue((site / archive / "search" / "catalogue.json").read_bytes())

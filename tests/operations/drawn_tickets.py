"""Archives whose records name tickets, drawn for the tests of bringing them in."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

SETTINGS = """\
trackers:
  - { name: Pay desk, key: PAY-#, url: "https://tracker.example/PAY-#", kind: drawn, api: "URL" }
  - { name: Old list, key: OLD-#, kind: file, file: old.csv }
  - { name: Elsewhere, key: EL-# }
"""
ENVIRONMENT = {"AFTERWORD_PAY_DESK_TOKEN": "t0ken"}

_HEADER = """\
---
title: Payments fail
date: 2026-03-14
severity: sev3
status: final
published: 2026-03-20
---

## Summary

One payment in four failed.

## Action items

| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
"""


def draw_archive(root: Path, url: str, keys: Iterable[str], settings: str = SETTINGS) -> Path:
    """Write an archive of one record that names these tickets."""
    rows = "".join(
        f"| A{number} | Give the batch a pool of its own | Juno Papercliff | 2026-05-02 | {key} | prevent | open |\n"
        for number, key in enumerate(keys, start=1)
    )
    (root / "postmortems").mkdir(parents=True, exist_ok=True)
    (root / "afterword.yml").write_text(settings.replace("URL", url), encoding="utf-8")
    (root / "postmortems" / "2026-03-14-payments.md").write_text(_HEADER + rows, encoding="utf-8")
    return root


def snapshot(root: Path) -> dict[str, Any]:
    """Give what the snapshot holds, by the trackers' names."""
    content = json.loads((root / "tickets.json").read_bytes())
    trackers: dict[str, Any] = content["trackers"]
    return trackers

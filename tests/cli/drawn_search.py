"""A small archive to search in."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import drawn

SETTINGS = """\
archive: postmortems
timezone: UTC
teams: [{id: payments, name: Payments}, {id: web, name: Web}]
services:
  - {id: checkout, name: Checkout, team: payments, aliases: [basket]}
  - {id: search, name: Product search, team: web}
failure_classes:
  - {id: dependency}
  - {id: certificate, name: Certificate, broader: dependency}
  - {id: capacity}
"""
SITE = "site_name: Ours\nsite_url: https://pm.example.org/x/\ndocs_dir: postmortems\nplugins: [afterword]\n"
RECORD = """\
---
title: {title}
date: {date}
severity: {severity}
status: {status}
kind: outage
services: [{service}]
failure_class: [{failure_class}]
detected_by: {detected}
incidents: [{incident}]
authors: [Petra Vellumworth]
---

## Summary

{summary}

## Contributing factors

- {cause}

## Action items

| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | {action} | Juno Papercliff | 2026-12-28 | {ticket} | prevent | {state} |

## Lessons learned

{lesson}
"""
USUAL = {
    "title": "Orders failed",
    "severity": "sev2",
    "status": "final",
    "service": "checkout",
    "failure_class": "capacity",
    "detected": "alert",
    "incident": "INC-1",
    "summary": "Customers could not order for an hour.",
    "cause": "The queue had no limit",
    "action": "Set a limit",
    "ticket": "PAY-1",
    "state": "done 2026-05-01",
    "lesson": "Queues need limits.",
}
POOL = "2026-03-14-pool-exhausted"
CERTIFICATE = "2025-02-02-certificate-expired"
SLOW = "2024-06-01-search-slow"
RECORDS = {
    POOL: {
        "title": "Payments failed while a batch ran",
        "severity": "sev1",
        "incident": "INC-142",
        "cause": "The batch leaked the connections of the connection pool",
        "action": "Close connections on every path of `pool.acquire()`",
        "ticket": "PAY-4411",
        "state": "open",
        "lesson": "ERROR: remaining connection slots are reserved <!-- internal -->for the kraken<!-- /internal -->",
    },
    CERTIFICATE: {
        "title": "The certificate of the gateway expired",
        "failure_class": "certificate",
        "detected": "customer",
        "incident": "INC-9",
        "cause": "Nobody was told that the certificate would expire",
    },
    SLOW: {
        "title": "Searches were slow",
        "severity": "sev3",
        "status": "draft",
        "service": "search",
        "incident": "INC-7",
        "cause": "A pool of threads was small, and each connection held one",
        "lesson": "Café menus are searched at noon.",
    },
}


def record(name: str, **changed: str) -> str:
    """Draw the record of an id."""
    return RECORD.format(**{**USUAL, **RECORDS.get(name, {}), "date": name[:10], **changed})


def draw_archive(folder: Path, site: str = SITE) -> Path:
    """Write the archive, and give its folder."""
    tree: dict[str, str | bytes] = {
        ".git/HEAD": "",
        "afterword.yml": SETTINGS,
        "postmortems/index.md": "# Pool\n",
    }
    if site:
        tree["mkdocs.yml"] = site
    tree |= {f"postmortems/{name[:4]}/{name}.md": record(name) for name in RECORDS}
    with drawn(folder, tree) as made:
        return made


def path_of(folder: Path, name: str) -> Path:
    """Give the file of a record."""
    return folder / "postmortems" / name[:4] / f"{name}.md"

"""An archive in which every field, section, cell, file name and setting attacks whoever reads the site."""

from __future__ import annotations

import json
from urllib.parse import quote

PAYLOADS = (
    "<script>ran(1)</script>",
    '"><img src=x onerror=ran(2)>',
    "'><svg/onload=ran(3)><use href=\"data:image/svg+xml,<svg id='x' onload='ran(3)'/>#x\"/>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=ran(4)&gt;">',
    '<noscript><p title="</noscript><img src=x onerror=ran(5)>"><template><img src=x onerror=ran(5)></template>',
    '<base href="https://evil.example/"><meta http-equiv=refresh content="0;url=https://evil.example/">',
    "<form action=javascript:ran(6)><button formaction=javascript:ran(6) autofocus onfocus=ran(6)>x</button><input id=__config>",
    "<style>@import 'https://evil.example/x.css';</style><b style='background:url(//evil.example)'>x</b>",
    "[a](java&#10;script:ran(7)) <a href='&#1;javascript&colon;ran(7)'>b</a> <javascript:ran(7)> ![c](https:/evil.example/c.png)",
    "</title></textarea></style></script><script>ran(8)</script><plaintext>",
    "&lt;img src=x onerror=ran(9)&gt; {{ 7*7 }} ${7*7}",
    "=cmd|'/C calc'!A0;=1+1",
    "a\u202eb\x1b[31m\x9b31m\n::error::c",
)
WORDS = ("script", "img", "onerror", "ran", "evil", "checkout")
"""What finds the records on the search page."""
WORDS_OF_TITLES = ("onerror", "img", "checkout")
"""What finds them in the theme's search box, which knows titles, services and classes."""

SITE = """\
site_name: Hostile
site_url: https://example.org/
repo_url: https://git.example.org/ops
edit_uri: edit/main/docs/
theme: { name: material, font: false, features: [content.action.edit, search.highlight, search.suggest] }
plugins: [search, afterword]
"""
SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:h="http://www.w3.org/1999/xhtml" onload="ran(20)">
<script>ran(20)</script><h:script>ran(20)</h:script><h:img src="x" onerror="ran(20)"/><image href="https://evil.example/i"/>
<a href="javascript:ran(20)"><text y="9">kept</text></a><rect fill="url(https://evil.example/f)"/><set attributeName="onload" to="ran(20)"/></svg>"""


def tree() -> dict[str, str | bytes]:
    """Give the files of a site with a record for each payload, and with names of files that are payloads themselves."""
    records = {
        f"docs/postmortems/2026/2026-01-{number:02d}-a.md": record(number, payload).encode("utf-8")
        for number, payload in enumerate(PAYLOADS, start=1)
    }
    named = ('"><img src=x onerror=ran(21)>', "' onmouseover=ran(22) '", "\n::error::x\x1b[31m\u202e")
    for number, name in enumerate(named, start=1):
        records[f"docs/postmortems/2026/2026-02-{number:02d}-{name}.md"] = record(number, "x").encode()
    picture = '"><img src=x onerror=ran(23)>.png'
    links = f"# Handbook\n\n[a](2026/evil.svg) [b](2026/run.html) [c](2026/{quote(picture)})\n"
    return {
        "mkdocs.yml": SITE,
        "afterword.yml": _settings(),
        "docs/index.md": "# Home\n",
        "docs/postmortems/handbook.md": links,
        "docs/postmortems/2026/evil.svg": SVG,
        "docs/postmortems/2026/run.html": "<script>ran(24)</script>",
        f"docs/postmortems/2026/{picture}": b"a picture",
        **records,
    }


def record(number: int, payload: str) -> str:
    """Write a record that holds a payload wherever a record can hold text."""
    said, cell = json.dumps(payload), " ".join(payload.split()).replace("|", "\\|")
    word = said if number % 2 else "checkout"
    return f"""---
title: {said}
date: 2026-01-{number:02d}
severity: {said if number % 3 == 0 else "sev1"}
status: {said if number % 4 == 0 else "final"}
kind: {said if number % 3 == 1 else "outage"}
services: [{word}]
failure_class: [{word}]
detected_by: {said}
authors: [{{name: {said}, role: {said}}}]
commander: [{said}]
incidents: [{said}]
severity_reason: {said}
opened_as: sev0
impact: {{segments: [{said}], revenue: {{amount: 1, currency: {said}}}, teams_blocked: [{said}]}}
links: [{{rel: chat, url: "javascript:ran(30)", title: {said}}}, {{rel: {said}, url: {said}, title: {said}}}]
recurrence_of: [{said}]
recurrences: [{{date: 2026-05-01, incident: {said}, note: {said}}}]
aliases: [{said}, "2025/old.md"]
sign_off: [{{role: {said}, name: {said}}}]
retold_from: {said if number % 5 == 0 else '""'}
description: {said}
---

{payload}

## Summary

{payload} [^{cell}] [picture](evil.svg)

[^{cell}]: {payload}

> [!NOTE] {cell}
> {payload}

- [x] {payload}

## Timeline ({cell})

| Time (UTC) | Event | {cell} |
|---|:-:|--:|
| 14:03 | [TRIGGER {cell}] {cell} | {cell} |
| 14:09 | [DETECTED] {cell} | {cell} |

## {cell}

### __config

## Contributing factors

- {cell} -> A1

## Root cause analysis

Method: hybrid

- {cell} (AND)
  - {cell} -> A1
  - x -- accepted: {cell} ({cell}, 2026-09-30)

1. Why {cell}?
   Because {cell}

## Action items

| ID | Action | Owner | Due | Ticket | Category | Status | Notes | {cell} |
|---|---|---|---|---|---|---|---|---|
| A1 | {cell} | {cell} | 2026-02-01 | {cell} | {cell} | open | {cell} | {cell} |
| A2 | {cell} | {cell} | {cell} | [x](javascript:ran(31)) | prevent | {cell} | x | x |

```{cell}
{payload}
```
"""


def _settings() -> str:
    name, team, also = (json.dumps(PAYLOADS[place]) for place in (1, 0, 2))
    return f"""\
archive: docs/postmortems
services: [{{id: checkout, name: {name}, team: {team}, aliases: [{also}], renamed_from: [{also}]}}]
failure_classes: [{{id: checkout, name: {also}, aliases: [{name}]}}]
severities: [{{id: sev0, name: {also}}}, {{id: sev1, name: {name}}}]
kinds: [{{id: outage, name: {team}}}]
categories: [{{id: prevent, name: {name}}}]
people: [{{name: {name}, team: {also}}}]
trackers: [{{name: {name}, key: "PAY-#", url: "javascript:ran(40)//#"}}]
attachments: [png, svg, html]
timezone: {name}
{name}: {name}
"""

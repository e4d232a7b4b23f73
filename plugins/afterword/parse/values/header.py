"""A record's front matter, read by the table of fields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from sys import intern
from typing import Any

from afterword.model.finding import Finding, Nature
from afterword.model.header import Header
from afterword.model.settings import Settings
from afterword.model.span import Span
from afterword.parse.values.fields import BY_KEY, OWN_TYPES, PAGE_KEYS
from afterword.parse.values.readers import MAX_UNKNOWN_KEYS, below, meant_key, unknown_key, untyped_value
from afterword.parse.values.scalars import date_of_file
from afterword.parse.values.yaml_nodes import read_yaml

REQUIRED = ("title", "date", "severity", "status", "kind", "services", "failure_class", "authors")
"""Keys that every record has (docs/format.md, section 2)."""

_OWN_KEY = "begin it with `x-` to keep it as it is, or name it under `fields` in afterword.yml"


def read_header(
    text: str | None, first_line: int, settings: Settings, named: dt.date | None = None
) -> tuple[Header, tuple[Finding, ...]]:
    """Read the text between the two `---`, whose first line is line `first_line` of the file; None where there is no front matter.

    `named` is the day in the file's name: it tells which of two days a `date` in another notation means.
    A key that is written has its place in `spans` under `@` even where its value cannot be read: what is missing was never written.
    """
    if text is None:
        return Header(), ()
    root, yaml_findings = read_yaml(text, first_line)
    if root is None:
        return Header(), yaml_findings
    if root.kind != "mapping":
        what = "a list" if root.kind == "list" else "text"
        message = f"the front matter is {what}, expected lines of `key: value`"
        return Header(), (*yaml_findings, Finding("yaml-syntax", message, root.span, Nature.UNREADABLE))

    own = {field.id: field for field in settings.fields}
    values: dict[str, Any] = {}
    extra: dict[str, object] = {}
    findings = list(yaml_findings)
    spans: dict[str, Span] = {}
    unknown = 0
    for key, node in root.entries:
        # Every header has the same keys: of ten thousand, each is kept once.
        name = intern(key.text)
        spans[name], spans[intern(f"@{name}")] = node.span, key.span
        reader = BY_KEY[name].read if name in BY_KEY else None
        if named is not None and name == "date":
            reader = date_of_file(named)
        if reader is None and name in own:
            reader = OWN_TYPES.get(own[name].type)
        if reader is not None:
            result = reader(node, name, settings)
            findings += result.findings
            for path, span in result.spans.items():
                spans[intern(below(name, path))] = span
            if result.value is not None:
                (values if name in BY_KEY else extra)[name] = result.value
        elif name in PAGE_KEYS or name.startswith("x-"):
            extra[name] = untyped_value(node, resolve=name in PAGE_KEYS)
        else:
            unknown += 1
            if unknown <= MAX_UNKNOWN_KEYS:
                known = (*BY_KEY, *own, *sorted(PAGE_KEYS))
                beside = [each.text for each, _ in root.entries]
                findings.append(unknown_key(key, "", known, _OWN_KEY, beside))
    if values.get("status") == "final":
        retold = "retold_from" in values
        findings = [_as_missing(each, spans, retold) for each in findings]
    findings.sort(key=lambda finding: finding.span)
    return Header(**values, extra=extra, spans=spans), tuple(findings)


def _as_missing(finding: Finding, spans: Mapping[str, Span], retold: bool) -> Finding:
    """Let a slip in a required key weigh as much as its absence, which is not reported again."""
    key = meant_key(finding)
    if key not in REQUIRED or f"@{key}" in spans or (retold and key == "authors"):
        return finding
    return replace(finding, nature=Nature.REQUIRED)

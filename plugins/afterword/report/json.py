"""Findings for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence

from afterword.model.finding import Finding, as_mapping
from afterword.parse.text import escaped_json


def json_report(findings: Sequence[Finding], records: int, colour: bool = False) -> str:
    """Give a list of objects with path, line, column, end_line, end_column, rule, level, message and hint (null where there is none)."""
    made = json.dumps([as_mapping(finding) for finding in findings], ensure_ascii=False, indent=2)
    return escaped_json(made) + "\n"

"""Findings for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence

from afterword.model.finding import Finding


def json_report(findings: Sequence[Finding], records: int, colour: bool = False) -> str:
    """Give a list of objects with path, line, column, end_line, end_column, rule, level, message and hint (null where there is none)."""
    return json.dumps([finding_object(finding) for finding in findings], ensure_ascii=False, indent=2) + "\n"


def finding_object(finding: Finding) -> dict[str, str | int | None]:
    """Give a finding as the values that JSON holds; lines and columns are from 1, the end is exclusive."""
    return {
        "path": finding.path,
        "line": finding.span.line,
        "column": finding.span.column,
        "end_line": finding.span.end_line,
        "end_column": finding.span.end_column,
        "rule": finding.rule,
        "level": finding.level.value if finding.level else None,
        "message": finding.message,
        "hint": finding.hint,
    }

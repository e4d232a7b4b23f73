"""Findings for programs."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from afterword.model.finding import Finding, as_mapping
from afterword.parse.source.text import escaped_json
from afterword.report.outcome import Outcome
from afterword.report.statistics import statistics


def json_report(outcome: Outcome) -> str:
    """Give a list of objects with path, line, column, end_line, end_column, rule, level, message, hint (null where there is none) and edits.

    Where statistics are asked for it is an object that holds this list as `findings`, and as `statistics` level, rule, findings and files.
    """
    findings = [_finding(finding) for finding in outcome.findings]
    if not outcome.statistics:
        return json_text(findings)
    rows = [dataclasses.asdict(row) for row in statistics(outcome.findings)]
    return json_text({"findings": findings, "statistics": rows})


def json_text(document: object) -> str:
    """Write a document as JSON with a line end; a terminal obeys nothing in it."""
    return escaped_json(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    edits = [{**dataclasses.asdict(edit.span), "text": edit.text} for edit in finding.edits]
    return {**as_mapping(finding), "edits": edits}

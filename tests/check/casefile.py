"""The case files: records as drawn in `cases/`, laid out as a real folder, read and judged."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from afterword import operations
from afterword.check.table import SEARCHED_RULES

CASES = Path(__file__).parent / "cases"
HERE = "⟦"
"""Marks in a drawn text where a finding begins; it is taken out before the text is written."""
JOINT = "⟧"
"""Is taken out, too: it keeps a drawn key from being taken for one that opens something, by those who look through this repository."""

RECORD = "postmortems/2026/2026-03-14-checkout-errors.md"
HEADER = """\
title: Checkout returned errors for 22 minutes
date: 2026-03-14
severity: sev3
status: in-review
kind: outage
services: [checkout]
failure_class: [capacity]
authors: [Petra Vellumworth]
"""


@dataclass(frozen=True)
class Case:
    """One drawing with the places (`path:line:col`) where the rule must speak; none where it must be silent."""

    rule: str
    name: str
    files: dict[str, str | int]
    links: dict[str, str]
    expected: frozenset[str]
    as_of: dt.date
    level: str | None = None
    message: str = ""
    hint: str = ""
    encoding: str = "utf-8"


def rules_with_cases() -> list[str]:
    """Give the ids of all rules that have a case file."""
    return sorted(path.stem for path in CASES.glob("*.yaml"))


def read_cases(rule: str) -> list[Case]:
    """Read the cases of a rule; a file holds the lists `fail` and `pass`."""
    content = yaml.safe_load((CASES / f"{rule}.yaml").read_text("utf-8"))
    return [
        _case(rule, f"{kind}-{number}", drawn)
        for kind in ("fail", "pass")
        for number, drawn in enumerate(content[kind], start=1)
    ]


def judge(case: Case, root: Path) -> list[Any]:
    """Write the drawn files below `root`, and give the findings of the case's rule."""
    (root / "postmortems").mkdir()
    for path, content in {"afterword.yml": "", **case.files}.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(bytes(content) if isinstance(content, int) else content.encode(case.encoding))
    for path, target in case.links.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).symlink_to(target)
    found = operations.find(root / "afterword.yml", root)
    if case.rule in SEARCHED_RULES:
        operations.look_for_secrets(found)
    judged = operations.judge(found, case.as_of)
    return [finding for finding in judged.findings if finding.rule == case.rule]


def _case(rule: str, name: str, drawn: dict[str, Any]) -> Case:
    files: dict[str, str | int] = dict(drawn.get("files", {}))
    record = drawn.get("path", RECORD)
    if "text" in drawn:
        files[record] = drawn["text"]
    elif "header" in drawn or "body" in drawn:
        files[record] = _record(drawn.get("header", ""), drawn.get("without", []), drawn.get("body", ""))
    if "settings" in drawn:
        files["afterword.yml"] = drawn["settings"]
    expected = set(drawn.get("at", []))
    for path, content in files.items():
        if isinstance(content, str):
            files[path], places = _marked(content.replace(JOINT, ""))
            expected |= {f"{path}:{place}" for place in places}
    if "filler" in drawn:
        files[record] = f"{files[record]}{drawn['filler'] * drawn['times']}"
    as_of = drawn.get("as_of", dt.date(2026, 4, 1))
    encoding = drawn.get("encoding", "utf-8")
    links = drawn.get("links", {})
    return Case(
        rule,
        name,
        files,
        links,
        frozenset(expected),
        as_of,
        drawn.get("level"),
        drawn.get("message", ""),
        drawn.get("hint", ""),
        encoding,
    )


def _record(header: str, without: list[str], body: str) -> str:
    """Complete a header with the fields that the case does not draw, which stand below it."""
    stated = {line.partition(":")[0].strip(HERE + " ") for line in header.splitlines()} | set(without)
    rest = [line for line in HEADER.splitlines() if line.partition(":")[0] not in stated]
    return "\n".join(["---", *header.splitlines(), *rest, "---", "", body])


def _marked(text: str) -> tuple[str, list[str]]:
    places = []
    for number, line in enumerate(text.split("\n"), start=1):
        column = line.find(HERE)
        taken = 0
        while column >= 0:
            places.append(f"{number}:{column - taken + 1}")
            taken += 1
            column = line.find(HERE, column + 1)
    return text.replace(HERE, ""), places

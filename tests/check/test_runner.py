"""Levels, settings, suppressions and order: what happens to findings after a rule has spoken."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from afterword import operations
from afterword.check.levels import level_of, natural_level
from afterword.check.runner import MOST_OF_A_KIND, check_archive
from afterword.model.finding import Finding, Level, Nature
from afterword.model.settings import RuleSetting
from afterword.model.span import START

DAY = dt.date(2026, 4, 1)
RECORD = """\
---
title: Checkout returned errors
date: 2026-03-14
severity: sev3
status: {status}
kind: outage
services: [checkout]
failure_class: [capacity]
authors: [Petra Vellumworth]
---

{body}
"""


def _findings(root: Path, records: dict[str, str], settings: str = "") -> tuple[Finding, ...]:
    (root / "afterword.yml").write_text(settings, "utf-8")
    for path, text in records.items():
        place = root / "postmortems" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    return operations.check(operations.load(root / "afterword.yml", root), DAY)


@pytest.mark.parametrize(
    ("nature", "draft", "in_review", "final"),
    [
        (Nature.UNREADABLE, "error", "error", "error"),
        (Nature.ERROR, "error", "error", "error"),
        (Nature.CONTRADICTION, "warning", "error", "error"),
        (Nature.REQUIRED, "info", "warning", "error"),
        (Nature.MISSING, "info", "warning", "info"),
        (Nature.DATED, "warning", "warning", "warning"),
        (Nature.HINT, "info", "info", "info"),
        (Nature.WARNING, "warning", "warning", "warning"),
    ],
)
def test_level_follows_nature_and_status(nature: Nature, draft: str, in_review: str, final: str) -> None:
    """A level follows from what is wrong and how finished the record is; an unreadable status counts as in review."""
    statuses = ("draft", "in-review", "final", None, "published")
    assert [natural_level(nature, status) for status in statuses] == [
        draft,
        in_review,
        final,
        in_review,
        in_review,
    ]


def test_settings_replace_the_level() -> None:
    """Settings may raise, lower and switch off a rule, but what the day alone makes true never becomes an error."""
    hint = Finding("unknown-section", "said", START, Nature.HINT)
    dated = Finding("action-overdue", "said", START, Nature.DATED)
    for level in Level:
        rules = {"unknown-section": RuleSetting(level), "action-overdue": RuleSetting(level)}
        assert level_of(hint, "final", rules) is level
        assert level_of(dated, "final", rules) is (Level.WARNING if level is Level.ERROR else level)
    assert level_of(hint, "final", {"unknown-section": RuleSetting(options={"at_least": 1})}) is Level.INFO


def test_a_rule_that_is_off_is_not_reported(tmp_path: Path) -> None:
    """A finding whose rule the settings switch off is in no report."""
    record = RECORD.format(status="draft", body="## Statement\n")
    before = _findings(tmp_path, {"2026-03-14-a.md": record})
    after = _findings(tmp_path, {"2026-03-14-a.md": record}, 'rules: {unknown-section: "off"}\n')
    assert "unknown-section" in {finding.rule for finding in before}
    assert {finding.rule for finding in before} - {finding.rule for finding in after} == {"unknown-section"}


def test_a_comment_silences_its_rule_for_the_next_block_only(tmp_path: Path) -> None:
    """Of two sections that a rule reports, the one behind the comment is silent."""
    body = "<!-- afterword: ignore unknown-section -- asked for by the regulator -->\n## One\n\n## Two\n"
    findings = _findings(tmp_path, {"2026-03-14-a.md": RECORD.format(status="final", body=body)})
    assert [finding.span.line for finding in findings if finding.rule == "unknown-section"] == [15]
    assert "unused-suppression" not in {finding.rule for finding in findings}


def test_findings_are_sorted_and_located(tmp_path: Path) -> None:
    """Findings come by path, line, column and rule, each with a path and a level."""
    record = RECORD.format(status="final", body="## Statement\n\n## Summary\n\nShort.\n")
    findings = _findings(
        tmp_path, {"b/2026-03-14-b.md": record, "a/2026-03-14-a.md": record}, "sevices: []\n"
    )
    keys = [(each.path, each.span.line, each.span.column, each.rule) for each in findings]
    assert keys == sorted(keys)
    assert {each.path for each in findings} == {
        "afterword.yml",
        "postmortems/a/2026-03-14-a.md",
        "postmortems/b/2026-03-14-b.md",
    }
    assert all(each.level is not None for each in findings)


def test_only_some_files_are_judged(tmp_path: Path) -> None:
    """With `only`, the findings are those that the named files have among all."""
    record = RECORD.format(status="final", body="## Statement\n")
    everything = _findings(tmp_path, {"2026-03-14-a.md": record, "2026-03-14-b.md": record})
    archive = operations.load(tmp_path / "afterword.yml", tmp_path).archive
    path = "postmortems/2026-03-14-b.md"
    assert check_archive(archive, DAY, {path}) == tuple(each for each in everything if each.path == path)


def test_a_record_that_was_not_parsed_has_one_finding(tmp_path: Path) -> None:
    """Of a file beyond the limits nothing is said to be missing."""
    findings = _findings(tmp_path, {"2026-03-14-a.md": "x" * 300_000})
    assert [finding.rule for finding in findings] == ["too-large"]


def test_many_findings_of_one_rule_are_told_as_a_hundred(tmp_path: Path) -> None:
    """The last says how many more there are; other rules and other files are told whole."""
    body = "".join(f"## Statement {number}\n\n" for number in range(250))
    many, few = RECORD.format(status="final", body=body), RECORD.format(status="final", body="## Statement\n")
    findings = _findings(tmp_path, {"2026-03-14-a.md": many, "2026-03-15-b.md": few})
    unknown = [each for each in findings if each.rule == "unknown-section"]
    assert [each.path for each in unknown].count("postmortems/2026-03-14-a.md") == MOST_OF_A_KIND
    assert [each.message for each in unknown if "more of this rule" in each.message] == [unknown[99].message]
    assert unknown[99].message.endswith("; 150 more of this rule in this file")
    assert "date-mismatch" in {each.rule for each in findings}

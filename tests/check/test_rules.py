"""Each rule against its case file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import afterword
from afterword.check.reference import rule_page, rules_reference
from afterword.check.rule import Rule
from afterword.check.table import RULES
from tests.check.casefile import CASES, Case, judge, read_cases, rules_with_cases

PACKAGE = Path(afterword.__file__).parent
RULE_FILES = PACKAGE / "check" / "rules"
ALL_CASES = [case for rule in rules_with_cases() for case in read_cases(rule)]
_EMITTED = re.compile(r"\b(?:Finding|wrong|unknown|_fault)\(\s*(?:[a-z]+,\s*)?\"([a-z]+(?:-[a-z]+)*)\"")


@pytest.mark.parametrize("case", ALL_CASES, ids=[f"{case.rule}-{case.name}" for case in ALL_CASES])
def test_case(case: Case, tmp_path: Path) -> None:
    """A rule speaks at the marked places and nowhere else, and is silent about near misses."""
    findings = judge(case, tmp_path)
    places = sorted(f"{each.path}:{each.span.line}:{each.span.column}" for each in findings)
    assert places == sorted(case.expected), [each.message for each in findings]
    assert case.level is None or {each.level for each in findings} == {case.level}
    assert all(case.message in each.message for each in findings)
    assert all(case.hint in (each.hint or "") for each in findings)


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_rule_is_complete(rule: Rule) -> None:
    """Every rule has a file of its name, documentation with two examples, and cases with two near misses."""
    assert (RULE_FILES / f"{rule.id.replace('-', '_')}.py").is_file()
    assert rule.summary and rule.why and rule.bad and rule.better
    assert rule.bad != rule.better
    assert not rule.summary.endswith(".")
    cases = read_cases(rule.id)
    assert any(case.expected for case in cases)
    assert sum(not case.expected for case in cases) >= 2


def test_files_rules_and_cases_are_the_same() -> None:
    """The table lists every rule file once, in the order of ids, and no case file is left over."""
    ids = [rule.id for rule in RULES]
    assert ids == sorted(set(ids))
    assert ids == sorted(
        path.stem.replace("_", "-") for path in RULE_FILES.glob("*.py") if path.stem != "__init__"
    )
    assert rules_with_cases() == ids, CASES


def test_every_emitted_rule_is_documented() -> None:
    """Whatever reading or loading reports has a rule that explains it."""
    folders = ("parse", "check", "operations", "sources")
    sources = [
        path.read_text("utf-8") for folder in folders for path in sorted((PACKAGE / folder).rglob("*.py"))
    ]
    emitted = {rule for source in sources for rule in _EMITTED.findall(source)}
    assert len(emitted) > 50
    assert emitted <= {rule.id for rule in RULES}


def test_reference_holds_every_rule() -> None:
    """The reference page has each rule's own page, under a heading that its index links to."""
    reference = rules_reference()
    for rule in RULES:
        assert rule_page(rule, level=2) in reference
        assert f"(#{rule.id})" in reference

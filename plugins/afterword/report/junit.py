"""Findings as test results, for Jenkins and whatever else draws these."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from afterword.check.wording import counted
from afterword.model.finding import Finding
from afterword.report.one_line import within_line
from afterword.report.outcome import Outcome
from afterword.report.text import concise_line

_DECLARATION = "<?xml version='1.0' encoding='utf-8'?>\n"
# XML 1.0 has no way to write these, not even escaped.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_report(outcome: Outcome) -> str:
    """Give a suite for each file, with a case for each rule that found something there, or one that passes.

    A case fails where a finding of it makes the check fail; others pass, with their findings as output. Names hold no line numbers, so that the
    history of a case goes on when lines move.
    """
    by_file: dict[str, list[Finding]] = {path: [] for path in outcome.records}
    for finding in outcome.findings:
        by_file.setdefault(finding.path, []).append(finding)
    suites = [_suite(path, found, outcome) for path, found in sorted(by_file.items())]
    root = ET.Element("testsuites", {"name": "afterword check", **_totals(suites)})
    root.extend(suites)
    ET.indent(root)
    return _DECLARATION + ET.tostring(root, encoding="unicode") + "\n"


def _suite(path: str, findings: Sequence[Finding], outcome: Outcome) -> ET.Element:
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_rule[finding.rule].append(finding)
    cases = [_case(path, rule, found, outcome) for rule, found in sorted(by_rule.items())]
    if not cases:
        cases = [_new_case(path, "no findings")]
    failures = sum(case.find("failure") is not None for case in cases)
    counts = {"tests": str(len(cases)), "failures": str(failures), "errors": "0"}
    suite = ET.Element("testsuite", {"name": _xml(path), **counts, "time": "0"})
    suite.extend(cases)
    return suite


def _case(path: str, rule: str, findings: Sequence[Finding], outcome: Outcome) -> ET.Element:
    case = _new_case(path, rule)
    told = _xml("\n".join(_told(finding) for finding in findings))
    failing = [finding for finding in findings if outcome.fails(finding)]
    if failing:
        more = f" (and {counted(len(failing) - 1, 'more')})" if failing[1:] else ""
        message = _xml(within_line(failing[0].message)) + more
        ET.SubElement(case, "failure", {"type": rule, "message": message}).text = told
    else:
        ET.SubElement(case, "system-out").text = told
    return case


def _new_case(path: str, name: str) -> ET.Element:
    # Jenkins takes what stands before the last dot for a package.
    return ET.Element("testcase", {"classname": _xml(path).removesuffix(".md"), "name": name, "time": "0"})


def _told(finding: Finding) -> str:
    hint = f"\n    hint: {within_line(finding.hint)}" if finding.hint else ""
    return concise_line(finding) + hint


def _totals(suites: Sequence[ET.Element]) -> dict[str, str]:
    return {
        name: str(sum(int(suite.attrib[name]) for suite in suites))
        for name in ("tests", "failures", "errors")
    }


def _xml(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)

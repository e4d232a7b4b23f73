"""All forms in which findings are reported; a new one gets its line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from afterword.report.github import github_report
from afterword.report.gitlab import gitlab_report
from afterword.report.json import json_report
from afterword.report.junit import junit_report
from afterword.report.outcome import Outcome
from afterword.report.sarif import sarif_report
from afterword.report.text import concise_report, text_report


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a report.

    `for_programs`: it is UTF-8 whatever the terminal's encoding. `from_repository`: whoever reads it takes paths as relative to the root of the repository,
    wherever the command ran. `counts`: it has a place for statistics.
    """

    report: Callable[[Outcome], str]
    for_programs: bool = True
    from_repository: bool = False
    counts: bool = False


FORMS: Mapping[str, Form] = {
    "text": Form(text_report, for_programs=False, counts=True),
    "concise": Form(concise_report, for_programs=False, counts=True),
    "json": Form(json_report, counts=True),
    "sarif": Form(sarif_report, from_repository=True),
    "github": Form(github_report, from_repository=True),
    "gitlab": Form(gitlab_report, from_repository=True),
    "junit": Form(junit_report),
}

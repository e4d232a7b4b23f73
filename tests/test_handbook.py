"""The handbook: its examples are read and judged, its commands run, its numbers are the program's."""

from __future__ import annotations

import datetime as dt
import re
import shlex
import shutil
from pathlib import Path

import pytest

from afterword import operations
from afterword.authoring.agenda import LONGEST, SHORTEST, USUAL
from afterword.authoring.templates import TEMPLATES
from afterword.check.table import RULES
from afterword.derive.causes.coverage import NodeState, hybrid_join, tree_coverage, why_coverage
from afterword.derive.timing.figures import incident_figures
from afterword.model.finding import Finding
from afterword.operations.reading.loading import Loaded
from afterword.parse.settings.settings import read_settings
from tests.conftest import REPOSITORY, afterword, drawn

HANDBOOK = REPOSITORY / "postmortems" / "handbook"
PAGES = sorted(HANDBOOK.glob("*.md"))
AS_OF = dt.date(2026, 10, 20)
"""A day on which nothing that the examples promise is overdue."""

PLACE = "postmortems/2026/2026-10-06-product-pages-slow.md"
HEADER = {
    "title": "Product pages are slow or empty for 26 minutes",
    "date": "2026-10-06",
    "severity": "sev2",
    "status": "final",
    "kind": "outage",
    "services": "[edge-proxy]",
    "failure_class": "[wrong-target]",
    "authors": "[Hollis Quillfeather]",
    "published": "2026-10-14",
    "allspaw_test": "{passed: true, date: 2026-10-13}",
}
SECTIONS = {
    "Summary": "Pages were slow. The cache had been emptied. It was filled again.",
    "Impact": "Customers waited.",
    "Timeline": """\
- 10:12 [TRIGGER] The cache is emptied
- 10:20 [DETECTED] A page
- 10:39 [MITIGATED] Pages are quick
- 11:30 [RESOLVED] The cache is full""",
    "What went well": "- The page\n- The warm-up job\n- The limit",
    "What went wrong": "- The form reloads",
    "Contributing factors": "- The form reloads -> A1",
    "Root cause analysis": "Method: causal tree\n\n- Pages were slow\n  - The form reloads -> A1",
    "Action items": """\
| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Refuse an empty path | Barnaby Blotterby | 2026-10-27 | INK-1 | prevent | open |
| A2 | Ask with the number of pages | Barnaby Blotterby | 2026-10-27 | INK-2 | prevent | open |""",
    "Lessons learned": "Ask the form.",
}
"""What an example does not show of its record."""

_FENCE = re.compile(r"^```([a-z]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TIMELINE = re.compile(r"^\| Time \(.*\n(?:\|.*\n)+", re.MULTILINE)
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_COMMAND = re.compile(r"`(afterword [^`\n]+)`")


def fences(language: str) -> list[tuple[str, str]]:
    """Give the fenced blocks of the handbook in one language, each with its page."""
    return [
        (page.name, found[2])
        for page in PAGES
        for found in _FENCE.finditer(page.read_text(encoding="utf-8"))
        if found[1] == language
    ]


def examples() -> list[tuple[str, str]]:
    """Give the sections of records that the handbook shows, each with its page: fenced ones, and timelines as tables."""
    timelines = [
        (page.name, f"## Timeline\n\n{found[0]}")
        for page in PAGES
        for found in _TIMELINE.finditer(page.read_text(encoding="utf-8"))
    ]
    return [*fences("text"), *timelines]


def example(page: str, number: int = 0) -> str:
    """Give one of the record examples of a page."""
    return [shown for name, shown in examples() if name == page][number]


def load(folder: Path, shown: str = "", header: str = "") -> Loaded:
    """Read a record that is complete but for what an example shows, in an archive with this one's vocabulary."""
    stated = set(re.findall(r"^(\w+):", header, re.MULTILINE))
    severity = {"severity": "sev3"} if "Method: 5 whys" in shown else {}
    rest = [f"{key}: {value}" for key, value in ({**HEADER, **severity}).items() if key not in stated]
    pieces = _HEADING.split(shown)[1:]
    sections = {**SECTIONS, **dict(zip(pieces[::2], pieces[1::2], strict=True))}
    body = "\n\n".join(f"## {name}\n\n{text.strip()}" for name, text in sections.items())
    text = "\n".join(["---", header.strip() or "x-example: none", *rest, "---", "", body, ""])
    settings = (REPOSITORY / "afterword.yml").read_text(encoding="utf-8")
    with drawn(folder, {"afterword.yml": settings, PLACE: text}):
        return operations.load(folder / "afterword.yml", folder)


def told(findings: tuple[Finding, ...]) -> list[str]:
    """Give what is found, readable in a failed test."""
    return [f"{each.span.line}: {each.message} [{each.rule}]" for each in findings]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the archive, for commands that write into it."""
    folder = tmp_path_factory.mktemp("archive")
    shutil.copytree(REPOSITORY / "postmortems", folder / "postmortems")
    shutil.copy(REPOSITORY / "afterword.yml", folder)
    return folder


@pytest.mark.parametrize(("page", "shown"), examples())
def test_example_of_a_record_has_no_finding(page: str, shown: str, tmp_path: Path) -> None:
    """Sections that the handbook shows, put into a final record, leave nothing to say, not even a hint."""
    assert _HEADING.match(shown), f"{page}: an example begins with the section that it belongs to"
    assert told(operations.check(load(tmp_path, shown), AS_OF)) == []


@pytest.mark.parametrize(("page", "shown"), fences("yaml"))
def test_example_of_a_header_or_setting_has_no_finding(page: str, shown: str, tmp_path: Path) -> None:
    """Header fields fit into a final record, and settings are read."""
    if shown.startswith("policy:"):
        findings = read_settings(shown, "afterword.yml").findings
    else:
        findings = operations.check(load(tmp_path, header=shown), AS_OF)
    assert told(findings) == [], page


def test_examples_are_found() -> None:
    """The handbook shows a timeline, whys, a hybrid, actions, headers and a policy: the tests above are not about nothing."""
    shown = {name for name, _ in examples()}
    assert {"06-timeline.md", "08-methods.md", "09-worked-examples.md", "10-actions.md"} <= shown
    assert len(fences("yaml")) >= 6


def test_timeline_gives_the_figures_below_it(tmp_path: Path) -> None:
    """The example is detected after 7 minutes, mitigated 19 minutes later, and hurts customers for 26."""
    (record,) = load(tmp_path, example("06-timeline.md")).archive.records
    (incident,) = incident_figures(record)
    minutes = {figure.kind.id: figure.duration.total_seconds() / 60 for figure in incident.figures}
    assert [minutes[each] for each in ("time-to-detect", "time-to-mitigate", "customer-impact")] == [
        7,
        19,
        26,
    ]
    text = (HANDBOOK / "06-timeline.md").read_text(encoding="utf-8")
    assert "detected after 7 minutes, mitigated 19 minutes after that, customers affected for 26" in text


def test_hybrid_is_joined_and_answered(tmp_path: Path) -> None:
    """All three answers of the second worked example are lines of its tree, and every leaf has an action or is accepted."""
    loaded = load(tmp_path, example("09-worked-examples.md", 1))
    (record,) = loaded.archive.records
    assert [step for step, _ in hybrid_join(record)] == [0, 1, 2]
    coverage = tree_coverage(record, loaded.archive, AS_OF)
    assert coverage is not None
    assert (coverage.addressed, coverage.accepted, coverage.unaddressed) == (5, 1, ())
    assert all(answer.addressed for answer in why_coverage(record, loaded.archive, AS_OF)[2:])


def test_cancelled_action_and_candidate_answer_nothing(tmp_path: Path) -> None:
    """A cause that names the cancelled action of the example is open again, and one that names its candidate is open still."""
    tree = (
        "Method: causal tree\n\n- Disks were full\n  - The form has no forecast -> A3\n  - No limit -> A4\n"
    )
    loaded = load(tmp_path, f"## Root cause analysis\n\n{tree}\n{example('10-actions.md')}")
    (record,) = loaded.archive.records
    coverage = tree_coverage(record, loaded.archive, AS_OF)
    assert coverage is not None
    assert [leaf.state for leaf in coverage.unaddressed] == [NodeState.CANCELLED, NodeState.UNADDRESSED]


def test_meeting_has_the_minutes_of_the_agenda() -> None:
    """The table of the meeting splits its time as `afterword agenda` does."""
    text = (HANDBOOK / "11-meeting.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[?([A-Z][\w ]+)\b.*? \| (\d+) \| (\d+) \| (\d+) \|$", text, re.MULTILINE)
    for column, minutes in enumerate((SHORTEST, USUAL, LONGEST), start=1):
        done = afterword(
            "agenda", "2026-07-21-proofs-stalled-labels-doubled", "--minutes", str(minutes), folder=REPOSITORY
        )
        printed = re.findall(r"^## \d\. (.+) \((\d+) min\)$", done.stdout, re.MULTILINE)
        assert [(row[0], row[column]) for row in rows] == printed
        assert sum(int(row[column]) for row in rows) == minutes


@pytest.mark.parametrize(
    "command",
    sorted(
        {line for page in PAGES for line in _COMMAND.findall(page.read_text(encoding="utf-8"))}
        | {
            line.removeprefix("$ ")
            for _, block in fences("console")
            for line in block.replace("\\\n", " ").splitlines()
        }
    ),
)
def test_command_runs(command: str, archive: Path) -> None:
    """What the handbook tells its readers to type exists, and does its work in a copy of this archive."""
    _, name, *options = shlex.split(command)
    options = [each.replace("RECORD", "2026-07-21-proofs-stalled-labels-doubled") for each in options]
    named_alone = (name in ("new", "agenda", "summary") and not options) or name == "build"
    done = afterword(name, *(["--help"] if named_alone else options), folder=archive)
    assert done.stdout


def test_worksheets_and_rules_are_found() -> None:
    """The three worksheets, and several rules, are among the commands above."""
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    worksheets = [template.name for template in TEMPLATES if not template.is_record]
    assert len(worksheets) == 3
    assert all(f"`afterword template {name}`" in text for name in worksheets)
    named = set(re.findall(r"`afterword rule ([a-z-]+)`", text))
    assert len(named) >= 4
    assert named <= {rule.id for rule in RULES}


def test_every_page_is_reached(own_site: Path) -> None:
    """The first page links to every other, and the navigation has them in the order of their numbers."""
    text = (HANDBOOK / "index.md").read_text(encoding="utf-8")
    others = [page for page in PAGES if page.name != "index.md"]
    assert [page.name for page in others if f"]({page.name})" not in text] == []
    html = (own_site / "handbook" / "index.html").read_text(encoding="utf-8")
    listed = re.findall(r'<a href="(\d\d-[a-z-]+)/" class="md-nav__link">', html)
    assert listed == [page.stem for page in others]

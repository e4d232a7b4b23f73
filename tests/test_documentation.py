"""The documentation: generated pages are up to date, commands run, examples do what the text says, links lead somewhere."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

from afterword.check.table import RULES
from afterword.cli.main import cli
from afterword.model.words import MARKS, SECTIONS, STATUSES
from afterword.parse.settings.settings import KEYS, read_settings
from afterword.parse.source.slugs import github_slug
from afterword.parse.values.fields import FIELDS
from tests.conftest import REPOSITORY, afterword

PAGES = sorted(
    [
        *(REPOSITORY / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
        *REPOSITORY.glob("docs/**/*.md"),
    ]
)
WITH_COMMANDS = (
    "README.md",
    "docs/getting-started.md",
    "docs/export.md",
    "docs/adopting.md",
    "docs/writing.md",
    "docs/in-your-pipeline.md",
)
ENDLESS = {"serve"}
"""Commands that run until they are stopped: their options are read, and no more."""

FORMS = ("text", "json", "github")
"""Forms of a report of which the page about reports shows a finding."""

_FENCE = re.compile(r"^(`{3,})([a-z]*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]+`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def fences(name: str, language: str) -> list[str]:
    """Give the fenced blocks of a page in one language."""
    text = (REPOSITORY / name).read_text(encoding="utf-8")
    return [found[3] for found in _FENCE.finditer(text) if found[2] == language]


def commands() -> list[str]:
    """Give every command that the pages tell their readers to type, each once."""
    lines = [
        line for name in WITH_COMMANDS for block in fences(name, "console") for line in block.splitlines()
    ]
    lines = "\n".join(lines).replace("\\\n", " ").splitlines()
    typed = [line.removeprefix("$ ").split(" #")[0].strip() for line in lines if line.startswith("$ ")]
    return list(dict.fromkeys(typed))


def anchors(page: Path) -> set[str]:
    """Give the anchors that GitHub makes of a page's headings."""
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    seen: dict[str, int] = {}
    headings = re.findall(r"^#{1,6} (.+)$", text, re.MULTILINE)
    return {github_slug(heading.replace("`", ""), seen) for heading in headings}


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy what the commands of the documentation work on."""
    folder = tmp_path_factory.mktemp("clone")
    for name in ("postmortems", "site_overrides", "templates", "scripts", "tests/trackers/descriptions"):
        if (REPOSITORY / name).is_dir():
            shutil.copytree(REPOSITORY / name, folder / name)
    for name in ("afterword.yml", "mkdocs.yml", "Makefile", "pyproject.toml"):
        shutil.copy(REPOSITORY / name, folder)
    return folder


def test_generated_pages_are_up_to_date() -> None:
    """`docs/rules.md` and `docs/command-line.md` are what the code makes of them now."""
    script = REPOSITORY / "scripts" / "reference.py"
    done = subprocess.run(
        [sys.executable, str(script), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_documentation_is_a_site(tmp_path: Path) -> None:
    """`docs/` builds by the same means as an archive, strictly: no page is left out of its navigation, no link or anchor is dead."""
    config = str(REPOSITORY / "mkdocs-docs.yml")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", config, "-d", str(tmp_path / "site")],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "site" / "decisions" / "0008-authoring" / "index.html").is_file()


@pytest.mark.parametrize("command", commands())
def test_commands_run(command: str, clone: Path) -> None:
    """What the pages tell their readers to type is there, takes these options, and ends as it should."""
    program, *arguments = shlex.split(command)
    if program == "make":
        done = subprocess.run(
            ["make", "-n", *arguments], cwd=clone, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return
    if program == "pip":
        assert arguments in (
            ["install", "."],
            ["install", ".[site]"],
        )
        return
    assert program == "afterword", command
    if arguments[0] in ENDLESS:
        inner = cli.get_command(click.Context(cli), arguments[0])
        assert inner is not None
        inner.make_context(arguments[0], arguments[1:])
        return
    done = afterword(*arguments, folder=clone, code=None)
    assert done.returncode in ((0, 1) if arguments[0] == "check" else (0,)), done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_commands_are_found() -> None:
    """The pages do tell their readers to type something: the test above is not about nothing."""
    programs = {tuple(command.split()[:2]) for command in commands()}
    assert {("make", "site"), ("make", "test"), ("afterword", "check"), ("afterword", "export")} <= programs


def test_first_record_has_the_finding_that_is_quoted(tmp_path: Path) -> None:
    """The record of the first steps, checked, says the line that stands below it, and nothing at error level."""
    place = tmp_path / "postmortems" / "2026" / "2026-03-14-checkout-returned-errors-for-22-minutes.md"
    place.parent.mkdir(parents=True)
    place.write_text(fences("docs/getting-started.md", "markdown")[0], encoding="utf-8")
    said = afterword("check", "--as-of", "2026-03-20", folder=tmp_path).stdout
    for quoted in fences("docs/getting-started.md", "text"):
        assert quoted.strip() in said


def test_reports_are_those_of_the_page(tmp_path: Path) -> None:
    """The finding that the page of reports shows in three forms is told in these words by each."""
    place = tmp_path / "postmortems" / "2026-03-14-checkout.md"
    place.parent.mkdir()
    record = fences("docs/getting-started.md", "markdown")[0].replace("severity: sev3", "severity: SEV-1")
    place.write_text(record, encoding="utf-8")
    told = {form: afterword("check", "--format", form, folder=tmp_path, code=None).stdout for form in FORMS}
    text = fences("docs/reports.md", "text")
    finding, _, _, hint, _ = text[0].splitlines()
    assert f"{finding}\n{hint}\n" in told["text"]
    assert json.loads(fences("docs/reports.md", "json")[0])[0] in json.loads(told["json"])
    assert text[2].strip().removesuffix("…") in told["github"]


def test_example_of_the_readme_gives_the_figures_it_names(tmp_path: Path) -> None:
    """The README's record is detected after 10 minutes, hurts for 22, and its action is overdue on 29 March."""
    place = tmp_path / "postmortems" / "2026-03-14-checkout-errors.md"
    place.parent.mkdir()
    place.write_text(fences("README.md", "markdown")[0], encoding="utf-8")
    states = []
    for day in ("2026-03-28", "2026-03-29"):
        done = afterword("export", "json", "--as-of", day, folder=tmp_path)
        record = json.loads(done.stdout)["records"][0]
        states.append(record["actions"][0]["state"])
    seconds = {figure["id"]: figure["seconds"] for figure in record["figures"]}
    assert (seconds["time-to-detect"], seconds["customer-impact"]) == (600, 1320)
    assert states == ["open", "overdue"]
    assert [leaf["state"] for leaf in record["causal_tree"]["children"][0]["children"]] == [
        "action overdue",
        "risk accepted",
    ]


def test_example_of_the_readme_has_no_error(tmp_path: Path) -> None:
    """Whoever saves the excerpt as a file is told what it lacks, and nothing at error level."""
    place = tmp_path / "postmortems" / "2026-03-14-checkout-errors.md"
    place.parent.mkdir()
    place.write_text(fences("README.md", "markdown")[0], encoding="utf-8")
    said = afterword("check", "--as-of", "2026-03-20", folder=tmp_path).stdout
    assert "section 'Summary' is missing" in said


@pytest.mark.parametrize("list_of_pages", ["README.md", "docs/index.md"])
def test_every_page_is_listed(list_of_pages: str) -> None:
    """The README and the first page of the documentation lead to each page of `docs/`."""
    start = REPOSITORY / list_of_pages
    targets = _LINK.findall(start.read_text(encoding="utf-8"))
    linked = {(start.parent / target.partition("#")[0]).resolve() for target in targets}
    pages = {*(REPOSITORY / "docs").glob("*.md"), REPOSITORY / "docs/decisions/index.md"}
    assert pages - linked - {start, REPOSITORY / "docs/index.md"} == set()


def test_every_extra_is_listed() -> None:
    """The table of extras has those that the package declares, and no other."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    table = (REPOSITORY / "docs/adopting.md").read_text(encoding="utf-8").partition("| extra |")[2]
    listed = re.findall(r"^\| `([a-z]+)` \|", table.partition("\n\n")[0], re.MULTILINE)
    assert sorted(listed) == sorted(project["optional-dependencies"])


def test_no_command_begins_with_a_bare_name() -> None:
    """No line to copy installs Afterword from an index that has no release of it; other extras join what is installed already."""
    bare = re.compile(r"""install (?:\S+ )*['"]?afterword(?:\[site\])?['"]?(?!\s*@)(?:\s|$)""")
    blocks = (found[3] for page in PAGES for found in _FENCE.finditer(page.read_text(encoding="utf-8")))
    assert [line for block in blocks for line in block.splitlines() if bare.search(line)] == []


@pytest.mark.parametrize("block", fences("docs/settings.md", "yaml"))
def test_settings_of_the_documentation_are_read(block: str) -> None:
    """Every example of `afterword.yml` is read without a finding."""
    if block.startswith("plugins:"):
        return
    assert [finding.message for finding in read_settings(block, "afterword.yml").findings] == []


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("docs/format.md", [field.key for field in FIELDS]),
        ("docs/format.md", [*SECTIONS, *MARKS, *STATUSES]),
        ("docs/settings.md", [*KEYS, "policy"]),
    ],
)
def test_every_word_is_documented(page: str, words: list[str]) -> None:
    """No header field, section, mark, status or key of the settings is left out of the references."""
    text = (REPOSITORY / page).read_text(encoding="utf-8")
    said = {word.strip("[]") for code in re.findall(r"`([^`\n]+)`", text) for word in (code, *code.split())}
    assert [word for word in words if word not in said] == []


def test_rules_named_in_the_format_exist() -> None:
    """A rule id in parentheses is the id of a rule."""
    text = (REPOSITORY / "docs" / "format.md").read_text(encoding="utf-8")
    named = {
        word
        for group in re.findall(r"\(((?:`[a-z-]+`(?:, )?)+)\)", text)
        for word in re.findall("`([a-z-]+)`", group)
    }
    assert len(named) > 40
    assert named <= {rule.id for rule in RULES} | {"status-page", "email", "none"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPOSITORY)))
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link of the documentation leads to a file, and its fragment to a heading there."""
    text = _CODE.sub("", _FENCE.sub("", page.read_text(encoding="utf-8")))
    for target in _LINK.findall(text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, fragment = target.partition("#")
        found = (page.parent / unquote(path)).resolve() if path else page
        assert found.exists(), target
        if fragment:
            assert fragment in anchors(found), target

"""`afterword init`: an archive in an empty folder, and one in a repository whose files stay what they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml

from afterword.check.table import RULES
from tests.conftest import afterword, drawn
from tests.mkdocs_plugin.drawn_archive import read
from tests.setup.scripts import expect_to_fit

SITE = "site_name: Ours\ntheme: { name: material, font: false }\nplugins: [search, afterword]\n"


def test_an_empty_folder_becomes_an_archive(tmp_path: Path) -> None:
    """What is written has no finding, builds strictly, and its example is on the site, whose home page is called once and described; a second call changes nothing."""
    said = afterword("init", folder=tmp_path).stdout
    assert "wrote afterword.yml\n" in said
    assert "afterword new" in said
    afterword("check", "--strict", folder=tmp_path)
    afterword("build", "--strict", folder=tmp_path)
    assert (tmp_path / "site/2026/2026-01-15-newsletter-sent-twice/index.html").is_file()
    for page in ("index.html", "404.html"):
        head = (tmp_path / "site" / page).read_text(encoding="utf-8").partition("</head>")[0]
        assert "<title>Post-mortems</title>" in head
        assert '<meta name="description" content="What happened, what made it possible' in head
    before = read(tmp_path)
    again = afterword("init", folder=tmp_path).stdout
    assert "wrote" not in again
    assert read(tmp_path) == before


@pytest.mark.slow
def test_a_first_record_of_ones_own(tmp_path: Path) -> None:
    """From nothing to a published record of one's own: three commands."""
    afterword("init", "archive", folder=tmp_path)
    folder = tmp_path / "archive"
    words = ("--title", "First", "--severity", "sev3", "--kind", "outage", "--service", "a", "--class", "b")
    afterword("new", *words, "--date", "2026-03-14", folder=folder)
    afterword("build", "--strict", folder=folder)
    assert (folder / "site/2026/2026-03-14-first/index.html").is_file()
    assert (folder / "site/services/a/index.html").is_file()


def test_a_repository_keeps_its_files(tmp_path: Path) -> None:
    """Every file that was there has the same bytes afterwards; the archive goes below the site's documents, and what is left to do is said."""
    there: dict[str, str | bytes] = {
        "mkdocs.yml": "site_name: Ours\ntheme: { name: material, font: false }\n",
        "docs/index.md": "# Ours\n",
        "templates/short.md": "ours\n",
        ".gitlab-ci.yml": "ours: {}\n",
        ".gitignore": "*.pyc\n",
    }
    with drawn(tmp_path, there):
        before = read(tmp_path)
        said = afterword("init", folder=tmp_path).stdout
    after = read(tmp_path)
    assert {path: after[path] for path in before} == before
    assert yaml.safe_load(after["afterword.yml"])["archive"] == "docs/postmortems"
    assert "docs/postmortems/2026/2026-01-15-newsletter-sent-twice.md" in after
    assert ".github/workflows/publish-postmortems.yml" not in after
    assert ".github/workflows/remind-of-postmortems.yml" in after
    for wanted in (
        "plugins:\n    - search\n    - afterword",
        "to .gitlab-ci.yml",
        "- local: .gitlab/remind-postmortems.yml",
        "site/ and .afterword/",
    ):
        assert wanted in said
    (tmp_path / "mkdocs.yml").write_text(SITE, encoding="utf-8")
    afterword("build", "--strict", folder=tmp_path)


def test_a_second_time_asks_nothing_of_the_pipeline_that_it_wrote(tmp_path: Path) -> None:
    """What is missing is written again; the jobs are in the pipeline already."""
    afterword("init", "--ci", "gitlab", folder=tmp_path)
    (tmp_path / ".gitlab/remind-postmortems.yml").unlink()
    said = afterword("init", "--ci", "gitlab", folder=tmp_path).stdout
    assert "wrote .gitlab/remind-postmortems.yml" in said
    assert "add a job" not in said and "include:" not in said


def test_an_archive_with_records_gets_no_example(tmp_path: Path) -> None:
    """Where somebody has written records already, none of ours is put among them."""
    with drawn(
        tmp_path,
        {"afterword.yml": "archive: incidents\n", "incidents/2026-03-14-a.md": "---\nseverity: sev3\n---\n"},
    ):
        afterword("init", "--ci", "none", folder=tmp_path)
    assert not (tmp_path / "incidents/2026").exists()
    assert not (tmp_path / ".github").exists()
    assert not (tmp_path / ".gitlab-ci.yml").exists()


@pytest.mark.parametrize(
    ("plugins", "place"),
    [
        ("[search, afterword: { folder: incidents }]", "docs/incidents"),
        ("{ search: {}, afterword: { folder: work/incidents } }", "docs/work/incidents"),
        ("[search, afterword]", "docs"),
        ("[search, afterword]", "docs/postmortems"),
    ],
)
def test_the_archive_of_a_site_stays_where_it_is(tmp_path: Path, plugins: str, place: str) -> None:
    """Where the plugin finds the records, the new settings find them, no example joins them, and an option that is not needed any more is named."""
    record = f"{place}/2026-03-14-a.md"
    site = f"site_name: Ours\nplugins: {plugins}\n"
    with drawn(tmp_path, {"mkdocs.yml": site, "docs/index.md": "# Ours\n", record: "# Checkout down\n"}):
        before = afterword("check", "--format", "concise", folder=tmp_path, code=1).stdout
        said = afterword("init", "--ci", "none", folder=tmp_path).stdout
    assert yaml.safe_load((tmp_path / "afterword.yml").read_text("utf-8"))["archive"] == place
    assert [path.name for path in tmp_path.rglob("20*.md")] == ["2026-03-14-a.md"]
    assert record in before
    assert afterword("check", "--format", "concise", folder=tmp_path, code=1).stdout == before
    option = place.removeprefix("docs/") if "folder" in plugins else None
    assert (f"option `folder: {option}` out of mkdocs.yml" in said) == (option is not None)


def test_a_site_whose_archive_is_yet_to_come_gets_the_example_there(tmp_path: Path) -> None:
    """The plugin's option holds before the folder is made."""
    site = "site_name: Ours\nplugins: [search, afterword: { folder: incidents }]\n"
    with drawn(tmp_path, {"mkdocs.yml": site, "docs/index.md": "# Ours\n"}):
        afterword("init", "--ci", "none", folder=tmp_path)
    assert (tmp_path / "docs/incidents/2026/2026-01-15-newsletter-sent-twice.md").is_file()


def test_a_second_archive_is_not_begun_beside_that_of_a_site(tmp_path: Path) -> None:
    """`--archive` cannot name another folder than the plugin's option, as it cannot name another than the settings'."""
    site = "site_name: Ours\nplugins: [search, afterword: { folder: incidents }]\n"
    with drawn(tmp_path, {"mkdocs.yml": site, "docs/index.md": "# Ours\n"}):
        done = afterword("init", "--archive", "docs/outages", folder=tmp_path, code=2)
        assert "its archive is docs/incidents, not docs/outages" in done.stderr
        afterword("init", "--archive", "docs/incidents", folder=tmp_path)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--archive", "../elsewhere"), "does not lie below"),
        (("--archive", "."), "a folder of its own"),
        (("--archive", "notes"), "does not lie below the site's documents"),
        (("mkdocs.yml",), "is no folder"),
        (("--ci", "jenkins"), "'jenkins' is not one of"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, arguments: tuple[str, ...], reason: str) -> None:
    """Nothing is written where the archive could not be published."""
    with drawn(tmp_path, {"mkdocs.yml": SITE} if arguments[-1] in ("notes", "mkdocs.yml") else {}):
        before = read(tmp_path)
        done = afterword("init", *arguments, folder=tmp_path, code=2)
    assert reason in done.stderr
    assert read(tmp_path) == before


@pytest.mark.parametrize(
    ("there", "reason"),
    [
        ({"afterword.yml": "archve: incidents\n"}, "afterword.yml:1:1: unknown key 'archve' (did you mean"),
        ({"afterword.yml": "archive: [\n"}, "is there already, with mistakes that are to be mended first"),
        ({"mkdocs.yml": "site_name: Ours\ndocs_dir: ../pages\n"}, "documents does not lie below"),
        (
            {"mkdocs.yml": SITE, "afterword.yml": "archive: notes\n"},
            "does not lie below the site's documents",
        ),
        ({"postmortems": "ours"}, "postmortems is no folder, and postmortems/index.md would lie in it"),
        ({".github": "ours"}, ".github is no folder"),
    ],
)
def test_what_is_in_the_way_is_told_before_anything_is_written(
    tmp_path: Path, there: dict[str, str | bytes], reason: str
) -> None:
    """Settings with mistakes, documents elsewhere, a file in the place of a folder: the reason, and no half of an archive."""
    with drawn(tmp_path, there):
        done = afterword("init", folder=tmp_path, code=2)
    assert reason in done.stderr
    assert read(tmp_path) == {path: str(text).encode() for path, text in there.items()}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is closed to root")
def test_a_folder_that_is_closed_is_told(tmp_path: Path) -> None:
    """Where nothing can be written the system's reason stands in one line."""
    tmp_path.chmod(0o555)
    done = afterword("init", folder=tmp_path, code=2)
    assert done.stderr == "afterword: afterword.yml: permission denied\n"


@pytest.mark.parametrize(
    ("config", "told", "not_told"),
    [
        (
            "site_name: Ours\ndocs_dir: pages\n",
            ["add the plugin to mkdocs.yaml", "write pages/postmortems/index.md, and MkDocs lists it"],
            ["under `nav`"],
        ),
        (
            "site_name: Ours\r\ndocs_dir: pages\r\nnav:\r\n  - index.md\r\nplugins:\r\n  - search\r\n  - afterword\r\n",
            ["under `nav` in mkdocs.yaml:\n\n  - Post-mortems: postmortems/index.md"],
            ["add the plugin", "MkDocs lists it"],
        ),
        (
            "site_name: Ours\ndocs_dir: pages\nnav: [index.md, {Ours: [postmortems/index.md]}]\nplugins: [afterword]\n",
            [],
            ["add the plugin", "under `nav`", "MkDocs lists it"],
        ),
    ],
)
def test_a_site_is_told_what_it_lacks_and_nothing_else(
    tmp_path: Path, config: str, told: list[str], not_told: list[str]
) -> None:
    """By its own name, wherever its documents are and however its lines end: the plugin, and the entry that leads to the archive."""
    with drawn(tmp_path, {"mkdocs.yaml": config, "pages/index.md": "# Ours\n"}):
        said = afterword("init", "--ci", "none", folder=tmp_path).stdout
    assert "wrote pages/postmortems/2026/" in said
    assert [words for words in told if words not in said] == []
    assert [words for words in not_told if words in said] == []


def test_a_second_call_in_ones_own_site_asks_for_nothing(tmp_path: Path) -> None:
    """The site that `init` wrote is complete."""
    afterword("init", folder=tmp_path)
    said = afterword("init", folder=tmp_path).stdout
    assert "add the plugin" not in said and "lead readers" not in said


def test_a_second_call_brings_back_what_was_deleted(tmp_path: Path) -> None:
    """Home page and ways of being published too, in a site that its owner has changed; each file that stayed is listed as kept."""
    afterword("init", folder=tmp_path)
    first = "# The site of the archive. Everything of Material for MkDocs may be set here; Afterword adds the pages.\n"
    config = f"{first}site_name: Ours\ndocs_dir: postmortems\ntheme: material\nplugins: [search, afterword]\n"
    (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")
    before = read(tmp_path)
    deleted = {"postmortems/index.md", ".github/workflows/publish-postmortems.yml", ".gitlab-ci.yml"}
    for path in deleted:
        (tmp_path / path).unlink()
    lines = afterword("init", folder=tmp_path).stdout.splitlines()
    assert {line.removeprefix("wrote ") for line in lines if line.startswith("wrote ")} == deleted
    kept = [line[6:].removesuffix(", which was there") for line in lines if line.startswith("kept  ")]
    assert sorted(kept) == sorted(before.keys() - deleted)
    assert read(tmp_path) == before


def test_a_site_of_ones_own_is_published_as_its_owner_does(tmp_path: Path) -> None:
    """Also where all its documents are the archive, and the settings are there already."""
    config = f"{SITE}docs_dir: incidents\n"
    with drawn(
        tmp_path,
        {"mkdocs.yml": config, "afterword.yml": "archive: incidents\n", "incidents/readme.md": "# Ours\n"},
    ):
        afterword("init", folder=tmp_path)
    assert not (tmp_path / ".github/workflows/publish-postmortems.yml").exists()
    assert not (tmp_path / "incidents/index.md").exists()


def test_several_archives_get_no_site(tmp_path: Path) -> None:
    """Where the settings name several, what else the site holds is its owner's to say."""
    archives = "archives:\n  - {folder: docs/a, name: A}\n  - {folder: docs/b, name: B}\n"
    with drawn(tmp_path, {"afterword.yml": archives}):
        afterword("init", folder=tmp_path)
    assert not (tmp_path / "mkdocs.yml").exists()
    assert (tmp_path / "docs/a/2026/2026-01-15-newsletter-sent-twice.md").is_file()


def test_workflows_of_pull_requests_can_do_no_harm(tmp_path: Path) -> None:
    """They run `afterword check` and no build, with a token that reads, on `pull_request` and without secrets.

    GitLab shows findings only beside a report of the default branch, where they stop nothing.
    """
    afterword("init", folder=tmp_path)
    text = (tmp_path / ".github/workflows/postmortems.yml").read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    assert list(workflow[True]) == ["pull_request"]
    assert workflow["permissions"] == {"contents": "read"}
    assert "${{ secrets" not in text
    commands = [step["run"] for step in workflow["jobs"]["check"]["steps"] if "run" in step]
    assert commands == [
        'pip install "afterword[secrets]$AFTERWORD_SOURCE"',
        "afterword check --secrets --format github",
    ]
    jobs = yaml.safe_load((tmp_path / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    files = {"gitlab": "gl-code-quality-report.json", "junit": "afterword-junit.xml"}
    outputs = " ".join(f"--output {form}={file}" for form, file in files.items())
    assert jobs["check-postmortems"]["script"] == [
        'pip install "afterword[secrets]$AFTERWORD_SOURCE"',
        f"afterword check --secrets {outputs}",
    ]
    reports = jobs["check-postmortems"]["artifacts"]["reports"]
    assert reports == {"codequality": files["gitlab"], "junit": files["junit"]}
    merge_request, default_branch = jobs["check-postmortems"]["rules"]
    assert merge_request == {"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}
    assert default_branch == {"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH", "allow_failure": True}
    assert jobs["pages"]["script"][-1] == "afterword build --strict --site-dir public"


def test_workflows_install_from_a_place_that_is_named(tmp_path: Path) -> None:
    """No workflow asks an index for a name that anybody may take: each waits for a repository and a commit, in a line that `init` points out."""
    said = afterword("init", folder=tmp_path).stdout
    github = [".github/workflows/postmortems.yml", ".github/workflows/publish-postmortems.yml"]
    for path in (*github, ".gitlab-ci.yml"):
        text = (tmp_path / path).read_text(encoding="utf-8")
        workflow = yaml.safe_load(text)
        source = workflow.get("env", workflow.get("variables"))["AFTERWORD_SOURCE"]
        assert source == " @ git+https://code.example/your/afterword@" + 40 * "0"
        installs = [line for line in text.splitlines() if "pip install" in line]
        assert installs and all(line.endswith('$AFTERWORD_SOURCE"') for line in installs)
        assert path in said.partition("AFTERWORD_SOURCE")[2]
    assert "AFTERWORD_SOURCE" not in afterword("init", folder=tmp_path).stdout


@pytest.mark.parametrize(
    ("workflow", "options"),
    [
        (".github/workflows/postmortems.yml", ["vendor.github-workflows"]),
        (".github/workflows/publish-postmortems.yml", ["vendor.github-workflows"]),
        (".gitlab-ci.yml", ["vendor.gitlab-ci", "--data-transform", "gitlab-ci"]),
    ],
)
def test_workflows_are_what_their_hosts_expect(tmp_path: Path, workflow: str, options: list[str]) -> None:
    """They fit the schemas of GitHub's workflows and of GitLab's pipelines."""
    afterword("init", folder=tmp_path)
    expect_to_fit(options, tmp_path, workflow)


def test_settings_that_are_commented_out_can_be_switched_on(tmp_path: Path) -> None:
    """Every example of the new `afterword.yml` is read without a finding once its `#` is gone, and names rules that exist."""
    afterword("init", folder=tmp_path)
    path = tmp_path / "afterword.yml"
    lines = path.read_text(encoding="utf-8").splitlines()
    switched = [line.removeprefix("# ") if _is_example(line) else line for line in lines]
    path.write_text("\n".join(switched) + "\n", encoding="utf-8")
    settings = yaml.safe_load("\n".join(switched))
    assert {"services", "failure_classes", "policy", "people", "trackers", "rules"} <= set(settings)
    assert set(settings["rules"]) <= {rule.id for rule in RULES}
    (tmp_path / "postmortems/2026/2026-01-15-newsletter-sent-twice.md").unlink()
    afterword("check", "--strict", folder=tmp_path)


def _is_example(line: str) -> bool:
    """Tell an example from a remark: it is a key, or indented below one."""
    text = line.removeprefix("# ")
    return line.startswith("# ") and (
        text.startswith("  ") or (text.split(":")[0].isidentifier() and ":" in text)
    )

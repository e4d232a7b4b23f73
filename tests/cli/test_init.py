"""`afterword init`: an archive in an empty folder, and one in a repository whose files stay what they are."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from afterword.check.table import RULES
from tests.conftest import afterword, drawn

SITE = "site_name: Ours\ntheme: { name: material, font: false }\nplugins: [search, afterword]\n"


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_an_empty_folder_becomes_an_archive(tmp_path: Path) -> None:
    """What is written has no finding, builds strictly, and its example is on the site; a second call changes nothing."""
    said = afterword("init", folder=tmp_path).stdout
    assert "wrote afterword.yml\n" in said
    assert "afterword new" in said
    afterword("check", "--strict", folder=tmp_path)
    afterword("build", "--strict", folder=tmp_path)
    assert (tmp_path / "site/2026/2026-01-15-newsletter-sent-twice/index.html").is_file()
    before = _contents(tmp_path)
    again = afterword("init", folder=tmp_path).stdout
    assert "wrote" not in again
    assert _contents(tmp_path) == before


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
        before = _contents(tmp_path)
        said = afterword("init", folder=tmp_path).stdout
    after = _contents(tmp_path)
    assert {path: after[path] for path in before} == before
    assert yaml.safe_load(after["afterword.yml"])["archive"] == "docs/postmortems"
    assert "docs/postmortems/2026/2026-01-15-newsletter-sent-twice.md" in after
    assert ".github/workflows/publish-postmortems.yml" not in after
    for wanted in ("plugins:\n    - search\n    - afterword", "to .gitlab-ci.yml", "site/ and .afterword/"):
        assert wanted in said
    (tmp_path / "mkdocs.yml").write_text(SITE, encoding="utf-8")
    afterword("build", "--strict", folder=tmp_path)


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
        before = _contents(tmp_path)
        done = afterword("init", *arguments, folder=tmp_path, code=2)
    assert reason in done.stderr
    assert _contents(tmp_path) == before


def test_workflows_of_pull_requests_can_do_no_harm(tmp_path: Path) -> None:
    """They run `afterword check` and no build, with a token that reads, on `pull_request` and without secrets."""
    afterword("init", folder=tmp_path)
    text = (tmp_path / ".github/workflows/postmortems.yml").read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    assert list(workflow[True]) == ["pull_request"]
    assert workflow["permissions"] == {"contents": "read"}
    assert "secrets" not in text.replace("knows no secrets", "")
    commands = [step["run"] for step in workflow["jobs"]["check"]["steps"] if "run" in step]
    assert commands == ["pip install afterword", "afterword check"]
    jobs = yaml.safe_load((tmp_path / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    assert jobs["check-postmortems"]["script"] == ["pip install afterword", "afterword check"]
    assert jobs["pages"]["script"][-1] == "afterword build --strict --site-dir public"


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

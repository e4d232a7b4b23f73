"""`afterword new` and `afterword template`, run as a person runs them, at a terminal and without one."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from afterword.authoring.templates import TEMPLATES, shipped_text
from tests.conftest import afterword, drawn

SETTINGS = """\
format: 1
timezone: Europe/Berlin
services: [{id: checkout}, {id: search}]
failure_classes: [{id: capacity}]
"""
ANSWERS = ("--title", "Checkout down", "--service", "checkout", "--class", "capacity", "--date", "2026-03-14")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Draw a repository with settings and no record yet."""
    with drawn(tmp_path, {"afterword.yml": SETTINGS, ".git/HEAD": ""}):
        return tmp_path


@pytest.mark.parametrize(
    ("severity", "kind"),
    [("sev0", "outage"), ("SEV-3", "regression"), ("near-miss", "security"), ("sev2", "missed-launch")],
)
def test_what_it_writes_passes_as_a_draft(archive: Path, severity: str, kind: str) -> None:
    """The new file has the answers, lies in the folder of its year, and has no warning; its path is all that is printed."""
    done = afterword("new", *ANSWERS, "--severity", severity, "--kind", kind, folder=archive)
    assert done.stdout == "postmortems/2026/2026-03-14-checkout-down.md\n"
    text = (archive / done.stdout.strip()).read_text(encoding="utf-8")
    assert "timezone: Europe/Berlin" in text
    assert "services: [checkout]" in text
    assert "\nseverity: sev3" in text or severity != "SEV-3"
    afterword("check", "--strict", "--as-of", "2026-03-16", folder=archive)


def test_nothing_is_computed_from_a_template(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An untouched draft is never late, has no figure, no event and no cause; what it waits for is said, its author among it."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    new = ("new", *ANSWERS, "--severity", "sev2", "--kind", "outage")
    path = afterword(*new, folder=archive).stdout.strip()
    said = afterword("check", "--strict", "--as-of", "2026-06-01", folder=archive).stdout
    assert "'Your Name' is still to be written [placeholder]" in said
    assert not {"[no-close]", "[missing-anchor]"} & set(said.split())
    assert "There is no timeline yet" in afterword("agenda", path, folder=archive).stdout
    summary = afterword("summary", path, folder=archive).stdout
    assert "affected for" not in summary
    assert "…" not in summary
    exported = json.loads(afterword("export", "json", folder=archive).stdout)["records"][0]
    assert exported["figures"] == []
    assert exported["coverage"]["leaves"]["total"] == exported["coverage"]["factors"]["total"] == 0
    assert {event["at"] for event in exported["events"]} == {None}


@pytest.mark.parametrize("template", [each.name for each in TEMPLATES if each.is_record])
def test_templates_name_nobody(archive: Path, template: str) -> None:
    """Whoever stands in a header as it is shipped, behind `#` too, is seen as a placeholder once the record is final."""
    text = shipped_text(template).replace("status: draft", "status: final")
    people = re.compile(r"^#( (?:commander|reviewers|participants):| {3}- \{name: Their Name)", re.MULTILINE)
    path = archive / "postmortems/2026/2026-01-01-x.md"
    path.parent.mkdir(parents=True)
    path.write_text(people.sub(lambda found: found[1][1:], text), encoding="utf-8")
    said = afterword("check", str(path), folder=archive, code=1).stdout
    assert said.count("error: 'Your Name' is still to be written [placeholder]") == 1
    assert said.count("error: 'Their Name' is still to be written [placeholder]") == text.count(
        "#   - {name: Their Name"
    )


def test_a_folder_without_an_archive_is_told_where_one_begins(tmp_path: Path) -> None:
    """Beside the path, on standard error: which folder was made, and how an archive starts properly; the second record finds it."""
    words = (*ANSWERS, "--severity", "sev3", "--kind", "outage")
    first = afterword("new", *words, folder=tmp_path)
    assert first.stdout == "postmortems/2026/2026-03-14-checkout-down.md\n"
    assert f"begins one in {tmp_path / 'postmortems'}; `afterword init`" in first.stderr
    second = afterword("new", *words, "--title", "Search down", folder=tmp_path)
    assert second.stderr == ""


def test_without_settings_a_record_goes_to_the_archive_of_the_site(tmp_path: Path) -> None:
    """A site that has the plugin says where its records are, to `new` as to `check`."""
    site = "site_name: Ours\nplugins: [afterword: { folder: incidents }]\n"
    with drawn(tmp_path, {"mkdocs.yml": site, "docs/incidents/index.md": "# Ours\n"}):
        done = afterword("new", *ANSWERS, "--severity", "sev3", "--kind", "outage", folder=tmp_path)
    assert done.stdout == "docs/incidents/2026/2026-03-14-checkout-down.md\n"
    assert done.stderr == ""


def test_everything_wrong_is_told_at_once(archive: Path) -> None:
    """Each option that cannot be read is named with what was expected, and nothing is written."""
    done = afterword(
        "new", "--title", "x", "--severity", "P1", "--kind", "outag", "--service", "serch", "--class", "x y",
        folder=archive, code=2,
    )  # fmt: skip
    assert "severity 'P1' is not one of sev0" in done.stderr
    assert "(did you mean 'outage'?)" in done.stderr
    assert "(did you mean 'search'?)" in done.stderr
    assert not (archive / "postmortems").exists()


def test_commas_alone_name_nothing(archive: Path) -> None:
    """As where a script joins names, and has none."""
    done = afterword(
        "new", "--title", "x", "--severity", "sev3", "--kind", "outage", "--service", ",", "--class", " , ",
        folder=archive, code=2,
    )  # fmt: skip
    assert "a service is needed, one of checkout, search" in done.stderr
    assert "a failure class is needed" in done.stderr
    assert not (archive / "postmortems").exists()


def test_nothing_is_asked_without_a_terminal(archive: Path) -> None:
    """A script that forgets an option is told which, and does not hang."""
    done = subprocess.run(
        [sys.executable, "-c", "from afterword.cli.main import main; main()", "new", "--title", "x"],
        cwd=archive,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "--severity, --kind, --service, --class missing" in done.stderr


def test_an_id_is_given_once(archive: Path) -> None:
    """A second record of the same day and words is refused, and the first is as it was."""
    words = (*ANSWERS, "--severity", "sev3", "--kind", "outage")
    path = archive / afterword("new", *words, folder=archive).stdout.strip()
    path.write_text("mine", encoding="utf-8")
    done = afterword("new", *words, folder=archive, code=2)
    assert "has the id 2026-03-14-checkout-down already" in done.stderr
    assert path.read_text(encoding="utf-8") == "mine"
    advice = done.stderr.split("`")[-2].split()
    again = afterword("new", *words, *advice, folder=archive)
    assert again.stdout == "postmortems/2026/2026-03-14-checkout-down-2.md\n"
    third = afterword("new", *words, folder=archive, code=2)
    assert "such as `--slug checkout-down-3`" in third.stderr


def test_a_title_in_another_script_has_an_id_in_words_of_the_catalogue(archive: Path) -> None:
    """Nothing of it fits into an id; `--slug` gives better words, and says what they may hold."""
    words = (*ANSWERS, "--severity", "sev3", "--kind", "outage", "--title", "決済が止まった")
    path = afterword("new", *words, folder=archive).stdout.strip()
    assert path == "postmortems/2026/2026-03-14-checkout-outage.md"
    assert "title: 決済が止まった" in (archive / path).read_text(encoding="utf-8")
    chosen = afterword("new", *words, "--slug", "payments-stopped", folder=archive).stdout
    assert chosen == "postmortems/2026/2026-03-14-payments-stopped.md\n"
    for wrong in ("決済", "Payments Stopped", "a" * 70, "../x"):
        done = afterword("new", *words, "--slug", wrong, folder=archive, code=2)
        assert f"'{wrong}' is no part of an id" in " ".join(done.stderr.split())


@pytest.mark.parametrize("day", ["0001-01-01", "3000-01-01"])
def test_a_day_that_no_record_can_have_is_refused(archive: Path, day: str) -> None:
    """`check` could not read it, so nothing is written."""
    words = (*ANSWERS, "--severity", "sev3", "--kind", "outage", "--date", day)
    done = afterword("new", *words, folder=archive, code=2)
    assert "expected a year from 1900 to 2999" in done.stderr
    assert not (archive / "postmortems").exists()


def test_a_terminal_is_asked_until_it_answers(archive: Path) -> None:
    """At a terminal what is missing is asked for; an answer that cannot be read is explained and asked for again."""
    parent, child = pty.openpty()
    typed = (
        "Checkout down\nP1\nsev3\noutage\n\ncheck out\ncheckout, search\ncapacity\n2026-03-41\n2026-03-14\n"
    )
    os.write(parent, typed.encode())
    done = subprocess.run(
        [sys.executable, "-c", "from afterword.cli.main import main; main()", "new"],
        cwd=archive,
        stdin=child,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    os.close(child)
    os.close(parent)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "postmortems/2026/2026-03-14-checkout-down.md\n"
    assert "severity 'P1' is not one of" in done.stderr
    assert "Services, several with commas (checkout, search)" in done.stderr
    assert "a service is needed, one of checkout, search" in done.stderr
    assert "service 'check out' is no id" in done.stderr
    assert "several are separated by commas" in done.stderr
    assert "Day it started (empty: today, " in done.stderr
    assert "'2026-03-41' is no day, expected YYYY-MM-DD" in done.stderr
    assert "services: [checkout, search]" in (archive / done.stdout.strip()).read_text(encoding="utf-8")


def test_a_template_of_the_repository_wins(archive: Path) -> None:
    """What lies in `templates/` is used in the place of the shipped text, listed as the repository's own, and may have other names."""
    own = "---\ntitle: x\ndate: 2020-02-02\n---\n\n## Ours\n"
    with drawn(
        archive, {"templates/short.md": own, "templates/ours.md": own, "templates/broken.md": "no header"}
    ):
        assert afterword("template", "short", folder=archive).stdout == own
        listing = afterword("template", folder=archive).stdout
        words = (*ANSWERS, "--severity", "sev3", "--kind", "outage")
        broken = afterword("new", *words, "--template", "broken", folder=archive, code=2)
        path = afterword("new", *words, folder=archive).stdout.strip()
        unknown = afterword("template", "shrt", folder=archive, code=2)
    assert "short                 the short form, for sev3 and sev4  (yours)" in listing
    assert "ours                  a template of this repository  (yours)" in listing
    assert "postmortem            the whole post-mortem, for sev0 to sev2\n" in listing
    assert "the template 'broken' cannot be filled in: it has no header" in broken.stderr
    assert "## Ours" in (archive / path).read_text(encoding="utf-8")
    assert "(did you mean 'short'?)" in unknown.stderr


def test_the_archive_can_be_named(tmp_path: Path) -> None:
    """With several archives the first is the default; another is named, and an unknown name is refused."""
    several = "archives:\n  - {folder: docs/a, name: Ours}\n  - {folder: docs/b, name: Theirs}\n"
    words = (*ANSWERS, "--severity", "sev3", "--kind", "outage")
    with drawn(tmp_path, {"afterword.yml": several, ".git/HEAD": ""}):
        first = afterword("new", *words, folder=tmp_path).stdout
        other = afterword("new", *words, "--title", "Other", "--archive", "Theirs", folder=tmp_path).stdout
        unknown = afterword("new", *words, "--archive", "Their", folder=tmp_path, code=2)
    assert first.startswith("docs/a/2026/")
    assert other.startswith("docs/b/2026/")
    assert "(did you mean 'Theirs'?)" in unknown.stderr


def test_an_unknown_template_is_told_first(archive: Path) -> None:
    """Nobody is asked for answers that a template which is not there would take."""
    done = afterword("new", "--template", "postmortm", folder=archive, code=2)
    assert "no template 'postmortm'" in done.stderr
    assert "(did you mean 'postmortem'?)" in done.stderr

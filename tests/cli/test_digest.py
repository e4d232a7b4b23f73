"""`afterword digest`, run as a person runs it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from afterword.cli.main import cli
from tests.conftest import afterword, drawn

SITE = "site_name: Ours\nsite_url: https://pm.example.org\ndocs_dir: postmortems\nplugins: [afterword]\n"
SETTINGS = "archive: postmortems\nteams: [{id: payments, name: Payments}]\nservices: [{id: checkout, team: payments}]\n"
RECORD = """\
---
title: Payments fail
date: 2026-03-14
severity: sev1
status: final
published: 2026-03-20
services: [checkout]
---

## Summary

One payment in four failed.

## Action items

| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Give the batch a pool of its own | Juno Papercliff | 2026-03-26 | PAY-2 | prevent | open |
"""


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Draw an archive that is a site, with a record and an action."""
    tree: dict[str, str | bytes] = {
        ".git/HEAD": "",
        "mkdocs.yml": SITE,
        "afterword.yml": SETTINGS,
        "postmortems/2026/2026-03-14-payments.md": RECORD,
    }
    monkeypatch.chdir(tmp_path)
    with drawn(tmp_path, tree) as folder:
        return folder


def _digest(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["digest", *arguments])


def test_a_digest_of_the_last_days(archive: Path) -> None:
    """As Markdown, with the addresses of the site; the same input gives the same bytes, and what waits can be asked by the exit code."""
    asked = ("--as-of", "2026-03-27", "--exit-code")
    said = afterword("digest", *asked, folder=archive, code=1).stdout
    assert "[Payments fail](https://pm.example.org/2026/2026-03-14-payments/)" in said
    assert "[Give the batch a pool of its own](https://pm.example.org/2026/2026-03-14-payments/#a1)" in said
    again = _digest(*asked)
    assert (again.stdout, again.exit_code) == (said, 1)


def test_nothing_exits_well(archive: Path) -> None:
    """A week in which nothing was, and nothing waits, is one line."""
    done = _digest("--as-of", "2026-03-10", "--since", "1w", "--exit-code", "--team", "payments")
    assert done.exit_code == 0
    assert done.stdout == "Nothing happened for Payments from 3 Mar to 10 Mar 2026, and nothing is due.\n"


def test_the_ending_of_a_file_tells_the_form(archive: Path) -> None:
    """HTML for a file that is called so; another address goes before that of the site."""
    done = _digest("--as-of", "2026-03-27", "--site-url", "https://x.example/a b/", "-o", "digest.html")
    assert (done.exit_code, done.output) == (0, "")
    document = (archive / "digest.html").read_text("utf-8")
    assert document.startswith("<!doctype html>")
    assert 'href="https://x.example/a%20b/2026/2026-03-14-payments/#a1"' in document


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--since", "soon"), "'soon' is no length of time, expected such as 7d"),
        (("--since", "2026-04-01"), "--since 2026-04-01 is later than 2026-03-27"),
        (("--team", "paymnts"), "no team 'paymnts' (did you mean 'Payments'?)"),
        (("--service", "x"), "no service 'x', expected checkout"),
        (("--service", ""), "no service '', expected checkout"),
        (("--team", ""), "no team '', expected Payments"),
        (
            ("--site-url", "javascript:alert(1)"),
            "--site-url is 'javascript:alert(1)', expected an address such as",
        ),
        (("--most", "0"), "0 is not in the range"),
        (("-o", "nowhere/digest.md"), "cannot write nowhere/digest.md"),
        (
            ("-o", "digest.pdf"),
            "-o digest.pdf: markdown is not what a file with the ending .pdf holds, expected .md, .markdown, .txt",
        ),
        (("--format", "html", "-o", "digest.md"), "expected .html, .htm, .txt, or --format markdown, text"),
    ],
)
def test_what_cannot_be_is_said(archive: Path, arguments: tuple[str, ...], reason: str) -> None:
    """With what is expected, and exit code 2."""
    done = _digest("--as-of", "2026-03-27", *arguments)
    assert done.exit_code == 2
    assert reason in done.stderr
    assert not (archive / "digest.md").exists()

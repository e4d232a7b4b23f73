"""`afterword show` and `afterword tree`, run as a person runs them: at a terminal, in a pipe, into files."""

from __future__ import annotations

import os
import re
import select
import struct
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.conftest import afterword, drawn

RECORD = "2026-03-14-checkout"
HEADER = """\
---
title: Checkout down
date: 2026-03-14
severity: sev1
status: draft
kind: outage
services: [checkout]
failure_class: [capacity]
authors: [Petra Vellumworth]
timezone: UTC
---

## Summary

::error::not for a build service
"""
TREE = """
## Timeline

- 14:03 [TRIGGER] The batch starts
- 14:40 [DETECTED] ##[error] A page

## Root cause analysis

Method: causal tree

- Checkout was down (AND)
  - The pool is small (root cause) -> A1
  - Nobody is paged at 90 % -> A2

## Action items

| ID | Action | Owner | Due | Ticket | Category | Status |
|---|---|---|---|---|---|---|
| A1 | Give the batch a pool of its own | Juno Papercliff | 2026-03-20 | PAY-2 | prevent | done 2026-03-19 |
| A2 | Page at 90 % | | 2026-03-20 | PAY-3 | detect | open |
"""
WHYS = """
## Root cause analysis

Method: 5 whys

1. Why was checkout down?
   Because the pool was used up
2. Why was it?
   Because a batch held it
3. Why did it?
   Because nothing limits a batch
"""
LINES = [
    "Checkout was down (AND)",
    "├─ The pool is small (root cause)  ✓ action done: A1",
    "└─ Nobody is paged at 90 %  ! action overdue: A2",
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Draw an archive with a tree, a chain, and a record that has neither."""
    folder = tmp_path_factory.mktemp("archive")
    tree: dict[str, str | bytes] = {
        ".git/HEAD": "",
        f"postmortems/{RECORD}.md": HEADER + TREE,
        "postmortems/2026-04-01-chain.md": HEADER.replace("2026-03-14", "2026-04-01") + WHYS,
        "postmortems/2026-04-02-none.md": HEADER.replace("2026-03-14", "2026-04-02"),
    }
    with drawn(folder, tree):
        return folder


def at_a_terminal(
    folder: Path, *arguments: str, columns: int = 80, rows: int = 200, **environment: str
) -> tuple[str, int]:
    """Run the command line on a terminal of this size; give what is written there, and the exit code."""
    fcntl = pytest.importorskip("fcntl")
    termios = pytest.importorskip("termios")
    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    plain = {
        name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS", "LINES")
    }
    process = subprocess.Popen(
        [str(Path(sys.executable).parent / "afterword"), *arguments],
        cwd=folder,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**plain, "TERM": "xterm", "PAGER": "cat", "PYTHONUTF8": "1", **environment},
    )
    os.close(slave)
    written = b""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        ready, _, _ = select.select([master], [], [], 0.2)
        try:
            piece = os.read(master, 65536) if ready else b""
        except OSError:  # Linux ends a terminal that nobody writes to any more so
            break
        if not piece and process.poll() is not None:
            break
        written += piece
    os.close(master)
    return written.decode().replace("\r\n", "\n"), process.wait(10)


def test_a_pipe_has_80_columns_and_no_colour(archive: Path) -> None:
    """Header, tree and actions stand there as text, and no line is obeyed by a build service."""
    text = afterword("show", RECORD, "--as-of", "2026-03-25", folder=archive).stdout
    for line in (
        *LINES,
        "A2  Page at 90 %",
        "SUMMARY",
        "The whole record: postmortems/2026-03-14-checkout.md",
    ):
        assert line in text
    assert max(map(len, text.splitlines())) <= 80
    assert "\x1b" not in text
    assert not any(line.lstrip().startswith("::") for line in text.splitlines())
    assert "##[" not in text


def test_a_terminal_has_colours_and_its_own_width(archive: Path) -> None:
    """Words are the same without the codes, and wrap at the terminal's edge."""
    text, code = at_a_terminal(archive, "tree", RECORD, "--as-of", "2026-03-25", columns=44)
    bare = re.sub(r"\x1b\[[\d;]*m", "", text).splitlines()
    assert code == 0
    assert "\x1b[1;31m" in text
    assert max(map(len, bare)) <= 44
    assert bare[:3] == [LINES[0], "├─ The pool is small (root cause)", "│  ✓ action done: A1"]


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colours_can_be_declined(archive: Path, environment: dict[str, str]) -> None:
    """As every program's may."""
    text, _ = at_a_terminal(archive, "show", RECORD, **environment)
    assert "Checkout down" in text
    assert "\x1b" not in text


def test_what_is_longer_than_the_screen_goes_to_the_pager(archive: Path) -> None:
    """And what fits does not."""
    pager = "tr a-z A-Z"
    long, _ = at_a_terminal(archive, "show", RECORD, rows=10, PAGER=pager)
    short, _ = at_a_terminal(archive, "show", RECORD, rows=200, PAGER=pager)
    assert "CHECKOUT DOWN" in long
    assert "Checkout down" in short


def test_another_encoding_gets_ascii(archive: Path) -> None:
    """A terminal without box drawing is drawn on with what it has."""
    text, _ = at_a_terminal(archive, "tree", RECORD, NO_COLOR="1", PYTHONUTF8="0", PYTHONIOENCODING="latin-1")
    assert "`- Nobody is paged at 90 %" in text
    assert text.isascii()


def test_in_ascii_every_sign_is_spelt(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also in what no width is kept for: help, messages, lists. A letter that ASCII lacks is a question mark."""
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    shown = afterword("show", RECORD, folder=archive).stdout
    assert "Sev 1 | Outage | 14 Mar 2026 | ~ draft" in shown
    for command in (("show", RECORD), ("digest", "--format", "text"), ("new", "--help"), ("check",)):
        done = afterword(*command, folder=archive, code=None)
        assert (done.stdout + done.stderr).isascii()
        assert "?" not in done.stdout
    refused = afterword("show", "no–such…ü", folder=archive, code=2)
    assert "'no-such...?'" in refused.stderr


def test_a_png_is_not_for_a_terminal(archive: Path) -> None:
    """It is refused, and -o is named."""
    text, code = at_a_terminal(archive, "tree", RECORD, "--format", "png")
    assert code == 2
    assert "-o tree.png" in text


def test_the_ending_of_the_file_tells_the_form(archive: Path, tmp_path: Path) -> None:
    """Each form is written to its file, and nothing is said."""
    for name in ("a.txt", "a.svg", "a.png", "a.dot", "a.mmd"):
        done = afterword("tree", RECORD, "-o", tmp_path / name, "--as-of", "2026-03-25", folder=archive)
        assert done.stdout == ""
    assert (tmp_path / "a.txt").read_text("utf-8").splitlines()[:3] == LINES
    svg = (tmp_path / "a.svg").read_text("utf-8")
    assert "prefers-color-scheme" in svg
    assert sum("aw-node " in each.get("class", "") for each in ET.fromstring(svg).iter()) == 3  # noqa: S314 - our own
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "a.dot").read_text("utf-8").startswith("digraph")
    assert (tmp_path / "a.mmd").read_text("utf-8").startswith("flowchart LR\n")


def test_an_unknown_ending_is_a_wrong_use(archive: Path) -> None:
    """The endings that are known are named."""
    done = afterword("tree", RECORD, "-o", "tree.pdf", folder=archive, code=2)
    assert "expected --format or one of .txt, .svg" in done.stderr


def test_an_ending_that_says_something_else_is_a_wrong_use(archive: Path) -> None:
    """A program that opens the file would not find what its name promises."""
    done = afterword("tree", RECORD, "--format", "svg", "-o", "tree.png", folder=archive, code=2)
    assert (
        "svg is not what a file with the ending .png holds, expected .svg, .txt, .xml, or --format png"
        in done.stderr
    )
    assert not (archive / "tree.png").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("2026-04-02-none",), 1, "has neither a causal tree nor five whys"),
        (("2026-03-14-chekout",), 2, "(did you mean '2026-03-14-checkout'?)"),
    ],
)
def test_nothing_to_show_is_no_fault_of_the_command(
    archive: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    """1 where the record has nothing of the kind, 2 where the command cannot run."""
    done = afterword("tree", *arguments, folder=archive, code=code)
    assert said in done.stderr
    assert done.stdout == ""


def test_a_chain_in_the_terminal(archive: Path) -> None:
    """Five whys need no tree."""
    text = afterword("tree", "postmortems/2026-04-01-chain.md", folder=archive).stdout
    assert text.startswith("1. Why was checkout down?\n│  The pool was used up\n│\n2. ")
    svg = afterword("tree", "2026-04-01-chain", "--format", "svg", folder=archive).stdout
    nodes = re.findall(r'<g id="(svg-w-\d)" class="aw-node ', svg)
    assert nodes == ["svg-w-1", "svg-w-2", "svg-w-3"]
    assert "<a " not in svg


def test_without_the_extra_it_is_named(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the package that makes pixels is missing, one line says what brings it, and no file is begun."""
    (tmp_path / "resvg_py.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'resvg_py'\", name='resvg_py')\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    done = afterword("tree", RECORD, "-o", tmp_path / "a.png", folder=archive, code=2)
    assert done.stderr == (
        "afterword: drawing as PNG needs what `pip install 'afterword[png]'` brings (resvg_py is missing)\n"
    )
    assert not (tmp_path / "a.png").exists()


def test_without_an_engine_it_is_named(archive: Path) -> None:
    """Where nothing can lay out a drawing, the way to get what can is named; text needs none."""
    code = (
        "import afterword.sources.layout as layout; layout.WHEEL = 'no-such-engine'\n"
        f"from afterword.cli.main import main; main(['tree', '{RECORD}', '--format', FORM])"
    )
    for form, expected in (("svg", 2), ("text", 0)):
        done = subprocess.run(
            [sys.executable, "-c", code.replace("FORM", repr(form))],
            cwd=archive,
            capture_output=True,
            text=True,
            env={**os.environ, "PATH": "", "PYTHONUTF8": "1"},
            check=False,
        )
        assert done.returncode == expected
        assert ("`pip install graphviz-pure` brings one" in done.stderr) is (form == "svg")

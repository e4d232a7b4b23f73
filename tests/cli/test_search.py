"""`afterword search`, run as a person runs it."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from tests.cli.drawn_search import CERTIFICATE, POOL, SLOW, draw_archive, path_of, record
from tests.command import PROGRAM
from tests.conftest import afterword


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Draw an archive, with a cache of its own."""
    monkeypatch.setenv("AFTERWORD_CACHE", str(tmp_path / "cache"))
    (tmp_path / "archive").mkdir()
    return draw_archive(tmp_path / "archive")


def found(folder: Path, *arguments: str, code: int = 0) -> list[str]:
    """Give the ids that a search finds, in their order."""
    return [each["id"] for each in answer(folder, *arguments, code=code)["records"]]


def answer(folder: Path, *arguments: str, code: int | None = 0) -> dict[str, Any]:
    """Give the JSON that a search writes."""
    done = afterword("search", *arguments, "--format", "json", folder=folder, code=code)
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def test_records_with_passages(archive: Path) -> None:
    """Each has its facts, its place for an editor, and where it was found; the best is first, a pipe gets no colour."""
    said = afterword("search", "connection", "pool", folder=archive).stdout
    lines = said.splitlines()
    assert lines[0] == " 1. Payments failed while a batch ran"
    assert lines[1] == "    sev1 · 2026-03-14 · checkout · capacity · 1 open action"
    place, _, line = lines[2].strip().rpartition(":")
    assert place == f"postmortems/2026/{POOL}.md"
    assert "connection pool" in (archive / place).read_text("utf-8").splitlines()[int(line) - 1]
    assert lines[3].startswith("    cause: The batch leaked the connections of the connection pool")
    assert lines[-1] == "2 records"
    assert "\x1b" not in said


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (("PAY-4411",), [POOL]),
        (("inc-9",), [CERTIFICATE]),
        ((SLOW,), [SLOW]),
        (("pool.acquire()",), [POOL]),
        (("ERROR: remaining connection slots are reserved",), [POOL]),
        (('"connection pool"',), [POOL]),
        (("cafe menu",), [SLOW]),
        (("certif",), [CERTIFICATE]),
        (("kraken",), [POOL]),
        (("basket",), []),
    ],
)
def test_what_is_typed_is_found(archive: Path, words: tuple[str, ...], ids: list[str]) -> None:
    """Tickets, incidents, ids, code, messages, phrases, other forms and beginnings of words; internal text and drafts, too."""
    assert found(archive, *words, code=0 if ids else 1) == ids


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (("--service", "basket"), [POOL, CERTIFICATE]),
        (("--service", "basket", "--service", "search"), [POOL, CERTIFICATE, SLOW]),
        (("--team", "Web"), [SLOW]),
        (("--severity", "SEV-1"), [POOL]),
        (("--class", "dependency"), [CERTIFICATE]),
        (("--class", "Certificate"), [CERTIFICATE]),
        (("--status", "draft"), [SLOW]),
        (("--detection", "customer"), [CERTIFICATE]),
        (("--kind", "outage", "--year", "2025"), [CERTIFICATE]),
        (("--open-actions",), [POOL]),
        (("--since", "2025-02-02"), [POOL, CERTIFICATE]),
        (("--since", "2024-06-02", "--until", "2025-02-02"), [CERTIFICATE]),
        (("--until", "90d", "--limit", "1", "--year", "2024"), [SLOW]),
    ],
)
def test_filters(archive: Path, filters: tuple[str, ...], ids: list[str]) -> None:
    """Any value of one filter may fit, all filters must; without words the newest is first."""
    assert found(archive, *filters) == ids


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("x", "--severity", "sev9"),
            "--severity: no severity 'sev9', expected near-miss, sev0, sev1, sev2, sev3, sev4",
        ),
        (("x", "--service", "chekout"), "--service: no service 'chekout' (did you mean 'checkout'?)"),
        (("x", "--year", "1999"), "--year: no year '1999', expected 2024, 2025, 2026"),
        (("x", "--since", "soon"), "'soon' is no length of time"),
        (("--since", "2026-01-01", "--until", "2025-01-01"), "no day is in both"),
        (("???",), "'???' has no letter or digit to look for"),
        (("certificate", "--open", "7"), "--open 7: only 1 record is found"),
    ],
)
def test_wrong_use(archive: Path, arguments: tuple[str, ...], said: str) -> None:
    """What nobody can have meant ends with 2, and with what was probably meant."""
    assert said in afterword("search", *arguments, folder=archive, code=2).stderr


def test_slips_are_forgiven_and_told(archive: Path) -> None:
    """A word that no record has is taken for the nearest, which is said before the records."""
    done = afterword("search", "certifcate", folder=archive)
    assert done.stdout.startswith("no record has *certifcate*; shown for *certificate*\n")
    told = answer(archive, "certifcate")
    assert told["corrected"] == [{"word": "certifcate", "shown_for": "certificate"}]
    assert [each["id"] for each in told["records"]] == [CERTIFICATE]


def test_most_words_where_none_has_all(archive: Path) -> None:
    """A record without one of the words says so; what is in quotes is needed."""
    told = answer(archive, "certificate", "gateway", "threads")
    assert told["whole"] == 0
    assert [(each["id"], each["lacking"]) for each in told["records"]] == [
        (CERTIFICATE, ["threads"]),
        (SLOW, ["certificate", "gateway"]),
    ]
    assert found(archive, '"pool certificate"', code=1) == []


def test_nothing_found(archive: Path) -> None:
    """It ends with 1, writes nothing for a pipe, and says what may help."""
    done = afterword("search", "zeppelin", folder=archive, code=1)
    assert done.stdout == ""
    assert done.stderr.splitlines()[:2] == ["no record has *zeppelin*", "nothing found"]
    done = afterword("search", "certificate", "--service", "search", folder=archive, code=1)
    assert "without filters 1 record is found" in done.stderr


def test_json_marks_what_was_found(archive: Path) -> None:
    """The marks are positions in the text of a passage; the address is that of the site."""
    told = answer(archive, "connections leaked")
    first = told["records"][0]
    assert (told["format"], told["total"]) == (1, 1)
    assert first["url"] == f"https://pm.example.org/x/2026/{POOL}/"
    passage = first["passages"][0]
    assert (passage["where"], passage["anchor"]) == ("cause", "factors")
    assert {passage["text"][begin:end] for begin, end in passage["marks"]} >= {"leaked", "connections"}


def test_changes_are_seen_at_once(archive: Path) -> None:
    """Records that were edited, added, moved and removed are found as they are now, whatever their time says."""
    assert found(archive, "zeppelin", code=1) == []
    path = path_of(archive, POOL)
    before = path.stat()
    path.write_text(record(POOL, cause="The batch leaked the connections of a zeppelin, by now"), "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert found(archive, "zeppelin") == [POOL]
    path.rename(path.with_name("2026-03-15-renamed.md"))
    assert found(archive, "zeppelin") == ["2026-03-15-renamed"]
    path.with_name("2026-03-15-renamed.md").unlink()
    assert found(archive, "zeppelin", code=1) == []


@pytest.mark.slow
def test_an_updated_index_answers_as_a_new_one(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of one id come and go, words appear and vanish: answers, scores and corrections are those of an index made now."""
    asked = (
        ("connection",),
        ("pool thread",),
        ("certifcate",),
        ("conection",),
        (POOL,),
        ("--service", "checkout"),
    )
    other = archive / "postmortems" / "2020" / f"{POOL}.md"
    other.parent.mkdir()
    steps = (
        lambda: other.write_text(record(POOL, title="A second one"), "utf-8"),
        lambda: path_of(archive, SLOW).write_text(record(SLOW, cause="conections"), "utf-8"),
        lambda: other.unlink(),
        lambda: path_of(archive, SLOW).write_text(record(SLOW), "utf-8"),
    )
    for number, step in enumerate(steps):
        step()
        updated = [answer(archive, *each, code=None) for each in asked]
        kept = os.environ["AFTERWORD_CACHE"]
        monkeypatch.setenv("AFTERWORD_CACHE", f"{kept}-{number}")
        assert updated == [answer(archive, *each, code=None) for each in asked]
        monkeypatch.setenv("AFTERWORD_CACHE", kept)
        if number == 0:
            assert {each["id"] for each in updated[4]["records"]} == {POOL, f"{POOL}-2"}


def test_a_damaged_index_is_made_again(archive: Path) -> None:
    """Cut off, overwritten or emptied, it answers as before."""
    whole = found(archive, "connection")
    (index,) = (Path(os.environ["AFTERWORD_CACHE"]) / "search").glob("*.sqlite")
    content = index.read_bytes()
    damages = (b"", b"no database", content[: len(content) // 2], content[:4096] + bytes(len(content) - 4096))
    for damaged in damages:
        index.write_bytes(damaged)
        assert found(archive, "connection") == whole


def test_a_cache_that_cannot_be_written(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is searched all the same, and why nothing is kept is said."""
    place = archive.parent / "file"
    place.write_text("", "utf-8")
    monkeypatch.setenv("AFTERWORD_CACHE", str(place))
    done = afterword("search", "kraken", folder=archive)
    assert "Payments failed" in done.stdout
    assert "the search index cannot be kept in" in done.stderr


def test_two_at_once(archive: Path) -> None:
    """Several processes that begin without an index all find what is there, and leave one index."""
    command = [str(PROGRAM), "search", "kraken", "--format", "json"]
    running = [subprocess.Popen(command, cwd=archive, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    outputs = [each.communicate()[0] for each in running]
    assert [json.loads(output)["total"] for output in outputs] == [1, 1, 1]
    (index,) = [
        each for each in (Path(os.environ["AFTERWORD_CACHE"]) / "search").iterdir() if each.name[0] != "."
    ]
    assert index.suffix == ".sqlite"


@pytest.mark.parametrize("seconds", [0.2, 0.5, 0.8])
def test_killed_while_indexing(archive: Path, seconds: float) -> None:
    """Whenever a search is killed, the next one finds everything."""
    for number in range(60):
        name = f"2023-01-01-more-{number}"
        path_of(archive, name).parent.mkdir(exist_ok=True)
        path_of(archive, name).write_text(record(name, summary="A walrus was there."), "utf-8")
    killed = subprocess.Popen([str(PROGRAM), "search", "walrus"], cwd=archive, stdout=subprocess.DEVNULL)
    time.sleep(seconds)
    killed.kill()
    killed.wait()
    assert answer(archive, "walrus")["total"] == 60


@pytest.mark.parametrize(
    "arguments", [("certificate", "--open"), ("--open", "certificate"), ("--open=1", "certificate")]
)
def test_open(archive: Path, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """The page opens where the words are, wherever the option stands."""
    told = archive.parent / "told"
    browser = archive.parent / "browser"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > {told}\n', "utf-8")
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{browser} %s")
    said = afterword("search", *arguments, folder=archive).stdout
    assert said == f"https://pm.example.org/x/2025/{CERTIFICATE}/#factors\n"
    assert told.read_text("utf-8") == said.strip()


def test_open_without_a_published_site(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page that was built here opens, and without one the file is named."""
    monkeypatch.setenv("BROWSER", "true %s")
    (archive / "mkdocs.yml").write_text(
        "site_name: Ours\ndocs_dir: postmortems\nplugins: [afterword]\n", "utf-8"
    )
    done = afterword("search", "certificate", "--open", folder=archive)
    assert done.stdout.startswith(f"postmortems/2025/{CERTIFICATE}.md:")
    assert "no page to open" in done.stderr
    page = archive / "site" / "2025" / CERTIFICATE / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("", "utf-8")
    assert afterword("search", "certificate", "--open", folder=archive).stdout == f"{page.as_uri()}#factors\n"


def test_a_terminal_sees_the_hits(archive: Path) -> None:
    """The words that were found are painted, and nothing that a record says is obeyed."""
    path_of(archive, SLOW).write_text(record(SLOW, cause="A walrus \x1b[31mpool"), "utf-8")
    main, side = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "PAGER": "cat", "PYTHONUTF8": "1"}
    done = subprocess.Popen([str(PROGRAM), "search", "walrus"], cwd=archive, stdout=side, env=environment)
    os.close(side)
    said = b""
    try:
        while piece := os.read(main, 65536):
            said += piece
    except OSError:  # the end, on Linux
        pass
    assert done.wait() == 0
    assert b"\x1b[1;33mwalrus\x1b[0m" in said
    assert b"\x1b[31m" not in said


def test_without_full_text(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python whose SQLite is missing says so in a line."""
    stand_in = archive.parent / "modules"
    stand_in.mkdir()
    (stand_in / "sqlite3.py").write_text("raise ModuleNotFoundError('no module', name='_sqlite3')\n", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(stand_in))
    done = afterword("search", "x", folder=archive, code=2, fresh=True)
    assert "built without SQLite" in done.stderr
    assert "Traceback" not in done.stderr


def test_several_archives(archive: Path) -> None:
    """Records of all archives are found, each at its archive's address."""
    (archive / "afterword.yml").write_text(
        "archives:\n  - {folder: postmortems, name: ours, address: ours}\n  - {folder: theirs, name: theirs, address: b}\n",
        "utf-8",
    )
    other = archive / "theirs" / "2026-01-01-walrus.md"
    other.parent.mkdir()
    other.write_text(record("2026-01-01-walrus", cause="A pool of walruses"), "utf-8")
    urls = {each["id"]: each["url"] for each in answer(archive, "pool")["records"]}
    assert urls["2026-01-01-walrus"] == "https://pm.example.org/x/b/2026/2026-01-01-walrus/"
    assert urls[POOL] == f"https://pm.example.org/x/ours/2026/{POOL}/"


def test_no_archive(tmp_path: Path) -> None:
    """Where there is none, that is said."""
    assert "no archive folder" in afterword("search", "x", folder=tmp_path, code=2).stderr

"""Commands that look at all records and show few keep what they read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.generate import write_archive

from afterword import operations
from afterword.derive.promises.action_choice import Choice
from afterword.derive.promises.reach import Reach
from afterword.operations import Judged
from afterword.operations.actions import asked_actions as actions
from afterword.operations.actions.reviewing import weekly_review
from afterword.operations.cannot_run import CannotRunError
from afterword.operations.reading.known_archive import has_known, open_known
from afterword.operations.reading.subject import find_subject
from afterword.operations.telling.digest import Asked, write_digest
from afterword.operations.telling.meeting import record_agenda, record_summary
from afterword.operations.telling.showing import show_causes, show_record
from afterword.render.text.terminal import Terminal
from afterword.sources.cache import Cache

DAY = dt.date(2026, 11, 20)
TEXT = Terminal()


def records(folder: Path) -> list[Path]:
    """Give the files of the records."""
    return sorted((folder / "postmortems").glob("20*/*.md"))


def told(folder: Path, as_of: dt.date | None) -> list[str | bytes]:
    """Give what every such command says."""
    config = folder / "afterword.yml"
    asked = actions.ask(Choice(everything=True), config, as_of)
    return [
        *(actions.FORMS[form](asked, TEXT) for form in actions.FORMS),
        *(weekly_review(form, TEXT, None, config, as_of)[0] for form in ("text", "markdown", "json")),
        write_digest(Asked(Reach.read("5y")), config, as_of).text,
        *(
            each
            for path in records(folder)[:2]
            for each in (
                show_record(path.stem, TEXT, config, as_of),
                show_causes(path.stem, "text", TEXT, config, as_of),
                record_agenda(path.stem, config, as_of),
                record_summary(path.stem, config, as_of),
            )
        ),
    ]


@pytest.mark.parametrize(
    "as_of", [pytest.param(None, id="today"), pytest.param(DAY, id="another day", marks=pytest.mark.slow)]
)
def test_what_is_kept_says_what_the_files_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, as_of: dt.date | None
) -> None:
    """Before and after an edit, a record that is gone, a second one of the same id, and another word in the settings."""
    write_archive(tmp_path / "it", 8)
    folder = tmp_path / "it"
    first, second, third, *_ = records(folder)
    settings = folder / "afterword.yml"

    def changes() -> Iterator[None]:
        yield
        first.write_text(first.read_text("utf-8").replace("\ntitle: ", "\ntitle: Once more: ", 1), "utf-8")
        yield
        second.unlink()
        yield
        (third.parent.parent / third.name).write_text(third.read_text("utf-8"), "utf-8")
        yield
        settings.write_text(settings.read_text("utf-8").replace("name: Billing", "name: Bills"), "utf-8")
        yield

    for _ in changes():
        monkeypatch.setenv("AFTERWORD_CACHE", "off")
        files = told(folder, as_of)
        monkeypatch.setenv("AFTERWORD_CACHE", str(tmp_path / "kept"))
        assert told(folder, as_of) == files
        assert told(folder, as_of) == files


def test_a_record_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an edit that one alone; in another archive that shares the cache all of them, though they are called the same."""
    monkeypatch.setenv("AFTERWORD_CACHE", str(tmp_path / "kept"))
    write_archive(tmp_path / "one", 12)
    write_archive(tmp_path / "two", 12)

    def read(name: str) -> int:
        counts: list[int] = []
        open_known(tmp_path / name / "afterword.yml", progress=lambda done, _: counts.append(done))
        return len(counts)

    assert [read("one"), read("one")] == [12, 0]
    edited = records(tmp_path / "one")[3]
    edited.write_text(edited.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")
    assert [read("one"), read("one")] == [1, 0]
    assert [read("two"), read("two"), read("one")] == [12, 0, 0]


def test_a_past_day_is_asked_of_what_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a file says is the same on every day; what is found in one record is found then."""
    monkeypatch.setenv("AFTERWORD_CACHE", str(tmp_path / "kept"))
    write_archive(tmp_path, 6)
    config, name = tmp_path / "afterword.yml", records(tmp_path)[0].stem
    counts: list[int] = []
    for day in (None, DAY, dt.date(2025, 1, 1)):
        find_subject(name, config, day, lambda done, _: counts.append(done))
    assert len(counts) == 6
    assert "which is after 1999-01-01" in record_agenda(name, config, dt.date(1999, 1, 1))


def test_a_record_is_shown_as_its_file_is_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also one that lies in no archive, and one whose id another has."""
    monkeypatch.setenv("AFTERWORD_CACHE", str(tmp_path / "kept"))
    write_archive(tmp_path, 6)
    one, other, *_ = records(tmp_path)
    stray, same = tmp_path / other.name, tmp_path / "postmortems" / one.name
    stray.write_text(other.read_text("utf-8").replace("\ntitle: ", "\ntitle: Astray: ", 1), "utf-8")
    same.write_text(one.read_text("utf-8").replace("\ntitle: ", "\ntitle: Again: ", 1), "utf-8")
    config = tmp_path / "afterword.yml"
    for _ in range(2):
        assert "Astray: " in show_record(str(stray), TEXT, config)
        assert "Again: " in show_record(f"{one.stem}-2", TEXT, config) or "Again: " in show_record(
            one.stem, TEXT, config
        )
        assert f"{one.stem}-2" in show_record(f"{one.stem}-2", TEXT, config)


@pytest.mark.parametrize("with_secrets", [False, True], ids=["usual", "secrets"])
def test_check_finds_the_same_in_what_is_kept(tmp_path: Path, *, with_secrets: bool) -> None:
    """Of all records and of one, after edits, beside a record that cannot be read, and where what a record links to comes and goes."""
    write_archive(tmp_path, 8)
    one, other, third, *_ = records(tmp_path)
    key = "AKIA" + "QYLPMN5HHHFPZAM2"
    one.write_text(one.read_text("utf-8") + f"\nSomebody should have known {key}. [It](seen.log)\n", "utf-8")
    third.write_text("---\ntitle: [\n---\nText\n", "utf-8")
    cache = Cache(tmp_path / "kept")

    def judged(paths: tuple[Path, ...] = (), cache: Cache | None = None) -> Judged:
        found = operations.find(start=tmp_path, paths=paths)
        if with_secrets:
            operations.look_for_secrets(found)
        return operations.judge(found, cache=cache)

    def changes() -> Iterator[None]:
        yield
        other.write_text(other.read_text("utf-8").replace("\ntitle: ", "\ntitle: Once more: ", 1), "utf-8")
        yield
        (one.parent / "seen.log").write_text(f"aws_key = {key}\n", "utf-8")
        yield
        (tmp_path / "postmortems" / other.name).write_text(other.read_text("utf-8"), "utf-8")
        yield
        (tmp_path / "afterword.yml").write_text("format: 1\nrules: { should-have: off }\n", "utf-8")
        yield

    found = [len(judged((one,), cache).findings)]
    assert not has_known(cache)
    for _ in changes():
        for paths in ((), (one,), (one, third)):
            assert judged(paths, cache) == judged(paths) == judged(paths, cache)
        found.append(len(judged((), cache).findings))
    assert has_known(cache) and len(set(found)) > 3


def test_what_changes_before_it_is_reassigned_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody saves the file while all others are read: of ten thousand that takes a while."""
    monkeypatch.setenv("AFTERWORD_CACHE", str(tmp_path / "kept"))
    write_archive(tmp_path, 6)
    asked = actions.ask(Choice(), tmp_path / "afterword.yml")
    edited = tmp_path / asked.views[0].record.path
    text = edited.read_text("utf-8").replace("## Action items", "One more sentence.\n\n## Action items")
    edited.write_text(text, "utf-8")
    with pytest.raises(CannotRunError, match=f"{edited.name}: the file was changed while it was read"):
        actions.reassigned(asked, "Lin Ito")

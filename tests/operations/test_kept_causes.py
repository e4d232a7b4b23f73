"""What is answered of causes, kept between builds: judged again where it may be another."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from afterword.derive.causes.archive_coverage import causes_of
from afterword.derive.causes.record_causes import RecordCauses
from afterword.model.archive import Archive
from afterword.model.record import Postmortem
from afterword.operations.overview.kept_causes import kept_causes
from afterword.sources.kept_pages import KeptPages
from tests.derive.drawn_records import a_record, actions, an_archive, day, tree

FIRST = a_record(
    "2026-01-01-first",
    tree=tree("Sign-in fails\n  The certificate expired -> A1\n  Nobody watches it"),
    actions=actions("A1 | open | due 2026-05-01"),
)
NAMING = a_record(
    "2026-01-02-naming", tree=tree("Mail is late\n  The same certificate -> 2026-01-01-first#A1")
)
ACCEPTED = a_record(
    "2026-01-03-accepted",
    tree=tree("Payments fail\n  The pool is small -- accepted 2026-06-01\n  Others"),
)
NOBODY = a_record("2026-01-04-nobody", tree=tree("It is slow\n  It lost its way -> 2026-01-09-gone#A1"))
RECORDS = (FIRST, NAMING, ACCEPTED, NOBODY)
DAY = day("2026-04-01")


def _judged(archive: Archive, on: str, kept: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the ids of the records that are judged on a day; what comes of it is that of a first time."""
    asked: list[str] = []
    judge = RecordCauses.of

    def of(record: Postmortem, *others: object) -> RecordCauses:
        asked.append(record.id[11:])
        return judge(record, *others)

    facts = {record.path: sha256(repr(record).encode()).hexdigest() for record in archive.records}
    with monkeypatch.context() as patched:
        patched.setattr(RecordCauses, "of", of)
        found = kept_causes(archive, facts.__getitem__, day(on), KeptPages(kept))
    assert found == causes_of(archive, day(on))
    return asked


def _with(record: Postmortem, **changes: object) -> Archive:
    return an_archive(*(replace(each, **changes) if each is record else each for each in RECORDS))


def test_only_what_may_be_another_is_judged_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record that has changed, and those that name it; the same records in another order are the same."""

    def judged(archive: Archive) -> list[str]:
        return _judged(archive, "2026-04-01", tmp_path, monkeypatch)

    assert judged(an_archive(*RECORDS)) == ["first", "naming", "accepted", "nobody"]
    assert judged(an_archive(*RECORDS)) == []
    done = actions("A1 | done | closed 2026-03-01")
    assert judged(_with(FIRST, actions=done)) == ["first", "naming"]
    assert judged(_with(ACCEPTED, causal_tree=None)) == ["first", "naming", "accepted"]
    assert judged(an_archive(*RECORDS[:3])) == ["accepted"]
    gone = replace(FIRST, id="2026-01-09-gone", path="postmortems/2026-01-09-gone.md")
    assert judged(an_archive(*RECORDS, gone)) == ["nobody", "gone"]


def test_a_day_that_matters_is_judged_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An action is overdue the day after it was due, an acceptance past the day after its review; an earlier day is another."""

    def judged(on: str) -> list[str]:
        return _judged(an_archive(*RECORDS), on, tmp_path, monkeypatch)

    assert len(judged("2026-04-01")) == 4
    assert judged("2026-05-01") == []
    assert judged("2026-05-02") == ["first", "naming"]
    assert judged("2026-06-01") == []
    assert judged("2026-06-02") == ["accepted"]
    assert judged("2030-01-01") == []
    assert judged("2026-06-01") == ["accepted"]


def test_what_is_no_kept_causes_is_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Damaged, or put there by somebody else."""
    put = {}
    monkeypatch.setattr(KeptPages, "put", lambda _, key, content: put.update({key: content}))
    assert len(_judged(an_archive(*RECORDS), "2026-04-01", tmp_path, monkeypatch)) == 4
    ((key, content),) = put.items()
    monkeypatch.undo()
    for other in (b"", content[:64], content[:64] + b"nonsense", content[:-9], b"0" * 64 + content[64:]):
        kept = KeptPages(tmp_path)
        kept.put(key, other)
        kept.close()
        assert len(_judged(an_archive(*RECORDS), "2026-04-01", tmp_path, monkeypatch)) == 4

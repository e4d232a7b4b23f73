"""Which record is meant by what was typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from afterword.operations import CannotRunError
from afterword.operations.reading.subject import find_subject

NAMES = (
    "2026-03-14-checkout-errors",
    "2026-03-20-search-slow",
    *(f"2025-01-0{day}-login-refused" for day in range(1, 8)),
)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Lay out records of which only the names matter; give the settings."""
    (tmp_path / "postmortems").mkdir()
    for name in NAMES:
        (tmp_path / "postmortems" / f"{name}.md").write_text("---\ntitle: x\n---\n", encoding="utf-8")
    (tmp_path / "afterword.yml").write_text("", encoding="utf-8")
    return tmp_path / "afterword.yml"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-03-14-Checkout-Errors", NAMES[0]),
        ("2026-03-14", NAMES[0]),
        ("ERRORS", NAMES[0]),
        ("checkout errors", NAMES[0]),
        ("slow 2026", NAMES[1]),
        ("2025-01-07", NAMES[-1]),
    ],
)
def test_a_part_that_one_id_has_is_enough(archive: Path, typed: str, meant: str) -> None:
    """The beginning of an id, a piece of it and words of it name the record, in any letter case."""
    assert find_subject(typed, archive).record.id == meant


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            "2026-03",
            "'2026-03' is a part of 2 ids, expected one that only one has: 2026-03-20-search-slow, 2026-03-14",
        ),
        ("login", "is a part of 7 ids, .*2025-01-07-login-refused, .*2025-01-03-login-refused, …$"),
        ("chekout", "no record 'chekout', expected an id, a part of one, or a file .did you mean 'checkout'"),
        ("2026-03-14-chekout-errors", "did you mean '2026-03-14-checkout-errors'"),
        ("", "no record ''"),
        ("-", "is a part of 9 ids"),
    ],
)
def test_several_and_none_are_told(archive: Path, typed: str, said: str) -> None:
    """Where several records have it, up to five ids are listed; where none has, the nearest word is proposed."""
    with pytest.raises(CannotRunError, match=said):
        find_subject(typed, archive)

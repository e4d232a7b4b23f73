"""Which promises were made before, kept between builds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from afterword.derive.again.repeated import Promising, repeated_actions
from afterword.model.record import Postmortem
from afterword.operations.reading.kept_repeats import kept_repeats
from afterword.sources.kept_pages import KeptPages
from tests.derive.drawn_records import a_record, actions, day, rich

SAID = "Give batch jobs a pool of their own"


def _promising(date: str, *texts: str) -> Postmortem:
    """Draw a record of a day whose actions say the given things."""
    rows = actions("\n".join(f"A{n} | open" for n in range(1, len(texts) + 1)))
    said = tuple(replace(row, text=rich(text)) for row, text in zip(rows, texts, strict=True))
    return a_record(f"{date}-slow", services=("checkout",), date=day(date), actions=said)


RECORDS = (
    _promising("2024-01-03", SAID, "Alert where the queue grows for an hour"),
    _promising("2024-01-01", "Alert where the queue grows for an hour"),
    _promising("2024-01-02", "Write the way back into the runbook", SAID),
)


def _told(records: tuple[Postmortem, ...], kept: KeptPages) -> list[tuple[str, str, str, str]]:
    found = repeated_actions(records, partial(kept_repeats, kept))
    return [(later.record.id, later.action.id, before.record.id, before.action.id) for later, before in found]


def _unasked(_: Promising) -> None:
    raise AssertionError("it is known already")


def test_what_is_kept_is_what_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not looked for again, whatever else of the records changed, nor in which order they are given."""
    first = _told(RECORDS, KeptPages(tmp_path))
    assert first == [
        ("2024-01-03-slow", "A1", "2024-01-02-slow", "A2"),
        ("2024-01-03-slow", "A2", "2024-01-01-slow", "A1"),
    ]
    monkeypatch.setattr(Promising, "repeats", _unasked)
    renamed = tuple(replace(each, header=replace(each.header, title="Another")) for each in RECORDS)
    assert _told(renamed[::-1], KeptPages(tmp_path)) == first


@pytest.mark.parametrize(
    "change",
    [
        lambda records: records[1:],
        lambda records: (*records, _promising("2024-02-01", SAID)),
        lambda records: (*records, _promising("2023-12-01", SAID)),
        lambda records: (_promising("2024-01-03", "Something else"), *records[1:]),
        lambda records: tuple(
            replace(each, header=replace(each.header, services=(f"s{number}",)))
            for number, each in enumerate(records)
        ),
        lambda records: (
            replace(records[0], header=replace(records[0].header, date=day("2023-01-01"))),
            *records[1:],
        ),
    ],
)
def test_what_changed_is_found_anew(
    tmp_path: Path, change: Callable[[tuple[Postmortem, ...]], tuple[Postmortem, ...]]
) -> None:
    """A record less or more, other words, services or days."""
    _told(RECORDS, KeptPages(tmp_path))
    records = change(RECORDS)
    assert _told(records, KeptPages(tmp_path)) == _told(records, KeptPages(tmp_path / "new"))


@pytest.mark.parametrize("length", [0, 64, 80])
def test_what_is_damaged_is_found_anew(tmp_path: Path, length: int) -> None:
    """Also where only its end is missing."""
    first = _told(RECORDS, KeptPages(tmp_path))
    kept = KeptPages(tmp_path)
    kept.get = lambda key: KeptPages(tmp_path).get(key)[:length]  # type: ignore[index, method-assign]
    assert _told(RECORDS, kept) == first

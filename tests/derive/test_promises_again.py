"""The same action in several records, as one."""

from __future__ import annotations

from dataclasses import replace

from afterword.derive.again.promises_again import bundles
from afterword.model.record import Postmortem
from tests.derive.drawn_records import a_record, actions, rich


def promising(date: str, *texts: str, status: str = "open") -> Postmortem:
    """Draw a record whose actions say the given things."""
    rows = actions("\n".join(f"A{n} | {status}" for n in range(1, len(texts) + 1)))
    said = tuple(replace(row, text=rich(text)) for row, text in zip(rows, texts, strict=True))
    return a_record(f"{date}-slow", services=("checkout",), actions=said)


def test_an_action_of_several_records_is_one_line() -> None:
    """Most promised first, its records from the earliest on; two rows of one record are one promise."""
    pool, alert = "Give batch jobs a pool of their own", "Alert on the depth of the mail queue"
    records = [
        promising("2026-01-05", pool, alert),
        promising("2026-02-05", pool, pool),
        promising("2026-03-05", pool),
        promising("2026-04-05", alert),
        promising("2026-05-05", "Something else that is done once"),
    ]
    found = bundles(records)
    assert [(bundle.last[1].text.text, bundle.times) for bundle in found] == [(pool, 3), (alert, 2)]
    assert [each.id[:10] for each, _ in found[0].promises] == ["2026-01-05", "2026-02-05", "2026-03-05"]


def test_of_equals_what_is_owed_comes_first() -> None:
    """Of two actions promised twice the one that is still open stands above the one that was done."""
    done, owed = "Give batch jobs a pool of their own", "Alert on the depth of the mail queue"
    records = [
        promising("2026-01-05", owed),
        promising("2026-02-05", owed),
        promising("2026-03-05", done, status="done"),
        promising("2026-04-05", done, status="done"),
    ]
    assert [(bundle.last[1].text.text, bundle.is_owed) for bundle in bundles(records)] == [
        (owed, True),
        (done, False),
    ]

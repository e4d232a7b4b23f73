"""A record of many like parts takes time in proportion to their number."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

import pytest

from afterword.check.runner import check_archive
from afterword.model.archive import Archive
from afterword.model.settings import Settings
from afterword.parse.record import parse_record
from afterword.parse.source.limits import MAX_RECORD_BYTES, check_limits
from tests.robustness.broken import TIMELINE, TREE, record

NAME = "2026-03-14-long.md"
SIZE = MAX_RECORD_BYTES // 2
SECONDS = 6.0
"""What such a record may take of a processor: most take one, and took minutes where each part was compared with all others."""

LIST = "## Timeline\n\n- 14:00 Batch starts\n"
HEAD = "| ID | Action |\n|---|---|\n"

LONG: dict[str, tuple[str, Callable[[int], str]]] = {
    "references in an event": (f"{TIMELINE}| 14:02 | &#128;", lambda _: "&lt;"),
    "references in a paragraph": ("## Root cause analysis\n\n&#64976;", lambda _: "&lt;"),
    "lists of times below an item": (LIST, lambda n: f"  {'-*'[n % 2]} 14:01\n"),
    "tables that hold no actions": ("## Action items\n\n", lambda _: f"|a|\n|-|\n\n{'x ' * 20}\n\n"),
    "unknown zones": (LIST, lambda n: f"- 14:02 Europe/Br{n} x\n"),
}
"""What a body begins with, and its further parts by their number."""


def _body(begin: str, part: Callable[[int], str]) -> bytes:
    header = record(begin)
    parts: list[bytes] = []
    size = len(header)
    while size + len(each := part(len(parts)).encode()) <= SIZE:
        parts.append(each)
        size += len(each)
    return header + b"".join(parts)


def _seconds(content: bytes) -> float:
    begin = time.process_time()
    read = parse_record(content, f"p/{NAME}", Settings(), NAME, "p")
    assert read.unreadable is None
    check_archive(Archive.of(Settings(), (read,)), dt.date(2026, 4, 1))
    return time.process_time() - begin


@pytest.mark.slow
@pytest.mark.parametrize("case", LONG)
def test_a_long_record_is_read_and_checked_in_seconds(case: str) -> None:
    """Whatever it repeats, nothing is looked for again from the beginning."""
    assert _seconds(_body(*LONG[case])) < SECONDS


@pytest.mark.slow
def test_incidents_that_are_not_listed_are_told_in_seconds() -> None:
    """Ten thousand events that may name one of two hundred incidents."""
    listed = f"incidents: [{', '.join(f'INC-{number}' for number in range(200))}]"
    events = "".join(f"- 14:02 [F-{number}] x\n" for number in range(10_000))
    assert _seconds(record(f"## Timeline\n\n{events}", listed)) < SECONDS


@pytest.mark.slow
def test_names_of_missing_actions_take_no_longer_than_those_of_present_ones() -> None:
    """A tree with 25,000 references beside a table of 5,000 actions."""
    names = ",".join(f"B{number}" for number in range(4000, 4010))
    tree = TREE + "- Checkout failed\n" + f"  - Pool exhausted -> {names}\n" * 2500
    table = "\n## Action items\n\n" + HEAD + "".join(f"|A{number}|x|\n" for number in range(5000))
    assert _seconds(record(tree + table)) < SECONDS


def test_deep_items_before_a_line_of_tabs_are_measured_in_seconds() -> None:
    """Each open item looks for the first character behind its own indentation."""
    body = "- " * 99 + "x\n\n" + "\t" * 250_000 + "x"
    begin = time.process_time()
    assert check_limits(len(body), None, body, 1) is not None
    assert time.process_time() - begin < SECONDS

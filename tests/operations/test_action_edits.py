"""Edits of action rows on real files: which characters change, and which never do."""

from __future__ import annotations

import datetime as dt
import os
from functools import partial
from pathlib import Path

import pytest

from afterword import operations
from afterword.model.action import Status
from afterword.operations.actions.action_edits import FileChange, Wanted, planned, write
from afterword.operations.reading.loading import Loaded
from afterword.parse.actions.action_cells import closing_edits, owner_edits
from tests.cli.drawn_actions import HEAD, record

DAY = dt.date(2026, 4, 10)
PATH = "postmortems/2026-03-14-checkout-errors.md"
OTHER = "postmortems/2026-03-15-checkout-slow.md"


def read(folder: Path, **files: str | bytes) -> Loaded:
    """Write records, `first` and `second`, and read their archive."""
    (folder / "afterword.yml").touch()
    (folder / "postmortems").mkdir(exist_ok=True)
    for name, text in files.items():
        place = folder / (PATH if name == "first" else OTHER)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
    return operations.load(folder / "afterword.yml", folder)


def reassigning(loaded: Loaded, *ids: str, owner: str = "Tansy Inkersley") -> tuple[Wanted, ...]:
    """Want another owner for actions of all records."""
    return tuple(
        Wanted(each, action, partial(owner_edits, action, owner=owner), {"owner": owner})
        for each in loaded.archive.records
        for action in each.actions
        if action.id in ids
    )


def reassigned(loaded: Loaded, *ids: str, owner: str = "Tansy Inkersley") -> tuple[FileChange, ...]:
    """Plan that."""
    return planned(loaded, reassigning(loaded, *ids, owner=owner), DAY)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("|A1|Do it|Juno Papercliff|", "|A1|Do it|Tansy Inkersley|"),
        ("|  A1 | Do `a \\| b` |   Juno Papercliff\t |", "|  A1 | Do `a \\| b` |   Tansy Inkersley\t |"),
        ("| A1 | Do it | A \\| B |", "| A1 | Do it | Tansy Inkersley |"),
        ("| A1 | Do é 🛠️ it |                    |", "| A1 | Do é 🛠️ it | Tansy Inkersley    |"),
        ("| A1 | Do it | |", "| A1 | Do it | Tansy Inkersley |"),
        ("| A1 | Do it ||", "| A1 | Do it | Tansy Inkersley |"),
        ("| A1 | Do it |  -  |", "| A1 | Do it |  Tansy Inkersley |"),
        ("A1 | Do it | Juno Papercliff |", "A1 | Do it | Tansy Inkersley |"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_only_the_cell_is_another(before: str, after: str, line_end: str, tmp_path: Path) -> None:
    """Blanks, escapes, line ends, the byte order mark and what stands elsewhere stay to the byte."""
    rest = " 2026-03-28 | P-1 | prevent | open |\n| A2 | Keep  it | Juno Papercliff | | | detect | open |\n\nBye  \n"
    mark = b"\xef\xbb\xbf"
    drawn, expected = (
        mark + record(f"{row}{rest}").replace("\n", line_end).encode() for row in (before, after)
    )
    loaded = read(tmp_path, first=drawn)
    write(reassigned(loaded, "A1"), loaded)
    assert (tmp_path / PATH).read_bytes() == expected


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "| A1 | Do it | [Juno](mailto:j@example.org) | | | prevent | open |",
            "written with markup, `[Juno](",
        ),
        (
            "| A1 | Do it | **Juno** | | | prevent | open |",
            "written with markup, `**Juno**`: change it by hand",
        ),
        ("| A1 | Do it | Juno &amp; co | | | prevent | open |", "written with markup"),
        ("| A1 | Do | it | Juno | | | prevent | open |", "its row has more or fewer cells than the head"),
    ],
)
def test_cells_that_are_not_written_over(row: str, said: str, tmp_path: Path) -> None:
    """The reason is told with the place, and no file of the plan is offered."""
    loaded = read(
        tmp_path,
        first=record(f"{row}\n"),
        second=record("| A1 | Do that | Juno | | | prevent | open |\n", date="2026-03-15"),
    )
    with pytest.raises(operations.CannotRunError) as refused:
        reassigned(loaded, "A1")
    assert str(refused.value).startswith("nothing was written\n" + PATH)
    assert said in str(refused.value)


def test_a_table_without_the_column(tmp_path: Path) -> None:
    """What can be done is said."""
    head = HEAD.replace(" Owner |", "", 1).replace("---|", "", 1)
    loaded = read(tmp_path, first=record("| A1 | Do it | | | prevent | open |\n", head))
    with pytest.raises(
        operations.CannotRunError, match="no cell under `Owner`: add the column `Owner` to the table"
    ):
        reassigned(loaded, "A1")


@pytest.mark.parametrize("owner", ["*Tansy*", "Tansy <b>", "T <!-- internal -->", "-"])
def test_a_name_that_reads_otherwise_in_a_table_is_refused(owner: str, tmp_path: Path) -> None:
    """What would be written is read again before it is offered."""
    loaded = read(tmp_path, first=record("| A1 | Do it | Juno | | | prevent | open |\n"))
    with pytest.raises(operations.CannotRunError, match="reads otherwise in the table"):
        reassigned(loaded, "A1", owner=owner)


def test_a_name_with_a_pipe_stays_in_its_cell(tmp_path: Path) -> None:
    """Escaped as the format has it."""
    loaded = read(tmp_path, first=record("| A1 | Do it | Juno | | | prevent | open |\n"))
    assert "| Tansy \\| Co |" in reassigned(loaded, "A1", owner="Tansy | Co")[0].after


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    """And so are the others: all or none."""
    text = record("| A1 | Do it | Juno | | | prevent | open |\n")
    second = record("| A1 | Do that | Juno | | | prevent | open |\n", date="2026-03-15")
    loaded = read(tmp_path, first=text, second=second)
    changes = reassigned(loaded, "A1")
    assert len(changes) == 2
    (tmp_path / OTHER).write_text(second + "More.\n")
    with pytest.raises(
        operations.CannotRunError, match=f"nothing was written\n{OTHER}: the file was changed"
    ):
        write(changes, loaded)
    assert (tmp_path / PATH).read_text() == text
    with pytest.raises(operations.CannotRunError, match="the file was changed while it was read"):
        reassigned(loaded, "A1")


def test_a_read_only_file_keeps_all_from_being_written(tmp_path: Path) -> None:
    """It is asked before the first is written."""
    text = record("| A1 | Do it | Juno | | | prevent | open |\n")
    loaded = read(tmp_path, first=text, second=text.replace("date: 2026-03-14", "date: 2026-03-15"))
    changes = reassigned(loaded, "A1")
    (tmp_path / OTHER).chmod(0o444)
    with pytest.raises(operations.CannotRunError, match=f"{OTHER}: the file is read-only"):
        write(changes, loaded)
    assert (tmp_path / PATH).read_text() == text


def test_what_was_written_is_taken_back_where_the_next_cannot_be(tmp_path: Path) -> None:
    """The disk may say no after all: here a folder stands where the file's new content waits."""
    text = record("| A1 | Do it | Juno | | | prevent | open |\n")
    loaded = read(tmp_path, first=text, second=text.replace("date: 2026-03-14", "date: 2026-03-15"))
    changes = reassigned(loaded, "A1")
    place = tmp_path / OTHER
    place.with_name(f".{place.name}.{os.getpid()}").mkdir()
    with pytest.raises(operations.CannotRunError, match=f"nothing was written\n{OTHER}: "):
        write(changes, loaded)
    assert (tmp_path / PATH).read_text() == text


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            "| A1 | x | J | | | prevent | open |\n| A2 | y | J | | | prevent | Fixed 2026-03-20 |\n",
            "Fixed 2026-04-10",
        ),
        (
            "| A1 | x | J | | | prevent | open |\n| A2 | y | J | | | prevent | fixed (20 Mar 2026) |\n",
            "done 2026-04-10",
        ),
        ("| A1 | x | J | | | prevent | Open |\n", "Done 2026-04-10"),
        ("| A1 | x | J | | | prevent | |\n", "done 2026-04-10"),
    ],
)
def test_a_table_keeps_its_habit(rows: str, expected: str, tmp_path: Path) -> None:
    """The word for a state is the one that its other rows have; a day in another notation behind it is no part of a word."""
    loaded = read(tmp_path, first=record(rows))
    only = loaded.archive.records[0]
    action, *beside = only.actions
    edits = partial(closing_edits, action, beside, status=Status.DONE, day=DAY)
    wanted = Wanted(only, action, edits, {"status": Status.DONE, "closed": DAY})
    assert f"| {expected} |" in planned(loaded, (wanted,), DAY)[0].after


def test_what_would_bring_an_error_is_refused(tmp_path: Path) -> None:
    """The record is judged as it would be; here a cancellation would stand without its reason."""
    loaded = read(
        tmp_path, first=record("| A1 | Do it | Juno | | | prevent | open |\n").replace("in-review", "final")
    )
    only = loaded.archive.records[0]
    action = only.actions[0]
    edits = partial(closing_edits, action, (), status=Status.CANCELLED, day=DAY)
    wanted = Wanted(only, action, edits, {"status": Status.CANCELLED, "closed": DAY})
    with pytest.raises(
        operations.CannotRunError, match=r"it would bring an error: .*\[cancelled-without-reason\]"
    ):
        planned(loaded, (wanted,), DAY)

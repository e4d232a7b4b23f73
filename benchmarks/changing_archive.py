"""An archive to which things happen, one at a time, as they do in real ones; what is written is known."""

from __future__ import annotations

import copy
import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, field

START = dt.datetime(2024, 1, 8, 9, 0, tzinfo=dt.UTC)
PEOPLE = ("Ada Moss", "Ben Quill", "Cleo Hart", "Dov Lind", "Eve Marsh")
CATEGORIES = ("prevent", "detect", "mitigate", "respond", "process")
WHAT = (
    "Alert on queue depth above 5,000",
    "Return connections on every path",
    "Drain a node before it stops",
    "Test the restore monthly",
)


@dataclass(slots=True)
class Row:
    """A row of an action table, as it is written."""

    id: str
    text: str
    owner: str
    due: dt.date
    category: str
    status: str = "open"
    closed: str = ""
    notes: str = ""
    priority: str = "P1"


@dataclass(slots=True)
class Drawn:
    """A record; `look` says how its table and quotes are laid out, which means nothing."""

    id: str
    folder: str
    number: int
    status: str = "draft"
    published: str = ""
    aliases: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)
    look: int = 0
    prose: str = "Orders failed."

    @property
    def path(self) -> str:
        """Give where its file lies."""
        return f"postmortems/{self.folder}/{self.id}.md"

    def text(self) -> bytes:
        """Write it."""
        quote = "“limit” isn’t" if self.look % 2 else '"limit" isn\'t'
        head = ("ID", "Action", "Owner", "Due", "Ticket", "Category", "Status", "Priority", "Closed", "Notes")
        cells = [
            (
                row.id.lower() if self.look % 5 == 4 else row.id,
                f"{row.text}, where {quote} met"
                if not self.look % 3
                else f"**{row.text}**, where {quote}  met",
                row.owner,
                row.due.isoformat(),
                f"PAY-{self.number}{row.id[1:]}",
                row.category,
                row.status,
                row.priority,
                row.closed,
                row.notes,
            )
            for row in self.rows
        ]
        width = [
            max(len(line[at]) for line in (head, *cells)) if self.look % 2 else 0 for at in range(len(head))
        ]
        lines = [
            "| " + " | ".join(cell.ljust(width[at]) for at, cell in enumerate(line)) + " |"
            for line in (head, *cells)
        ]
        lines.insert(1, "|" + "---|" * len(head))
        keys = [
            f"title: Orders fail, case {self.number}",
            f"date: {self.id[:10]}",
            "severity: sev2",
            f"status: {self.status}",
            "kind: outage",
            "services: [orders]",
            "failure_class: [capacity]",
            "authors: [Ada Moss]",
        ]
        keys += [f"published: {self.published}"] if self.published else []
        keys += [f"aliases: [{', '.join(self.aliases)}]"] if self.aliases else []
        table = "\n".join(lines) if self.rows else "None yet."
        text = (
            "---\n" + "\n".join(keys) + f"\n---\n\n## Summary\n\n{self.prose}\n\n## Action items\n\n{table}\n"
        )
        return text.replace("\n", "\r\n").encode() if self.look % 4 == 3 else text.encode()


class ChangingArchive:
    """Records by their numbers, and those that were taken away, at the time `now`."""

    def __init__(self, records: int, likely: float, seed: int) -> None:
        """Begin with none; up to so many are written, so `likely` at each step."""
        self.random = random.Random(seed)  # noqa: S311 - the same seed gives the same history
        self.wanted, self.likely = records, likely
        self.records: dict[int, Drawn] = {}
        self.gone: dict[int, Drawn] = {}
        self.now = START

    def happen(self) -> dict[str, bytes | None]:
        """Let one thing happen, and give the files that are other ones now."""
        draw = self.random.random()
        if len(self.records) < self.wanted and draw < self.likely:
            thing = self.add
        else:
            often = (
                (self.change_action,) * 12
                + (self.finish,) * 3
                + (self.add_action, self.write, self.move, self.rename)
            )
            rare = (self.delete, self.restore, self.restore, self.reformat)
            thing = self.random.choice(rare if self.random.random() < 0.06 else often)
        before = (
            {number: (record.path, record.text()) for number, record in self.records.items()}
            if thing == self.reformat
            else {}
        )
        paths = {number: record.path for number, record in self.records.items()}
        files: dict[str, bytes | None] = {}
        for number in thing():
            if number in paths:
                files[paths[number]] = None
            if number in self.records:
                files[self.records[number].path] = self.records[number].text()
        return {path: text for path, text in files.items() if (path, text) not in before.values()}

    def add(self) -> list[int]:
        """Write a new draft."""
        number = len(self.records) + len(self.gone) + 1
        day = (self.now - dt.timedelta(days=self.random.randrange(1, 6))).date()
        record = Drawn(f"{day}-orders-fail-{number}", str(day.year), number)
        for at in range(self.random.randrange(1, 5)):
            record.rows.append(self._row(f"A{at + 1}"))
        self.records[number] = record
        return [number]

    def finish(self) -> list[int]:
        """Publish a draft, with or without saying when."""
        return self._one(lambda each: each.status == "draft", self._publish)

    def move(self) -> list[int]:
        """Put a record into another folder."""
        return self._one(
            lambda each: True,
            lambda each: setattr(
                each, "folder", self.random.choice(("2024", "2025", "old/years", each.id[:4]))
            ),
        )

    def rename(self) -> list[int]:
        """Give a record another id, and its former one as an alias."""

        def change(each: Drawn) -> None:
            each.aliases = (*each.aliases, each.id)
            each.id = f"{each.id[:10]}-orders-late-{each.number}-{len(each.aliases)}"

        return self._one(lambda each: len(each.aliases) < 3, change)

    def write(self) -> list[int]:
        """Change a record's prose."""
        return self._one(
            lambda each: True,
            lambda each: setattr(each, "prose", f"Orders failed, draft {self.random.randrange(999)}."),
        )

    def reformat(self) -> list[int]:
        """Lay many records out anew."""
        chosen = self.random.sample(sorted(self.records), max(1, len(self.records) // 3))
        for number in chosen:
            record = self.records[number] = copy.deepcopy(self.records[number])
            record.look += self.random.randrange(1, 4)
        return chosen

    def delete(self) -> list[int]:
        """Take a record away."""
        if len(self.records) < 4:
            return []
        number = self.random.choice(sorted(self.records))
        self.gone[number] = self.records.pop(number)
        return [number]

    def restore(self) -> list[int]:
        """Put a record back that was taken away."""
        if not self.gone:
            return []
        number = self.random.choice(sorted(self.gone))
        self.records[number] = self.gone.pop(number)
        return [number]

    def change_action(self) -> list[int]:
        """Let something happen to an action."""
        kinds = (
            self._slip,
            self._slip,
            self._hand_over,
            self._close,
            self._close,
            self._close,
            self._cancel,
            self._reopen,
            self._advance,
            self._drop,
            self._promise,
        )
        kind = self.random.choice(kinds)
        return self._one(lambda each: bool(each.rows), lambda each: kind(each, self.random.choice(each.rows)))

    def add_action(self) -> list[int]:
        """Add a row; ids are never used again."""
        return self._one(
            lambda each: len(each.rows) < 6,
            lambda each: each.rows.append(self._row(f"B{self.random.randrange(1, 9999)}")),
        )

    def _row(self, name: str) -> Row:
        due = self.now.date() + dt.timedelta(days=self.random.randrange(5, 60))
        status = self.random.choice(("open", "open", "open", "candidate", "in progress"))
        draw = self.random.choice
        return Row(
            name, draw(WHAT), draw(PEOPLE), due, draw(CATEGORIES), status, priority=draw(("P0", "P1", "P2"))
        )

    def _publish(self, record: Drawn) -> None:
        record.status = "final"
        if self.random.random() < 0.3:
            record.published = (self.now - dt.timedelta(days=1)).date().isoformat()

    def _slip(self, record: Drawn, row: Row) -> None:
        row.due += dt.timedelta(days=self.random.choice((-3, 7, 14, 30)))

    def _hand_over(self, record: Drawn, row: Row) -> None:
        row.owner = self.random.choice([each for each in PEOPLE if each != row.owner])

    def _close(self, record: Drawn, row: Row) -> None:
        day = (self.now - dt.timedelta(days=self.random.randrange(1, 9))).date()
        how = self.random.randrange(3)
        row.status = f"done {day}" if how == 0 else "done"
        row.closed = str(day) if how == 1 else ""

    def _cancel(self, record: Drawn, row: Row) -> None:
        row.status, row.closed, row.notes = "cancelled", "", "not needed any more"

    def _reopen(self, record: Drawn, row: Row) -> None:
        if row.status.startswith(("done", "cancelled")):
            row.status, row.closed = "open", ""

    def _advance(self, record: Drawn, row: Row) -> None:
        if row.status in ("open", "in progress"):
            row.status = "in progress" if row.status == "open" else "in review"

    def _drop(self, record: Drawn, row: Row) -> None:
        if self.random.random() < 0.5:
            record.rows.remove(row)

    def _promise(self, record: Drawn, row: Row) -> None:
        if row.status == "candidate":
            row.status = "open"

    def _one(self, fits: Callable[[Drawn], bool], change: Callable[[Drawn], None]) -> list[int]:
        fitting = [number for number, record in sorted(self.records.items()) if fits(record)]
        if not fitting:
            return []
        number = self.random.choice(fitting)
        # A copy: what was before is kept by those that may take it back.
        self.records[number] = copy.deepcopy(self.records[number])
        change(self.records[number])
        return [number]

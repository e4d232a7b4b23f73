"""What a history says, worked out the slow way: the whole tree of every commit, a few regular expressions, and none of the program's code."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

_ROW = re.compile(r"^\|(.*)\|\s*$", re.MULTILINE)
_NAME = re.compile(r"(\d{4}-\d{2}-\d{2}-[a-z0-9-]+)\.md$")
_QUOTES = {"“": '"', "”": '"', "’": "'", "‘": "'", "**": ""}
FINISHED = ("done", "cancelled")
UNFINISHED = ("open", "in progress", "in review")

Row = tuple[str, str, str, str, str, str, str, str, str]
"""Status, owner, due, day that it states, ticket, category, priority, text, notes; days as they are written."""


@dataclass
class Line:
    """An action: what each commit that changed it made of it, None where its row went, and whether nobody meant it."""

    told: list[tuple[str, Row | None, bool]]

    def on(self, day: str) -> Row | None:
        """Give the row as it was written at the end of a day."""
        found = None
        for when, row, _ in self.told:
            found = row if when <= day else found
        return found

    def stretches(self) -> Iterator[tuple[str, str, Row]]:
        """Yield when it was finished: from the day stated, else that of the commit, up to the day before the second; and what it was."""
        at = 0
        while at < len(self.told):
            if (self.told[at][1] or ("",))[0] not in FINISHED:
                at += 1
                continue
            end = at
            while end < len(self.told) and (self.told[end][1] or ("",))[0] in FINISHED:
                end += 1
            rows = [row for _, row, _ in self.told[at:end] if row]
            stated = [row[3] for row in rows if row[3]]
            until = self.told[end][0] if end < len(self.told) else "9999"
            yield (stated[-1] if stated else self.told[at][0]), until, rows[-1]
            at = end

    def state(self, day: str) -> Row | None:
        """Give what it was on a day, a stated day of closing before that of the commit."""
        row = self.on(day)
        for since, until, finished in self.stretches():
            if since <= day < until:
                return row if row and row[0] in FINISHED else finished
        if row and row[0] in FINISHED:
            # The day it states is still to come: until then it is what it was.
            earlier = [
                each[0] for when, each, _ in self.told if when <= day and each and each[0] not in FINISHED
            ]
            return (earlier[-1] if earlier else "open", *row[1:3], "", *row[4:])
        return row

    def meant(self, day: str) -> list[tuple[str, Row | None]]:
        """Give what was meant by the end of a day."""
        return [
            (when, row)
            for at, (when, row, undone) in enumerate(self.told)
            if not at or (when <= day and not undone)
        ]


@dataclass
class Record:
    """A record that is there in the end: when it came, when it was published, and its actions."""

    first: str
    published: str
    lines: dict[str, Line]


class Naive:
    """The history of a repository, and what it makes of a day."""

    def __init__(self, folder: Path, zone: str, undone: Collection[str]) -> None:
        """Read every tree of the first parents."""
        self.folder = folder
        log = self._git("log", "--first-parent", "--reverse", "--format=%H %ct").split("\n")
        self.trees: list[tuple[str, str, dict[str, str]]] = []
        latest, texts, before = 0, {}, None
        for line in filter(None, log):
            commit, seconds = line.split()
            listed = self._git("ls-tree", "-r", "-z", "--full-tree", commit).split("\0")
            # The date of a commit that touched nothing here cannot be taken by another.
            latest = latest if listed == before else max(latest, int(seconds))
            before = listed
            day = str(dt.datetime.fromtimestamp(latest, ZoneInfo(zone)).date())
            tree = {}
            for entry in filter(None, listed):
                facts, _, path = entry.partition("\t")
                name = _NAME.search(path)
                if name:
                    blob = facts.split()[2]
                    texts[blob] = texts.get(blob) or self._git("cat-file", "blob", blob).replace("\r\n", "\n")
                    tree[name[1]] = texts[blob]
            self.trees.append((commit, day, tree))
        # Whatever HEAD touched, its date is when the files begin to tell.
        until = dt.datetime.fromtimestamp(max(latest, int(seconds)), ZoneInfo(zone))
        self.last = str(until.date())
        self.counted: dict[tuple[str, int], tuple[int, int]] = {}
        self.records = {name: self._record(name, undone) for name in self.trees[-1][2]}

    def _git(self, *arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=self.folder, capture_output=True, check=True)
        return done.stdout.decode()

    def _record(self, name: str, undone: Collection[str]) -> Record:
        end = self.trees[-1][2]
        names = [name, *_list(end[name], "aliases")]
        former = {
            each for _, _, tree in self.trees for each, text in tree.items()
            if each not in end and name in _list(text, "aliases")
        }  # fmt: skip
        names += sorted(former - {*names})
        lines: dict[str, Line] = {}
        first = final = ""
        before: dict[str, Row] = {}
        for commit, day, tree in self.trees:
            text = next((tree[each] for each in names if each in tree), "")
            first = first or (day if text else "")
            final = final or (day if _key(text, "status") == "final" else "")
            now = _rows(text)
            for action in {*before, *now}:
                if before.get(action) != now.get(action):
                    lines.setdefault(action, Line([])).told.append((day, now.get(action), commit in undone))
            before = now
        stated = _key(end[name], "published")
        if stated and stated < first:
            # It came into git after it was published: what its first version holds was promised then.
            came = next(text for _, _, tree in self.trees for each, text in tree.items() if each in names)
            for action in _rows(came):
                (_, row, _), *others = lines[action].told
                is_finished = row is not None and row[0] in FINISHED
                promised = ("open", *row[1:3], "", *row[4:]) if row and is_finished else row
                lines[action].told = [
                    (stated, promised, False),
                    *([(first, row, False)] if is_finished else []),
                    *others,
                ]
            first = stated
        is_final = _key(end[name], "status") == "final"
        return Record(first, _key(end[name], "published") or (final if is_final else ""), lines)

    def actions(self, day: str) -> dict[tuple[str, str], tuple[object, ...]]:
        """Give each action of a day: status, owner, due, day of closing, overdue, first seen, unchanged since, slips."""
        found = {}
        for name, record in self.records.items():
            for action, line in record.lines.items():
                row = line.state(day)
                if record.first > day or row is None or (day >= self.last and line.told[-1][1] is None):
                    continue
                closed = ""
                if row[0] in FINISHED:
                    closed = [since for since, _, _ in line.stretches() if since <= day][-1]
                meant = line.meant(day)
                slips = sum(
                    1 for (_, one), (_, two) in pairwise(meant)
                    if one and two and two[0] not in FINISHED and one[2] and (not two[2] or two[2] > one[2])
                )  # fmt: skip
                overdue = row[0] in UNFINISHED and bool(row[2]) and row[2] < day
                found[name, action] = (
                    row[0],
                    row[1],
                    row[2],
                    closed,
                    overdue,
                    line.told[0][0],
                    meant[-1][0],
                    slips,
                )
        return found

    def completion(self, day: str, days: int) -> tuple[int, int, int]:
        """Give the records, the promises and the kept ones, so many days after publication."""
        records = promises = kept = 0
        for name, record in self.records.items():
            if not record.published or record.first > day:
                continue
            start = dt.date.fromisoformat(record.published)
            then = str(start + dt.timedelta(days=days))
            if then > day:
                continue
            records += 1
            if (name, days) not in self.counted:
                self.counted[name, days] = _kept(record, start, days)
            promises += self.counted[name, days][0]
            kept += self.counted[name, days][1]
        return records, promises, kept

    def cancellation(self, day: str) -> tuple[int, int]:
        """Give the promises of published records, and how many were cancelled."""
        published = {
            name for name, record in self.records.items() if record.published and record.published <= day
        }
        states = [told[0] for (name, _), told in self.actions(day).items() if name in published]
        return sum(each != "candidate" for each in states), states.count("cancelled")


def _kept(record: Record, start: dt.date, days: int) -> tuple[int, int]:
    promises = kept = 0
    each = [str(start + dt.timedelta(days=number)) for number in range(days + 1)]
    for line in record.lines.values():
        if any((line.state(one) or ("candidate",))[0] != "candidate" for one in each):
            status = (line.state(each[-1]) or ("open",))[0]
            promises += status not in ("cancelled", "candidate")
            kept += status == "done"
    return promises, kept


def _key(text: str, name: str) -> str:
    found = re.search(rf"^{name}: (.*)$", text.partition("\n---\n")[0], re.MULTILINE)
    return found[1].strip() if found else ""


def _list(text: str, name: str) -> list[str]:
    return [each.strip() for each in _key(text, name).strip("[]").split(",") if each.strip()]


def _rows(text: str) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for line in _ROW.findall(text.partition("## Action items")[2])[2:]:
        for written, plain in _QUOTES.items():
            line = line.replace(written, plain)
        name, what, owner, due, ticket, category, status, priority, closed, notes = (
            " ".join(cell.split()) for cell in line.split("|")
        )
        dated = re.fullmatch(r"(done|cancelled) (\d{4}-\d{2}-\d{2})", status)
        stated = closed or (dated[2] if dated else "")
        rows[name.upper()] = (
            dated[1] if dated else status,
            owner,
            due,
            stated,
            ticket,
            category,
            priority,
            what,
            notes,
        )
    return rows

"""Action items, from the tables of their section (docs/format.md, section 6)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from afterword.model import words
from afterword.model.action import CLOSED, ActionItem, Status
from afterword.model.finding import Finding, Nature
from afterword.model.markup import Kind, Node, RichText
from afterword.model.record import Section
from afterword.model.settings import Settings
from afterword.model.span import Span
from afterword.parse.actions.tickets import read_ticket
from afterword.parse.markdown.columns import Columns, alias_findings, is_filled, read_category, unknown
from afterword.parse.markdown.lexicon import Lexicon
from afterword.parse.markdown.marks import read_day
from afterword.parse.markdown.tables import CellView, RowView, TableView, cell_count_findings, read_table
from afterword.parse.values.loose_dates import loose_day
from afterword.parse.values.scalars import loose_days

REQUIRED = ("id", "action", "owner", "due", "ticket", "category", "status")
NOT_RETOLD = frozenset({"owner", "due", "ticket"})
"""Columns that the retelling of a public incident need not have."""

LONGEST_STATUS = 200
"""A longer text is no state with a date behind it."""

_ID = re.compile(r"[A-Za-z]{1,4}[0-9]{1,4}")
_LOOSELY_DATED = re.compile(r"(?P<word>\D+?)(?:\s+on)?[\s,:(]+(?P<day>(?:[A-Za-z]+\.?\s+)?\d.*?)\)?")
"""A state with a day in another notation; the word ends before the first digit, or before the name of a month."""

_DATED = re.compile(r"(?P<word>.*?)(?:\s+on)?[\s,:(]+(?P<day>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})\)?", re.DOTALL)


@dataclass(slots=True)
class _Reading:
    """What is known while the rows are read."""

    settings: Settings
    lexicon: Lexicon
    lines: Sequence[str]
    findings: list[Finding] = field(default_factory=list)
    seen: dict[str, Span] = field(default_factory=dict)


def read_actions(
    section: Section,
    settings: Settings,
    lexicon: Lexicon,
    lines: Sequence[str],
    *,
    retold: bool = False,
) -> tuple[tuple[ActionItem, ...], tuple[int, ...], tuple[Finding, ...]]:
    """Read the action items of all tables of the section that have heads of one, and the positions of those tables.

    Rows keep an id that cannot be read, and a second one of the same id. Empty cells are nobody's fault here. `retold`
    says that the record retells a public incident and needs fewer columns.
    """
    reading = _Reading(settings, lexicon, lines)
    actions: list[ActionItem] = []
    positions: list[int] = []
    # Where no head is known, nothing in the rows can be read: a table of something else stays as it is written.
    tables = [each for each in _tables(section.blocks, lines, lexicon) if each[2].fields]
    of_actions = [each for each in tables if _holds_actions(each[2])]
    for index, table, columns in of_actions or tables:
        positions.append(index)
        reading.findings.extend(_missing_columns(table, columns, retold=retold))
        if _holds_actions(columns):
            reading.findings.extend(alias_findings(table.heads, columns.fields, words.ACTION_HEADS, lines))
        reading.findings.extend(cell_count_findings(table))
        for row in table.rows:
            said = len(reading.findings)
            actions.append(_action(row, columns, table.heads, reading))
            if len(row.cells) > len(table.heads):
                # Cells have moved to the right, which is said: what is wrong with each is the same fault again.
                del reading.findings[said:]
    if not tables:
        reading.findings.extend(_list_finding(section.blocks, lines, lexicon))
    return tuple(actions), tuple(positions), tuple(sorted(reading.findings, key=lambda each: each.span))


def is_action_id(text: str) -> bool:
    """Tell whether a text is an action's id: one to four letters, then one to four digits."""
    return _ID.fullmatch(text) is not None


def _tables(
    blocks: Sequence[Node], lines: Sequence[str], lexicon: Lexicon
) -> list[tuple[int, TableView, Columns]]:
    views = [
        (index, read_table(block, lines)) for index, block in enumerate(blocks) if block.kind is Kind.TABLE
    ]
    return [(index, view, Columns.of(view.heads, words.ACTION_HEADS, lexicon)) for index, view in views]


def _holds_actions(columns: Columns) -> bool:
    return columns.index("action") is not None and columns.index("id") is not None


def _missing_columns(table: TableView, columns: Columns, *, retold: bool) -> list[Finding]:
    missing = [
        words.ACTION_HEADS[name][0]
        for name in REQUIRED
        if columns.index(name) is None and not (retold and name in NOT_RETOLD)
    ]
    if not missing:
        return []
    head = table.heads[0].span.to(table.heads[-1].span) if table.heads else table.span
    place = head if head.line == table.span.line else Span.at(table.span.line, table.span.column, 1)
    none, some = ("column", "a column") if len(missing) == 1 else ("columns", "columns")
    named, heads = ", ".join(map(repr, missing)), ", ".join(f"`{each}`" for each in missing)
    return [
        Finding(
            "action-column",
            f"the table has no {none} {named}, expected {_REQUIRED_HEADS}",
            place,
            Nature.REQUIRED,
            f"add {some} headed {heads}; where one holds it, head it so, or name its head under `words` in afterword.yml",
        )
    ]


_REQUIRED_HEADS = ", ".join(words.ACTION_HEADS[name][0] for name in REQUIRED)


def _is_rows(block: Node, lines: Sequence[str]) -> bool:
    rows = lines[block.span.line - 1 : block.span.end_line]
    return len(rows) > 1 and all(row.count("|") > 1 for row in rows)


def _list_finding(blocks: Sequence[Node], lines: Sequence[str], lexicon: Lexicon) -> list[Finding]:
    """Report the first block in which action items are written as anything but a table."""
    for block in sorted(blocks, key=lambda each: each.kind is Kind.TABLE):
        hint = f"a table headed | {' | '.join(words.ACTION_HEADS[name][0] for name in REQUIRED)} |"
        if block.kind is Kind.LIST:
            message = "action items are a list and were not read, expected a table"
        elif block.kind is Kind.PARAGRAPH and _is_rows(block, lines):
            message = "rows of action items are no table and were not read, expected a line |---|---| below the head"
            hint = "as many |---| as the head has cells"
        elif block.kind is Kind.PARAGRAPH and _has_labels(block, lines, lexicon):
            message = "action items are lines of text and were not read, expected a table"
        elif block.kind is Kind.TABLE:
            message = f"no head of the table is one of action items, and it was not read, expected {_REQUIRED_HEADS}"
            hint = "head its columns so, or name its heads under `words` in afterword.yml"
        else:
            continue
        place = Span.at(block.span.line, block.span.column, 1)
        return [Finding("actions-not-a-table", message, place, Nature.WARNING, hint)]
    return []


def _has_labels(block: Node, lines: Sequence[str], lexicon: Lexicon) -> bool:
    """Tell whether a line says who answers for something or by when, `Owner: Juno Papercliff`."""
    labels = (
        line.partition(":")[0] for line in lines[block.span.line - 1 : block.span.end_line] if ":" in line
    )
    return any(lexicon.head(words.ACTION_HEADS, label) in ("owner", "due") for label in labels)


def _action(row: RowView, columns: Columns, heads: Sequence[RichText], reading: _Reading) -> ActionItem:
    cells = {name: cell for name, index in columns.fields.items() if (cell := row.cell(index)) is not None}
    filled = {name: cell for name, cell in cells.items() if is_filled(cell)}
    status, status_day = _status(filled.get("status"), reading)
    category, category_findings = read_category(filled.get("category"), reading.settings)
    reading.findings.extend(category_findings)
    closed = _day(filled.get("closed"), "closing date", reading)
    if closed and status_day and closed != status_day:
        message = f"closed on {closed}, but the status says {status_day}, expected one day"
        reading.findings.append(
            Finding("closed-differs", message, filled["closed"].span, Nature.CONTRADICTION)
        )
    priority = _priority(filled.get("priority"), reading)
    unread = {"priority": priority, "closed": closed}
    # Nothing else keeps what they hold.
    kept = (columns.fields[name] for name, read in unread.items() if read is None and name in filled)
    return ActionItem(
        id=_id(filled.get("id"), reading),
        text=_rich(cells, "action"),
        span=row.span,
        owner=filled["owner"].text if "owner" in filled else "",
        due=_day(filled.get("due"), "due date", reading),
        ticket=read_ticket(filled["ticket"], reading.settings) if "ticket" in filled else None,
        category=category,
        status=status,
        priority=priority,
        closed=closed or status_day,
        done_when=_rich(cells, "done_when"),
        notes=_rich(cells, "notes"),
        others=tuple(
            (heads[index].text.strip(), cell.rich)
            for index in sorted((*columns.others, *kept))
            if (cell := row.cell(index)) is not None
        ),
        spans={name: cell.span for name, cell in cells.items()},
    )


def _rich(cells: dict[str, CellView], name: str) -> RichText:
    """Give a cell's content; a cell without a word may still hold a note or an image."""
    cell = cells.get(name)
    return cell.rich if cell is not None and (is_filled(cell) or not cell.text) else RichText()


def _id(cell: CellView | None, reading: _Reading) -> str:
    if cell is None:
        return ""
    written = cell.text
    if not _ID.fullmatch(written):
        message = f"action id '{written[:80]}' is not one to four letters and one to four digits, expected such as A1"
        reading.findings.append(Finding("bad-action-id", message, cell.span, Nature.UNREADABLE))
        return written
    first = reading.seen.setdefault(written.upper(), cell.span)
    if first is not cell.span:
        message = f"action id '{written}' is already used on line {first.line}, expected one of its own"
        reading.findings.append(Finding("duplicate-action-id", message, cell.span, Nature.CONTRADICTION))
    return written


def _day(cell: CellView | None, noun: str, reading: _Reading) -> date | None:
    if cell is None:
        return None
    day = read_day(cell.text)
    if day is None:
        message = f"{noun} '{cell.text[:80]}' is not a date, expected YYYY-MM-DD"
        reading.findings.append(_no_day(cell, message, cell.text))
    return day


def _no_day(cell: CellView, message: str, written: str) -> Finding:
    """Report what is written where a day is expected, and mend what can only mean one."""
    meant = loose_day(written)
    may_be = [meant] if meant else loose_days(written)
    hint = f"write {' or '.join(map(str, may_be))}{'' if meant else ', as it is meant'}" if may_be else None
    at = cell.text.rfind(written)
    return Finding(
        "bad-date",
        message,
        cell.span,
        Nature.UNREADABLE,
        hint,
        edits=cell.written_over(str(meant), at, at + len(written)) if meant else (),
    )


def _status(cell: CellView | None, reading: _Reading) -> tuple[Status | None, date | None]:
    """Read a state, and the day behind `done` and `cancelled`."""
    if cell is None:
        return None, None
    dated = (
        _DATED.fullmatch(cell.text) or _loosely_dated(cell.text) if len(cell.text) <= LONGEST_STATUS else None
    )
    written = dated["word"].strip() if dated else cell.text
    known = reading.lexicon.status(written)
    if known is None:
        listed = [status.value for status in Status]
        reading.findings.append(unknown("unknown-action-status", "status", cell, listed, written))
        return None, None
    status = Status(known)
    if dated is None:
        return status, None
    if status not in CLOSED:
        message = f"status '{written}' carries a date, expected one behind done and cancelled only"
        reading.findings.append(Finding("unknown-action-status", message, cell.span, Nature.WARNING))
        return status, None
    day = read_day(dated["day"])
    if day is None:
        message = f"closing date '{dated['day']}' is not a date, expected YYYY-MM-DD"
        reading.findings.append(_no_day(cell, message, dated["day"]))
    return status, day


def _loosely_dated(text: str) -> re.Match[str] | None:
    """Tell a state from the day in another notation behind it; other words behind it are none."""
    found = _LOOSELY_DATED.fullmatch(text)
    return found if found and (loose_day(found["day"]) or loose_days(found["day"])) else None


def _priority(cell: CellView | None, reading: _Reading) -> str | None:
    if cell is None:
        return None
    if cell.text.upper() in words.PRIORITIES:
        return cell.text.upper()
    reading.findings.append(unknown("unknown-priority", "priority", cell, words.PRIORITIES))
    return None

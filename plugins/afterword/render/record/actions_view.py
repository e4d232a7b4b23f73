"""The action items of a record as rows of a table, with what each of them answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from afterword.derive.causes.answers import Answered, Answers
from afterword.derive.causes.record_causes import CauseKind
from afterword.derive.promises.action_life import slips, unchanged_since
from afterword.derive.promises.drift import counterpart
from afterword.derive.promises.follow_through import OVERDUE, is_overdue, is_owed_here
from afterword.derive.promises.owners import Owners
from afterword.derive.promises.review_board import STILL
from afterword.derive.words.bare_label import bare_label
from afterword.derive.words.labels import category_label
from afterword.derive.words.plain_text import plain_text
from afterword.model.action import CLOSED, ActionItem, Ticket
from afterword.model.archive import Archive
from afterword.model.markup import POINTING, Kind, Node
from afterword.model.record import Postmortem
from afterword.model.value import plain_value
from afterword.render.page.cards import shortened
from afterword.render.page.links import Links
from afterword.render.page.markup import NOTHING, MarkupWriter
from afterword.render.text.labels import cause_anchor
from afterword.render.words.action_words import put_off, unchanged
from afterword.render.words.ticket_words import drift_words, ticket_lines

LABEL_LENGTH = 60

_PLACES = {
    CauseKind.NODE: "a node of the tree",
    CauseKind.ANSWER: "answer {}",
    CauseKind.FACTOR: "factor {}",
}


@plain_value()
class Cell:
    """A value of a row: `text` where it was read, else `written`, what stands in the cell."""

    text: str = ""
    written: Markup = NOTHING


@plain_value()
class Answer:
    """A statement that names the action, with the way to it.

    `also` are further places of this record that say the same; `record_title` is empty for a statement of this record.
    """

    href: str
    label: str
    also: tuple[tuple[str, str], ...] = ()
    record_title: str = ""


@dataclass(frozen=True, slots=True)
class _WrittenCells:
    """The cells of an action's row by their fields, as the author wrote them."""

    cells: Mapping[str, Node]
    writer: MarkupWriter

    @classmethod
    def of(cls, action: ActionItem, row: Node, writer: MarkupWriter) -> _WrittenCells:
        """Find the cells of the fields that the table has."""
        return cls(
            {
                name: cell
                for name, place in action.spans.items()
                for cell in row.children
                if cell.span.column <= place.column <= cell.span.end_column
            },
            writer,
        )

    def write(self, name: str, read: object = None) -> Markup:
        """Write a cell as it is, nothing where what was `read` says all of it: nothing in the cell leads anywhere."""
        cell = self.cells.get(name)
        return self.writer.inlines(cell.children) if cell and (not read or _points(cell)) else NOTHING

    def ticket(self, ticket: Ticket | None) -> Markup:
        """Write a ticket's cell, nothing where it is the one link that was read."""
        cell = self.cells.get("ticket")
        only = cell.children[0] if ticket and cell and len(cell.children) == 1 else None
        is_said = (
            only is not None and ticket is not None and only.kind is Kind.LINK and only.url == ticket.url
        )
        return NOTHING if is_said else self.write("ticket", ticket)

    def status(self, action: ActionItem, state: str, closed: date | None) -> Markup:
        """Write a state's cell; a day in it that is shown nowhere else was not read as the day of closing."""
        cell = self.cells.get("status")
        words = plain_text(cell.children) if cell else ""
        if state and not any(map(str.isalnum, words)):
            return self.write("status", state)
        is_said = not any(map(str.isdigit, words)) or (closed and words.rstrip(") ").endswith(str(closed)))
        return self.write("status", action.status if is_said else None)


def _points(cell: Node) -> bool:
    return any(node.kind in POINTING for node in cell.walk())


@plain_value()
class RecordActionRow:
    """One action; `anchor` is empty for a second one of the same id, `due_at` is set while the action is owed and has a due day.

    `…_written` is the cell as it is, where what was read does not say all of it. `past` are sentences on what git tells of it, where that says something. `ticket_said` says how its ticket stands, `drifts` what that tells otherwise.
    """

    anchor: str
    id: str
    id_written: Markup
    text: Markup
    owner: Markup
    due: date | None
    due_written: Markup
    due_at: str
    ticket: str
    ticket_href: str | None
    ticket_written: Markup
    category: Cell
    priority: str
    state: str
    state_written: Markup
    closed: date | None
    done_when: Markup
    notes: Markup
    others: tuple[tuple[str, Markup], ...]
    excess: tuple[Markup, ...]
    answers: tuple[Answer, ...]
    past: tuple[str, ...] = ()
    ticket_said: tuple[str, ...] = ()
    drifts: tuple[str, ...] = ()


def action_anchors(record: Postmortem) -> Mapping[int, str]:
    """Give the anchor of each action of a record by its position, `a3`; a second action of an id has none."""
    found: dict[str, int] = {}
    for position, action in enumerate(record.actions):
        if action.id.isascii() and action.id.isalnum():
            found.setdefault(action.id.lower(), position)
    return {position: name for name, position in found.items()}


def record_action_rows(
    record: Postmortem,
    block: Node,
    answers: Answers,
    archive: Archive,
    as_of: date,
    links: Links,
    writer: MarkupWriter,
) -> tuple[RecordActionRow, ...]:
    """Write the actions that stand in one table of the record; `answers` are the statements that name them."""
    anchors = action_anchors(record)
    rows = {row.span.line: row for row in block.children}
    width = next((len(row.children) for row in block.children if row.header), 0)
    # Of an archive without trackers nobody is looked up.
    owners = Owners.of(archive.settings) if archive.tickets.trackers else Owners({}, {})
    is_ours = is_owed_here(record)
    made = []
    for position, action in enumerate(record.actions):
        row = rows.get(action.span.line)
        if row is None:
            continue
        named = answers.get(action.id.lower(), ()) if position in anchors else ()
        excess = row.children[width:]
        cells = _WrittenCells.of(action, row, writer)
        state = _state(action, record, as_of)
        closed = action.closed if action.status in CLOSED else None
        there = counterpart(action, archive.tickets, archive.settings, owners, as_of) if is_ours else None
        made.append(
            RecordActionRow(
                anchors.get(position, ""),
                action.id,
                cells.write("id", action.id),
                writer.inlines(action.text.nodes),
                cells.write("owner") if action.owner else NOTHING,
                action.due,
                cells.write("due", action.due),
                action.due.isoformat() if action.due and action.is_unfinished and is_ours else "",
                action.ticket.key if action.ticket else "",
                links.href(action.ticket.url) if action.ticket and action.ticket.url else None,
                cells.ticket(action.ticket),
                Cell(
                    category_label(archive.settings, action.category) if action.category else "",
                    cells.write("category", action.category),
                ),
                action.priority or "",
                state,
                cells.status(action, state, closed),
                closed,
                writer.inlines(action.done_when.nodes),
                writer.inlines(action.notes.nodes),
                (
                    *((head, writer.inlines(cell.nodes)) for head, cell in action.others if cell.nodes),
                    *([("Closed", cells.write("closed"))] if action.closed and not closed else []),
                ),
                tuple(writer.inlines(cell.children) for cell in excess),
                tuple(_answers(named, links)),
                tuple(_past(record, action, archive, as_of)),
                tuple(ticket_lines(there)),
                drift_words(there),
            )
        )
    return tuple(made)


def _past(record: Postmortem, action: ActionItem, archive: Archive, as_of: date) -> Iterator[str]:
    life = archive.history.action(record.id, action.id)
    if life is None or not is_owed_here(record):
        return
    if postponed := put_off(slips(life, as_of), action.due):
        yield postponed
    since = unchanged_since(life, as_of)
    if action.is_unfinished and since + timedelta(STILL) <= as_of:
        yield unchanged(since)


def _answers(named: Iterable[Answered], links: Links) -> Iterator[Answer]:
    """Write what an action answers, what stands in several places of one record in one line."""
    together: dict[tuple[str, str], list[Answered]] = {}
    for each in named:
        together.setdefault((each.record.id, bare_label(each.text)), []).append(each)
    for first, *others in together.values():
        yield Answer(
            _way(first, links),
            shortened(first.text or "…", LABEL_LENGTH),
            tuple((_way(each, links), _PLACES[each.kind].format(each.place)) for each in others),
            ""
            if links.record is not None and first.record.id == links.record.id
            else shortened(first.record.title, LABEL_LENGTH),
        )


def _way(answered: Answered, links: Links) -> str:
    return links.to_record(answered.record, cause_anchor(answered.kind, answered.place))


def columns_of(rows: Collection[RecordActionRow]) -> frozenset[str]:
    """Tell which columns hold anything; the others are left out."""
    filled = {
        "owner": any(row.owner for row in rows),
        "due": any(row.due or row.due_written or row.past for row in rows),
        "ticket": any(row.ticket or row.ticket_written for row in rows),
        "category": any(row.category.text or row.category.written for row in rows),
    }
    return frozenset(name for name, is_filled in filled.items() if is_filled)


def _state(action: ActionItem, record: Postmortem, as_of: date) -> str:
    if is_owed_here(record) and is_overdue(action, as_of):
        return OVERDUE
    return str(action.status) if action.status else ""

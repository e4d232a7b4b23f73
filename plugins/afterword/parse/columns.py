"""Tables whose columns are known by their heads, and the cells whose words come from a catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from afterword.model.finding import Finding, Nature
from afterword.model.markup import RichText
from afterword.model.settings import Settings
from afterword.parse.guesses import nearest
from afterword.parse.lexicon import Lexicon, normalise
from afterword.parse.tables import CellView

_NOTHING = frozenset({"", "-", "–", "—", "n/a"})


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds which field; `others` are the columns that are none, from the left."""

    fields: Mapping[str, int]
    others: tuple[int, ...]

    @classmethod
    def of(cls, heads: Sequence[RichText], table: Mapping[str, tuple[str, ...]], lexicon: Lexicon) -> Columns:
        """Match heads with a table of aliases; of two heads for one field, the one whose alias is listed first has it."""
        found: dict[str, tuple[int, int]] = {}
        for index, head in enumerate(heads):
            field = lexicon.head(table, head.text)
            if field is None:
                continue
            rank = _rank(head.text, lexicon.aliases(field, table[field]))
            if field not in found or rank < found[field][0]:
                found[field] = (rank, index)
        fields = {field: index for field, (_, index) in found.items()}
        taken = set(fields.values())
        return cls(fields, tuple(index for index in range(len(heads)) if index not in taken))

    def index(self, field: str) -> int | None:
        """Give the column of a field, None where the table has none."""
        return self.fields.get(field)


def _rank(head: str, aliases: Sequence[str]) -> int:
    wanted = normalise(head)
    return next((rank for rank, alias in enumerate(aliases) if normalise(alias) == wanted), len(aliases))


def is_filled(cell: CellView | None) -> bool:
    """Tell whether a cell says anything: a dash and `n/a` say nothing."""
    return cell is not None and cell.text.casefold() not in _NOTHING


def read_category(cell: CellView | None, settings: Settings) -> tuple[str | None, tuple[Finding, ...]]:
    """Read a category by its id, name or alias (`unknown-category`)."""
    if cell is None or not is_filled(cell):
        return None, ()
    wanted = normalise(cell.text)
    for entry in settings.categories:
        if wanted in map(normalise, (entry.id, entry.name, *entry.aliases)):
            return entry.id, ()
    return None, (unknown("unknown-category", "category", cell, [entry.id for entry in settings.categories]),)


def unknown(rule: str, noun: str, cell: CellView, known: Iterable[str], shown: str | None = None) -> Finding:
    """Say that a cell's word is none of those known, and which it may be."""
    listed = list(known)
    written = shown if shown is not None else cell.text
    folded = {word.casefold(): word for word in reversed(listed)}
    close = nearest(normalise(written)[:80], folded)
    guess = f" (did you mean '{folded[close]}'?)" if close else ""
    message = f"{noun} '{written[:80]}' is not one of {', '.join(listed)}{guess}"
    return Finding(rule, message, cell.span, Nature.UNREADABLE)

"""Tables whose columns are known by their heads, and the cells whose words come from a catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from afterword.model.finding import Edit, Finding, Nature
from afterword.model.markup import RichText
from afterword.model.settings import Settings
from afterword.model.span import Span
from afterword.model.value import plain_value
from afterword.parse.markdown.lexicon import Lexicon, normalise
from afterword.parse.markdown.tables import CellView
from afterword.parse.source.edits import only_near, written_over
from afterword.parse.source.guesses import nearest

_NOTHING = frozenset({"", "-", "–", "—", "n/a"})
_LONGEST_NOTHING = max(map(len, _NOTHING))


@plain_value()
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
            rank = _rank(normalise(head.text), lexicon.aliases(field, table[field]))
            if field not in found or rank < found[field][0]:
                found[field] = (rank, index)
        fields = {field: index for field, (_, index) in found.items()}
        taken = set(fields.values())
        return cls(fields, tuple(index for index in range(len(heads)) if index not in taken))

    def index(self, field: str) -> int | None:
        """Give the column of a field, None where the table has none."""
        return self.fields.get(field)


def alias_findings(
    heads: Sequence[RichText],
    fields: Mapping[str, int],
    table: Mapping[str, tuple[str, ...]],
    lines: Sequence[str],
) -> tuple[Finding, ...]:
    """Say in one finding which heads of a table are read as others (`column-alias`); those that settings add are the archive's own words."""
    found: list[tuple[RichText, str]] = []
    edits: list[Edit] = []
    for field, index in sorted(fields.items(), key=lambda each: each[1]):
        name, *others = table[field]
        head = heads[index]
        if head.text == name:
            continue
        wanted = normalise(head.text)
        alias = next((each for each in others if normalise(each) == wanted), None)
        if wanted == normalise(name) or alias is None:
            continue
        found.append((head, name))
        at = head.text.casefold().find(alias.casefold())
        if at >= 0:
            made = written_over(head.span, head.text, name, at, at + len(alias))
            edits += made if at + len(alias) < len(head.text) else (_aligned(edit, lines) for edit in made)
    if not found:
        return ()
    said = ", ".join(f"'{head.text.strip()[:40]}'" for head, _ in found)
    names = ", ".join(f"'{name}'" for _, name in found)
    message = f"head {said} is read as {names}" if len(found) == 1 else f"heads {said} are read as {names}"
    whole = tuple(edits) if len(edits) == len(found) else ()
    hint = "write the format's names, or name these under `words` in afterword.yml to keep them"
    return (Finding("column-alias", message, found[0][0].span, Nature.HINT, hint, edits=whole),)


def _aligned(edit: Edit, lines: Sequence[str]) -> Edit:
    """Keep the pipe behind a head where it stands, in a table whose columns are lined up by blanks."""
    span = edit.span
    behind = lines[span.line - 1][span.end_column - 1 :]
    blanks = len(behind) - len(behind.lstrip(" "))
    longer = len(edit.text) - (span.end_column - span.column)
    if blanks < 2 or longer >= blanks:
        return edit
    if longer < 0:
        return Edit(span, edit.text + " " * -longer)
    return Edit(Span.at(span.line, span.column, span.end_column - span.column + longer), edit.text)


@lru_cache(maxsize=256)
def _rank(wanted: str, aliases: tuple[str, ...]) -> int:
    return next((rank for rank, alias in enumerate(aliases) if normalise(alias) == wanted), len(aliases))


def is_filled(cell: CellView | None) -> bool:
    """Tell whether a cell says anything: a dash and `n/a` say nothing."""
    if cell is None:
        return False
    text = cell.text
    return len(text) > _LONGEST_NOTHING or text.casefold() not in _NOTHING


def read_category(cell: CellView | None, settings: Settings) -> tuple[str | None, tuple[Finding, ...]]:
    """Read a category by its id, name or alias (`unknown-category`)."""
    if cell is None or not is_filled(cell):
        return None, ()
    wanted = normalise(cell.text)
    for entry in settings.categories:
        if wanted in _spellings(entry.id, entry.name, *entry.aliases):
            return entry.id, ()
    return None, (unknown("unknown-category", "category", cell, [entry.id for entry in settings.categories]),)


@lru_cache(maxsize=256)
def _spellings(*names: str) -> frozenset[str]:
    return frozenset(map(normalise, names))


def unknown(rule: str, noun: str, cell: CellView, known: Iterable[str], shown: str | None = None) -> Finding:
    """Say that a cell's word is none of those known, and which it may be."""
    listed = list(known)
    written = shown if shown is not None else cell.text
    folded = {word.casefold(): word for word in reversed(listed)}
    close = nearest(normalise(written)[:80], folded)
    guess = f" (did you mean '{folded[close]}'?)" if close else ""
    message = f"{noun} '{written[:80]}' is not one of {', '.join(listed)}{guess}"
    meant = only_near(written, listed)
    return Finding(
        rule,
        message,
        cell.span,
        Nature.UNREADABLE,
        edits=cell.written_over(meant, 0, len(written)) if meant and cell.text.startswith(written) else (),
    )

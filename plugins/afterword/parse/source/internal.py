"""Which stretches of a record its internal marks hide, and what is wrong with the marks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from afterword.model.finding import Finding, Nature
from afterword.model.markup import Kind
from afterword.model.record import HiddenRange
from afterword.parse.source.edits import one_edit
from afterword.parse.source.source_map import Scope, Scopes, SourceMap

MAX_WORDS = 4
WORDS = ("internal", "public", "private")

_AROUND = "/\\.,:;!?-–—_*\"'`()[]{}<>|"
_JOINED = re.compile(r"[-_:]+")
_DELIMITER_ROW = re.compile(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_PAIR = "`<!-- internal -->` … `<!-- /internal -->`"


def is_near_spelling(comment: str) -> bool:
    """Tell whether a short comment was meant as an internal mark: it has a word that is one edit or less from one of `WORDS`.

    An edit is a letter more, less or other, or two neighbours swapped (the optimal string alignment distance).
    """
    found = comment.split()
    if not 1 <= len(found) <= MAX_WORDS:
        return False
    return any(
        part.casefold() == wanted or one_edit(part.casefold(), wanted)
        for word in found
        for part in {word.strip(_AROUND), *_JOINED.split(word.strip(_AROUND))}
        for wanted in WORDS
    )


@dataclass(frozen=True, slots=True)
class _Opening:
    start: int
    end: int
    scope: Scope | None


@dataclass(frozen=True, slots=True)
class _Neighbours:
    """For each line the nearest in one direction that holds no lone mark, and the nearest that is not blank either; -1 for none."""

    lines: list[int]
    written: list[int]


@dataclass(slots=True)
class Internal:
    """Takes the marks of a body in the order of the source; `finish` gives what they hide."""

    source: SourceMap
    scopes: Scopes
    _open: list[_Opening] = field(default_factory=list)
    _hidden: list[tuple[int, int]] = field(default_factory=list)
    _findings: list[Finding] = field(default_factory=list)
    _alone: dict[int, tuple[int, int]] = field(default_factory=dict)

    def mark(self, opens: bool, start: int, end: int, own_line: bool) -> None:
        """Take an opening or closing mark."""
        if own_line:
            for index in range(self.source.line_index(start), self.source.line_index(end) + 1):
                self._alone[index] = (start, end)
        if opens:
            self._open.append(_Opening(start, end, self.scopes.parts.innermost(start)))
            return
        while self._open:
            opening = self._open.pop()
            if opening.scope is None or opening.scope.holds(start):
                self._hidden.append((opening.start, end))
                return
            self._hide_scope(opening, opening.scope)
        message = "this mark closes nothing, expected `<!-- internal -->` before it"
        self._find("internal-mark", message, start, end, hint="a mark in a row or item ends with it")

    def near_spelling(self, start: int, end: int, own_line: bool, written: str) -> None:
        """Take a comment that is nearly a mark: to be safe it hides to the end of its block, on a line of its own the next one."""
        scope = self.scopes.parts.innermost(start) or self.scopes.blocks.innermost(start)
        last = max(end, scope.end) if scope else end
        if own_line:
            following = self.scopes.blocks.following(end)
            last = max(last, following.end) if following else last
        self._hidden.append((start, last))
        shown = " ".join(written.split())
        message = f"comment '{shown}' is nearly an internal mark, expected `<!-- internal -->` or `<!-- /internal -->`"
        hint = "write the mark exactly, or the comment in other words"
        self._find("internal-spelling", message, start, end, Nature.ERROR, hint)

    def finish(self) -> tuple[tuple[HiddenRange, ...], tuple[Finding, ...]]:
        """Give what is hidden, in the order of the source and without overlaps, and what is wrong with the marks."""
        for opening in self._open:
            if opening.scope is not None:
                self._hide_scope(opening, opening.scope)
                continue
            self._hidden.append((opening.start, len(self.source.text)))
            message = "this mark is never closed and hides the rest of the file, expected `<!-- /internal -->` after it"
            self._find("internal-mark", message, opening.start, opening.end)
        count = len(self.source.lines) if self._alone else 0
        above, below = self._neighbours(range(count)), self._neighbours(range(count - 1, -1, -1))
        for start, end in dict.fromkeys(self._alone.values()):
            between = self._between(start, end, above, below)
            if between:
                message = (
                    f"a mark on a line of its own between {between} breaks them apart, expected it inside one"
                )
                hint = f"put {_PAIR} around the text inside, or one `<!-- internal -->` inside to hide the whole of it"
                self._find("internal-mark", message, start, end, hint=hint)
        hidden: list[list[int]] = []
        for start, end in sorted(self._hidden):
            if hidden and start <= hidden[-1][1]:
                hidden[-1][1] = max(hidden[-1][1], end)
            else:
                hidden.append([start, end])
        ranges = tuple(HiddenRange(self.source.span(start, end)) for start, end in hidden)
        return ranges, tuple(sorted(self._findings, key=lambda finding: finding.span))

    def _hide_scope(self, opening: _Opening, scope: Scope) -> None:
        self._hidden.append((scope.start, max(scope.end, opening.end)))

    def _between(self, start: int, end: int, above: _Neighbours, below: _Neighbours) -> str:
        """Name what a mark on a line of its own stands between, empty where it stands between nothing."""
        lines = self.source.lines
        first, last = self.source.line_index(start), self.source.line_index(end)
        before, after = above.lines[first], below.lines[last]
        if self._are_rows(before, after) and not self._is_delimiter(after + 1):
            return "rows"
        before, after = above.written[first], below.written[last]
        if before < 0 or after < 0:
            return ""
        around = self.scopes.parts.innermost(start)
        earlier = self.scopes.parts.innermost(
            self.source.line_start(before) + len(lines[before].rstrip()) - 1
        )
        later = self.scopes.parts.following(self.source.line_start(after))
        if earlier is None or later is None or Kind.ROW in (earlier.kind, later.kind):
            return ""
        begins_there = self.source.line_index(later.start) == after
        is_inside = around is None or around.holds(later.start)
        return "items" if begins_there and is_inside and earlier != around else ""

    def _neighbours(self, order: range) -> _Neighbours:
        neighbours = _Neighbours([-1] * len(order), [-1] * len(order))
        line = written = -1
        for index in order:
            neighbours.lines[index], neighbours.written[index] = line, written
            if index not in self._alone:
                line = index
                written = index if self.source.lines[index].strip(" \t>") else written
        return neighbours

    def _are_rows(self, before: int, after: int) -> bool:
        """Tell whether two lines look like rows of one table; the mark between them has cut the lower one off."""
        if before < 0 or after < 0:
            return False
        upper, lower = self.source.lines[before], self.source.lines[after]
        if upper.lstrip(" \t>").startswith("|"):
            return lower.lstrip(" \t>").startswith("|")
        last = self.source.line_start(before) + len(upper.rstrip()) - 1
        return "|" in upper and "|" in lower and self.scopes.tables.innermost(last) is not None

    def _is_delimiter(self, index: int) -> bool:
        return 0 <= index < len(self.source.lines) and bool(
            _DELIMITER_ROW.fullmatch(self.source.lines[index])
        )

    def _find(
        self,
        rule: str,
        message: str,
        start: int,
        end: int,
        nature: Nature = Nature.WARNING,
        hint: str | None = None,
    ) -> None:
        self._findings.append(Finding(rule, message, self.source.span(start, end), nature, hint))

"""Merges that somebody has begun and not finished: git's markers around two versions of the same lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from afterword.model.finding import Finding, Nature
from afterword.model.markup import Kind, Node
from afterword.model.span import Span

_OURS, _BETWEEN, _THEIRS = "<<<<<<< ", "=======", ">>>>>>> "
"""What stands at the start of a line before, between and behind the two versions (git-merge, "How conflicts are presented")."""

_CODE_BLOCK = Kind.CODE_BLOCK


def read_conflicts(text: str, lines: Sequence[str], notable: Iterable[Node]) -> tuple[Finding, ...]:
    """Report each conflict that git has left in the `lines` of a file's text; one that is shown in a code block is none."""
    if _OURS not in text:
        return ()
    code = [node.span for node in notable if node.kind is _CODE_BLOCK]
    return tuple(
        _finding(begin, end, lines[begin - 1])
        for begin, end in _conflicts(lines)
        if not any(span.line <= begin <= span.end_line for span in code)
    )


def _conflicts(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last line of each conflict, from 1."""
    begin, parted = 0, False
    for number, line in enumerate(lines, start=1):
        if line.startswith(_OURS):
            begin, parted = number, False
        elif line == _BETWEEN:
            parted = True
        elif line.startswith(_THEIRS):
            if begin and parted:
                yield begin, number
            begin = 0


def _finding(begin: int, end: int, marker: str) -> Finding:
    return Finding(
        "merge-conflict",
        f"a merge is not finished: two versions of the same lines stand here, to line {end}",
        Span.at(begin, 1, len(marker)),
        Nature.UNREADABLE,
        "keep what holds, and take out the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`",
    )

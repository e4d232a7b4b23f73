"""The line of a file that shows what was found."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from afterword.search.folding import folded


def best_line(lines: Sequence[str], title: str, hits: Collection[str]) -> int:
    """Give the number of the line below the heading `title` that has most of the words, the heading's own where none has any; 1 without either."""
    words = {word for hit in hits for word in folded(hit).split()}
    heading = folded(title)
    begin = next(
        (
            number
            for number, line in enumerate(lines)
            if heading and line.lstrip().startswith("#") and folded(line) == heading
        ),
        0,
    )
    best, most = begin, 0
    for number in range(begin, len(lines)):
        if number > begin and begin and lines[number].startswith("## "):
            break
        count = len(words.intersection(folded(lines[number]).split()))
        if count > most:
            best, most = number, count
    return best + 1

"""A digest as plain text of 80 columns, for mail and chat."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.render.digest.digest_outline import Line, Outline
from afterword.render.text.wrap import columns, plain, wrap

WIDTH = 80
_INDENT = "  "


def digest_text(outline: Outline) -> str:
    """Write it; an address stands on a line of its own, and is never broken."""
    if not outline.parts:
        return f"{plain(outline.lead)}\n"
    lines = [*_headed(outline.title, "="), "", *wrap(plain(outline.lead), WIDTH)]
    for part in outline.parts:
        lines += ["", *_headed(part.heading, "-")]
        for line in part.lines:
            lines += _entry(line)
        if part.more:
            lines.append(f"- and {part.more:,} more")
    for note in outline.notes:
        lines += ["", *wrap(plain(note), WIDTH)]
    return "\n".join(lines) + "\n"


def _headed(text: str, mark: str) -> Iterator[str]:
    lines = wrap(plain(text), WIDTH)
    yield from lines
    yield mark * max(map(columns, lines), default=1)


def _entry(line: Line) -> Iterator[str]:
    first, *others = wrap(f"{line.title} · {' · '.join(line.facts)}" if line.facts else line.title, WIDTH - 2)
    yield f"- {first}"
    for each in others:
        yield _INDENT + each
    for text in line.body:
        yield from (_INDENT + each for each in wrap(text, WIDTH - 2))
    if line.href or line.place:
        yield _INDENT + (line.href or line.place)

"""A digest as Markdown for issues and messages."""

from __future__ import annotations

from afterword.derive.words.markdown_words import as_code, escaped
from afterword.render.digest.digest_outline import Line, Outline


def digest_markdown(outline: Outline) -> str:
    """Write it, with the title as a heading."""
    if not outline.parts:
        return f"{escaped(outline.lead)}\n"
    blocks = [f"# {escaped(outline.title)}", escaped(outline.lead)]
    for part in outline.parts:
        lines = list(map(_entry, part.lines))
        if part.more:
            lines.append(f"- and {part.more:,} more")
        blocks += [f"## {escaped(part.heading)}", "\n".join(lines)]
    return "\n\n".join([*blocks, *map(escaped, outline.notes)]) + "\n"


def _entry(line: Line) -> str:
    title = escaped(line.title)
    facts = "".join(f" · {escaped(each)}" for each in line.facts)
    place = f" · {as_code(line.place)}" if line.place and not line.href else ""
    head = f"- [{title}]({line.href}){facts}" if line.href else f"- **{title}**{facts}{place}"
    # A backslash at the end of a line breaks it on both hosts; of blanks at the end mail leaves nothing.
    return "\\\n  ".join((head, *map(escaped, line.body)))

"""Long texts as Jira Cloud has them: documents of nodes (Atlassian Document Format, version 1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_ADDRESS = re.compile(r"https?://[^\s<>()\"']+[^\s<>()\"'.,;:!?]")


def document(text: str) -> dict[str, Any]:
    """Make a document of plain text: an empty line ends a paragraph, and addresses are links, which Jira makes of them only while somebody types."""
    paragraphs = [part.strip("\n") for part in re.split(r"\n[ \t]*\n", text) if part.strip()]
    return {
        "type": "doc",
        "version": 1,
        "content": [{"type": "paragraph", "content": list(_lines(paragraph))} for paragraph in paragraphs],
    }


def plain(value: object, depth: int = 0) -> str:
    """Give the text of a document, or of a text as it is, without a regard for its shape."""
    if isinstance(value, str):
        return value
    if not isinstance(value, Mapping) or depth > 50:
        return ""
    text, content = value.get("text"), value.get("content")
    inner = (
        "".join(plain(node, depth + 1) for node in content if isinstance(node, Mapping))
        if isinstance(content, list)
        else ""
    )
    # Blocks and breaks part words, the pieces of a line do not.
    return f"{text if isinstance(text, str) else ''}{inner}{'' if value.get('type') == 'text' else chr(10)}"


def _lines(paragraph: str) -> Iterator[dict[str, Any]]:
    for place, line in enumerate(paragraph.split("\n")):
        if place:
            yield {"type": "hardBreak"}
        yield from _pieces(line)


def _pieces(line: str) -> Iterator[dict[str, Any]]:
    after = 0
    for found in _ADDRESS.finditer(line):
        # A piece of text may not be empty.
        if found.start() > after:
            yield {"type": "text", "text": line[after : found.start()]}
        link = {"type": "link", "attrs": {"href": found[0]}}
        yield {"type": "text", "text": found[0], "marks": [link]}
        after = found.end()
    if after < len(line):
        yield {"type": "text", "text": line[after:]}

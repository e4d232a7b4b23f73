"""Ordinary pages that look as if a record was meant (docs/format.md, section 1)."""

from __future__ import annotations

from itertools import islice
from pathlib import PurePosixPath

from afterword.model.finding import Finding, Nature
from afterword.model.settings import Settings
from afterword.model.span import START, Span
from afterword.model.words import NUMBERS
from afterword.parse.markdown.lexicon import Lexicon
from afterword.parse.markdown.markdown import Parsed
from afterword.parse.sections import read_sections
from afterword.parse.source.text import split_lines
from afterword.parse.values.identity import identify
from afterword.parse.values.readers import quoted

SECTIONS_OF_A_RECORD = 3
"""So many sections of the format make a page look like a record; a handbook has examples of one or two."""


def unread_record(text: str, parsed: Parsed, path: str, settings: Settings) -> tuple[Finding, ...]:
    """Report an ordinary page whose headings are those of a post-mortem, unless it is called a template; `text` is that of the file, `parsed` its body."""
    if "template" in path.lower():
        return ()
    lines = split_lines(text)
    end = Span.at(len(lines), len(lines[-1]) + 1)
    _, sections, _, _, _ = read_sections(parsed.blocks, lines, Lexicon.of(settings, None), None, end)
    titles: dict[str, str] = {}
    for section in sections:
        if section.key in NUMBERS:
            titles.setdefault(section.key, section.title)
    if len(titles) < SECTIONS_OF_A_RECORD:
        return ()
    named = ", ".join(quoted(title) for title in islice(titles.values(), SECTIONS_OF_A_RECORD))
    message = f"the page has sections of a post-mortem ({named}) and is no record: its name begins with no day, and no header has `severity` or `services`"
    _, (name_finding,) = identify(PurePosixPath(path).name, None)
    return (Finding("unread-record", message, START, Nature.HINT, name_finding.hint, path=path),)

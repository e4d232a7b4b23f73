"""A drawing of one section, ready to be read."""

from __future__ import annotations

from afterword.model.finding import Finding
from afterword.model.record import Section
from afterword.model.settings import Settings
from afterword.parse.markdown.lexicon import Lexicon
from afterword.parse.markdown.markdown import parse_blocks

LEXICON = Lexicon.of(Settings())


def section(text: str, key: str = "causes") -> tuple[Section, list[str]]:
    """Make a section of a heading on line 1 and the text below it, with the lines of the file."""
    text = f"## Heading\n{text}"
    heading, *blocks = parse_blocks(text, 1)
    drawn = Section(key, "Heading", "heading", heading, tuple(blocks), heading.span)
    return drawn, text.split("\n")


def said(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Give the rule and the place of each finding, the place as `line:column-end`."""
    return [
        (
            each.rule,
            f"{each.span.line}:{each.span.column}-"
            + (f"{each.span.end_line}:" if each.span.end_line != each.span.line else "")
            + str(each.span.end_column),
        )
        for each in findings
    ]

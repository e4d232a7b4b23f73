"""The parts of a record's text that pages about many records show, or count."""

from __future__ import annotations

from afterword.derive.words.known import from_text
from afterword.derive.words.plain_text import plain_text
from afterword.derive.words.written import is_empty, items
from afterword.model.markup import Node
from afterword.model.placeholders import is_placeholder
from afterword.model.record import Postmortem


@from_text("summary-words")
def summary_words(record: Postmortem) -> str | None:
    """Give the summary as plain text, None where there is none."""
    section = record.section("summary")
    return plain_text(section.blocks) if section else None


@from_text("summary-blocks")
def summary_blocks(record: Postmortem) -> tuple[Node, ...] | None:
    """Give the blocks of the summary, None where there is none."""
    section = record.section("summary")
    return section.blocks if section else None


@from_text("has-causes")
def has_causes_section(record: Postmortem) -> bool:
    """Tell whether there is a section for the analysis of causes."""
    return record.section("causes") is not None


@from_text("actions-unread")
def actions_unread(record: Postmortem) -> bool:
    """Tell whether action items are written in a way in which none can be read."""
    return any(finding.rule == "actions-not-a-table" for finding in record.findings)


@from_text("positives")
def positives(record: Postmortem) -> int | None:
    """Count what went well: None where there is no such section, or nothing in it."""
    section = record.section("went-well")
    return None if section is None or is_empty(section) else len(items(section))


@from_text("good-things")
def good_things(record: Postmortem) -> tuple[str, ...] | None:
    """Give the items of What went well as plain text, placeholders left out; None as `positives` does."""
    section = record.section("went-well")
    if section is None or is_empty(section):
        return None
    return tuple(
        text for item in items(section) if (text := plain_text((item,))) and not is_placeholder(text)
    )

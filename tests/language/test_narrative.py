"""What of a document is narrative, and where its characters stand."""

from __future__ import annotations

import datetime as dt

import pytest

from afterword.check.context import Context
from afterword.check.language.narrative import Form, Narrative
from afterword.model.settings import Settings
from afterword.parse.record import parse_record


def narrative_of(source: str) -> Narrative:
    """Read a document as any Markdown file."""
    settings = Settings()
    record = parse_record(source.encode(), "document.md", settings)
    return Context(settings, dt.date(2026, 4, 1), frozenset(), {}, frozenset(), {}).narrative(record)


def texts(source: str) -> list[str]:
    """Give the texts of all passages."""
    return [passage.text for passage in narrative_of(source).passages]


@pytest.mark.parametrize(
    "source",
    [
        "```\nwords\n```",
        "> words\n> - more words",
        "<div>words</div>",
        "![words](words.png)",
        "## Attendees\n\n- Words\n\n### More\n\nWords",
        "**Authors:** words",
        "**Attendees**\n\n- words",
        "- **Reviewers**: words\n  - words",
        "Owner: words",
        "## Sign-off\n\n| Role | Name |\n|---|---|\n| words | words |",
        "## What could have gone better?",
        "Things that could have gone better. Ideally these become action items.",
        "## Root cause",
        '+++\ntitle = "words"\nauthor = "words"\n+++\n',
        "| Commander | Words |\n|---|---|\n| Scribe | words |",
        "## Appendix: #cranes chat logs\n\nwords [5:04 PM]\n\nWords",
        "## Transcript\n\n- words",
    ],
)
def test_no_narrative(source: str) -> None:
    """Code, quotes, HTML, images, lists of people, transcripts, prompts, names of sections and headers are none."""
    assert texts(source) == []


def test_link_text_is_narrative_and_its_address_is_none() -> None:
    """Of a link its text is kept, of a bare address and of code only that something stands there."""
    assert texts(
        "See [the *change*](https://example.com/words), <https://example.com/words> and `words`."
    ) == ["See the change, ￼ and ￼."]


def test_owner_behind_a_sentence_is_left_out() -> None:
    """An action's owner behind its text is no narrative, the text is."""
    assert texts("- Add an alert. Owner: Words Words") == ["Add an alert."]


def test_columns_of_people_are_left_out() -> None:
    """Of a table the columns of sentences are kept, those of owners and times are not."""
    source = "| Time | Action | Owner |\n|---|---|---|\n| 10:00 | Add an alert | Words |"
    assert [(each.text, each.form, each.head) for each in narrative_of(source).passages] == [
        ("Add an alert", Form.CELL, "action")
    ]


@pytest.mark.parametrize(
    ("source", "section"),
    [
        ("## What worked\n\nwords", "went-well"),
        ("# Where did we get lucky?\n\nwords", "lucky"),
        ("## Timeline\n\n### 10:15\n\nwords", "timeline"),
        ("- **Review actions**:\n  - words", "actions"),
        ("**Impact**: words", "impact"),
        ("**Contributing factors**\n\nwords", "factors"),
        ("## Elsewhere\n\nwords", ""),
    ],
)
def test_section_is_known(source: str, section: str) -> None:
    """A passage knows its section, whether a heading, a bold line or a label opens it."""
    assert narrative_of(source).passages[-1].section == section


@pytest.mark.parametrize(
    ("source", "word", "place"),
    [
        ("a &amp; b *word*", "word", "1:12"),
        ("\\*a\\* word", "word", "1:7"),
        ("one\n  two [word](x)", "word", "2:8"),
        ("| H |\n|---|\n| a \\| b é word |", "word", "3:12"),
        ("---\ntitle: 'a word'\n---\n", "word", "2:11"),
        ("- :tada: it’s a word", "word", "1:17"),
        ("# é &lt; word", "word", "1:10"),
    ],
)
def test_every_character_has_its_place(source: str, word: str, place: str) -> None:
    """Escapes, references, emphasis, links and wrapped lines do not move a character."""
    passage = next(each for each in narrative_of(source).passages if word in each.text)
    start = passage.text.index(word)
    span = passage.span(start, start + len(word))
    assert f"{span.line}:{span.column}" == place
    assert (span.end_line, span.end_column) == (span.line, span.column + len(word))

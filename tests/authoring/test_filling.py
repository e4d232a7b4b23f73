"""Answers put into templates: values change where they stand, and nothing else does."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.authoring.filling import LONGEST_SLUG, TemplateError, fill, id_for
from afterword.authoring.templates import TEMPLATES, shipped_text, template_for
from afterword.model.settings import Settings
from afterword.parse.record import parse_record
from afterword.parse.values.fields import FIELDS
from afterword.parse.values.identity import is_id

DAY = dt.date(2026, 3, 14)
TEMPLATE = """\
---
# a remark
title: What happened # as the customer saw it
date: 2026-01-01
services: [storefront] # ids
authors:
  - {name: Your Name, role: your part}
---

## Timeline

- 2026-01-01 10:00 It begins
"""


def test_values_change_and_remarks_stay() -> None:
    """Only the answered values differ; the template's own day becomes the record's wherever it stands."""
    filled = fill(TEMPLATE, {"title": "Checkout: down", "date": "2026-03-14", "services": ("a", "b")})
    assert filled.splitlines() == [
        "---",
        "# a remark",
        "title: 'Checkout: down' # as the customer saw it",
        "date: 2026-03-14",
        "services: [a, b] # ids",
        "authors:",
        "  - {name: Your Name, role: your part}",
        "---",
        "",
        "## Timeline",
        "",
        "- 2026-03-14 10:00 It begins",
    ]


def test_a_value_of_several_lines_becomes_one() -> None:
    """A list below its key is replaced as a whole."""
    filled = fill(TEMPLATE, {"authors": ("Tansy Inkersley",)})
    assert "authors:\n  [Tansy Inkersley]\n---" in filled


def test_keys_that_the_template_lacks_are_added() -> None:
    """What was answered is never lost: it goes to the header's end."""
    assert "role: your part}\nkind: outage\n---\n" in fill(TEMPLATE, {"kind": "outage"})


@pytest.mark.parametrize(
    "text", ["", "# no header\n", "---\n---\n", "---\n- a list\n---\n", "---\na: [b\n---\n"]
)
def test_a_text_without_a_header_takes_no_answers(text: str) -> None:
    """A template without a header that can be read is refused, with the reason."""
    with pytest.raises(TemplateError):
        fill(text, {"title": "x"})


@given(st.text(st.characters(blacklist_categories=("Cc", "Cf", "Cs", "Co", "Cn")), min_size=1, max_size=90))
def test_any_title_is_read_back_as_it_was_typed(title: str) -> None:
    """Colons, quotes, brackets and words that YAML takes for others survive the way into the file."""
    typed = " ".join(title.split())
    record = parse_record(fill(TEMPLATE, {"title": typed}).encode(), "2026-03-14-x.md", Settings())
    assert record.header.title == typed


@given(st.text(max_size=200))
def test_any_title_makes_an_id(title: str) -> None:
    """Whatever is typed, the file's name is a record's id of a length that can be read aloud."""
    made = id_for(title, DAY)
    assert is_id(made)
    assert len(made) <= len("2026-03-14-") + LONGEST_SLUG


def test_ids_end_with_a_whole_word() -> None:
    """Accents and apostrophes are dropped, and a long title is cut between words."""
    assert id_for("Größe: it's déjà vu", DAY) == "2026-03-14-grosse-its-deja-vu"
    assert id_for("word " * 40, DAY) == "2026-03-14-" + "-".join(["word"] * 12)


@pytest.mark.parametrize(
    ("severity", "kind", "template"),
    [
        ("sev0", "outage", "postmortem"),
        ("sev2", "data-loss", "postmortem"),
        ("sev3", "outage", "short"),
        ("sev4", "outage", "short"),
        ("near-miss", "missed-launch", "near-miss"),
        ("sev1", "missed-launch", "launch-or-experiment"),
        ("sev3", "failed-experiment", "launch-or-experiment"),
        ("p7", "outage", "postmortem"),
    ],
)
def test_the_template_fits_what_happened(severity: str, kind: str, template: str) -> None:
    """A near miss is one whatever nearly happened; a severity nobody knows gets the whole form."""
    assert template_for(severity, kind, Settings().rank(severity)) == template


def test_went_well_has_prompts_enough() -> None:
    """The worksheet asks at least 24 questions in eight groups."""
    groups = shipped_text("went-well").split("\n## ")[1:-1]
    assert len(groups) == 8
    assert sum(group.count("\n- ") for group in groups) >= 24


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_every_template_of_the_table_is_there(template) -> None:  # type: ignore[no-untyped-def]
    """A record's template has a header, a worksheet has none."""
    assert shipped_text(template.name).startswith("---\n") is template.is_record


def test_the_whole_form_names_every_field() -> None:
    """An author of the whole form, or of a near miss, need not look a header field up."""
    text = shipped_text("postmortem") + shipped_text("near-miss")
    assert [field.key for field in FIELDS if f"{field.key}:" not in text] == []

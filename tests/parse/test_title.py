"""What a record is called."""

from __future__ import annotations

import pytest

from afterword.model.record import Postmortem
from afterword.model.settings import Settings
from afterword.parse.record import parse_record
from afterword.parse.source.amending import amend, with_edits

HEADER = "---\ndate: 2026-03-14\n---\n\n"
TITLED = "---\ntitle: Checkout down\ndate: 2026-03-14\n---\n\n"


def record(text: str) -> Postmortem:
    """Read a record."""
    return parse_record(text.encode(), "postmortems/2026-03-14-a.md", Settings())


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"{TITLED}# Another\n", "Checkout down"),
        (f"{HEADER}# Checkout *was* `down`\n\nx\n\n# Twice\n", "Checkout was down"),
        ("# Checkout down\n\n## Summary\n", "Checkout down"),
        (f"{HEADER}Before.\n\nCheckout down\n=============\n", "Checkout down"),
        (f"{HEADER}## Summary\n\n# Below a section\n", "2026-03-14-a"),
        (f"{HEADER}# Summary\n\nA section.\n", "2026-03-14-a"),
        (f"{HEADER}# Down[^1]\n\n[^1]: A note.\n", "2026-03-14-a"),
        (f"{HEADER}#\n\n# Second\n", "2026-03-14-a"),
        (f"{HEADER}Text alone.\n", "2026-03-14-a"),
    ],
)
def test_a_record_is_called_by_its_title_its_heading_or_its_id(text: str, title: str) -> None:
    """Of headings the first one of first level counts, where it stands above the sections and holds words alone."""
    assert record(text).title == title


@pytest.mark.parametrize(
    ("header", "written"),
    [
        ("date: 2026-03-14\n", "title: Down\ndate: 2026-03-14\n"),
        ("# A note\nx-own: 1\ndate: 2026-03-14\n", "title: Down\n# A note\nx-own: 1\ndate: 2026-03-14\n"),
        ("allspaw_test:\n  passed: true\n", "title: Down\nallspaw_test:\n  passed: true\n"),
        ("titel: Up\n", None),
        ("title:\ndate: 2026-03-14\n", None),
        ("{date: 2026-03-14}\n", None),
        ("", None),
        ("- a list\n", None),
    ],
)
def test_a_heading_is_written_into_a_header_that_has_no_title(header: str, written: str | None) -> None:
    """The finding about the heading brings the line; none where the title stands there in another spelling, empty, or where no line can be added."""
    text = f"---\n{header}---\n\n# Down\n"
    (found,) = (each for each in record(text).findings if each.rule == "extra-title")
    assert with_edits(text, found.edits) == (text if written is None else text.replace(header, written))


@pytest.mark.parametrize(
    "name", ["Database: *down* # 1", "'Quoted'", "yes", "2026", "- dash", 'a "b" — ü', "x" * 300]
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_title_that_is_written_is_what_the_heading_says(name: str, end: str) -> None:
    """Whatever YAML makes of its signs, in the line ends of the file; the heading repeats it then, which nobody minds."""
    text = f"{HEADER}# {name}\n".replace("\n", end)
    before = record(text)
    amended = amend(text, before.findings).text
    after = record(amended)
    assert after.header.title == before.heading == before.title
    assert "extra-title" not in [each.rule for each in after.findings]
    assert amended.count(end) == text.count(end) + 1 == amended.count("\n")

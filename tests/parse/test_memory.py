"""Reading a text again after a keystroke gives what reading it for the first time gives."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from benchmarks.generate import draw_record

from afterword.authoring.templates import shipped_text
from afterword.model.record import Postmortem
from afterword.model.settings import Settings
from afterword.parse.record import parse_record
from afterword.parse.source.memory import Memory
from tests.conftest import REPOSITORY

SETTINGS = Settings(timezone="UTC", words={"de": {"open": ("offen",)}})
PIECES = (
    *"ab \n|-#*[]()`<>:😀é",
    "\n\n",
    "```\n",
    "<!-- internal -->",
    "<!-- afterword: ignore placeholder -- reason -->\n",
    "[a]: https://x.example/a\n",
    "[^1]: note\n",
    "[a][a] [^1]",
    "## Impact\n",
    "  - deeper -> A1\n",
    "| A9 | b | c |\n",
    "\\|",
    "\r\n",
    "> ",
    "---\n",
    "severity: sev9\n",
    "<div>\n",
    "&amp;",
    ":bug:",
    "| a | **b** | ![c](d.png) | [e][a] |\n|---|---|\n| 1 | `x` | ![c](d.png) |\n",
)
TEXTS = (
    draw_record(3)[1],
    shipped_text("postmortem"),
    *(path.read_text("utf-8") for path in sorted((REPOSITORY / "postmortems").glob("2025/*.md"))[:2]),
    "[a][a]\n\n- x\n\n  y[^1]\n\n[a]: https://x.example/a\n\n[^1]: note\n",
    "| a | b |\n|---|---|\n| :bug: | [x][a] ![y](z.png) |\n| 1 | 2 | 3 \\| 4 |\n\n- > | a |\n  > |---|\n  > | b |\n\n:bug:\n",
)


def read(text: str, memory: Memory | None = None) -> Postmortem:
    """Read a text as a record."""
    return parse_record(text.encode(), "postmortems/2026/2026-03-14-x.md", SETTINGS, memory=memory)


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_a_remembered_text_reads_like_a_new_one(number: int) -> None:
    """Letters, line ends, fences, definitions and comments come and go anywhere; what is not remembered well would differ."""
    dice, text, memory = random.Random(number), TEXTS[number], Memory()  # noqa: S311 - no secret
    read(text, memory)
    for _ in range(80):
        at = dice.randrange(len(text) + 1)
        text = text[:at] + dice.choice(PIECES) + text[at + dice.choice((0, 0, 0, 1, 3)) :]
        again = read(text, memory)
        assert again == read(text), text[max(0, at - 40) : at + 40]


def test_what_the_header_says_counts_in_the_sections() -> None:
    """A change of any field that a section is read by is noticed there, whatever was read before."""
    memory = Memory()
    lines = (
        "date: 2026-03-15",
        "date: soon",
        "timezone: Europe/Berlin",
        "timezone:",
        "incidents: [INC-1]",
        "incidents: [INC-1, INC-2]",
        "severity: sev4",
        "kind: missed-launch",
        "language: de",
        "retold_from: https://x.example/report",
        "title: another",
    )
    head, _, body = shipped_text("postmortem").partition("\n---\n")
    # What is left out here has to come from the header, or is asked for by it.
    for old, new in (
        ("Method: causal tree", ""),
        ("Time (UTC)", "Time"),
        ("2026-01-01 00", "00"),
        ("| Owner |", "| Team |"),
        ("| open |", "| offen |"),
        ("| candidate |", "| offen |"),
    ):
        body = body.replace(old, new)
    for line in lines:
        kept = [each for each in head.splitlines() if not each.startswith(line.partition(":")[0])]
        for header in (head, "\n".join([*kept, line])):
            # The sections stay on their lines, or they would be read anew for that alone.
            text = header + "\n" * (60 - header.count("\n")) + "---\n" + body
            assert read(text, memory) == read(text), line


def test_what_has_not_changed_is_not_read_again() -> None:
    """After a letter in one section the parts of the others are the very same objects; after a line above them none are, since they have moved."""
    text, memory = TEXTS[0], Memory()
    before = read(text, memory)
    after = read(text.replace("## Summary\n\n", "## Summary\n\nX"), memory)
    assert after.timeline is before.timeline and after.timeline is not None
    assert after.actions is before.actions and after.header is before.header
    titled = read(text.replace("title: ", "title: X", 1), memory)
    assert titled.timeline is before.timeline and titled.causal_tree is before.causal_tree
    assert after.sections[0].blocks[0] is not before.sections[0].blocks[0]
    moved = read(text.replace("## Summary\n\n", "## Summary\n\n\n"), memory)
    assert moved.timeline is not before.timeline


def test_a_row_is_not_read_again_for_another() -> None:
    """After a letter in one row of a table the others are the very same objects, and what is notable in them is still found once."""
    rows = "".join(f"| {number} | [x](https://x.example/{number}) |\n" for number in range(4))
    text, memory = f"| a | b |\n|---|---|\n{rows}", Memory()
    before = read(text, memory)
    after = read(text.replace("| 2 |", "| 2x |"), memory)
    (old,), (new,) = before.preamble, after.preamble
    assert [a is b for a, b in zip(old.children, new.children, strict=True)] == [True] * 3 + [False, True]
    assert len(after.notable) == len(before.notable) == 4


def test_signs_that_decide_how_all_is_read_are_noticed() -> None:
    """A reference or a backslash somewhere changes what is kept of the source of an emoji elsewhere."""
    memory, text = Memory(), ":bug:\n\n| a |\n|---|\n| :bug: |\n\nx\n"
    for typed in ("x", "&amp;", "\\*", "x"):
        again = text.replace("\nx", f"\n{typed}")
        assert read(again, memory) == read(again), typed


def test_other_settings_are_read_anew() -> None:
    """A memory is of one text under some settings: under others nothing of it counts that depends on them."""
    memory, text = Memory(), TEXTS[0]
    read(text, memory)
    other = Settings(timezone="Europe/Berlin", services=SETTINGS.services)
    place = Path("2026-03-14-x.md").name
    assert parse_record(text.encode(), place, other, memory=memory) == parse_record(
        text.encode(), place, other
    )

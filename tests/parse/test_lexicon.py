"""Names are read as their authors write them."""

from __future__ import annotations

import pytest

from afterword.model.settings import Settings
from afterword.model.words import ACTION_HEADS, TIMELINE_HEADS
from afterword.parse.markdown.lexicon import Lexicon, final_parenthesis, normalise
from afterword.parse.source.edits import one_edit

PLAIN = Lexicon.of(Settings())


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Timeline", "timeline"),
        ("TIMELINE OF EVENTS:", "timeline"),
        ("4. Timeline (all times UTC)", "timeline"),
        ("4) **Timeline**", "timeline"),
        ("⏱️ Timeline!", "timeline"),
        (":clock1: Timeline", "timeline"),
        ("What didn’t go so well?", "went-wrong"),
        ("TL;DR", "summary"),
        ("Incident Summary", "summary"),
        ("Incident impact", "impact"),
        ("Corrective and Preventative Measures", "actions"),
        ("Conclusions", "lessons"),
        ("8.1 Root  cause", "causes"),
        ("Root cause analysis (5 whys):", "causes"),
        ("Where we got lucky", "lucky"),
        ("4 Timeline", "timeline"),
        ("2: Summary", "summary"),
        ("2.Summary", "summary"),
        ("3 – Impact", "impact"),
        ("IV. Timeline", "timeline"),
        ("1️⃣ Summary", "summary"),
        ("Follow‑ups", "actions"),
        ("Time\u00adline", "timeline"),
        ("5 whys", None),
        ("Time line", None),
        ("Timeline of the migration", None),
        ("", None),
    ],
)
def test_section_names_are_compared_by_their_words(title: str, key: str | None) -> None:
    """Case, numbering, markup, emoji, final punctuation and a final parenthesis make no other section."""
    assert PLAIN.section(title) == key


def test_settings_add_sections_and_words_of_a_language() -> None:
    """Aliases come from the settings, those of a region from its language, too."""
    settings = Settings(
        language="de-AT",
        section_aliases={"summary": ("Synopsis",)},
        words={"de": {"timeline": ("Zeitverlauf",), "MITIGATED": ("GEMILDERT",), "owner": ("Zuständig",)}},
    )
    lexicon = Lexicon.of(settings)
    assert (lexicon.section("Synopsis"), lexicon.section("3. Zeitverlauf")) == ("summary", "timeline")
    assert lexicon.mark("gemildert") == "MITIGATED"
    assert lexicon.head(ACTION_HEADS, "ZUSTÄNDIG") == "owner"
    assert Lexicon.of(settings, "fr").mark("gemildert") is None


def test_heads_marks_and_vocabulary_words() -> None:
    """Each table answers with its canonical word, or None."""
    assert PLAIN.head(TIMELINE_HEADS, "Time (Europe/Berlin)") == "time"
    assert PLAIN.head(ACTION_HEADS, "#") == "id"
    assert PLAIN.head(ACTION_HEADS, "Tracking issue") == "ticket"
    assert PLAIN.head(ACTION_HEADS, "Mood") is None
    assert PLAIN.mark("detected") == "DETECTED"
    assert PLAIN.mark("detected inc-1") is None
    assert PLAIN.status("Won’t do") == "cancelled"
    assert PLAIN.method("Five whys.") == "5 whys"
    assert PLAIN.gate("or") == "OR"


def test_a_name_of_signs_alone_is_kept() -> None:
    """Taking decorations off never leaves nothing of what was something."""
    assert normalise("#") == "#"
    assert normalise("(UTC)") == "(utc)"


def test_the_final_parenthesis_is_given() -> None:
    """What a heading says at its end in parentheses is its note."""
    assert final_parenthesis("Timeline (all times UTC):") == "all times UTC"
    assert final_parenthesis("Timeline (UTC) of May") == ""
    assert final_parenthesis("🕐 Timeline (Europe/Berlin) 🕐") == "Europe/Berlin"


@pytest.mark.parametrize(
    ("first", "second", "near"),
    [
        ("DETECED", "DETECTED", True),
        ("DETCETED", "DETECTED", True),
        ("DETECTTED", "DETECTED", True),
        ("DETEKTED", "DETECTED", True),
        ("DETECTED", "DETECTED", False),
        ("DTEECTDE", "DETECTED", False),
        ("", "A", True),
        ("AB", "", False),
    ],
)
def test_one_edit_counts_a_swap_of_neighbours_as_one(first: str, second: str, near: bool) -> None:
    """Insertion, deletion, replacement and swap are one edit each, either way round."""
    assert one_edit(first, second) is one_edit(second, first) is near

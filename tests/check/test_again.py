"""Judging a text again after a keystroke finds what judging it for the first time finds."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from benchmarks.generate import draw_record

from afterword.authoring.templates import shipped_text
from afterword.check.again import MOST_SHAPES, JudgedPassages
from afterword.check.context import ArchiveContext
from afterword.check.runner import RULE_OPTIONS, check_record
from afterword.model.archive import Archive
from afterword.model.finding import Finding
from afterword.model.record import Postmortem
from afterword.model.settings import Settings
from afterword.parse.record import parse_record
from afterword.parse.source.memory import Memory

SETTINGS = Settings(timezone="UTC")
PIECES = (
    *"ab .|-#*>\n",
    "\n\n",
    " The engineer should have tested it. ",
    "\n\nWe could easily have caught this.\n\n",
    " A test would have prevented it. ",
    " It was the fault of the operator. ",
    "\n- Somebody forgot to restart it\n",
    "\n- Juno deleted the table\n",
    " the root cause was a typo. ",
    "\n\nThe decision was wrong. ",
    " he believed that ",
    " mistaken ",
    "\n\n**What went well:**\n\n",
    "\n\n## Lessons learned\n\n",
    "\n\n**Owner**: Juno should have known.\n",
    "authors: [{name: Juno Papercliff}]\n",
    "language: de\n",
    "| 14:02 | Juno ran the wrong script |\n",
)
TEXTS = (draw_record(3)[1], shipped_text("postmortem"), "A team ignored it.\n\n| a | b |\n|---|---|\n")


def read(text: str, memory: Memory | None = None) -> Postmortem:
    """Read a text as a record."""
    return parse_record(text.encode(), "postmortems/2026/2026-03-14-x.md", SETTINGS, memory=memory)


def judge(record: Postmortem, judged: JudgedPassages | None = None) -> tuple[Finding, ...]:
    """Apply all rules to a record that is alone in its archive."""
    passages = judged.passages if judged is not None else None
    archive = Archive.of(SETTINGS, (record,))
    context = ArchiveContext.of(archive, dt.date(2026, 11, 23), RULE_OPTIONS, passages=passages)
    return check_record(record, context, (), judged)


@pytest.mark.parametrize("number", [pytest.param(0, marks=pytest.mark.slow), *range(1, len(TEXTS))])
def test_a_text_is_judged_again_as_a_new_one_is(number: int) -> None:
    """Sentences, headings, labels, names and lines come and go anywhere; a passage that was kept wrongly, or left where it stood, would differ."""
    dice, text = random.Random(number), TEXTS[number]  # noqa: S311 - no secret
    memory, judged, rules = Memory(), JudgedPassages(), set[str]()
    judge(read(text, memory), judged)
    for _ in range(120):
        at = dice.randrange(len(text) + 1)
        text = text[:at] + dice.choice(PIECES) + text[at + dice.choice((0, 0, 0, 1, 3)) :]
        record = read(text, memory)
        again = judge(record, judged)
        assert again == judge(record), text[max(0, at - 40) : at + 40]
        rules.update(each.rule for each in again)
    assert {"should-have", "counterfactual"} <= rules


def test_who_is_known_by_name_counts_in_all_passages() -> None:
    """A name that comes into the header, or goes, makes what the body says of it a finding, or none, though no passage has changed."""
    memory, judged = Memory(), JudgedPassages()
    text = "---\ntitle: x\nauthors: [{{name: {} Papercliff}}]\n---\n\n## Contributing factors\n\n- Blorbo deleted the table\n"
    found = []
    for name in ("Tansy", "Blorbo", "Tansy"):
        record = read(text.format(name), memory)
        found.append("person-in-cause" in {each.rule for each in judge(record, judged)})
        assert judge(record, judged) == judge(record)
    assert found == [False, True, False]


def test_passages_that_moved_are_found_where_they_stand() -> None:
    """A line above moves what was found with its text, without judging it anew, and back."""
    judged, text = JudgedPassages(), "## Summary\n\nWe should have tested it.\n"
    for lines in (0, 1, 3, 0):
        found = judge(read("\n" * lines + text), judged)
        (told,) = (each for each in found if each.rule == "should-have")
        assert told.span.line == told.span.end_line == 3 + lines
    assert len(judged._shapes) == 1


def test_what_is_kept_stays_small() -> None:
    """However long somebody writes, no more than some thousand passages are kept."""
    judged = JudgedPassages()
    for number in range(40):
        text = "\n\n".join(f"Passage {number * 200 + each} was read." for each in range(200))
        judge(read(text), judged)
    assert len(judged._shapes) <= MOST_SHAPES + 200

"""Counting sentences and items."""

from __future__ import annotations

import pytest

from afterword.check.prose import count_sentences
from afterword.parse.markdown.markdown import parse_blocks


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three?", 3),
        ("One without an end", 1),
        ("", 0),
        ("It was slow, e.g. for cards. Then it was over.", 2),
        ("Version 1.2.3 of api.py failed at 14.05. It was rolled back.", 2),
        ("He said “stop.” They did.", 2),
        ("A line\nthat goes on. Next.", 2),
        ("- One.\n- Two\n  - Three", 3),
        ("`a. B. c.` failed.", 1),
        ("One **bold. End** here.", 2),
        ("Wait... then on. Really…", 2),
        ("First paragraph\n\nSecond paragraph.", 2),
        ("| A. B. |\n|---|\n| C. D. |", 0),
        ("We waited. 22 minutes later it was over.", 2),
        ("The U.S. East region failed. It is over.", 2),
        ("遅かった。直した！", 2),
        ("Das war Plan B. Danach ging es.", 2),
    ],
)
def test_sentences(text: str, sentences: int) -> None:
    """A sentence ends where a reader would say so: not at abbreviations, versions or file names."""
    assert count_sentences(parse_blocks(text, 1)) == sentences

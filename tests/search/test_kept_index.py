"""An index of which parts were kept answers as one that is made anew."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from benchmarks.generate import write_archive
from playwright.sync_api import Browser

from tests.conftest import Serve
from tests.mkdocs_plugin.drawn_archive import built
from tests.search.asking import asked, open_engine

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RECORDS = 160
QUESTIONS = 50
NEW = "zwischenspeicher"
"""A word that no record has before."""


def questions(texts: Sequence[str]) -> list[str]:
    """Draw words, pairs of them and phrases from records, always the same."""
    dice = random.Random(9)  # noqa: S311 - questions, not secrets
    drawn = [NEW, f"{NEW} "]
    while len(drawn) < QUESTIONS:
        words = re.findall(r"[A-Za-z]{4,}", dice.choice(texts).partition("## Summary")[2])
        at = dice.randrange(len(words) - 3)
        drawn.append(
            dice.choice(
                (words[at], " ".join(words[at : at + 2]), f'"{words[at]} {words[at + 1]}"', words[at][:5])
            )
        )
    return drawn


def test_an_edited_archive_is_searched_as_a_new_one(tmp_path: Path, serve: Serve, browser: Browser) -> None:
    """Fifty questions find the same records, in the same order."""
    records = write_archive(tmp_path, RECORDS)
    with (tmp_path / "afterword.yml").open("a", encoding="utf-8") as settings:
        settings.write("search: postings\n")
    built(tmp_path)
    edited, gone = records[17], records[100]
    edited.write_text(
        edited.read_text("utf-8").replace("## Summary\n\n", f"## Summary\n\nThe {NEW} was full. "), "utf-8"
    )
    gone.unlink()
    built(tmp_path)
    built(tmp_path, "new", keep=False)
    wanted = questions([path.read_text("utf-8") for path in records if path.exists()])
    answers = []
    for site in ("site", "new"):
        page = browser.new_page()
        page.goto(f"{serve(tmp_path / site)}/search/")
        open_engine(page)
        answers.append([asked(page, text) for text in wanted])
        page.close()
    old, new = answers
    assert old == new
    assert old[0]["ids"] == [edited.stem]
    assert sum(bool(answer["ids"]) for answer in old) > QUESTIONS * 0.8

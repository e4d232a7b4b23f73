"""What the site's search is made of: the engine that fits, and what of it is made again."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from afterword.derive.search_documents import SearchDocument
from afterword.model.settings import SearchSettings, Settings
from afterword.operations.site_search.site_search import SiteSearch, site_search
from afterword.search.files import compressed_size
from afterword.search.lunr_index import lunr_file
from afterword.search.tiers import MARGIN, estimated_size
from afterword.sources.cache import Cache
from tests.search.drawn_documents import DOCUMENTS, a_document

WORDS = [
    "queue",
    "pool",
    "lease",
    "certificate",
    "disk",
    "replica",
    "broker",
    "cache",
    "token",
    "quota",
    "socket",
    "thread",
    "lock",
    "shard",
]


def many(count: int) -> tuple[SearchDocument, ...]:
    """Draw documents that differ from each other."""
    return tuple(
        a_document(
            f"2026-{1 + number % 12:02}-{1 + number % 28:02}-{number:05}",
            f"Case {number}",
            " ".join(WORDS[(number * step) % len(WORDS)] + str(number % step) for step in range(1, 40)),
        )
        for number in sorted(range(count), key=lambda each: (each % 12, each % 28, each))
    )


def written_from(first: int) -> dict[int, int]:
    """Put other letters, from `first` on, in the place of a to z."""
    return {ord("a") + each: first + each for each in range(26)}


def prose(number: int) -> str:
    """Draw words of which some are common and many are rare, as in a text."""
    dice = random.Random(number)  # noqa: S311 - a drawing
    return " ".join(
        "".join(chr(ord("a") + int(dice.paretovariate(0.7)) % 26) for _ in range(5)) for _ in range(150)
    )


def made(
    documents: Sequence[SearchDocument], folder: Path, engine: str = "auto", budget: int = 150_000
) -> SiteSearch:
    """Make the search of documents."""
    settings = Settings(search=SearchSettings(engine, budget))
    return site_search(documents, settings, "a/", Cache(folder / "cache"))


def engine_of(search: SiteSearch) -> str:
    """Give the engine that the catalogue names."""
    (catalogue,) = (file for file in search.files if file.address == "a/search/catalogue.json")
    return str(json.loads(catalogue.content)["engine"])


def names(search: SiteSearch) -> set[str]:
    """Give the files beside the parts and below no other folder."""
    return {file.address.removeprefix("a/search/") for file in search.files if file.address.count("/") == 2}


def test_a_small_archive_has_lunr(tmp_path: Path) -> None:
    """While lunr's index is within the budget it is taken, with its real weight."""
    search = made(DOCUMENTS, tmp_path)
    assert engine_of(search) == "lunr"
    assert names(search) == {"catalogue.json", "words.json", "lunr.json"}
    assert search.note.startswith("search: lunr, its index is ")
    assert search.note.endswith(" compressed and the budget is 150 KB")
    assert "about" not in search.note


def test_beyond_the_budget_postings_are_taken(tmp_path: Path) -> None:
    """A larger index is not sent to readers, and what it would have weighed is said."""
    search = made(DOCUMENTS, tmp_path, budget=500)
    assert engine_of(search) == "postings"
    assert names(search) == {"catalogue.json", "words.json", "postings.json"}
    assert search.note.startswith("search: postings, since lunr's index would be ")


@pytest.mark.parametrize("script", ["latin", "cyrillic", "han"])
def test_the_estimate_is_near_enough(script: str) -> None:
    """The weight of lunr's index is known within the margin, before it is made, in whatever script."""
    letters = {"latin": {}, "cyrillic": written_from(0x430), "han": written_from(0x4E00)}[script]
    documents = [
        a_document(f"2026-01-01-{number}", *(text.translate(letters) for text in ("case", prose(number))))
        for number in range(20)
    ]
    estimate = estimated_size(documents)
    assert estimate / MARGIN < compressed_size(lunr_file(documents, "").content) < estimate * MARGIN


def test_near_the_budget_the_index_is_weighed(tmp_path: Path) -> None:
    """Far above the budget an estimate will do; where it may be wrong about which side the index is on it is not asked."""
    documents = [a_document(f"2026-01-01-{number}", "case", prose(number)) for number in range(20)]
    weight = compressed_size(lunr_file(documents, "a/").content)
    assert engine_of(made(documents, tmp_path, budget=weight)) == "lunr"
    just_below = made(documents, tmp_path, budget=weight - 1)
    assert engine_of(just_below) == "postings"
    assert "would be about" not in just_below.note
    assert "would be about" in made(documents, tmp_path, budget=weight // 2).note


@pytest.mark.parametrize("engine", ["lunr", "postings"])
def test_the_engine_can_be_set(tmp_path: Path, engine: str) -> None:
    """What the settings name is taken, whatever it weighs."""
    search = made(DOCUMENTS, tmp_path, engine, 1)
    assert engine_of(search) == engine
    assert search.note.endswith(", as `search` in the settings says")


def test_without_texts(tmp_path: Path) -> None:
    """Facts are searched still: the catalogue is there, and nothing of the texts."""
    search = made(DOCUMENTS, tmp_path, "off")
    assert engine_of(search) == "off"
    assert [file.address for file in search.files] == ["a/search/catalogue.json"]


def test_an_empty_archive_has_a_search(tmp_path: Path) -> None:
    """Whatever engine is set, an archive without records is no fault."""
    for engine in ("auto", "lunr", "postings", "off"):
        assert json.loads(made((), tmp_path, engine).files[0].content)["records"]["id"] == []


def test_progress_is_told(tmp_path: Path) -> None:
    """Who waits for a large index hears how many records are in."""
    told: list[tuple[int, int]] = []
    settings = Settings(search=SearchSettings("postings"))
    site_search(DOCUMENTS, settings, "a/", Cache(tmp_path), lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]

"""The large index in pieces: where they are cut, what is written, and what an edit leaves as it was."""

from __future__ import annotations

import json
import random
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.search.front_coding import front_coded, uncoded
from afterword.search.pieces import (
    DEEPEST,
    LARGEST,
    OF_A_TERM,
    OWN,
    Piece,
    compared,
    cuts,
    edited,
    file_name,
    index_files,
)
from afterword.search.postings import Posting, Postings, postings_of

TERM = st.text(alphabet="ab1éж\N{GOTHIC LETTER AHSA}", min_size=1, max_size=6)
Records = list[dict[str, Posting]]


def made(records: Records) -> tuple[dict[str, Piece], dict[str, int]]:
    """Make the pieces of records, and count those of each term."""
    terms: defaultdict[str, Postings] = defaultdict(Postings)
    for row, record in enumerate(records):
        for term, posting in record.items():
            terms[term].put(row, posting)
    counts = {term: len(terms[term].rows) for term in sorted(terms, key=compared)}
    ordered = [*counts]
    pieces = {
        start: Piece.of({term: terms[term] for term in ordered[begin:end]})
        for start, begin, end in cuts(ordered, counts)
    }
    return pieces, counts


def drawn(dice: random.Random, terms: int) -> dict[str, Posting]:
    """Draw a record with some of many terms, a few of which are common."""
    words = [
        f"{dice.choice('abcp')}{int(dice.expovariate(0.02)):03}" if dice.random() < 0.9 else "common"
        for _ in range(terms)
    ]
    return postings_of({"title": words[:4], "body": words[4:]})


@given(st.dictionaries(TERM, st.integers(1, 2 * LARGEST), max_size=40))
def test_cuts_hold_every_term_once(counts: dict[str, int]) -> None:
    """Pieces follow each other, none begins behind its first term, and only one term alone is larger than a piece may be."""
    terms = sorted(counts, key=compared)
    found = [*cuts(terms, counts)]
    assert [at for _, begin, end in found for at in range(begin, end)] == [*range(len(terms))]
    for start, begin, end in found:
        assert begin < end and compared(start) <= compared(terms[begin])
        assert not begin or compared(terms[begin - 1]) < compared(start)
        size = sum(counts[term] + OF_A_TERM for term in terms[begin:end])
        assert size <= LARGEST or end - begin == 1
    assert len({file_name(start) for start, _, _ in found}) == len(found)


def test_a_family_of_long_terms_is_cut_where_names_of_files_end() -> None:
    """Terms that begin alike for longer than a file's name may be lie in one piece, however many they are."""
    terms = [f"{'x' * 60}{number:05}" for number in range(2_000)]
    assert [*cuts(terms, dict.fromkeys(terms, 1))] == [("", 0, 2_000)]


@given(st.lists(st.tuples(TERM, st.integers(1, 15), st.lists(st.integers(0, 900), min_size=1)), max_size=20))
def test_a_piece_is_read_as_it_was_written(drawn: list[tuple[str, int, list[int]]]) -> None:
    """Rows, weights and places come back."""
    terms: defaultdict[str, Postings] = defaultdict(Postings)
    for row, (term, weight, places) in enumerate(drawn):
        first, *more = places
        terms[term].put(3 * row, (weight, [-1 - first, *more]))
    ordered = {term: terms[term] for term in sorted(terms, key=compared)}
    piece = Piece.of(ordered)
    assert piece.terms() == ordered
    assert Piece.read(piece.content()) == piece


def test_places_of_many_records_are_a_file_of_their_own() -> None:
    """They are asked for by one term, and would be loaded with each of its neighbours; a term that is no name of a file stays among the others."""
    long = "x" * (DEEPEST + 1)
    pieces, _ = made(
        [postings_of({"body": ["common", "pool", long, "жар"]})] * (OWN + 1)
        + [postings_of({"body": ["pole"]})]
    )
    files = {file.address for file in index_files(pieces, "12345678", "")}
    assert {each for each in files if "/w-" in each} == {
        f"search/postings/w-{name}.json" for name in ("common", "pool", "_043604300440")
    }
    (piece,) = pieces.values()
    assert len(piece.terms()["common"].places) == len(piece.terms()[long].places) == OWN + 1
    assert [*piece.terms()["pole"].places] == [-1]


@given(st.sets(TERM))
def test_words_are_front_coded(words: set[str]) -> None:
    """What is left out of sorted words is found again, also where letters are two of JavaScript's."""
    ordered = sorted(words, key=compared)
    assert uncoded(front_coded(ordered)) == ordered


@pytest.mark.parametrize("seed", range(12))
def test_an_edited_index_is_one_made_anew(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Records that change, come behind the others or lose all terms leave the pieces that a new index has."""
    monkeypatch.setattr("afterword.search.pieces.LARGEST", 60)
    monkeypatch.setattr("afterword.search.pieces.OWN", 20)
    dice = random.Random(seed)  # noqa: S311 - records, not secrets
    records = [drawn(dice, dice.randrange(5, 40)) for _ in range(60)]
    pieces, _ = made(records)
    before = dict(enumerate(records))
    for row in dice.sample(range(60), dice.randrange(1, 6)):
        records[row] = {} if dice.random() < 0.2 else drawn(dice, 20)
    records += [drawn(dice, 20) for _ in range(dice.randrange(3))]
    edits: defaultdict[str, dict[int, Posting | None]] = defaultdict(dict)
    for row, record in enumerate(records):
        old = before.get(row, {})
        for term in {*old, *record}:
            if old.get(term) != record.get(term):
                edits[term][row] = record.get(term)
    wanted, counts = made(records)
    assert len(wanted) > 10
    found = edited(pieces, counts, edits)
    assert [*found.items()] == [*wanted.items()]


def test_a_word_more_moves_few_places() -> None:
    """The places of later fields stay where they are, so that an edit changes few pieces."""
    body = [f"word{number}" for number in range(30)]
    before = postings_of({"summary": ["one", "two"], "body": body})
    after = postings_of({"summary": ["one", "new", "two"], "body": body})
    assert {term for term in after if before.get(term) != after[term]} == {"new", "two"}


def test_what_counts_more_weighs_more() -> None:
    """A title before a body, often before once, a short record before a long one, within the fifteen weights."""
    found = postings_of({"title": ["a"], "body": ["b", "b", "b", "c"]})
    assert 15 > found["a"][0] > found["b"][0] > found["c"][0] >= 1
    assert postings_of({"body": ["c", *["d"] * 3000]})["c"][0] <= found["c"][0]
    assert postings_of({"title": ["a"] * 500})["a"][0] == 15


def test_files_are_asked_for_by_version() -> None:
    """The directory names each piece with four signs of what it holds, which differ where one place does."""
    pieces, _ = made([postings_of({"body": ["жар", "pool"]}), postings_of({"body": ["pool", "certificate"]})])
    *files, directory = index_files(pieces, "12345678", "a/")
    assert [file.address for file in files] == ["a/search/postings/t-.json", "a/search/postings/p-.json"]
    told = json.loads(directory.content)
    assert told["rows"] == "12345678"
    assert uncoded(told["starts"]) == [""] and len(told["versions"]) == 4
    other, _ = made([postings_of({"body": ["pool", "жар"]}), postings_of({"body": ["pool", "certificate"]})])
    assert other[""].postings == pieces[""].postings and other[""].version != told["versions"]
    assert file_name("жа") == "_04360430"

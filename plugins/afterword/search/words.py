"""The archive's words, for slips in a question: loaded when a word of it is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from afterword.derive.search_documents import SearchDocument
from afterword.search.files import IndexFile, json_bytes
from afterword.search.folding import folded
from afterword.search.front_coding import front_coded
from afterword.search.terms import STOP_WORDS

FORMAT = 1
NAME = "search/words.json"
LEAST, MOST = 4, 24
"""Letters of a word that a slip is looked for in; longer ones are hashes and addresses."""
MANY = 30_000
"""Words at most, those of most records; a real archive of 10,000 records has more, and most of them are numbers and names of hosts."""


def words_of(document: SearchDocument) -> set[str]:
    """Give the words of a record that slips are forgiven to: no numbers, nothing short."""
    told = (word for each in document.passages for word in (each.title, each.text))
    return kept_words(folded(" ".join((document.title, *document.names, *told))).split())


def kept_words(words: Iterable[str]) -> set[str]:
    """Give those of folded words that slips are forgiven to."""
    return set(filter(_is_kept, set(words)))


@lru_cache(maxsize=200_000)
def _is_kept(word: str) -> bool:
    return LEAST <= len(word) <= MOST and word not in STOP_WORDS and not any(sign.isdigit() for sign in word)


def words_file(counts: Counter[str], base: str) -> IndexFile:
    """Give `<base>search/words.json` from words and the number of records that hold each.

    `words` is one text of sorted words (`front_coding`).
    """
    kept = sorted(sorted(counts, key=lambda word: (-counts[word], word))[:MANY])
    return IndexFile(base + NAME, json_bytes({"format": FORMAT, "words": front_coded(kept)}))

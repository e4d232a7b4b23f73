"""A sentence as words: contractions taken apart, common misspellings of auxiliaries mended, each word with its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

_TOKEN = re.compile(r"[^\W\d_]+(?:[-'/&][^\W\d_]+)*'?|\d[\d.,:%]*\w*|\ufffc|->|[^\w\s]")
_NEGATIVE = {
    "can't": ("can", "not"),
    "cannot": ("can", "not"),
    "won't": ("will", "not"),
    "shan't": ("shall", "not"),
    "ain't": ("is", "not"),
    "shoulda": ("should", "have"),
    "coulda": ("could", "have"),
    "woulda": ("would", "have"),
    "hadn": ("had", "not"),
    "let's": ("let", "us"),
}
_BARE_NEGATIVES = {
    f"{verb}nt": (verb, "not")
    for verb in (
        "should",
        "could",
        "would",
        "did",
        "does",
        "do",
        "was",
        "were",
        "had",
        "has",
        "have",
        "is",
        "are",
        "must",
        "might",
        "need",
    )
}
_MISSPELT = {
    "shoud": "should",
    "shold": "should",
    "sould": "should",
    "shuold": "should",
    "shoudl": "should",
    "woud": "would",
    "wuold": "would",
    "woudl": "would",
    "wold": "would",
    "coud": "could",
    "cuold": "could",
    "coudl": "could",
    "cold've": "could've",
    "hav": "have",
    "ahve": "have",
    "hvae": "have",
    "haev": "have",
    "accidently": "accidentally",
    "acidentally": "accidentally",
    "accidentaly": "accidentally",
    "mistakingly": "mistakenly",
    "mistakely": "mistakenly",
    "inadvertantly": "inadvertently",
    "unintentially": "unintentionally",
    "obviosly": "obviously",
    "forgoten": "forgotten",
    "becuase": "because",
}
_SPECIAL = frozenset({"of", *_NEGATIVE, *_BARE_NEGATIVES, *_MISSPELT})
_SUFFIXES = (("n't", "not"), ("'ve", "have"), ("'d", "'d"), ("'ll", "'ll"), ("'re", "'re"), ("'m", "'m"))
_HAS_S = frozenset(
    ["it", "that", "he", "she", "who", "there", "here", "what", "where", "this", "how", "when"]
)
_MODAL = frozenset({"should", "could", "would", "might", "must"})


class Tokens:
    """The words of a text in small letters; `of` behind `should`, `could` and `would` is read as `have`."""

    def __init__(self, text: str) -> None:
        self.text = text
        lower = text.lower()
        # A few letters become two when small; places are counted in the text.
        self._lower = lower if len(lower) == len(text) else "".join(char.lower()[0] for char in text)
        self._found: list[str] = _TOKEN.findall(self._lower)
        self._is_plain = "'" not in lower and "/" not in lower and _SPECIAL.isdisjoint(self._found)
        self.words: tuple[str, ...] = tuple(self._found if self._is_plain else self._expanded())

    def __len__(self) -> int:
        """Count the words."""
        return len(self.words)

    def said(self, first: int, last: int) -> str:
        """Give the text of the words `first` to `last` (inclusive) as it is written."""
        return self.text[self.places[first][0] : self.places[last][1]]

    def is_capital(self, index: int) -> bool:
        """Tell whether a word begins with a capital letter."""
        return self.text[self.places[index][0]].isupper()

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        """Give the first character of each word, and the one behind it; the words of a contraction share a place."""
        spans = [found.span() for found in _TOKEN.finditer(self._lower)]
        if self._is_plain:
            return spans
        words: list[str] = []
        places: list[tuple[int, int]] = []
        for raw, span in zip(self._found, spans, strict=True):
            parts = _parts(raw, words)
            words.extend(parts)
            places.extend([span] * len(parts))
        return places

    def _expanded(self) -> list[str]:
        words: list[str] = []
        for raw in self._found:
            if raw.isalpha() and raw not in _SPECIAL:
                words.append(raw)
            else:
                words.extend(_parts(raw, words))
        return words


def _parts(raw: str, before: Sequence[str]) -> tuple[str, ...]:
    if raw.isalpha() and raw not in _SPECIAL:
        return (raw,)
    raw = raw.rstrip("'") or raw
    return _apart(_MISSPELT.get(raw, raw), before)


def _apart(word: str, before: Sequence[str]) -> tuple[str, ...]:
    if (
        word == "of"
        and before
        and (before[-1] in _MODAL or (before[-2:-1] and before[-1] == "not" and before[-2] in _MODAL))
    ):
        return ("have",)
    if word in _NEGATIVE:
        return _NEGATIVE[word]
    if word in _BARE_NEGATIVES:
        return _BARE_NEGATIVES[word]
    if "'" not in word:
        if "/" in word:
            return (word.rpartition("/")[2],)
        return (word,)
    if word.endswith("'s") and word[:-2] in _HAS_S:
        return (word[:-2], "'s")
    parts: list[str] = []
    rest = word
    peeled = True
    while peeled:
        peeled = False
        for suffix, meaning in _SUFFIXES:
            if rest.endswith(suffix) and len(rest) > len(suffix):
                rest, peeled = rest[: -len(suffix)], True
                parts.insert(0, meaning)
                break
    return (_MISSPELT.get(rest, rest), *parts)

"""The words that mean something in a record, read as their authors write them: any case, numbered, decorated, in any alias."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from afterword.model import words
from afterword.model.settings import Settings

_NUMBERING = re.compile(
    r"(?:[§#]?\s?\d{1,3}(?:\.\d{1,3})*(?:[.):]\s*(?=[^\W\d])|\s+[-–—]\s+)|\d{1,3}(?:\.\d{1,3})+\s+|[ivx]{1,5}[.)]\s+)"
)
_BARE_NUMBER = re.compile(r"[§#]?\d{1,3}\s+")
_EMOJI_CODE = re.compile(r":[a-z0-9_+-]+:")
_FINAL_PARENTHESIS = re.compile(r"\(([^()]*)\)$")
_FINAL_PUNCTUATION = " .,:;!?…-–—"
_MARKUP = str.maketrans("", "", "*`~")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "´": "'", "‐": "-", "‑": "-"})
_LONGEST_KEPT = 120
_JOINERS = "\ufe0e\ufe0f\u200d\u20e3"


def normalise(name: str) -> str:
    """Give what two spellings of a name share: no letter case, numbering, markup, emoji, final punctuation, final parenthesis.

    A name that is nothing else keeps what it has, so `#` stays `#`.
    """
    return _normalised(name) if len(name) <= _LONGEST_KEPT else _normalised.__wrapped__(name)


@lru_cache(maxsize=4096)
def _normalised(name: str) -> str:
    plain = name.translate(_MARKUP).translate(_APOSTROPHES).casefold()
    plain = _EMOJI_CODE.sub(" ", plain)
    if not plain.isascii():
        plain = "".join(char for char in plain if not _is_emoji(char))
    plain = " ".join(plain.split()).strip("_")
    numbering = _NUMBERING.match(plain)
    if numbering:
        plain = plain[numbering.end() :]
    named = plain.rstrip(_FINAL_PUNCTUATION)
    named = _FINAL_PARENTHESIS.sub("", named).rstrip(_FINAL_PUNCTUATION)
    return named or plain


def final_parenthesis(name: str) -> str:
    """Give what stands in the parenthesis at the end of a heading or head, empty where there is none."""
    if "(" not in name:
        return ""
    plain = "".join(char for char in name if not _is_emoji(char))
    match = _FINAL_PARENTHESIS.search(plain.rstrip(_FINAL_PUNCTUATION + "*_`#"))
    return match.group(1).strip() if match else ""


def _is_emoji(char: str) -> bool:
    """Tell an emoji, or a character that shows nothing, from what a name is made of."""
    category = "" if char.isascii() else unicodedata.category(char)
    return char in _JOINERS or category == "Cf" or (ord(char) > 0xFF and category in ("So", "Sk"))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word tables of `model.words` with the aliases that one archive adds in one language.

    Every question gives the canonical word, or None where the text is none of its aliases.
    """

    added: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    section_keys: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, settings: Settings, language: str | None = None) -> Lexicon:
        """Make the lexicon of an archive; `language` is a record's own where it names one, `de-AT` falls back on `de`."""
        kept = _kept.get(language)
        if kept is None or kept[0] is not settings:
            if len(_kept) >= _MOST_KEPT:
                _kept.clear()
            kept = _kept[language] = settings, cls._made(settings, language)
        return kept[1]

    @classmethod
    def _made(cls, settings: Settings, language: str | None) -> Lexicon:
        tag = (language or settings.language).lower()
        by_language = {name.lower(): aliases for name, aliases in settings.words.items()}
        added = dict(by_language.get(tag.partition("-")[0], {}))
        for key, aliases in by_language.get(tag, {}).items():
            added[key] = tuple(dict.fromkeys((*added.get(key, ()), *aliases)))
        keys: dict[str, str] = {}
        for key, section_aliases in words.sections(settings).items():
            for alias in (*section_aliases, *added.get(key, ())):
                keys.setdefault(normalise(alias), key)
        return cls(added, keys)

    def aliases(self, key: str, defaults: tuple[str, ...]) -> tuple[str, ...]:
        """Give all spellings of a word: the built-in ones, then those that settings add under `key`."""
        return (*defaults, *self.added.get(key, ()))

    def section(self, title: str) -> str | None:
        """Give the key of a section from its heading; `4 Timeline` is the timeline where no section is called so."""
        name = normalise(title)
        return self.section_keys.get(name) or self.section_keys.get(_BARE_NUMBER.sub("", name, count=1))

    def head(self, table: Mapping[str, tuple[str, ...]], text: str) -> str | None:
        """Give the field that a column's head names, by one of the tables of heads."""
        return self._find(table, text)

    def mark(self, text: str) -> str | None:
        """Give the name of a timeline mark written without its brackets."""
        return self._find(words.MARKS, text)

    def status(self, text: str) -> str | None:
        """Give the state of an action; a date behind it must have been taken off."""
        return self._find(words.STATUSES, text)

    def method(self, text: str) -> str | None:
        """Give the method of an analysis, as written behind `Method:`."""
        return self._find(words.METHODS, text)

    def gate(self, text: str) -> str | None:
        """Give AND or OR, written without its parentheses."""
        return self._find(words.GATES, text)

    def _find(self, table: Mapping[str, tuple[str, ...]], text: str) -> str | None:
        wanted = normalise(text)
        if not wanted:
            return None
        turned = _turned.get(id(table))
        if turned is None or turned[0] is not table:
            if len(_turned) >= _MOST_KEPT:
                _turned.clear()
            turned = _turned[id(table)] = table, _normalised_words(table)
        found = turned[1].get(wanted)
        added = self.added
        if not added:
            return found
        for key in table:
            if key == found or any(normalise(alias) == wanted for alias in added.get(key, ())):
                return key
        return None


_kept: dict[str | None, tuple[Settings, Lexicon]] = {}
"""The lexicon that was made last for each language: the records of an archive share one."""
_MOST_KEPT = 16


_turned: dict[int, tuple[Mapping[str, tuple[str, ...]], Mapping[str, str]]] = {}
"""The tables of `model.words` turned around, each by its identity: it is asked thirty times a record, and takes longer to hash than to ask."""


def _normalised_words(table: Mapping[str, tuple[str, ...]]) -> Mapping[str, str]:
    """Turn a table of words around; where two share a spelling, the first has it."""
    return {normalise(alias): key for key, aliases in reversed(tuple(table.items())) for alias in aliases}

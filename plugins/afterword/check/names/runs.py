"""Words with capitals in a text, with what stands before and behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache

from afterword.check.names import contexts, lexicon

_CAPITAL = r"[^\W\d_a-z](?:\w|['-](?=\w))*"
_RUN = re.compile(
    rf"(?<![\w@#$/\\=<>~`-])(?<!\w[.'&:])({_CAPITAL}(?:\.(?=\s[^\W\d_a-z]))?"
    rf"(?:[ ](?:(?:de|van|von|der|den|da|di|dos|del|la|le|el|bin|ibn|al|ter|ten|af|du|do|zu)[ ]){{0,2}}{_CAPITAL}(?:(?<=\b\w)\.)?)*)"
)
_TITLE = re.compile(r"[^\W\d_a-z][^\W\d_A-Z]+|(?:Mc|Mac|O'|D'|De|Di|La|Le|Van|Fitz)[^\W\d_a-z][^\W\d_A-Z]+")
_INITIAL = re.compile(r"[^\W\d_a-z]{1,2}\.?")
_WORD = re.compile(r"[\w'-]+")
_AFTER = re.compile(
    r"(?: \([^)]{0,40}\))?,? (?:(?:also|then|first|finally|later|immediately|quickly|just|only|already|now|who|from \w+) )?([\w'-]+)(?: ([\w'-]+))?"
)
_CLOSE = re.compile(r" ([\w'-]+)")
_GLUED_AFTER = re.compile(r"/(?![^\W\d_a-z][a-z])|[_\\=<>@#]|[.:]\w|-\w| v?\d+(?:\.\d)|['’]?\(\)|\*\w")
_OPENS = re.compile(r"(?:^|[.!?:;–—|(\]]|\s-)[\s\"'(*_\d:.~+-]*$")


class Known(Enum):
    """What the lists say of a word that is written like a name."""

    GIVEN = "given"
    """A given name and nothing else."""
    WORD = "word"
    """A given name that is also a common word."""
    THING = "thing"
    """A given name that is also a product, a place or a month."""
    UNLISTED = "unlisted"
    """In no list: a name, a server, a product, a typing error."""
    NEVER = "never"
    """A common word, a brand, or written as no name is."""


@cache
def known(word: str) -> Known:
    """Tell what the lists say of a word as written, without `'s`."""
    if not _is_titled(word):
        return Known.NEVER
    plain = lexicon.folded(word)
    parts = plain.split("-")
    if plain in contexts.NO_NAMES or plain.endswith("bot"):
        return Known.NEVER
    if lexicon.is_given(plain) or (len(parts) > 1 and all(lexicon.is_given(part) for part in parts)):
        if (
            plain in contexts.PRODUCTS
            or plain in contexts.PLACES
            or plain in contexts.DATES
            or lexicon.is_brand(plain)
        ):
            return Known.THING
        return Known.WORD if lexicon.is_listed_word(plain) else Known.GIVEN
    if len(parts) > 1 or len(plain) < 3 or lexicon.is_word(plain) or lexicon.is_brand(plain):
        return Known.NEVER
    if plain in contexts.PLACES or plain in contexts.PRODUCTS or plain in contexts.CITED:
        return Known.NEVER
    return Known.UNLISTED


def _is_titled(word: str) -> bool:
    return all(_TITLE.fullmatch(part) for part in word.split("-"))


@dataclass(frozen=True, slots=True)
class Token:
    """One word with a capital: `start` to `end` (exclusive) without its `'s`."""

    start: int
    end: int
    word: str
    possessive: bool

    @property
    def known(self) -> Known:
        """Give what the lists say of it."""
        return known(self.word)

    @property
    def plain(self) -> str:
        """Give it in small letters without accents."""
        return lexicon.folded(self.word)

    @property
    def is_initial(self) -> bool:
        """Tell whether it can be short for a name: one capital, with or without a stop."""
        return (
            bool(_INITIAL.fullmatch(self.word))
            and self.word.rstrip(".").isupper()
            and len(self.word.rstrip(".")) == 1
        )


def runs(text: str) -> Iterator[tuple[Token, ...]]:
    """Yield words with capitals that stand together, particles such as `van` left out."""
    for found in _RUN.finditer(text):
        start = found.start(1)
        tokens = []
        for word in found[1].split(" "):
            bare = word.removesuffix("'s").removesuffix("'")
            if word not in contexts.PARTICLES:
                tokens.append(Token(start, start + len(bare), bare, bare != word))
            start += len(word) + 1
        yield tuple(tokens)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a stretch of a text, in small letters; empty at its ends.

    `close` is the next word, `after` and `following` the next two once an adverb or a remark in parentheses is passed over. `opens` tells whether a sentence, an item or a label begins there; `glued` whether it is a part of a path, a version or a compound.
    """

    before: str
    earlier: str
    after: str
    following: str
    close: str
    opens: bool
    glued: bool
    stop: str


def around(text: str, start: int, end: int) -> Surroundings:
    """Look at what stands around a stretch of a text."""
    head = text[max(0, start - 48) : start]
    words = _WORD.findall(head) if head[-1:] in ' "(*_' else []
    tail = text[end : end + 48]
    tail = tail.removeprefix("'s").removeprefix("'")
    behind = _AFTER.match(tail)
    close = _CLOSE.match(tail)
    return Surroundings(
        words[-1].lower() if words and not re.search(r"[.!?:;|)]\W*$", head) else "",
        words[-2].lower() if len(words) > 1 else "",
        behind[1].lower() if behind else "",
        (behind[2] or "").lower() if behind else "",
        close[1].lower() if close else "",
        bool(_OPENS.search(head)) or start == 0,
        bool(_GLUED_AFTER.match(text, end)),
        tail.lstrip()[:1],
    )

"""Words with capitals in a text, with what stands before and behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache

from afterword.check.names import contexts, lexicon
from afterword.model.value import plain_value

_CAPITAL = r"[^\W\d_a-z](?:\w|['-](?=\w))*"
_WORDS = re.compile(r"[A-Z\u00c0-\u024f\u0370-\u052f\u1e00-\u1eff][\w'-]*")
_SHORT = r"(?:(?:(?<=\b\w)|(?<=\b[MD][rs])|(?<=\bMrs)|(?<=\bProf))\.)?"
"""The stop of an initial, and of what people are called by."""

_RUN = re.compile(
    rf"(?<![\w@#$/\\=<>~`-])(?<!\w[.'&:])({_CAPITAL}(?:\.(?=\s[^\W\d_a-z])|{_SHORT})"
    rf"(?:[ ](?:(?:de|van|von|der|den|da|di|dos|del|la|le|el|bin|ibn|al|ter|ten|af|du|do|zu)[ ]){{0,2}}{_CAPITAL}{_SHORT})*)"
)
_TITLE = re.compile(r"[^\W\d_a-z][^\W\d_A-Z]+|(?:Mc|Mac|O'|D'|De|Di|La|Le|Van|Fitz)[^\W\d_a-z][^\W\d_A-Z]+")
_INITIAL = re.compile(r"[^\W\d_a-z]{1,2}\.?")
_AFTER = re.compile(
    r"(?=(?: (?P<close>[\w'-]+))?)(?: \([^)]{0,40}\))?,? "
    r"(?:(?:also|then|first|finally|later|immediately|quickly|just|only|already|now|who|from \w+) )?(?P<after>[\w'-]+)(?: (?P<following>[\w'-]+))?"
)
_GLUED = re.compile(r"/(?![^\W\d_a-z][a-z])|[_\\=<>@#]|[.:]\w|[-–]\w| v?\d+\.\d|'?\(\)|\*\w")
_FAR = 48
"""How many characters to either side are looked at."""
_STOPS = ".!?:;–—|(["
_QUOTES = "\"'*_,)]"
_LEADING = " \"'(*_0123456789:.~+-"


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


@lru_cache(maxsize=1 << 16)
def known(word: str) -> Known:
    """Tell what the lists say of a word as written, without `'s`."""
    if not _is_titled(word):
        return Known.NEVER
    plain = lexicon.folded(word)
    parts = plain.split("-")
    if plain in contexts.NO_NAMES or plain in contexts.OF_PLACES or plain.endswith("bot"):
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
    if len(parts) == 2 and all(known(part) in (Known.UNLISTED, Known.GIVEN) for part in word.split("-")):
        return Known.UNLISTED  # two surnames
    if len(parts) > 1 or len(plain) < 3 or lexicon.is_word(plain) or lexicon.is_brand(plain):
        return Known.NEVER
    if plain in contexts.PLACES or plain in contexts.PRODUCTS or plain in contexts.CITED:
        return Known.NEVER
    return Known.UNLISTED


def _is_titled(word: str) -> bool:
    return all(part[:1].isupper() and _TITLE.fullmatch(part) for part in word.split("-"))


@plain_value()
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
    def is_honorific(self) -> bool:
        """Tell whether people are called by it before their surname."""
        return is_honorific(self.word)

    @property
    def is_initial(self) -> bool:
        """Tell whether it can be short for a name: one capital, with or without a stop."""
        return (
            bool(_INITIAL.fullmatch(self.word))
            and self.word.rstrip(".").isupper()
            and len(self.word.rstrip(".")) == 1
        )


def is_honorific(word: str) -> bool:
    """Tell whether a word, as written, is what people are called by before their surname; `MS`, `MR` and `DR` are other things."""
    return word.rstrip(".") in contexts.HONORIFICS


def capitalised(text: str) -> set[str]:
    """Give the words of a text that begin with a capital, without `'s`."""
    return {word.rstrip("'-").removesuffix("'s") for word in set(_WORDS.findall(text))}


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


@plain_value()
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
    before, earlier, opens = _before(text[max(0, start - _FAR) : start], start)
    tail = text[end : end + _FAR].removeprefix("'s").removeprefix("'")
    behind = _AFTER.match(tail)
    close = behind["close"] or "" if behind else ""
    return Surroundings(
        before,
        earlier,
        (behind["after"] or "").lower() if behind else "",
        (behind["following"] or "").lower() if behind else "",
        close.lower(),
        opens,
        bool(_GLUED.match(text, end)),
        tail.lstrip()[:1],
    )


def _before(head: str, start: int) -> tuple[str, str, bool]:
    """Give the last words of what stands before, the nearest first, and whether something begins behind them."""
    words = head.split()
    if not words or not head.strip(_LEADING):
        return "", "", start <= len(head) or not words
    last = words[-1]
    if last[-1] in _STOPS or last == "-":
        return "", "", True
    earlier = words[-2] if len(words) > 1 and words[-2][-1] not in _STOPS else ""
    return last.strip(_QUOTES).lower(), earlier.strip(_QUOTES).lower(), False

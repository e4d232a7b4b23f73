"""What somebody typed, taken apart: words, phrases in quotes or held together by signs, and keys."""

from __future__ import annotations

import re
from dataclasses import dataclass

from afterword.search.folding import folded
from afterword.search.terms import STOP_WORDS

MOST_UNITS = 32
"""Words of a question that are looked for: a whole log that was pasted says nothing more with the others."""

_PIECE = re.compile(r'["“”„](?P<quoted>[^"“”„]*)(?:["“”„]|$)|(?P<bare>[^\s"“”„]+)')
_ASKING = re.compile(r"\s*(?:find|give|how|list|show|what|when|where|which|who|whose|why)\s", re.IGNORECASE)
_ASIDE = STOP_WORDS | frozenset(
    "about all any because cause caused causes due every find give happened incident incidents list me mortem mortems my "  # noqa: SIM905
    "outage outages past post postmortem postmortems show whose".split()
)
"""What a question in a whole sentence says beside what it asks for; the page leaves out the same (`question.js`)."""

_AROUND = '"“”„,;:()[]'


@dataclass(frozen=True, slots=True)
class Unit:
    """One word, or several that stand in this order; `written` as it was typed, `quoted` where that was in quotes. Of an `open` word more may follow."""

    words: tuple[str, ...]
    written: str
    quoted: bool = False
    open: bool = False

    @property
    def is_word(self) -> bool:
        """Tell whether it is a single word, which may be a slip."""
        return len(self.words) == 1


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for: `units` that are wanted, all words as one `phrase`, and the pieces that may be `keys`, in small letters."""

    written: str
    units: tuple[Unit, ...]
    phrase: tuple[str, ...]
    keys: tuple[str, ...]


def read_question(written: str) -> Question:
    """Take a question apart; without any letter or digit it has no units."""
    units: list[Unit] = []
    for piece in _PIECE.finditer(written):
        quoted = piece["quoted"] is not None
        text = piece["quoted"] if quoted else piece["bare"]
        words = tuple(folded(text).split())
        if words:
            units.append(Unit(words, text.strip() if quoted else _bare(text), quoted))
    telling = _without(STOP_WORDS, units)
    if _ASKING.match(written):
        telling = _without(_ASIDE, telling) or telling
    kept = list({unit.words: unit for unit in telling or units}.values())[:MOST_UNITS]
    if kept and units and kept[-1] == units[-1] and kept[-1].is_word and not kept[-1].quoted:
        kept[-1] = Unit(kept[-1].words, kept[-1].written, open=True)
    phrase = tuple(word for unit in units for word in unit.words)
    text = written.strip()
    keys = dict.fromkeys(_bare(each).casefold() for each in (text, *text.split()))
    return Question(written, tuple(kept), phrase, tuple(key for key in keys if key))


def _without(words: frozenset[str], units: list[Unit]) -> list[Unit]:
    return [unit for unit in units if unit.quoted or unit.words[0] not in words or not unit.is_word]


def _bare(piece: str) -> str:
    """Give a piece without the marks of the sentence that it stands in."""
    return piece.lstrip(_AROUND).rstrip(_AROUND + ".?!")

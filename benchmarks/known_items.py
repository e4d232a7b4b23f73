"""Questions with a known answer, drawn by dice from an archive: words of titles, error messages, tickets, and slips of the finger.

What is asked for fits one record: a question whose words fit another as well is thrown away. That is judged here by comparing texts, not by
any search. Paraphrases cannot be drawn and stand in `benchmarks/queries/paraphrases.tsv`.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

PARAPHRASES = Path(__file__).parent / "queries" / "paraphrases.tsv"
KINDS = ("title", "error", "ticket", "misspelling", "paraphrase")
INVENTED = re.compile(r"-\d{5}$")
"""How the id of an invented record ends."""
_TITLE = re.compile(r"""^title:\s*["']?(.*?)["']?\s*$""", re.MULTILINE)
_HEADER = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_FENCE = re.compile(r"^ {0,3}```[^\n]*\n(.*?)^ {0,3}```", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"`([^`\n]+)`")
_QUOTED = re.compile(r"""(?<![\w"])[\"“]([^\W_][^\"“”\n]{10,88}[^\s\"“”])[\"”](?!\w)""")
_KEY = re.compile(r"\b(?:INC|INK|TCK)-\d+\b")
_WORD = re.compile(r"[^\W_]+")
_STOP = frozenset(
    (
        "a", "about", "all", "an", "and", "are", "as", "at", "be", "been", "being", "by", "does", "due", "for", "from", "has", "have", "in", "incident", "into", "is", "it", "its",
        "mortem", "not", "of", "on", "one", "or", "out", "post", "postmortem", "report", "should", "some", "than", "that", "the", "their", "them", "there", "they", "this", "to",
        "up", "was", "we", "were", "with", "while", "when", "after", "because", "during", "once",
    )
)  # fmt: skip
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


@dataclass(frozen=True, slots=True)
class Question:
    """What is typed, and the records that are right; `held_out` ones are never looked at while an engine is tuned."""

    kind: str
    text: str
    expected: tuple[str, ...]

    @property
    def held_out(self) -> bool:
        """Tell by the text alone, so that a question never changes sides."""
        return hashlib.sha256(self.text.encode()).digest()[0] % 2 == 1


@dataclass(frozen=True, slots=True)
class Known:
    """One record as questions are drawn from it: `words` all of its text's, `source` its text below the header."""

    id: str
    title: str
    header: str
    source: str

    @property
    def title_words(self) -> list[str]:
        """Give the words of the title, in order, each once."""
        return list(dict.fromkeys(words(self.title)))


def words(text: str) -> list[str]:
    """Give the words of a text as they are compared."""
    return [each.casefold() for each in _WORD.findall(text)]


def questions(folder: Path, each: int, seed: int = 8) -> list[Question]:
    """Draw `each` questions of every kind from the archive in a folder, one half from real records and one from invented ones, and add the paraphrases."""
    known = [_known(path) for path in sorted((folder / "postmortems").glob("20*/*.md"))]
    real = [record for record in known if not INVENTED.search(record.id)]
    invented = [record for record in known if INVENTED.search(record.id)]
    draw = _Draw(known, seed)
    drawn = [
        question
        for kind, make in draw.kinds.items()
        for records in (real, invented)
        for question in draw.some(kind, make, records, each // 2)
    ]
    return [*drawn, *paraphrases({record.id for record in known})]


def paraphrases(ids: set[str]) -> list[Question]:
    """Read the paraphrases whose records are all in the archive."""
    found = []
    for line in PARAPHRASES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            text, _, expected = line.partition("\t")
            right = tuple(each for each in expected.split() if each in ids)
            if right:
                found.append(Question("paraphrase", text, right))
    return found


def _known(path: Path) -> Known:
    parts = _HEADER.match(path.read_text(encoding="utf-8"))
    if parts is None:
        raise ValueError(f"{path} has no front matter")
    title = _TITLE.search(parts[1])
    return Known(path.stem, title[1] if title else path.stem, parts[1], parts[2])


class _Draw:
    """The dice, and what an archive says how often."""

    def __init__(self, known: Sequence[Known], seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - a choice of questions, not a secret
        self.titles = [frozenset(record.title_words) for record in known]
        self.texts = {record.id: " ".join(words(f"{record.header} {record.source}")) for record in known}
        self.vocabulary = {word for text in self.texts.values() for word in text.split()}
        self.keys = Counter(chain.from_iterable({*_KEY.findall(r.header + r.source)} for r in known))
        self.kinds: dict[str, Callable[[Known], str | None]] = {
            "title": self.title, "error": self.error, "ticket": self.ticket, "misspelling": self.misspelling,
        }  # fmt: skip

    def some(
        self, kind: str, make: Callable[[Known], str | None], records: Sequence[Known], count: int
    ) -> Iterator[Question]:
        """Yield so many questions from records in random order, going round again where there are too few."""
        seen: set[str] = set()
        for record in chain.from_iterable(self.dice.sample(records, len(records)) for _ in range(3)):
            if len(seen) == count:
                return
            text = make(record)
            if text and text not in seen:
                seen.add(text)
                yield Question(kind, text, (record.id,))

    def title(self, record: Known) -> str | None:
        """Give three or four words of a title in any order that no other title has all of."""
        telling = [each for each in record.title_words if each not in _STOP and len(each) > 2]
        for _ in range(5):
            picked: list[str] = self.dice.sample(telling, min(len(telling), self.dice.choice((3, 4))))
            if len(picked) >= 3 and sum({*picked} <= title for title in self.titles) == 1:
                return " ".join(picked)
        return None

    def misspelling(self, record: Known) -> str | None:
        """Give such words with one slip in one of them of five letters or more, which must not make another word of the archive."""
        text = self.title(record)
        picked = text.split() if text else []
        long = [each for each in picked if len(each) >= 5 and each.isascii() and each.isalpha()]
        if not long:
            return None
        word = self.dice.choice(long)
        slipped = self.slip(word)
        if slipped in self.vocabulary:
            return None
        return " ".join(slipped if each == word else each for each in picked)

    def slip(self, word: str) -> str:
        """Drop, double or swap a letter, or hit the key beside it; the first letter is hit right, as it mostly is."""
        while True:
            at = self.dice.randrange(1, len(word) - 1)
            row = next(row for row in _ROWS if word[at] in row)
            beside = row[max(row.index(word[at]) - 1, 0) : row.index(word[at]) + 2].replace(word[at], "")
            slipped = self.dice.choice(
                (
                    word[:at] + word[at + 1 :],
                    word[: at + 1] + word[at:],
                    word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                    word[:at] + self.dice.choice(beside) + word[at + 1 :],
                )
            )
            if slipped != word:
                return slipped

    def error(self, record: Known) -> str | None:
        """Give a message or a span of code as it stands in the text; of three words or more or one name of two parts, in no other record."""
        body = _FENCE.sub("\n", record.source)
        lines = (line.strip() for block in _FENCE.findall(record.source) for line in block.splitlines())
        spans = [*lines, *_CODE.findall(body), *_QUOTED.findall(body)]
        fitting = [
            each
            for each in spans
            if 12 <= len(each) <= 120
            and (len(words(each)) >= 3 or (" " not in each and len(words(each)) == 2))
            and "](" not in each
        ]
        text: str
        for text in self.dice.sample(fitting, min(len(fitting), 8)):
            plain = " ".join(words(text))
            if sum(f" {plain} " in f" {other} " for other in self.texts.values()) == 1:
                return text
        return None

    def ticket(self, record: Known) -> str | None:
        """Give a ticket's or incident's key that no other record names, or the record's own id."""
        keys = [each for each in {*_KEY.findall(record.header + record.source)} if self.keys[each] == 1]
        if self.dice.random() < 0.2 or not keys:
            named = sum(f" {' '.join(words(record.id))} " in f" {text} " for text in self.texts.values())
            return record.id if named == 0 else None
        key: str = self.dice.choice(sorted(keys))
        return key

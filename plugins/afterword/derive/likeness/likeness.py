"""How alike records are in what they tell, causes before all else, by the words that few others share.

A word weighs by its rarity in the archive, and rarity is counted in whole powers of two. So a record more moves the weights of the few words that
just pass a power, and with them few of the pages that show what is related; exact counts would order a little more justly, and move all of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, compress
from math import sqrt

from afterword.derive.causes.record_causes import CauseKind, statements, words_of
from afterword.derive.words.bare_label import bare_label
from afterword.derive.words.known import from_text
from afterword.derive.words.plain_text import plain_text
from afterword.derive.words.stems import spelled, stems_of, words_in
from afterword.model.placeholders import is_placeholder
from afterword.model.record import Postmortem
from afterword.model.value import plain_value

MOST_SHARING = 128
"""Records that may share a word: one in more of them tells little, and comparing by it would cost most."""

SHARE = 4
"""In a small archive a word that more than one of so many records have tells nothing."""

LONGEST = 3000
"""Characters of a record, beside its causes, that are compared."""

TITLE, CAUSE, TEXT = 3, 2, 1
"""What a word counts for in the title, where it tells of a cause, and elsewhere; of two records that share it, the product counts."""

OFTEN = 3
"""Times from which a word is what a record is about: it counts for one more."""

SAME = 5
"""What a cause counts for that another record states in the same words."""

SPREAD = 5
"""How much longer a record is taken to be than it is, in words of the greatest rarity: a few words alone make nothing alike."""

ALIKE = 0.45
"""The cosine from which two causes are similar."""

_CAUSES = ("factors", "causes", "went-wrong")
_UNREAD = frozenset({*_CAUSES, "timeline", "actions", "went-well"})

Cause = tuple[str, tuple[int, ...], int]
"""A cause as it stands (empty for one of a single word), its words by number, and the square of its length, in which a frequent word counts a little."""

_IS_SHARED = bytes(rarity & 1 for rarity in range(256))
_IS_RARE = bytes(rarity > 1 for rarity in range(256))
"""What tells, of the bytes of how rare words are, those of words that others have as well, and those of words that count at all."""


@plain_value()
class Told:
    """What is compared of one record, made from nothing but itself; in few and long texts, since those of all records are opened to compare one.

    `words` are its words by their stems and then its causes as they stand, a line for each; `counts` is what each of them counts for, and `spelled` are the
    words as they are written. `statements` are its single causes as they are written, and `causes` how each is compared as it stands (empty for one of a single word), and its stems.
    """

    words: str
    counts: bytes
    spelled: str
    statements: tuple[str, ...]
    causes: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, record: Postmortem) -> Told:
        """Read a record's title, causes and account."""
        return told(record)


@plain_value()
class Words:
    """The words of one record as they are written: of its title, of its account, of each of its `statements` of causes, and of what else its sections about causes tell."""

    title: Sequence[str]
    account: Sequence[str]
    statements: tuple[str, ...]
    causes: Sequence[Sequence[str]]
    prose: Sequence[str]

    @classmethod
    def of(cls, record: Postmortem) -> Words:
        """Read them from the text."""
        statements = cause_statements(record)
        return cls(
            words_in(record.header.title or record.heading),
            words_in(_account(record)),
            statements,
            [words_in(cause) for cause in statements],
            words_in(_prose_of_causes(record)),
        )

    def told(self) -> Told:
        """Give what is compared of the record."""
        title, account = stems_of(self.title), stems_of(self.account)
        causes = []
        in_causes = []
        for cause, words in zip(self.statements, self.causes, strict=True):
            found = stems_of(words)
            label = bare_label(cause)
            causes.append((label if " " in label else "", "\n".join(dict.fromkeys(found))))
            in_causes += found
        in_causes += stems_of(self.prose)
        counts = dict.fromkeys(account, TEXT)
        counts |= dict.fromkeys(in_causes, CAUSE)
        counts |= dict.fromkeys(title, TITLE)
        for stem, times in Counter([*account, *in_causes, *title]).items():
            if times >= OFTEN:
                counts[stem] += 1
        written = self.spelled()
        spelled = "\n".join([written[stem] for stem in counts])
        counts |= {label: SAME for label, _ in causes if label}
        return Told("\n".join(counts), bytes(counts.values()), spelled, self.statements, tuple(causes))

    def spelled(self) -> Mapping[str, str]:
        """Give them by their stems, each as it stands there first, in small letters where it ever has them: in a title it often has not."""
        return spelled(chain(self.account, *self.causes, self.prose, self.title))


@from_text("told")
def told(record: Postmortem) -> Told:
    """Read what is compared of a record."""
    return Words.of(record).told()


def spelled_words(record: Postmortem) -> Mapping[str, str]:
    """Give the words of a record by their stems, as `Words.spelled` does."""
    told = Told.of(record)
    # Behind the words stand causes.
    return dict(zip(_lines(told.words), _lines(told.spelled), strict=False))


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def cause_statements(record: Postmortem) -> tuple[str, ...]:
    """Give the causes of a record as single statements, the outcome aside."""
    return tuple(
        words
        for kind, place, said in statements(record)
        if (kind is not CauseKind.NODE or place != "0") and not is_placeholder(words := words_of(said))
    )


def _prose_of_causes(record: Postmortem) -> str:
    """Give what the sections about causes tell beside the statements that were read from them."""
    read = {("factors", position) for position in record.factor_blocks}
    read |= {("causes", each.block) for each in (record.causal_tree, record.five_whys) if each is not None}
    return plain_text(
        block
        for section in map(record.section, _CAUSES)
        if section is not None
        for position, block in enumerate(section.blocks)
        if (section.key, position) not in read
    )


def _account(record: Postmortem) -> str:
    parts = [plain_text(record.lead)]
    length = len(parts[0])
    for section in record.sections:
        if length > LONGEST:
            break
        if section.key not in _UNREAD:
            parts.append(plain_text(section.blocks))
            length += len(parts[-1])
    return " ".join(parts)[:LONGEST]


@dataclass(frozen=True, slots=True)
class Stated:
    """The causes of one record: as they stand, which of them have a word, and the squares of their lengths."""

    labels: Collection[str]
    having: Mapping[int, Sequence[int]]
    lengths: Sequence[int]


@dataclass(frozen=True, slots=True)
class Likeness:
    """The records of an archive by the words that few of them share; a record's row is its place among them, words, and causes as they stand, have `numbers`.

    `told` holds what each row tells, `bits` how rare each word is, and `weights` what it adds to the square of a cause's length. `own` holds for each row what others have as well, with what it counts for; `sharing` the rows that
    have it by what it counts for there; `norms` the lengths of the rows as vectors. `rarities` are the bytes of how rare each word of a row is, in the order
    in which it tells them: of two rows that tell the same and have the same ones, the likeness is the same.
    """

    rows: Mapping[str, int]
    told: tuple[Told, ...]
    numbers: Mapping[str, int]
    stems: tuple[str, ...]
    bits: Sequence[int]
    weights: Sequence[int]
    own: tuple[tuple[tuple[int, int], ...], ...]
    sharing: Mapping[int, Mapping[int, Sequence[int]]]
    norms: Sequence[float]
    rarities: tuple[bytes, ...]
    _causes: dict[int, tuple[Cause, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, records: Iterable[Postmortem]) -> Likeness:
        """Index records."""
        rows: dict[str, int] = {}
        numbers: defaultdict[str, int] = defaultdict()
        numbers.default_factory = numbers.__len__
        told: list[Told] = []
        words: list[list[int]] = []
        for row, record in enumerate(records):
            rows[record.id] = row
            read = Told.of(record)
            told.append(read)
            words.append(list(map(numbers.__getitem__, _lines(read.words))))
        having = Counter(chain.from_iterable(words))
        width = coarse(len(rows))
        most = max(2, min(MOST_SHARING, len(rows) // SHARE))
        frequency = [having[number] for number in range(len(numbers))]
        bits = [max(0, width - coarse(count)) if count <= most else 0 for count in frequency]
        rarity = [2 * bit + (count > 1 and bit > 0) for count, bit in zip(frequency, bits, strict=True)]
        rarities = tuple([bytes([rarity[number] for number in each]) for each in words])
        own = tuple(
            [
                tuple(compress(zip(each, read.counts, strict=True), rare.translate(_IS_SHARED)))
                for each, read, rare in zip(words, told, rarities, strict=True)
            ]
        )
        spread = (SPREAD * width) ** 2 or 1
        norms = [sqrt(spread + _square(read.counts, rare)) for read, rare in zip(told, rarities, strict=True)]
        weights = [(1 + bit) ** 2 for bit in bits]
        return cls(
            rows,
            tuple(told),
            dict(numbers),
            tuple(numbers),
            bits,
            weights,
            own,
            _sharing(own),
            norms,
            rarities,
        )

    def alike(self, row: int, at_least: float = 1) -> dict[int, int]:
        """Give the rows that share rare words with one, each with how alike it is: from `at_least` to 100."""
        summed: defaultdict[int, int] = defaultdict(int)
        for number, counts in self.own[row]:
            weight = counts * self.bits[number] ** 2
            for their_counts, others in self.sharing[number].items():
                share = weight * their_counts
                for other in others:
                    summed[other] += share
        summed.pop(row, None)
        norms, part = self.norms, self.norms[row] / 100
        floor = (at_least - 0.5) * part
        return {
            other: round(total / (part * norms[other]))
            for other, total in summed.items()
            if total >= floor * norms[other]
        }

    def causes(self, row: int) -> tuple[Cause, ...]:
        """Give the single causes of a record; of most records nobody asks for them."""
        found = self._causes.get(row)
        if found is None:
            found = self._causes[row] = tuple(
                [self._cause(label, _lines(stems)) for label, stems in self.told[row].causes]
            )
        return found

    def _cause(self, label: str, stems: Iterable[str]) -> Cause:
        words = tuple([self.numbers[stem] for stem in stems])
        return label, words, sum([self.weights[word] for word in words])

    def stated(self, row: int) -> Stated:
        """Prepare the causes of a record to be compared with those of others."""
        having = defaultdict[int, list[int]](list)
        causes = self.causes(row)
        for at, (_, words, _) in enumerate(causes):
            for word in words:
                having[word].append(at)
        labels = {label for label, _, _ in causes if label}
        return Stated(labels, dict(having), [length for _, _, length in causes])

    def same_cause(self, stated: Stated, other: int) -> int | None:
        """Give the position of the first cause of the other that stands among those stated in the same words."""
        causes = self.told[other].causes
        return next((at for at, (label, _) in enumerate(causes) if label in stated.labels), None)

    def similar_cause(self, stated: Stated, other: int) -> int | None:
        """Give the position of the cause of the other that is most like one of those stated, None where none is similar: one word in common is no likeness."""
        weights, having, lengths = self.weights, stated.having, stated.lengths
        best, found = ALIKE, None
        for position, (_, words, length) in enumerate(self.causes(other)):
            common: dict[int, int] = {}
            several: set[int] = set()
            for word in words:
                for at in having.get(word, ()):
                    if at in common:
                        common[at] += weights[word]
                        several.add(at)
                    else:
                        common[at] = weights[word]
            if not several:
                continue
            for at in several:
                cosine = common[at] / sqrt(length * lengths[at])
                if cosine > best:
                    best, found = cosine, position
        return found

    def words_in_common(self, row: int, other: int) -> list[str]:
        """Give the stems that make two records alike, those that count most first."""
        theirs = dict(self.own[other])
        shared = {
            number: counts * theirs[number] * self.bits[number] ** 2
            for number, counts in self.own[row]
            if number in theirs
        }
        return [self.stems[n] for n in sorted(shared, key=lambda n: (-shared[n], self.stems[n]))]


def _sharing(own: Sequence[Sequence[tuple[int, int]]]) -> Mapping[int, Mapping[int, Sequence[int]]]:
    sharing: dict[int, dict[int, list[int]]] = {}
    for row, those in enumerate(own):
        for number, counts in those:
            sharing.setdefault(number, {}).setdefault(counts, []).append(row)
    return sharing


def _square(counts: bytes, rarities: bytes) -> int:
    """Give what the words of a row add to the square of its length; each cause is a sentence of its own: one that no other record has makes a record no longer."""
    return sum(
        [
            count * count * (rarity >> 1) ** 2
            for count, rarity in compress(zip(counts, rarities, strict=True), rarities.translate(_IS_RARE))
            if count < SAME or rarity & 1
        ]
    )


def coarse(count: int) -> int:
    """Give the power of two that a count reaches, rounded up."""
    return max(0, count - 1).bit_length()

"""The marks at the end of a factor, a node of a causal tree or an answer (docs/format.md, section 5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from itertools import islice

from afterword.model import words
from afterword.model.causes import Acceptance, ActionRef, Gate
from afterword.model.finding import Finding, Nature
from afterword.model.markup import Node, RichText, make_text
from afterword.model.value import maker, plain_value
from afterword.parse.markdown.flatten import Flat, flatten, trim
from afterword.parse.markdown.lexicon import Lexicon

MAX_MARKS = 20
"""No item has more; what stands left of them is its label."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_REFERENCE = r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}-[a-z0-9]+(?:-[a-z0-9]+)*#)?[A-Za-z]{1,4}[0-9]{1,4}"
_ID = re.compile(r"[^\s,]+")
_ARROW = r"(?:(?<![\w<-])-{1,2}>|→)\s*"
_STRAY_SIGN = re.compile(r"[-–—→(](?!(?<=\w-)\w)")
"""A sign that a mark may begin with; a hyphen within a word begins none."""

_LONGEST_BEHIND = 60
_STOPS = ".,;:!"
_MORE_ACTIONS = re.compile(rf"(?:\s*(?:and|[&+;/])?\s*{_REFERENCE}\b)+[{_STOPS}]*", re.IGNORECASE)
_WHO_AND_WHEN = re.compile(r"\(([^()]*)\)$")


@plain_value()
class MarkedLabel:
    """A label, and the marks that stood behind it; `actions` are in the order of the source."""

    label: RichText
    gate: Gate | None = None
    root_cause: bool = False
    actions: tuple[ActionRef, ...] = ()
    accepted: Acceptance | None = None
    findings: tuple[Finding, ...] = ()


@plain_value()
class _Inlines:
    """Inline nodes with their flattened text."""

    nodes: Sequence[Node]
    flat: Flat
    lines: Sequence[str]

    def trim(self, start: int, end: int) -> RichText:
        """Cut out the characters `start` to `end`."""
        return trim(self.nodes, self.flat, start, end, self.lines)


make_label = maker(MarkedLabel)
_make_inlines = maker(_Inlines)
make_ref = maker(ActionRef)


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The marks in the words of one lexicon: at the end of a text, there in other signs (`alike`), and (`stray`) anywhere."""

    actions: re.Pattern[str]
    gate: re.Pattern[str]
    root_cause: re.Pattern[str]
    accepted: re.Pattern[str]
    alike: re.Pattern[str]
    stray: re.Pattern[str]


def read_marks(nodes: Sequence[Node], lines: Sequence[str], lexicon: Lexicon, start: int = 0) -> MarkedLabel:
    """Take the marks from the right of inline nodes until none fits; `lines` are all lines of the file.

    The label begins at character `start` of the flattened text. A mark that does not stand at the end is left in the label
    and is a hint.
    """
    flat = flatten(nodes, lines, opaque=True)
    source = _make_inlines(nodes, flat, lines)
    patterns = _patterns_of(lexicon)
    taken = make_label(make_text())
    end = _stripped(flat.text, start, len(flat.text))
    for _ in range(MAX_MARKS):
        step = _take(source, start, end, taken, patterns, lexicon)
        if step is None:
            break
        end, taken = _stripped(flat.text, start, step[0]), step[1]
    label = source.trim(start, end)
    findings = (
        *_stray_marks(flat, start, end, patterns),
        *_like_a_mark(flat, start, end, patterns),
        *taken.findings,
    )
    return make_label(label, taken.gate, taken.root_cause, taken.actions, taken.accepted, findings)


def stray_marks(
    nodes: Sequence[Node], lines: Sequence[str], lexicon: Lexicon, place: str = "the first paragraph"
) -> tuple[Finding, ...]:
    """Report the marks in inline nodes that carry none; they belong at the end of `place`."""
    flat = flatten(nodes, lines, opaque=True)
    return tuple(_stray_marks(flat, 0, len(flat.text), _patterns_of(lexicon), place))


def _take(
    source: _Inlines, start: int, end: int, taken: MarkedLabel, patterns: _Patterns, lexicon: Lexicon
) -> tuple[int, MarkedLabel] | None:
    """Take the last mark of `flat.text[start:end]`, and give where it began; None where no mark is left."""
    flat = source.flat
    text = flat.text[start:end]
    last = text[-1:]
    # Looking for each mark through every text is what reading a tree would spend its time on: most texts end with none.
    if last.isdigit() and (found := patterns.actions.search(text)):
        refs = tuple(_references(flat, start + found.start("ids"), found["ids"]))
        # Not `replace`, which takes six times as long, here as below.
        return start + found.start(), make_label(
            taken.label, taken.gate, taken.root_cause, refs + taken.actions, taken.accepted, taken.findings
        )
    if last == ")" and taken.gate is None and (found := patterns.gate.search(text)):
        gate = Gate(lexicon.gate(found["word"]) or "AND")
        return start + found.start(), make_label(
            taken.label, gate, taken.root_cause, taken.actions, taken.accepted, taken.findings
        )
    if last == ")" and not taken.root_cause and (found := patterns.root_cause.search(text)):
        return start + found.start(), replace(taken, root_cause=True)
    if taken.accepted is None and ":" in text:
        begins = [each.start() for each in patterns.accepted.finditer(text)]
        if begins and (found := patterns.accepted.match(text, begins[-1])):
            accepted, findings = _acceptance(source, start + found.start(), start + found.end(), end)
            return start + found.start(), replace(
                taken, accepted=accepted, findings=(*findings, *taken.findings)
            )
    return None


def _references(flat: Flat, at: int, ids: str) -> Iterator[ActionRef]:
    for found in _ID.finditer(ids):
        record, _, action = found.group().rpartition("#")
        yield make_ref(action, record or None, flat.span(at + found.start(), at + found.end()))


def _acceptance(source: _Inlines, begin: int, reason_at: int, end: int) -> tuple[Acceptance, list[Finding]]:
    """Read `REASON (ROLE, REVIEW DATE)`, which begins at `reason_at`; the mark's dash is at `begin`."""
    flat = source.flat
    text = flat.text[reason_at:end]
    span = flat.span(begin, end)
    expected = "expected `-- accepted: REASON (ROLE, REVIEW DATE)`"
    findings: list[Finding] = []
    found = _WHO_AND_WHEN.search(text)
    inside = found[1].strip() if found else ""
    reason = source.trim(reason_at, reason_at + found.start() if found else end).text
    role, comma, when = (part.strip() for part in inside.rpartition(","))
    if not comma:
        # One word of the two is there: a day, or else the role.
        role, when = ("", inside) if _DATE.fullmatch(inside) else (inside, "")
    review = read_day(when)
    if when and review is None and found:
        offset = reason_at + found.start(1) + found[1].rindex(when)
        place = flat.span(offset, offset + len(when))
        message = f"review date '{when}' is not a date, expected YYYY-MM-DD"
        findings.append(Finding("bad-date", message, place, Nature.UNREADABLE))
    missing = [name for name, part in (("reason", reason), ("role", role), ("review date", when)) if not part]
    if missing:
        message = f"accepted risk has no {' and no '.join(missing)}, {expected}"
        findings.append(Finding("accepted-incomplete", message, span, Nature.MISSING))
    return Acceptance(reason, role, review, span), findings


def read_day(text: str) -> date | None:
    """Read a day written as YYYY-MM-DD, None where it is none."""
    try:
        return date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None


def _stray_marks(
    flat: Flat, start: int, end: int, patterns: _Patterns, place: str = "the first paragraph"
) -> Iterator[Finding]:
    if _STRAY_SIGN.search(flat.text, start, end) is None:
        return
    for found in islice(patterns.stray.finditer(flat.text, start, end), MAX_MARKS):
        message = f"'{found.group().strip()}' is read as text, expected marks at the end of {place}"
        hint = "move it behind the words, after or before the other marks"
        behind = flat.text[found.end() : min(end, found.end() + _LONGEST_BEHIND)].strip()
        if found["dash"]:
            hint = "write it as `-- accepted: REASON (ROLE, REVIEW DATE)`"
        elif behind and not behind.strip(_STOPS):
            hint = f"take away the '{behind}' behind it"
        elif _MORE_ACTIONS.fullmatch(behind):
            hint = "put commas between the actions: `-> A1, A2`"
        yield Finding("mark-in-label", message, flat.span(found.start(), found.end()), Nature.HINT, hint)


def _like_a_mark(flat: Flat, start: int, end: int, patterns: _Patterns) -> Iterator[Finding]:
    """Report what stands where marks do, and is one but for its signs: `[AND]`, `=> A1`, `(A1)`."""
    text = flat.text[start:end]
    if not text or not (text[-1].isdigit() or text[-1] in "])") or not (found := patterns.alike.search(text)):
        return
    ids = found["ids"] or found["named"]
    meant = f"-> {ids}" if ids else f"({found['word']})"
    message = f"'{found.group()}' is read as text, expected `{meant}`"
    span = flat.span(start + found.start(), start + found.end())
    yield Finding("mark-in-label", message, span, Nature.HINT, f"write `{meant}`")


def _stripped(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


_Spelling = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def _spelling(lexicon: Lexicon) -> _Spelling:
    gates = tuple(alias for key, aliases in words.GATES.items() for alias in lexicon.aliases(key, aliases))
    return gates, lexicon.aliases("root cause", words.ROOT_CAUSE), lexicon.aliases("accepted", words.ACCEPTED)


def _patterns_of(lexicon: Lexicon) -> _Patterns:
    return _patterns(_spelling(lexicon)) if lexicon.added else _usual_patterns()


@cache
def _usual_patterns() -> _Patterns:
    """Give the marks in the words of an archive that adds none; each item of each record asks for them."""
    return _patterns(_spelling(Lexicon()))


@lru_cache(maxsize=32)
def _patterns(spelling: _Spelling) -> _Patterns:
    gates, root_cause, accepted = (any_of(each) for each in spelling)
    opening = rf"(?:(?<!-)--|–|—)\s*(?:{accepted})\s*:"
    ids = rf"{_REFERENCE}(?:\s*,\s*{_REFERENCE})*"
    return _Patterns(
        re.compile(rf"{_ARROW}(?P<ids>{ids})$"),
        re.compile(rf"\(\s*(?P<word>{gates})\s*\)$", re.IGNORECASE),
        re.compile(rf"\(\s*(?:{root_cause})\s*\)$", re.IGNORECASE),
        re.compile(opening, re.IGNORECASE),
        re.compile(
            # In parentheses `(S3)` may be anything.
            rf"(?:=>|⇒)\s*(?P<ids>{ids})$|[(\[]\s*(?P<named>A[0-9]{{1,2}}(?:\s*,\s*A[0-9]{{1,2}})*)\s*[)\]]$"
            rf"|\[\s*(?P<word>{gates}|(?i:{root_cause}))\s*\]$"
        ),
        # Gates in capitals only: "(or)" within a sentence is a word.
        re.compile(
            rf"{_ARROW}{_REFERENCE}(?![\w-])|\((?:{gates})\)"
            rf"|(?i:\((?:{root_cause})\)|{opening}|(?P<dash>(?<=\s)(?:-\s*(?:{accepted})\s*:|(?:--|–|—)\s*(?:{accepted})\s+[-–—])))"
        ),
    )


def any_of(aliases: Sequence[str]) -> str:
    """Give the pattern that fits any of some words, a blank standing for any run of blanks."""
    ordered = sorted(aliases, key=len, reverse=True)
    return (
        "|".join(r"\s+".join(map(re.escape, alias.split())) for alias in ordered if alias.split()) or r"(?!)"
    )

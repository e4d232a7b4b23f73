"""Words and phrases that blame, as data: what to write instead, why, and where the practice is described."""

from __future__ import annotations

from dataclasses import dataclass

SRE_BOOK = "[Google SRE book, Postmortem Culture: Learning from Failure](https://sre.google/sre-book/postmortem-culture/)"
SRE_WORKBOOK = (
    "[The Site Reliability Workbook, Postmortem Practices](https://sre.google/workbook/postmortem-culture/)"
)
ALLSPAW = "[John Allspaw, Blameless PostMortems and a Just Culture](https://www.etsy.com/codeascraft/blameless-postmortems)"
INFINITE_HOWS = "[John Allspaw, The Infinite Hows](https://www.kitchensoap.com/2014/11/14/the-infinite-hows-or-the-dangers-of-the-five-whys/)"
COOK = "[Richard Cook, How Complex Systems Fail](https://how.complexsystems.fail/)"
DEKKER = "[Sidney Dekker, The Field Guide to Understanding 'Human Error'](https://sidneydekker.com/books/)"
PERROW = "[Charles Perrow, Normal Accidents](https://press.princeton.edu/books/paperback/9780691004129/normal-accidents)"
PAGERDUTY = "[PagerDuty, The Blameless Postmortem](https://postmortems.pagerduty.com/culture/blameless/)"
DEBRIEFING = (
    "[Etsy, Debriefing Facilitation Guide](https://extfiles.etsy.com/DebriefingFacilitationGuide.pdf)"
)


@dataclass(frozen=True, slots=True)
class Term:
    """One phrase in small letters, a blank between words, with what to write instead, why, and a source of `SOURCES`.

    `person` asks for people as the subject of what stands around it.
    """

    term: str
    instead: str
    why: str
    source: str
    person: bool = False


def terms(why: str, source: str, table: str, *, person: bool = False) -> tuple[Term, ...]:
    """Read a table of lines `phrase, phrase -> what to write instead`."""
    rows: list[Term] = []
    for line in table.strip().splitlines():
        phrases, _, instead = line.partition("->")
        rows.extend(
            Term(phrase.strip(), instead.strip(), why, source, person) for phrase in phrases.split(",")
        )
    return tuple(rows)


def by_first_word(table: tuple[Term, ...]) -> dict[str, tuple[tuple[tuple[str, ...], Term], ...]]:
    """Order terms by their first word, so that a sentence is read once for all of them."""
    ordered: dict[str, tuple[tuple[tuple[str, ...], Term], ...]] = {}
    for term in table:
        words = tuple(term.term.split())
        ordered[words[0]] = (*ordered.get(words[0], ()), (words, term))
    return ordered

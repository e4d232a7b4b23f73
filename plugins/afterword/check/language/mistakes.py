"""What is called a mistake, or said to be done by one."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.language import words as w
from afterword.check.language.failed_acts import no_object
from afterword.check.language.grammar import Clause, Who
from afterword.check.language.judging import Failing, is_imagined, positions
from afterword.check.language.verbs import ACCIDENTS, is_participle

_MISTAKES = w.word_set(
    "mistake mistakes misstep blunder typo miscalculation misjudgement misjudgment lapse error errors"
)
_CALLED = w.word_set("mistake oversight blunder misstep misunderstanding lapse")
_BELIEFS = w.word_set("assumption assumptions call decision choice conclusion")
_HIDDEN = w.word_set("oversight oversights misunderstanding miscommunication lapse inattention")
_WRONG = w.word_set(
    "wrong incorrect false mistaken faulty bad poor invalid erroneous flawed naive unfounded costly questionable unwise"
)
_ANY = w.word_set(
    "mistake mistakes accident misstep blunder typo miscalculation misjudgement misjudgment lapse error errors oversight oversights misunderstanding miscommunication assumption assumptions call decision choice conclusion"
)
_WATCHING = w.word_set("of over board boards committee process mechanism role")
"""What makes an oversight one that is exercised."""

_NOUNS_OF_ERROR = w.word_set(
    "messages message logs log rates rate handling pages page reports states state budget"
)
_WHY = w.word_set("due because by through owing from result down of to")
_ALIKE = "write what made the two alike, or let one be taken for the other"
_REASON = "write what was done, and what made it seem right"


def mistakes(clause: Clause) -> Iterator[Failing]:
    """Find `by mistake`, `made a mistake`, `this was an oversight`, `due to a misunderstanding`."""
    words = clause.words
    for at in positions(clause, _ANY):
        if is_imagined(clause, at):
            continue
        word = words[at]
        start = _article(clause, at)
        before = words[start] if start >= 0 else ""
        bare = start == at - 1
        following = words[at + 1] if at + 1 < len(words) else ""
        if bare and before == "by" and word in ("mistake", "accident"):
            if not _nobody_acts(clause, start):
                yield start, at, _ALIKE
        elif bare and before == "in" and word == "error":
            if (
                following not in _NOUNS_OF_ERROR
                and not following[:1].isdigit()
                and not _nobody_acts(clause, start)
            ):
                yield start, at, _ALIKE
        elif word in _MISTAKES and _is_made(clause, start, at):
            begin = _made(clause, start)
            yield (begin if words[begin] == "made" or words[begin] in w.DETERMINERS else at), at, _REASON
        elif (
            word in _BELIEFS and not _WRONG.isdisjoint(words[start + 1 : at]) and _is_made(clause, start, at)
        ):
            yield _made(clause, start), at, "write what was known at that time, and what nothing showed"
        elif (
            word in _CALLED
            and _is_called(clause, start, at)
            and not (word == "oversight" and following in _WATCHING)
        ):
            # A mistake in a file is one of the file, a mistake in setting it up is not.
            if word != "mistake" or following != "in" or "".join(words[at + 2 : at + 3]).endswith("ing"):
                yield start, at, "write what was not seen, and what would have shown it to anybody"
        elif (
            word in _HIDDEN
            and not (word.startswith("oversight") and following in _WATCHING)
            and _is_reason(clause, start, before)
        ):
            yield (start if before in w.DETERMINERS else at), at, "write what was not seen, and what hid it"


def _article(clause: Clause, at: int) -> int:
    """Give the place of what stands before a noun and its adjectives: an article, a preposition, a verb."""
    words = clause.words
    start = at - 1
    while (
        start > 0
        and at - start < 5
        and words[start].isalpha()
        and words[start] != "made"
        and not clause.ends_phrase(words[start])
        and words[start] not in w.DETERMINERS
    ):
        start -= 1
    return start


def _is_reason(clause: Clause, start: int, before: str) -> bool:
    near = clause.words[max(0, start - 3) : start + 1]
    return any(
        word in ("due", "because", "by", "through", "owing", "from", "result", "down") for word in near
    ) and (before in w.DETERMINERS or before in _WHY)


def _made(clause: Clause, start: int) -> int:
    """Give where `made` stands before a noun, else its article."""
    return start - 1 if start > 0 and clause.words[start - 1] == "made" else max(start, 0)


def _is_made(clause: Clause, start: int, at: int) -> bool:
    """Tell whether people made it: `we made a`, `a … was made`, `a … made by an engineer`."""
    words = clause.words
    made = _made(clause, start)
    if words[made] == "made":
        subject = clause.subject(made)
        if subject.who is Who.NONE:
            return words[start] in w.DETERMINERS or words[at] in ("mistake", "mistakes")
        return subject.who is not Who.THING or words[at] in ("mistake", "mistakes")
    following = words[at + 1 : at + 3]
    if following in (("was", "made"), ("were", "made")):
        return True
    return following == ("made", "by") and clause.agent(at + 1) in (Who.OWN, Who.OUTSIDE)


def _is_called(clause: Clause, start: int, at: int) -> bool:
    """Tell whether something done is called a mistake: `this was a mistake`, `an oversight`."""
    words = clause.words
    before = words[start] if start >= 0 else ""
    if before not in w.DETERMINERS and before not in w.BE:
        return False
    if before in ("no", "any", "every", "each", "some"):
        return False
    verb = clause.skip_adverbs(start - 1 if before in w.DETERMINERS else start, -1)
    if verb < 0 or words[verb] not in ("was", "were", "been", "being", "as"):
        return False
    return not any(word in ("not", "no") for word in words[max(0, verb - 1) : at])


def _nobody_acts(clause: Clause, by: int) -> bool:
    """Tell whether nothing happened before `by mistake`, or a thing did it: `the router dropped it by mistake`."""
    words = clause.words
    for index in range(by - 1, -1, -1):
        word = words[index]
        if word in w.HARD_STOPS:
            break
        if word in w.PAST_BE or word == "did":
            return False
        if is_participle(word):
            is_headline = no_object(words[index + 1 : index + 2])
            return not (clause.is_passive(index) or is_headline) and clause.subject(index).who is Who.THING
        if word in ACCIDENTS or (index and word.endswith("s") and clause.subject(index).who is Who.OWN):
            return False
    return True


def by_people(clause: Clause) -> Iterator[Failing]:
    """Find an outage `caused by an engineer who …`."""
    words = clause.words
    for at in positions(clause, frozenset({"caused"})):
        if words[at + 1 : at + 2] != ("by",) or clause.agent(at) is not Who.OWN:
            continue
        last = at + 2
        while last + 1 < len(words) and not clause.means(words[last]) and words[last] not in w.OWN_PRONOUNS:
            last += 1
        following = words[last + 1] if last + 1 < len(words) else ""
        if following.endswith("ing") or following in ("who", "", ".", "and", ","):
            yield at, last, "name what the act met: what allowed it, and what made its consequence large"

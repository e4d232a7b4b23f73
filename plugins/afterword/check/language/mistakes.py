"""What is called a mistake, or said to be done by one."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.language import words as w
from afterword.check.language.grammar import Clause, Who
from afterword.check.language.judging import Failing, is_imagined, positions
from afterword.check.language.verbs import ACCIDENTS, is_participle

_OF_BY_PEOPLE = w._set("caused triggered created introduced broken")
_OF_MISTAKES = w._set(
    "mistake mistakes oversight oversights misunderstanding blunder misstep error accident miscommunication assumption assumptions lapse typo call decision misjudgement misjudgment miscalculation"
)


def mistakes(clause: Clause) -> Iterator[Failing]:
    """Find `by mistake`, `made a mistake`, `this was an oversight`, `due to a misunderstanding`."""
    words = clause.words
    for at in positions(
        clause,
        _OF_MISTAKES,
    ):
        word = words[at]
        start = at - 1
        while (
            start > 0
            and words[start] not in w.DETERMINERS
            and words[start] not in w.AUXILIARIES
            and words[start] not in w.PREPOSITIONS
            and words[start] not in ("made", "made.", "to", ",")
            and at - start < 5
        ):
            start -= 1
        before = words[start] if start >= 0 else ""
        earlier = words[start - 1] if start > 0 else ""
        adjectives = words[start + 1 : at]
        wrong = any(
            each
            in (
                "wrong",
                "incorrect",
                "false",
                "mistaken",
                "faulty",
                "bad",
                "poor",
                "invalid",
                "erroneous",
                "flawed",
                "naive",
                "unfounded",
                "costly",
            )
            for each in adjectives
        )
        if is_imagined(clause, at):
            continue
        if word in ("mistake", "accident") and before == "by" and not adjectives:
            if not _nobody_acts(clause, start):
                yield start, at, "write what made the two alike, or let one be taken for the other"
        elif word == "error" and before == "in" and not adjectives:
            following = words[at + 1 : at + 2]
            if not following or following[0] in (
                ".",
                ",",
                ")",
                "by",
                "and",
                "which",
                "as",
                "during",
                "when",
                "because",
                "instead",
            ):
                yield start, at, "write what made the two alike, or let one be taken for the other"
        elif (
            word
            in (
                "mistake",
                "mistakes",
                "error",
                "misstep",
                "blunder",
                "typo",
                "miscalculation",
                "misjudgement",
                "misjudgment",
                "lapse",
            )
            and _made(clause, start, at)
            and (word not in ("error",) or _made_by_person(clause, start, at))
        ):
            yield _made_start(clause, start), at, "write what was done, and what made it seem right"
        elif (
            word in ("assumption", "assumptions", "call", "decision")
            and wrong
            and _made(clause, start, at)
            and clause.subject(_made_start(clause, start)).who is not Who.THING
        ):
            yield _made_start(clause, start), at, "write what was known at that time, and what nothing showed"
        elif word in (
            "mistake",
            "oversight",
            "blunder",
            "misstep",
            "misunderstanding",
            "lapse",
        ) and _is_called(clause, start, at):
            following = words[at + 1 : at + 3]
            if (
                word == "mistake"
                and following[:1] == ("in",)
                and len(following) > 1
                and not following[1].endswith("ing")
            ):
                continue
            if (
                word == "oversight"
                and following
                and following[0] in ("of", "over", "board", "committee", "process", "mechanism")
            ):
                continue
            yield (
                start + 1 if before in w.PREPOSITIONS else start,
                at,
                "write what was not seen, and what would have shown it to anybody",
            )
        elif (
            word in ("oversight", "misunderstanding", "miscommunication", "oversights")
            and (earlier in ("to", "of", "by", "through") or before in ("to", "of", "by", "through"))
            and _because(clause, start)
        ):
            following = words[at + 1 : at + 2]
            if not (word == "oversight" and following and following[0] in ("of", "board", "committee")):
                yield start if before in w.DETERMINERS else at, at, "write what was not seen, and what hid it"


def _because(clause: Clause, start: int) -> bool:
    near = clause.words[max(0, start - 3) : start + 1]
    return any(
        word in ("due", "because", "by", "through", "owing", "from", "result", "down") for word in near
    )


def _made(clause: Clause, start: int, at: int) -> bool:
    words = clause.words
    return (
        words[start] == "made"
        or (start > 0 and words[start - 1] == "made")
        or words[at + 1 : at + 3] in (("was", "made"), ("were", "made"))
    )


def _made_start(clause: Clause, start: int) -> int:
    return start - 1 if start > 0 and clause.words[start - 1] == "made" else max(start, 0)


def _made_by_person(clause: Clause, start: int, at: int) -> bool:
    words = clause.words
    if words[at + 1 : at + 3] in (("was", "made"), ("were", "made")):
        return True
    return clause.subject(_made_start(clause, start)).is_person


def _is_called(clause: Clause, start: int, at: int) -> bool:
    """Tell whether something done is called a mistake: `this was a mistake`, `a mistake on`, `an oversight`."""
    words = clause.words
    before = words[start] if start >= 0 else ""
    if before not in w.DETERMINERS and before not in w.BE:
        return False
    if before in ("no", "any", "every", "each", "some"):
        return False
    verb = clause.skip_adverbs(start - 1 if before in w.DETERMINERS else start, -1)
    if verb >= 0 and words[verb] in ("was", "were", "been", "being", "as"):
        return "not" not in words[max(0, verb) : at]
    return False


def _nobody_acts(clause: Clause, by: int) -> bool:
    """Tell whether nothing happened before `by mistake`, or a thing did it: `the router dropped it by mistake`."""
    words = clause.words
    for index in range(by - 1, -1, -1):
        if words[index] in w.HARD_STOPS:
            break
        if words[index] in ACCIDENTS or words[index] in w.PAST_BE or words[index] == "did":
            return False
        if is_participle(words[index]):
            return not clause.is_passive(index) and clause.subject(index).who is Who.THING and by - index > 1
        if words[index].endswith("s") and index and clause.subject(index).who is Who.OWN:
            return False
    return True


def by_people(clause: Clause) -> Iterator[Failing]:
    """Find an outage `caused by an engineer who …`."""
    words = clause.words
    for at in positions(clause, _OF_BY_PEOPLE):
        if words[at + 1 : at + 2] != ("by",) or words[at] in ("triggered", "created", "introduced", "broken"):
            continue
        last = at + 2
        while (
            last < len(words)
            and last - at < 8
            and words[last] not in w.OWN
            and words[last] not in w.OWN_PRONOUNS
        ):
            if words[last] in w.PREPOSITIONS or words[last] in w.HARD_STOPS or words[last] == ",":
                last = len(words)
            last += 1
        if last < len(words) and last - at < 8 and clause.phrase(last).who is Who.OWN:
            following = words[last + 1] if last + 1 < len(words) else ""
            if following.endswith("ing") or following in ("who", "", ".", "and", ","):
                yield at, last, "name what the act met: what allowed it, and what made its consequence large"

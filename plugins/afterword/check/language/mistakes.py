"""What is called a mistake, or said to be done by one."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.language import words as w
from afterword.check.language.failed_acts import no_object
from afterword.check.language.grammar import Clause, Who
from afterword.check.language.judging import Failing, is_imagined, positions
from afterword.check.language.verbs import ACCIDENTS, LUCK, is_participle

_MISTAKES = w.word_set(
    "mistake mistakes misstep blunder typo miscalculation misjudgement misjudgment lapse error errors"
)
_CALLED = w.word_set(
    "misjudgement misjudgment miscalculation accident mistake oversight blunder misstep misunderstanding lapse"
)
BELIEFS = w.word_set(
    "assumption assumptions belief call decision decisions choice conclusion estimate estimates expectation expectations understanding judgement judgment"
)
_HIDDEN = w.word_set("oversight oversights misunderstanding miscommunication lapse inattention")
WRONG = w.word_set(
    "wrong incorrect false mistaken faulty bad poor invalid erroneous flawed naive unfounded costly questionable unwise dangerous risky hasty rash premature misguided short-sighted shortsighted ill-advised ill-considered"
)
CALLED_SO = w.word_set(
    "miss mistake mistakes accident misstep blunder typo miscalculation misjudgement misjudgment lapse error errors oversight oversights misunderstanding miscommunication assumption assumptions belief call decision decisions choice conclusion estimate estimates expectation expectations understanding judgement judgment"
)
_WATCHING = w.word_set("of over board boards committee process mechanism role")
"""What makes an oversight one that is exercised."""

_NOUNS_OF_ERROR = w.word_set(
    "messages message logs log rates rate handling pages page reports states state budget"
)
_WHY = w.word_set("due because by through owing from result down of to on")
_ALIKE = "write what made the two alike, or let one be taken for the other"
_REASON = "write what was done, and what made it seem right"


def mistakes(clause: Clause) -> Iterator[Failing]:
    """Find `by mistake`, `made a mistake`, `this was an oversight`, `due to a misunderstanding`."""
    words = clause.words
    for at in positions(clause, CALLED_SO):
        if is_imagined(clause, at):
            if words[at] == "mistakes" and words[at - 1 : at] in _LIKE:
                yield at - 1, at, _REASON
            continue
        word = words[at]
        start = _article(clause, at)
        before = words[start] if start >= 0 else ""
        if before == "no":
            continue
        bare = start == at - 1
        following = words[at + 1] if at + 1 < len(words) else ""
        if bare and before == "by" and word in ("mistake", "accident"):
            if not _nobody_acts(clause, start):
                yield start, at, _ALIKE
        elif word == "miss":
            if _is_a_miss(clause, start, at):
                yield start, at, _REASON
        elif word in ("mistake", "mistakes") and _is_pointed_at(clause, start, at):
            yield start, at, _REASON
        elif _is_general(clause, start):
            continue
        elif word in BELIEFS and _is_called_wrong(clause, start, at):
            yield max(start, 0), at, "write what was known at that time, and what nothing showed"
        elif word in _LEADING and before not in ("no", "any") and _has_led(clause, at):
            yield (start if before in w.DETERMINERS else at), at, _REASON
        elif bare and before == "in" and word == "error":
            if (
                following not in _NOUNS_OF_ERROR
                and not following[:1].isdigit()
                and not _nobody_acts(clause, start)
                and not (words[start - 1] in w.BE and clause.subject(start - 1).who is Who.THING)
            ):
                yield start, at, _ALIKE
        elif word in ("error", "errors") and following in _NOUNS_OF_ERROR:
            continue
        elif word in _MISTAKES and _is_made(clause, start, at):
            begin = _made(clause, start, at)
            yield (begin if words[begin] in _MAKING or words[begin] in w.DETERMINERS else at), at, _REASON
        elif word in BELIEFS and not WRONG.isdisjoint(words[start + 1 : at]) and _is_made(clause, start, at):
            yield _made(clause, start, at), at, "write what was known at that time, and what nothing showed"
        elif (
            word in _CALLED
            and _is_called(clause, start, at)
            and not (word == "oversight" and following in _WATCHING)
            and not (word == "accident" and following == "waiting")
        ):
            # A mistake in a file is one of the file, a mistake in setting it up is not.
            inside = words[at + 2 : at + 6]
            is_of_act = "".join(inside[:1]).endswith("ing") or not _PROCESSES.isdisjoint(inside)
            if word != "mistake" or following != "in" or is_of_act:
                yield start, at, "write what was not seen, and what would have shown it to anybody"
        elif (
            word in _HIDDEN
            and not (word.startswith("oversight") and following in _WATCHING)
            and _is_reason(clause, start, before)
        ):
            yield (start if before in w.DETERMINERS else at), at, "write what was not seen, and what hid it"


_PROCESSES = w.word_set("workflow process procedure planning communication handover rollout response")
"""In what people make a mistake; one in a file is the file's."""

_LIKE = (("similar",), ("such",), ("these",), ("those",), ("same",))
"""Words that point back: to prevent `such mistakes` calls what happened one."""

_LEADING = w.word_set(
    "oversight oversights mistake mistakes misjudgement misjudgment miscalculation misunderstanding misunderstandings miscommunication"
)
_RELATIVE = (("that",), ("which",))
_CAUSED = w.word_set("left led caused resulted meant allowed contributed")
_BIG = w.word_set("significant big huge clear bad major serious real large obvious total complete")
_PROVED = w.word_set("was were proved proven turned is")


def _has_led(clause: Clause, at: int) -> bool:
    """Tell `the oversight led to`, `a misunderstanding between two teams caused`."""
    words = clause.words
    verb = clause.skip_adverbs(at + 1 + (words[at + 1 : at + 2] in _RELATIVE))
    if words[at + 1 : at + 2] == ("between",) and (w.OWN | w.OUTSIDE | {"us", "them"}).isdisjoint(
        words[at + 2 : at + 9]
    ):
        return False
    if words[at + 1 : at + 2] in (("between",), ("of",), ("about",), ("on",), ("in",), ("by",), ("during",)):
        verb = next(
            (index for index in range(at + 2, min(at + 11, len(words))) if words[index] in _CAUSED), verb
        )
    return words[verb : verb + 1] != () and words[verb] in _CAUSED and "," not in words[at:verb]


def _is_a_miss(clause: Clause, start: int, at: int) -> bool:
    """Tell `this was a big miss`, of people, from a miss of a cache."""
    words = clause.words
    if words[max(0, start)] not in ("a", "our", "another") or not _BIG.issuperset(words[start + 1 : at]):
        return False
    verb = clause.skip_adverbs(start - 1, -1)
    is_told = verb > 0 and words[verb] in ("is", "was") and words[verb - 1] in ("this", "that", "which", "it")
    return words[start] == "our" or is_told


def _is_pointed_at(clause: Clause, start: int, at: int) -> bool:
    """Tell whether what was done is called `this mistake`, or `the mistake was` told of."""
    words = clause.words
    if (
        not _FOREMOST.issuperset(words[start + 1 : at])
        or words[at + 1 : at + 2] in (("in",), ("of",))
        or start < 0
    ):
        return False
    if words[start - 1] == "from" and words[start - 2].startswith("learn"):
        return False
    if words[start] in ("this", "that", "these", "those"):
        return True
    return words[start] == "the" and words[at + 1 : at + 2] in (("was",), ("were",), ("had",), ("went",))


_FOREMOST = w.word_set(
    "main biggest first second original initial key other real same next only underlying fundamental"
)


def _is_called_wrong(clause: Clause, start: int, at: int) -> bool:
    """Tell whether a decision is called wrong: `this was the wrong call`, `our assumption proved wrong`."""
    words = clause.words
    if at <= 2 and words[at - 1] in WRONG and at and words[at + 1 : at + 2] in (("to",), ("of",), ("on",)):
        return True
    if start >= 0 and words[start] in w.DETERMINERS and not WRONG.isdisjoint(words[start + 1 : at]):
        verb = clause.skip_adverbs(start - 1, -1)
        if verb > 0 and words[verb] == "be" and words[verb - 1] == "to":
            verb -= 2
            verb -= verb > 0 and words[verb] == "out"
        is_denied = "not" in words[max(0, verb) : start] or "never" in words[max(0, verb) : start]
        return verb >= 0 and words[verb] in ("was", "were", "proved", "turned") and not is_denied
    following = clause.skip_adverbs(at + 1)
    is_ours = start >= 0 and words[start] in ("our", "my")
    is_of = is_ours and words[at + 1 : at + 2] in (("of",), ("about",), ("for",), ("on",))
    if is_of or (
        words[at + 1 : at + 2] in (("that",), ("to",)) and start >= 0 and words[start] in w.DETERMINERS
    ):
        verbs = (index for index in range(at + 3, min(at + 14, len(words))) if words[index] in _PROVED)
        return any(
            not WRONG.isdisjoint(words[verb + 1 : verb + 4]) and words[verb + 1] not in ("not", "no")
            for verb in verbs
        )
    is_own = words[max(0, start)] in ("our", "my", "his", "her", "this", "that") or clause.means(
        words[max(0, at - 1)].removesuffix("'s")
    )
    if not is_own or following >= len(words) or words[following] not in _PROVED - {"is"}:
        return False
    return (
        not WRONG.isdisjoint(words[following + 1 : following + 5])
        and "not" not in words[following : following + 3]
    )


def _is_general(clause: Clause, start: int) -> bool:
    """Tell whether a sentence tells what is held to, of whoever `made the mistake`."""
    words = clause.words
    before = words[max(0, start - 2) : start]
    if before[:1] not in (("who",), ("that",)):
        return False
    first = next((word for word in words[: start - 2] if word in w.AUXILIARIES), "")
    return first in ("is", "are", "do", "does", "can", "may", "will", "should", "must")


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
    if start > 1 and words[start] == "of" and words[start - 1] in _SEVERAL:
        return start - 2
    return start


_SEVERAL = w.word_set("couple number series string lot handful chain pair combination")


def _is_reason(clause: Clause, start: int, before: str) -> bool:
    near = clause.words[max(0, start - 3) : start + 1]
    return any(
        word in ("due", "because", "by", "through", "owing", "from", "result", "down", "based")
        for word in near
    ) and (before in w.DETERMINERS or before in _WHY)


_MAKING = w.word_set("made introduced committed")


def _made(clause: Clause, start: int, at: int) -> int:
    """Give where `made` stands before a noun, else its article."""
    makers = _MAKING if clause.words[at] in ("mistake", "mistakes") else {"made"}
    return start - 1 if start > 0 and clause.words[start - 1] in makers else max(start, 0)


def _is_made(clause: Clause, start: int, at: int) -> bool:
    """Tell whether people made it: `we made a`, `a … was made`, `a … made by an engineer`."""
    words = clause.words
    made = _made(clause, start, at)
    if words[made] in _MAKING and made < start:
        subject = clause.subject(made)
        if subject.who is Who.NONE:
            return words[start] in w.DETERMINERS or words[at] in ("mistake", "mistakes")
        return subject.who is not Who.THING or words[at] in ("mistake", "mistakes")
    following = words[at + 1 : at + 3]
    if following in (("was", "made"), ("were", "made")):
        return True
    if following[:1] == ("made",) and following[1:] in _AT_WORK:
        return True
    return following == ("made", "by") and clause.agent(at + 1) in (Who.OWN, Who.OUTSIDE)


_AT_WORK = (("during",), ("when",), ("while",), ("in",), ("at",))


def _is_called(clause: Clause, start: int, at: int) -> bool:
    """Tell whether something done is called a mistake: `this was a mistake`, `an oversight`."""
    words = clause.words
    before = words[start] if start >= 0 else ""
    if before not in w.DETERMINERS and before not in w.BE:
        return False
    if before in ("no", "any", "every", "each", "some"):
        return False
    if before in ("a", "an") and words[start - 1] == "," and no_object(words[at + 1 : at + 2]):
        # "It was never set, an oversight."
        return start > 1
    verb = clause.skip_adverbs(start - 1 if before in w.DETERMINERS else start, -1)
    if verb < 0 or (
        words[verb] not in ("was", "were", "been", "being", "as") and not _turned_out(words, verb)
    ):
        return False
    return not any(word in ("not", "no") for word in words[max(0, verb - 1) : at])


def _turned_out(words: tuple[str, ...], be: int) -> bool:
    """Tell `turns out to be` and `proved to be` at its last word."""
    return words[max(0, be - 3) : be + 1] in _TURNED or words[max(0, be - 2) : be + 1] in _PROVED_TO_BE


_TURNED = tuple((word, "out", "to", "be") for word in ("turned", "turns"))
_PROVED_TO_BE = tuple((word, "to", "be") for word in ("proved", "proves"))


def _nobody_acts(clause: Clause, by: int) -> bool:
    """Tell whether nothing happened before `by mistake`, or a thing did it: `the router dropped it by mistake`."""
    words = clause.words
    if by == 0 and words[2:3] == (",",):
        # "By mistake, the key was used."
        later = [index for index in range(3, len(words)) if is_participle(words[index])]
        return not any(clause.is_passive(index) or clause.subject(index).is_person for index in later[:2])
    if not LUCK.isdisjoint(words[max(0, by - 6) : by]) or not _NOBODY.isdisjoint(words[max(0, by - 8) : by]):
        return True
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


_NOBODY = w.word_set("nobody no-one noone")
CAUSING = w.word_set("caused introduced made triggered committed")
_ERRING = w.word_set("error errors bug mistake mistakes misconfiguration misconfigurations typo typos")


def by_people(clause: Clause) -> Iterator[Failing]:
    """Find an outage `caused by an engineer who …`, an error `introduced by a colleague`."""
    words = clause.words
    for at in positions(clause, CAUSING):
        if words[at] != "caused" and clause.meant(clause.subject(at)) not in _ERRING:
            continue
        if words[at + 1 : at + 2] != ("by",) or clause.agent(at) is not Who.OWN:
            continue
        last = at + 2
        people = w.OWN | w.OWN_PRONOUNS | set(clause.names)
        last = next((index for index in range(at + 2, min(at + 9, len(words))) if words[index] in people), -1)
        if last < 0:
            continue
        following = words[last + 1] if last + 1 < len(words) else ""
        if following.endswith("ing") or following in ("who", "", ".", "and", ","):
            yield at, last, "name what the act met: what allowed it, and what made its consequence large"

"""Who does what in a sentence, as far as a few rules of English tell: subjects, passives, the words of a clause."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from afterword.check.language import words as w
from afterword.check.language.tokens import Tokens
from afterword.check.language.verbs import is_participle, is_told
from afterword.check.names.blamed import Act, act_behind, is_adverb, is_name_beside
from afterword.check.names.runs import Known, known
from afterword.check.names.surnames import is_surname
from afterword.model.value import plain_value

MOST_STEPS = 6
"""How many phrases are walked back over in search of a subject."""


_PHRASED = frozenset(
    {
        ("at", "least"),
        ("most", "likely"),
        ("very", "likely"),
        ("more", "likely"),
        ("at", "best"),
        ("in", "fact"),
        ("of", "course"),
        ("quite", "possibly"),
        ("most", "probably"),
        ("very", "probably"),
    }
)
"""Adverbs of two words."""

_NO_AGENTS = w.word_set("hand mistake accident default design then now chance")
"""What stands behind a `by` that names no doer."""

_TOOLS = w.word_set("tool tools bot bots script scripts job jobs system systems account accounts")
"""What is named after people, as `the on-call tool`, and is none."""

_DASHES = w.word_set("- – —")
_TASKED = w.word_set("responsible involved assigned tasked charge working acting")


class Who(StrEnum):
    """Whom a subject means."""

    OWN = "own"
    """People who build and run what failed: we, an engineer, the on-call, a team."""
    OUTSIDE = "outside"
    """People who use it."""
    THING = "thing"
    NONE = "none"
    """Nobody is named: a note like `forgot to restart it`."""

    @property
    def is_own(self) -> bool:
        """Tell whether people who build and run it are meant."""
        return self is Who.OWN


@plain_value()
class Subject:
    """The subject of a verb, its first and last word; both are the verb's own place where there is none."""

    who: Who
    first: int
    last: int

    @property
    def is_thing(self) -> bool:
        """Tell whether no people are meant."""
        return self.who is Who.THING

    @property
    def is_person(self) -> bool:
        """Tell whether people are meant, whoever they are."""
        return self.who in (Who.OWN, Who.OUTSIDE)


class Clause:
    """A sentence whose words can be asked for their subjects; `names` are words, in small letters, that are known to be names of people."""

    def __init__(self, tokens: Tokens, names: Collection[str] = ()) -> None:
        self.tokens = tokens
        self.words = tokens.words
        self.vocabulary = frozenset(tokens.words)
        self.names = names

    def skip_back(self, index: int) -> int:
        """Give the last word before `index` that is no adverb and no auxiliary."""
        words = self.words
        while index > 0 and (is_adverb(words[index - 1]) or words[index - 1] in w.AUXILIARIES):
            index -= 1
        return index - 1

    def skip_adverbs(self, index: int, step: int = 1) -> int:
        """Give the first word from `index` on, in the direction of `step`, that is no adverb."""
        words = self.words
        while 0 <= index < len(words):
            if is_adverb(words[index]):
                index += step
            elif step > 0 and words[index : index + 2] in _PHRASED:
                index += 2
            else:
                break
        return index

    def subject(self, verb: int, depth: int = 0) -> Subject:
        """Find the subject of the verb, or of the first auxiliary, at `verb`."""
        words = self.words
        at = self.skip_back(verb)
        # "should we have": the subject stands behind the first auxiliary.
        none = Subject(Who.NONE, verb, verb)
        if at >= 0 and words[at] == "to":
            return none
        if at >= 1 and words[at] == ",":
            begun = max((k for k in range(max(0, at - 6), at) if words[k] == ","), default=-1)
            if begun > 0 and not any(word in w.AUXILIARIES for word in words[begun:at]):
                return self.phrase(begun - 1, depth)
            return self._shared(at, depth, none)
        if at > 0 and words[at] in w.QUOTES:
            # `"git push" forgot`: what is quoted is a thing.
            return Subject(Who.THING, at, at)
        if at < 0 or words[at] in w.HARD_STOPS:
            if at > 1 and words[at] == ")":
                opened = max((k for k in range(at) if words[k] == "("), default=-1)
                if opened > 0:
                    return self.phrase(opened - 1, depth)
            return none
        if words[at] in w.COORDINATORS:
            return self._shared(at, depth, none)
        if words[at] in w.CONJUNCTIONS and words[at] != "that":
            return none
        if words[at] in w.PREPOSITIONS:
            return none
        gerund = words[verb].endswith("ing")
        return self.phrase(at, depth, gerund=gerund)

    def phrase(self, head: int, depth: int = 0, *, gerund: bool = False) -> Subject:
        """Tell whom the noun phrase means that ends with the word `head`."""
        words = self.words
        word = words[head]
        if word == "who" and head and words[head - 1] in w.OUTSIDE:
            return Subject(Who.OUTSIDE, head - 1, head)
        if word in w.OWN_PRONOUNS:
            return Subject(Who.OWN, head, head)
        if "@" in self.vocabulary:
            handle = self.handle(head)
            if handle >= 0:
                return Subject(Who.OWN, handle, head)
        if word in w.THING_PRONOUNS:
            return Subject(Who.THING, head, head)
        if word in ("they", "them"):
            return Subject(self._they(head), head, head)
        if word in ("that", "which") and head > 0:
            # A relative pronoun means what stands before it.
            is_noun = depth < MOST_STEPS and words[head - 1] not in w.HARD_STOPS and words[head - 1] != ","
            antecedent = self.phrase(head - 1, depth + 1).who if is_noun else Who.THING
            return Subject(Who.OWN if antecedent is Who.OWN else Who.THING, head, head)
        first = head
        while first > 0 and not self.ends_phrase(words[first - 1]):
            first -= 1
            if words[first] in w.DETERMINERS or words[first].endswith("'s"):
                break
        who = self.noun(head)
        before = words[first - 1] if first else ""
        if who is Who.THING and word.endswith("ing") and head > 0 and self.noun(head - 1) is Who.OWN:
            # "The person deploying did not ask."
            return Subject(Who.OWN, first, head)
        if who is Who.THING and before.endswith("ing") and first > 1 and self.noun(first - 2) is Who.OWN:
            # "The engineer performing the upgrade failed to ask."
            return self.phrase(first - 2, depth + 1) if depth < MOST_STEPS else Subject(Who.OWN, first, head)
        if is_participle(before) and who is Who.THING and "who" in words[max(0, first - 6) : first - 1]:
            # "The engineers who wrote the job failed": the verb belongs to what stands before `who`.
            return Subject(Who.OWN, first, head)
        if first == 1 and before.endswith("ing") and len(before) > 5:
            # "Appointing a manager would have helped": the act is meant.
            return Subject(Who.THING, 0, head)
        if depth >= MOST_STEPS or gerund:
            return Subject(who, first, head)
        if before == "of" and first > 1:
            if words[first - 2] in w.QUANTITIES:
                begin = first - 2 - (first > 2 and words[first - 3] in w.DETERMINERS)
                return Subject(who, begin, head)
            outer = self.phrase(first - 2, depth + 1)
            return Subject(outer.who, outer.first, head)
        if (
            before in w.PREPOSITIONS
            and before != "like"
            and first > 1
            and words[first - 2] not in w.HARD_STOPS
        ):
            if (
                words[first - 2] == ","
                or words[first - 2] in w.COORDINATORS
                or words[first - 2] in w.AUXILIARIES
            ):
                return Subject(Who.THING, first, head)
            outer = self.phrase(first - 2 - (words[first - 2] in _TASKED), depth + 1)
            return Subject(outer.who, outer.first, head)
        return Subject(who, first, head)

    def means(self, word: str) -> bool:
        """Tell whether a word alone means people who build and run what failed."""
        return word in w.OWN or word in self.names or word in ("someone", "somebody")

    def possesses(self, at: int) -> bool:
        """Tell whether a word with `'s` means somebody who builds and runs what failed, by a name or a role."""
        word = self.words[at]
        if not word.endswith("'s"):
            return False
        return self.means(word[:-2]) or (
            self.tokens.is_capital(at)
            and is_name_beside(known(self.tokens.said(at, at)[:-2]), word[:-2], Act.LIKELY)
            and not (at and self.words[at - 1] in w.DETERMINERS)
        )

    def handle(self, last: int) -> int:
        """Give where the personal handle that ends with a word begins, as `@kofi` or `@ingrid-42`; -1 where there is none."""
        words, places = self.words, self.tokens.places
        at = last
        while at > 0 and last - at < 5 and places[at - 1][1] == places[at][0] and words[at] != "@":
            at -= 1
        is_alone = at == 0 or places[at - 1][1] < places[at][0]
        is_name = words[at] == "@" and at < last and not any("/" in word for word in words[at : last + 1])
        return at if is_name and is_alone else -1

    def is_passive(self, participle: int) -> bool:
        """Tell whether a form of `be` or `get` stands before a participle."""
        at = self.skip_adverbs(participle - 1, -1)
        return at >= 0 and self.words[at] in w.BE

    def meant(self, subject: Subject) -> str:
        """Give the noun that a subject is about: `warnings` of `warnings from the job`; of `that` and `which`, the noun before."""
        return self.words[self.meant_at(subject)]

    def meant_at(self, subject: Subject) -> int:
        """Give where the noun stands that a subject is about."""
        words, last = self.words, subject.last
        if last and words[last] in ("that", "which"):
            return last - 1
        inner = (index for index in range(subject.first + 1, last) if words[index] in w.PREPOSITIONS)
        return next(inner, last + 1) - 1

    def shares_passive(self, participle: int) -> bool:
        """Tell whether a participle goes on with a passive: `was checked and dismissed`."""
        words = self.words
        at = self.skip_adverbs(participle - 1, -1)
        if at < 1 or words[at] not in ("and", "or", "but", "then"):
            return False
        for index in range(at - 1, -1, -1):
            if words[index] in w.HARD_STOPS or words[index] in w.OWN_PRONOUNS:
                return False
            if words[index] in w.PAST_BE and is_participle(words[self.skip_adverbs(index + 1)]):
                return True
        return False

    def agent(self, participle: int) -> Who:
        """Tell whom `by …` names behind a participle, within the next few words."""
        words = self.words
        for index in range(participle + 1, min(participle + 8, len(words) - 1)):
            if words[index] in w.HARD_STOPS or words[index] == ",":
                break
            if words[index] == "by" and words[index + 1] not in _NO_AGENTS:
                last = index + 1
                if words[last] in w.QUANTITIES and words[last + 1 : last + 2] == ("of",):
                    last += 2
                while (
                    last + 1 < len(words)
                    and last - index < 7
                    and self.noun(last) is Who.THING
                    and (
                        not self.ends_phrase(words[last + 1]) or self.tokens.said(last + 1, last + 1) == "IT"
                    )
                ):
                    last += 1
                return Who.THING if not _TOOLS.isdisjoint(words[last + 1 : last + 2]) else self.noun(last)
        return Who.NONE

    def ends_phrase(self, word: str) -> bool:
        """Tell whether a word is no part of the noun phrase behind it."""
        return (
            word in w.PREPOSITIONS
            or word in w.CONJUNCTIONS
            or word in w.COORDINATORS
            or word in w.AUXILIARIES
            or word in w.HARD_STOPS
            or word == ","
            or word in w.OWN_PRONOUNS
            or word in w.THING_PRONOUNS
        )

    def noun(self, head: int) -> Who:
        """Tell whom a noun means, with the word before it: `incident manager`, not `package manager`."""
        words = self.words
        word = words[head]
        before = words[head - 1] if head else ""
        if word in w.ONLY_BEHIND:
            return Who.OWN if before in w.ONLY_BEHIND[word] else Who.THING
        if word in w.OWN:
            return Who.THING if before in w.NOT_BEHIND.get(word, ()) else Who.OWN
        if word in w.OUTSIDE:
            return Who.OUTSIDE
        if word in w.OWN_PRONOUNS or (word == "one" and before in ("no", "every", "any", "some")):
            return Who.OWN
        if self.tokens.is_capital(head) and (word in self.names or self._is_named(head)):
            return Who.OWN
        return Who.THING

    def _is_named(self, head: int) -> bool:
        """Tell whether a capitalised word is a given name, or a surname behind one; one that is a word, too, by what is told of it."""
        words, tokens = self.words, self.tokens
        before = words[head - 1] if head else ""
        kind = known(tokens.said(head, head))
        is_named = before not in w.DETERMINERS and self._is_name(kind, head, head)
        if is_named or not before.isalpha() or not tokens.is_capital(head - 1):
            return is_named
        if kind is Known.NEVER and not is_surname(words[head]):
            return False
        return self._is_name(known(tokens.said(head - 1, head - 1)), head - 1, head)

    def _is_name(self, kind: Known, at: int, last: int) -> bool:
        """Tell whether a word is a given name where what stands behind the `last` word of the name is told."""
        if kind is Known.NEVER or kind is Known.UNLISTED:
            return False
        words = self.words
        return kind is Known.GIVEN or is_name_beside(kind, words[at], act_behind(words[last + 1 : last + 12]))

    def _they(self, at: int) -> Who:
        """Give the nearest people before, or people where no other several are named."""
        several = False
        for index in range(at - 1, -1, -1):
            who = self.noun(index)
            if who is not Who.THING:
                return who
            several = several or (self.words[index].endswith("s") and len(self.words[index]) > 3)
        return Who.THING if several else Who.OWN

    def _shared(self, at: int, depth: int, none: Subject) -> Subject:
        """Give the subject of the verb before `and`: the clause's first."""
        words = self.words
        start = at
        # "We answered at once - but missed …": a dash before `but` ends nothing.
        while start > 0 and (
            words[start - 1] not in w.HARD_STOPS or (start == at and words[start - 1] in _DASHES)
        ):
            start -= 1
        if depth >= MOST_STEPS:
            return none
        for index in range(start, at):
            word = words[index]
            if word in w.OWN_PRONOUNS:
                return Subject(Who.OWN, index, index)
            if index == start:
                continue
            if word in w.AUXILIARIES or (word.endswith("ed") and len(word) > 4):
                return self.subject(index, depth + 1)
            if is_told(word):
                # Such a word may be no verb, and is one where people stand before it.
                subject = self.subject(index, depth + 1)
                if subject.is_person:
                    return subject
        return none

"""`human-error`: somebody's failing as the explanation."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.language.failings import BESIDE, FAINT, RARER, SOURCES, TRIGGERS, failings
from afterword.check.language.grammar import Clause
from afterword.check.language.judging import found
from afterword.check.language.narrative import Narrative, Sentence
from afterword.check.rule import Rule
from afterword.model.finding import Finding
from afterword.model.record import Postmortem


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report each place once, with the longest words found for it."""
    for sentence, clause in _sentences(context.narrative(record)):
        told: list[tuple[int, int]] = []
        for first, last, hint in sorted(failings(clause), key=lambda each: (each[0], -each[1])):
            if not any(first <= end and begin <= last for begin, end in told):
                told.append((first, last))
                yield found(RULE.id, sentence, clause, first, last, "explains by somebody's failing", hint)


def _sentences(narrative: Narrative) -> Iterator[tuple[Sentence, Clause]]:
    seen: set[tuple[int, int]] = set()
    for triggers, faint, beside in _PASSES:
        if (
            beside is not BESIDE
            and beside.isdisjoint(narrative.words)
            and beside.isdisjoint(narrative.beside)
        ):
            continue
        for sentence, clause in narrative.sentences(triggers, faint, beside):
            place = id(sentence.passage), sentence.start
            if place not in seen:
                seen.add(place)
                yield sentence, clause


_PASSES = ((TRIGGERS, FAINT, BESIDE), *((each, each, beside) for each, beside in RARER))


RULE = Rule(
    id="human-error",
    summary="an error, oversight or failure of somebody as the explanation",
    why="""\
That somebody erred explains nothing: people err every day, and most days nothing happens. The sentence stands where the analysis has to go on: what made the act easy, what hid its
consequence, what let it reach customers? Those are properties of the system, and can be changed. Machines may fail, and a typo in a file is a typo; people and teams as subjects of
"forgot", "overlooked", "failed to", and acts told as accidents or mistakes are what is meant.""",
    bad="""\
## What went wrong

- We failed to verify the backup, and the table was accidentally deleted""",
    better="""\
## What went wrong

- Nothing verified the backup, and the console deleted the table without asking""",
    sources=SOURCES,
    check=check,
)

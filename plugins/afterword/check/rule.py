"""What a rule is: its documentation, and how it finds what it reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from afterword.check.context import ArchiveContext, Context
from afterword.model.finding import Finding
from afterword.model.record import Postmortem

RecordCheck = Callable[[Postmortem, Context], Iterator[Finding]]
AmongCheck = Callable[[Postmortem, ArchiveContext], Iterator[Finding]]
ArchiveCheck = Callable[[ArchiveContext], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Option:
    """A number that settings may give a rule, under its id in `rules`."""

    name: str
    default: int
    meaning: str
    holds: str = "a whole number"

    @property
    def unset(self) -> str:
        """Say what holds where settings say nothing."""
        return str(self.default)


@dataclass(frozen=True, slots=True)
class WordsOption:
    """A list of words that settings may give a rule; empty where they do not."""

    name: str
    meaning: str
    holds: str = "a list of words"
    unset: str = "none"


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is reported, with its documentation in Markdown.

    `summary` completes the sentence "reports"; `why` says how it hurts readers of a post-mortem; `bad` and `better` are excerpts of a record,
    or of `afterword.yml` where `language` is `yaml`. `fix` completes the sentence "`afterword check --fix` …" where findings carry
    edits. `sources` name where the practice behind a rule is described, in Markdown, with links.
    `check` looks at one record alone, `check_among` at one whose tree, whys, factors or header may name other records, `check_archive` at all
    of them and gives findings with their path; a rule with none of the three reports what was found while reading. Of a large archive the
    last two see what `check.streaming.kept` leaves of a record.
    """

    id: str
    summary: str
    why: str
    bad: str
    better: str
    language: str = "markdown"
    fix: str = ""
    options: tuple[Option | WordsOption, ...] = ()
    sources: tuple[str, ...] = ()
    check: RecordCheck | None = None
    check_among: AmongCheck | None = None
    check_archive: ArchiveCheck | None = None

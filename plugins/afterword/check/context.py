"""What a rule may know beside the record it looks at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar, cast

from afterword.check.language.narrative import Narrative
from afterword.check.language.reading import PassageMemory, read_narrative
from afterword.check.names.people import people_of, roster_of
from afterword.derive.again.repeated import Repeated, repeated_actions
from afterword.derive.timing.figures import IncidentFigures, incident_figures
from afterword.model.archive import Archive, Attachment
from afterword.model.finding import Finding
from afterword.model.record import Postmortem
from afterword.model.settings import ArchiveFolder, Requirement, Settings
from afterword.model.span import Span
from afterword.parse.markdown.lexicon import Lexicon

_Kept = TypeVar("_Kept")

LANGUAGE = "en"
"""The language whose narrative the rules know how to read."""

RuleOptions = Mapping[str, str]
"""What each option of a rule holds, by its name: a whole number, a list of words."""

SEVERE_RANK = 2
"""The rank of sev2: the format asks more of records up to here."""


def words_of(settings: Settings, rule: str, option: str) -> tuple[str, ...]:
    """Give the words that settings list for an option of a rule; what is no word is left out."""
    setting = settings.rules.get(rule)
    value = setting.options.get(option) if setting else None
    listed = value if isinstance(value, (list, tuple)) else [value]
    return tuple(word for word in listed if isinstance(word, str))


@dataclass(frozen=True, slots=True)
class Context:
    """The settings, the day, and the files beside a record; paths are relative to the folder of `afterword.yml`.

    `records` are the paths of all records, `attachments` the other files below the archive folders by their path, `pages` the ordinary pages.
    `rule_options` are the options of every rule, by its id. `passages` are those of the text that is judged, as it was before one more keystroke.
    """

    settings: Settings
    as_of: dt.date
    records: frozenset[str]
    attachments: Mapping[str, Attachment]
    pages: frozenset[str]
    rule_options: Mapping[str, RuleOptions]
    passages: PassageMemory | None = field(default=None, kw_only=True, repr=False, compare=False)
    _lexicons: dict[str, Lexicon] = field(default_factory=dict, init=False, repr=False, compare=False)
    _narratives: dict[int, tuple[Postmortem, Narrative]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    _figures: dict[int, tuple[Postmortem, tuple[IncidentFigures, ...]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _of_settings: dict[str, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    def of_settings(self, rule: str, work_out: Callable[[Settings], _Kept]) -> _Kept:
        """Give what a rule works out from the settings alone, worked out once for all records."""
        if rule not in self._of_settings:
            self._of_settings[rule] = work_out(self.settings)
        return cast(_Kept, self._of_settings[rule])

    def requirement(self, record: Postmortem) -> Requirement:
        """Give what the policy asks of a record; of one whose severity is unknown, no more than a summary."""
        return self.settings.requirement(record.header.severity, record.header.kind)

    def rank(self, severity: str | None) -> int | None:
        """Give the place of a severity in the order of harm, 0 the worst; None where there is none."""
        return self.settings.rank(severity)

    def is_severe(self, record: Postmortem) -> bool:
        """Tell whether a record is one of sev0 to sev2."""
        rank = self.rank(record.header.severity)
        return rank is not None and rank <= SEVERE_RANK

    def knows_language(self, record: Postmortem) -> bool:
        """Tell whether a record is written in the language that rules about wording know."""
        return _language(record, self.settings).lower().partition("-")[0] == LANGUAGE

    def lexicon(self, record: Postmortem) -> Lexicon:
        """Give the words with a meaning in a record's language, with the aliases of the settings."""
        language = _language(record, self.settings)
        if language not in self._lexicons:
            self._lexicons[language] = Lexicon.of(self.settings, language)
        return self._lexicons[language]

    def narrative(self, record: Postmortem) -> Narrative:
        """Give what a record tells, read once for all rules of language; empty in a language that they do not know.

        Only that of the last record is kept: rules look at one record after the other.
        """
        kept = self._narratives.get(id(record))
        if kept is None or kept[0] is not record:
            kept = record, self._read_narrative(record)
            self.tell(*kept)
        return kept[1]

    def figures(self, record: Postmortem) -> tuple[IncidentFigures, ...]:
        """Give `incident_figures` of a record, worked out once for all rules; only those of the last record are kept."""
        kept = self._figures.get(id(record))
        if kept is None or kept[0] is not record:
            kept = record, incident_figures(record)
            self._figures.clear()
            self._figures[id(record)] = kept
        return kept[1]

    def tell(self, record: Postmortem, narrative: Narrative) -> None:
        """Let rules take a narrative for that of a record, such as a part of it."""
        self._narratives.clear()
        self._narratives[id(record)] = record, narrative

    def _read_narrative(self, record: Postmortem) -> Narrative:
        if not self.knows_language(record):
            return Narrative(())
        names = frozenset(people_of(record, self.of_settings("names", roster_of)).roles)
        return read_narrative(record, self.lexicon(record), names, self.passages)

    def take_over(self, before: Context) -> None:
        """Take over what was worked out from the same settings for an earlier text."""
        if before.settings is self.settings:
            self._lexicons.update(before._lexicons)
            self._of_settings.update(before._of_settings)

    def number(self, rule: str, option: str, default: int) -> int:
        """Give an option of a rule as set, `default` where it is not set to a number."""
        return self.settings.option_of(rule, option, default)

    def words(self, rule: str, option: str) -> tuple[str, ...]:
        """Give the words that settings list for an option of a rule; what is no word is left out."""
        return words_of(self.settings, rule, option)

    def folder(self, record: Postmortem) -> ArchiveFolder | None:
        """Give the archive folder that a record lies in; None for a file named on the command line that lies in no archive."""
        return self.settings.archive_folder(record.archive) if record.archive else None


def _language(record: Postmortem, settings: Settings) -> str:
    return record.header.language or settings.language


@dataclass(frozen=True, slots=True)
class ArchiveContext(Context):
    """What a rule may know that looks beyond one record: all of them, too. `repeated` gives what `repeated_actions` does."""

    archive: Archive
    repeated: Repeated = field(default=repeated_actions, kw_only=True, repr=False, compare=False)

    @classmethod
    def of(
        cls,
        archive: Archive,
        as_of: dt.date,
        rule_options: Mapping[str, RuleOptions],
        passages: PassageMemory | None = None,
        repeated: Repeated = repeated_actions,
    ) -> ArchiveContext:
        """Index the files of an archive, once for all rules."""
        return cls(
            archive.settings,
            as_of,
            frozenset(record.path for record in archive.records),
            {attachment.path: attachment for attachment in archive.attachments},
            frozenset(archive.pages),
            rule_options,
            archive,
            passages=passages,
            repeated=repeated,
        )

    @classmethod
    def of_one(cls, record: Postmortem, context: Context) -> ArchiveContext:
        """Give what is known about a record that names no other: its archive is itself."""
        return cls(
            context.settings,
            context.as_of,
            context.records,
            context.attachments,
            context.pages,
            context.rule_options,
            Archive(context.settings, (record,), by_id={record.id.lower(): record}),
        )


class Reported:
    """The places where reading reported something: what could not be read is not also missing."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._lines: dict[int, list[Span]] = {}
        self._long: list[Span] = []
        for finding in findings:
            span = finding.span
            if span.line == span.end_line:
                self._lines.setdefault(span.line, []).append(span)
            else:
                self._long.append(span)

    def within(self, place: Span) -> bool:
        """Tell whether something was reported that touches a stretch."""
        near = [span for line in range(place.line, place.end_line + 1) for span in self._lines.get(line, ())]
        return any(
            (span.line, span.column) <= (place.end_line, place.end_column)
            and (span.end_line, span.end_column) >= (place.line, place.column)
            for span in (*near, *self._long)
        )

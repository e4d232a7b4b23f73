"""The archive's vocabulary and policy (docs/format.md, section 9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from afterword.model.finding import Finding, Level
from afterword.model.span import START, Span
from afterword.model.value import plain_value


@plain_value()
class Entry:
    """One word of a catalogue (service, severity, kind, category, failure class)."""

    id: str
    name: str = ""
    team: str = ""
    aliases: tuple[str, ...] = ()
    renamed_from: tuple[str, ...] = ()
    broader: str = ""
    rank: int | None = None

    @property
    def label(self) -> str:
        """Give the name to show."""
        return self.name or self.id


@dataclass(frozen=True, slots=True)
class ArchiveFolder:
    """One folder of records: `folder` relative to the settings file, `address` the path its pages have on the site.

    `address` None: its path below the site's documents. `span` is where the settings name it; what is kept of records does not depend on it.
    """

    folder: str
    name: str = ""
    address: str | None = None
    visibility: str = "internal"
    span: Span = field(default=START, compare=False, repr=False)

    @property
    def label(self) -> str:
        """Give what records and attachments carry in `archive` to say that they lie here."""
        return self.name or self.folder

    def inside(self, path: str) -> str | None:
        """Give a path relative to the folder, None where it does not lie there."""
        root = self.folder.strip("/")
        if root in ("", "."):
            return path
        return path.removeprefix(f"{root}/") if path.startswith(f"{root}/") else None


@dataclass(frozen=True, slots=True)
class Requirement:
    """What the policy asks of a record of one severity.

    `deadline` is in business days from close, None for none; `sections` are section keys; `postmortem` is
    mandatory, optional, recommended or skip. `targets` are the longest that a figure should take, by the figure's id.
    """

    postmortem: str = "optional"
    deadline: int | None = None
    methods: tuple[str, ...] = ()
    distribution: str = ""
    sections: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    action_or_accepted_risk: bool = False
    allspaw_test: bool = False
    sign_off: tuple[str, ...] = ()
    targets: Mapping[str, timedelta] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Policy:
    """The requirements by severity, over which those in `by_kind` are laid: fields of `Requirement` with their values.

    Kinds in `kinds_without_anchors` need no anchors. `first_draft` is in business days.
    """

    by_severity: Mapping[str, Requirement]
    kinds_without_anchors: tuple[str, ...] = ("missed-launch", "failed-experiment")
    first_draft: int = 3
    due_within: Mapping[str, int] = field(default_factory=lambda: {"P0": 14, "P1": 30, "P2": 90})
    by_kind: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OwnField:
    """A header field of the archive's own; `type` is text, date, number, boolean or list."""

    id: str
    type: str = "text"
    required_for: tuple[str, ...] = ()
    facet: bool = False
    audience: str = ""


@plain_value()
class RosterEntry:
    """A person or a team that may own actions; `left` is the day a person left."""

    name: str
    team: str = ""
    left: date | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Tracker:
    """A ticket system: `key` is a template in which the last `#` stands for digits, and so it does in `url`; `can_open` says whether tickets can be opened for actions that have none.

    `kind` is one of `TRACKER_KINDS` and says how it is asked, empty for one that is not. `api` is the address of its interface, empty for the public service's own; `project` is what tickets
    belong to there (`owner/repository`, a project's path or key, a team's key), empty where the key template tells. `type` is the type of tickets that are opened, `labels` are set on them. `states` say what words of the tracker mean, by the word in small letters.
    `file` is the export that a tracker of the kind `file` is read from, relative to the settings file.
    """

    name: str
    key: str = ""
    url: str = ""
    can_open: bool = False
    kind: str = ""
    api: str = ""
    project: str = ""
    type: str = ""
    labels: tuple[str, ...] = ()
    states: Mapping[str, str] = field(default_factory=dict, hash=False)
    file: str = ""


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """How a rule is set: a level that replaces the one it has by nature, and its options, with the places of their names."""

    level: Level | None = None
    options: Mapping[str, object] = field(default_factory=dict)
    span: Span = field(default=START, compare=False)
    option_spans: Mapping[str, Span] = field(default_factory=dict, compare=False)


SEVERITIES = (
    Entry("sev0", "Sev 0", rank=0),
    Entry("sev1", "Sev 1", rank=1),
    Entry("sev2", "Sev 2", rank=2),
    Entry("sev3", "Sev 3", rank=3),
    Entry("sev4", "Sev 4", rank=4),
    Entry("near-miss", "Near miss", rank=5),
)
KINDS = (
    Entry("outage", "Outage"),
    Entry("regression", "Regression"),
    Entry("missed-launch", "Missed launch"),
    Entry("failed-experiment", "Failed experiment"),
    Entry("customer-escalation", "Customer escalation"),
    Entry("security", "Security"),
    Entry("data-loss", "Data loss"),
)
CATEGORIES = (
    Entry("prevent", "Prevent"),
    Entry("detect", "Detect"),
    Entry("mitigate", "Mitigate"),
    Entry("respond", "Respond"),
    Entry("process", "Process"),
)
ALL_SECTIONS = (
    "summary",
    "impact",
    "timeline",
    "went-well",
    "went-wrong",
    "factors",
    "causes",
    "actions",
    "lessons",
)
"""The ten sections but the first, in reading order; the front matter is number 1."""

_ANCHORS = ("TRIGGER", "DETECTED", "MITIGATED", "RESOLVED")
_TREE = ("causal tree", "hybrid")
_FULL = Requirement("mandatory", 5, _TREE, "all engineering + executives", ALL_SECTIONS, _ANCHORS, True, True)
_SEV2 = Requirement("mandatory", 7, _TREE, "all engineering", ALL_SECTIONS, _ANCHORS, True, True)
_SHORT_SECTIONS = ("summary", "impact", "factors", "actions")

DEFAULT_POLICY = Policy(
    {
        "sev0": _FULL,
        "sev1": _FULL,
        "sev2": _SEV2,
        "sev3": Requirement("optional", None, (), "owning team", _SHORT_SECTIONS),
        "sev4": Requirement("skip", None, (), "none", _SHORT_SECTIONS),
        "near-miss": Requirement(
            "recommended",
            None,
            (),
            "owning team + SRE",
            ("summary", "timeline", "went-well", "factors", "actions"),
        ),
    }
)

ATTACHMENT_TYPES = (
    "png",
    "jpg",
    "jpeg",
    "gif",
    "webp",
    "avif",
    "svg",
    "pdf",
    "txt",
    "log",
    "csv",
    "json",
    "zip",
    "mp4",
)


SEARCH_ENGINES = ("auto", "lunr", "postings", "off")


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """How the text of records is searched on the site: `engine` is one of `SEARCH_ENGINES`; `auto` takes lunr while its index is no larger than `budget`, in bytes as they are sent."""

    engine: str = "auto"
    budget: int = 150_000


LARGEST_DRAWING = 1_500
"""Statements; the layout of a larger tree takes seconds, and nobody finds a way through it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of an archive, with their defaults: an empty file works.

    `path` is the settings file relative to the folder that holds it, or None where there is no file. An empty catalogue of services or failure classes
    accepts any id. `incidents_span` is where the file names the list of incidents. `tickets` is the file of the trackers' snapshot, None for the usual one. `actions_per_person` is how many unfinished actions one person may hold, 0 for any number. `words` are further aliases by language: section keys, table heads, marks and so on to the words that mean the same.
    """

    path: str | None = None
    archives: tuple[ArchiveFolder, ...] = (ArchiveFolder("postmortems"),)
    language: str = "en"
    timezone: str | None = None
    holidays: frozenset[date] = frozenset()
    services: tuple[Entry, ...] = ()
    failure_classes: tuple[Entry, ...] = ()
    severities: tuple[Entry, ...] = SEVERITIES
    kinds: tuple[Entry, ...] = KINDS
    categories: tuple[Entry, ...] = CATEGORIES
    policy: Policy = DEFAULT_POLICY
    fields: tuple[OwnField, ...] = ()
    section_aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    people: tuple[RosterEntry, ...] = ()
    teams: tuple[RosterEntry, ...] = ()
    trackers: tuple[Tracker, ...] = ()
    rules: Mapping[str, RuleSetting] = field(default_factory=dict)
    completion_targets: tuple[tuple[int, float], ...] = ((30, 70.0), (90, 90.0))
    attachment_types: tuple[str, ...] = ATTACHMENT_TYPES
    image_hosts: tuple[str, ...] = ()
    cache_safe_plugins: tuple[str, ...] = ()
    baseline: str | None = None
    tickets: str | None = None
    incidents: str | None = None
    incidents_span: Span = field(default=START, compare=False, repr=False)
    largest_drawing: int = LARGEST_DRAWING
    search: SearchSettings = SearchSettings()
    actions_per_person: int = 0
    findings: tuple[Finding, ...] = ()

    def archive_folder(self, label: str) -> ArchiveFolder | None:
        """Find the folder that an `archive` of a record or attachment names, None for a file that lies in none."""
        return next((folder for folder in self.archives if folder.label == label), None)

    def option_of(self, rule: str, option: str, default: int) -> int:
        """Give an option of a rule as set, `default` where it is not set to a number."""
        setting = self.rules.get(rule)
        value = setting.options.get(option) if setting else None
        try:
            return default if value is None or isinstance(value, bool) else int(str(value))
        except ValueError:
            return default

    def rank(self, severity: str | None) -> int | None:
        """Give the place of a severity in the order of harm, 0 the worst; None where the catalogue does not know it."""
        for position, entry in enumerate(self.severities):
            if entry.id == severity:
                return position if entry.rank is None else entry.rank
        return None

    def requirement(self, severity: str | None, kind: str | None = None) -> Requirement:
        """Give what the policy asks at a severity and of a kind; no more than a summary where the severity is unknown."""
        basis = self.policy.by_severity.get(severity or "")
        if basis is None:
            return Requirement(sections=("summary",))
        own = self.policy.by_kind.get(kind or "")
        return replace(basis, **own) if own else basis

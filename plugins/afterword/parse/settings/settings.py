"""`afterword.yml`, read with a finding for whatever does not fit and a default for whatever is not said."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from afterword.model.figure_kinds import FIGURES
from afterword.model.finding import Finding, Nature
from afterword.model.settings import (
    DEFAULT_POLICY,
    ArchiveFolder,
    Entry,
    OwnField,
    Policy,
    Requirement,
    Settings,
)
from afterword.model.span import START, Span
from afterword.model.words import MARKS, MEANT, METHODS, PRIORITIES, SECTIONS, STATUS_OF_RECORD, VISIBILITY
from afterword.parse.settings import settings_fields as parts
from afterword.parse.settings.settings_trackers import snapshot_file, tracker_faults, trackers
from afterword.parse.settings.settings_words import word_clashes
from afterword.parse.values import scalars
from afterword.parse.values.fields import BY_KEY
from afterword.parse.values.readers import (
    Read,
    Reader,
    list_of,
    mapping_of,
    of_text,
    quoted,
    read_entries,
    suggestion,
    text,
    word,
)
from afterword.parse.values.yaml_nodes import YamlNode, read_yaml

FORMAT = 1
"""The newest number of `format` that this version reads."""

ANCHORS = tuple(mark for mark in MARKS if mark != "DECISION")
_NO_DEADLINE = -1
_NEVER_EMPTY = ("severities", "kinds", "categories")
_CATALOGUES = ("services", "failure_classes", "severities", "kinds", "categories")


def _deadline(node: YamlNode, name: str, settings: Settings) -> Read[int]:
    if node.kind == "scalar" and (node.absent or node.text.strip() == "none"):
        return Read(_NO_DEADLINE)
    return scalars.count(node, name, settings)


def _methods(node: YamlNode, name: str, settings: Settings) -> Read[tuple[str, ...]]:
    read = list_of(word((*METHODS, "any")))(node, name, settings)
    return Read(() if "any" in (read.value or ()) else read.value, read.findings)


def _anchor(value: str, node: YamlNode, name: str, settings: Settings) -> Read[str]:
    return word(ANCHORS)(dataclasses.replace(node, text=value.upper()), name, settings)


_REQUIREMENT: Mapping[str, Reader[Any]] = {
    "postmortem": word(("mandatory", "optional", "recommended", "skip")),
    "deadline": _deadline,
    "methods": _methods,
    "distribution": text,
    "sections": list_of(word(tuple(SECTIONS))),
    "anchors": list_of(of_text("an anchor", _anchor)),
    "action_or_accepted_risk": scalars.boolean,
    "allspaw_test": scalars.boolean,
    "sign_off": parts.texts,
    "targets": parts.by_name(parts.target, tuple(kind.id for kind in FIGURES)),
}
_POLICY: Mapping[str, Reader[Any]] = {
    "first_draft": scalars.count,
    "due_within": parts.by_name(scalars.count, PRIORITIES),
    "kinds_without_anchors": parts.texts,
}


def _asked(**values: Any) -> dict[str, Any]:
    if values.get("deadline") == _NO_DEADLINE:
        values["deadline"] = None
    return values


_asked_of = mapping_of(_asked, _REQUIREMENT)


def _requirement(node: YamlNode, name: str, settings: Settings) -> Read[Requirement]:
    read = _asked_of(node, name, settings)
    severity = name.rpartition(".")[2]
    basis = DEFAULT_POLICY.by_severity.get(severity, Requirement(sections=("summary",)))
    laid_over = None if read.value is None else dataclasses.replace(basis, **read.value)
    return Read(laid_over, read.findings, read.spans)


def _policy(node: YamlNode, name: str, settings: Settings) -> Read[Policy]:
    """Lay what is said over the default policy; the severities are those of `settings`."""
    if node.absent:
        return Read(None)
    if node.kind != "mapping":
        what = "text" if node.kind == "scalar" else "a list"
        message = f"{name} is {what}, expected lines of `severity: {{what it requires}}`"
        return Read(None, (Finding("wrong-type", message, node.span, Nature.UNREADABLE),))
    severities = {entry.id: _requirement for entry in settings.severities}
    kinds = parts.by_name(_asked_of, tuple(entry.id for entry in settings.kinds))
    values, findings, spans = read_entries(node, name, {**severities, **_POLICY, "kinds": kinds}, settings)
    general = {key: values.pop(key) for key in _POLICY if key in values}
    if "kinds" in values:
        general["by_kind"] = values.pop("kinds")
    if "due_within" in general:
        general["due_within"] = {**DEFAULT_POLICY.due_within, **general["due_within"]}
    by_severity = {**DEFAULT_POLICY.by_severity, **values}
    return Read(
        dataclasses.replace(DEFAULT_POLICY, by_severity=by_severity, **general), tuple(findings), spans
    )


KEYS: Mapping[str, Reader[Any]] = {
    "format": scalars.count,
    "archive": parts.folder,
    "address": parts.address,
    "visibility": word(VISIBILITY),
    "archives": parts.archives,
    "language": scalars.language,
    "timezone": scalars.zone,
    "holidays": parts.holidays,
    "services": parts.entries,
    "severities": parts.entries,
    "kinds": parts.entries,
    "categories": parts.entries,
    "failure_classes": parts.entries,
    "fields": parts.own_fields,
    "section_aliases": parts.by_name(parts.texts, tuple(SECTIONS)),
    "words": parts.by_name(parts.by_name(parts.texts, MEANT)),
    "people": parts.people,
    "teams": parts.teams,
    "trackers": trackers,
    "tickets": snapshot_file,
    "rules": parts.rules,
    "completion_targets": parts.completion_targets,
    "attachments": parts.attachment_types,
    "image_hosts": parts.image_hosts,
    "cache_safe_plugins": parts.texts,
    "baseline": parts.file,
    "incidents": parts.file,
    "largest_drawing": scalars.count,
    "search": parts.search,
    "actions_per_person": scalars.count,
}
"""Every key of `afterword.yml` but `policy`, which is read when the severities are known."""


def read_settings(text: str, path: str) -> Settings:
    """Read the settings file's text; its findings are in `findings`, with `path`. An empty text gives the defaults."""
    root, found = read_yaml(text, 1)
    findings = list(found)
    if found and found[0].rule == "yaml-syntax":
        findings[0] = _with_defaults(found[0])
    settings = Settings(path=path)
    if root is not None and root.kind != "mapping":
        what = "text" if root.kind == "scalar" else "a list"
        message = f"the settings are {what}, expected lines of `key: value`"
        findings.append(_with_defaults(Finding("settings", message, root.span, Nature.UNREADABLE)))
    elif root is not None:
        settings, own = _read(root, settings)
        findings += own
    # Records are mended, the settings that they are judged by are not.
    located = (
        dataclasses.replace(
            each, rule="settings" if each.rule != "settings-format" else each.rule, path=path, edits=()
        )
        for each in findings
    )
    return dataclasses.replace(settings, findings=tuple(sorted(located, key=lambda each: each.span)))


def _with_defaults(finding: Finding) -> Finding:
    """Say what holds where settings cannot be read: other findings may be there for this one alone."""
    hint = f"{finding.hint}; until then" if finding.hint else "until it is mended,"
    return dataclasses.replace(finding, hint=f"{hint} the defaults hold for what cannot be read")


def _read(root: YamlNode, settings: Settings) -> tuple[Settings, list[Finding]]:
    known: Mapping[str, Reader[Any]] = {**KEYS, "policy": _ignored}
    values, findings, relative = read_entries(root, "", known, settings)
    spans = {path.replace("@.", "@", 1).removeprefix("."): span for path, span in relative.items()}
    if values.pop("format", FORMAT) > FORMAT:
        message = f"format {_text_of(root, 'format')} is newer than this version reads, expected {FORMAT}"
        findings.append(
            Finding("settings-format", message, spans["format"], Nature.ERROR, "install a newer Afterword")
        )
    archives, clashes = _archives(values, spans)
    findings += clashes
    broader_places: dict[str, Span] = {}
    for number, entry in enumerate(values.get("failure_classes", ())):
        broader_places.setdefault(entry.id, spans.get(f"failure_classes[{number}].broader", START))
    for key in _CATALOGUES:
        if key in values:
            values[key], clashes = parts.clashes(values[key], spans, key)
            findings += clashes
            values[key] = _completed(values[key], getattr(Settings(), key), ranked=key == "severities")
    for key in _NEVER_EMPTY:
        if not values.get(key, True):
            del values[key]
    if "failure_classes" in values:
        values["failure_classes"], clashes = _broader(values["failure_classes"], broader_places)
        findings += clashes
    if "fields" in values:
        values["fields"], clashes = _own_fields(values["fields"], spans)
        findings += clashes
        asked = (*values.get("severities", settings.severities), *values.get("kinds", settings.kinds))
        findings += _unknown_requirers(root, tuple(entry.id for entry in asked))
    if "trackers" in values:
        values["trackers"], clashes = tracker_faults(
            values["trackers"], spans, {each.span for each in findings}
        )
        findings += clashes
    findings += word_clashes(root)
    if "holidays" in values:
        values["holidays"] = frozenset(values["holidays"])
    if "attachments" in values:
        values["attachment_types"] = values.pop("attachments")
    incidents = spans.get("incidents", START)
    settings = dataclasses.replace(settings, archives=archives, incidents_span=incidents, **values)
    findings += _unknown_teams(root, settings)
    policy = root.get("policy")
    if policy is not None:
        read = _policy(policy, "policy", settings)
        findings += read.findings
        settings = dataclasses.replace(settings, policy=read.value or DEFAULT_POLICY)
        findings += _unknown_kinds(settings, {f"policy{path}": span for path, span in read.spans.items()})
    return settings, findings


def _ignored(node: YamlNode, name: str, settings: Settings) -> Read[str]:
    return Read(None)


def _text_of(root: YamlNode, key: str) -> str:
    node = root.get(key)
    return node.text if node else ""


def _archives(
    values: dict[str, Any], spans: Mapping[str, Span]
) -> tuple[tuple[ArchiveFolder, ...], list[Finding]]:
    findings: list[Finding] = []
    place = spans["archive"] if "archive" in values else START
    single = ArchiveFolder(values.pop("archive", "postmortems"), span=place)
    visibility, address = values.pop("visibility", None), values.pop("address", None)
    single = dataclasses.replace(single, address=address, visibility=visibility or single.visibility)
    several: tuple[ArchiveFolder, ...] = values.pop("archives", ())
    if not several:
        return (single,), findings
    for key in ("archive", "address", "visibility"):
        if f"@{key}" in spans:
            message = f"{key} is not used beside archives, expected it in each of them"
            findings.append(Finding("settings", message, spans[f"@{key}"]))
    kept: list[ArchiveFolder] = []
    for number, each in enumerate(several):
        problem = next(filter(None, (_archive_clash(each, other) for other in kept)), "")
        if problem:
            findings.append(Finding("settings", problem, spans[f"archives[{number}]"], Nature.UNREADABLE))
        else:
            place = spans.get(f"archives[{number}].folder", spans[f"archives[{number}]"])
            kept.append(dataclasses.replace(each, span=place))
    return tuple(kept), findings


def _archive_clash(folder: ArchiveFolder, other: ArchiveFolder) -> str:
    """Say why two archives cannot stand beside each other: they share files, a name or an address."""
    if folder.folder == other.folder:
        return f"folder {quoted(folder.folder)} is named twice, the first is read"
    for outer, inner in ((folder, other), (other, folder)):
        if outer.folder == "." or inner.folder.startswith(f"{outer.folder}/"):
            return (
                f"folder {quoted(inner.folder)} lies in {quoted(outer.folder)}, of the two the first is read"
            )
    shared = {folder.name or folder.folder, folder.folder} & {other.name or other.folder, other.folder}
    if shared:
        return f"name {quoted(min(shared))} is that of another archive, of the two the first is read"
    if folder.address is not None and folder.address == other.address:
        return f"address {quoted(folder.address)} is that of another archive, of the two the first is read"
    return ""


def _completed(found: tuple[Entry, ...], defaults: tuple[Entry, ...], *, ranked: bool) -> tuple[Entry, ...]:
    """Give entries the names of the default ones with their id, and severities a rank by their order."""
    names = {entry.id: entry.name for entry in defaults}
    completed = (dataclasses.replace(each, name=each.name or names.get(each.id, "")) for each in found)
    if not ranked:
        return tuple(completed)
    return tuple(
        dataclasses.replace(each, rank=number) if each.rank is None else each
        for number, each in enumerate(completed)
    )


def _broader(
    classes: tuple[Entry, ...], places: Mapping[str, Span]
) -> tuple[tuple[Entry, ...], list[Finding]]:
    """Take out references to broader classes that do not exist or lead back to the class itself."""
    parents = {entry.id: entry.broader for entry in classes}
    findings: list[Finding] = []
    for entry in classes:
        if not entry.broader:
            continue
        if entry.broader not in parents:
            near = suggestion(entry.broader, tuple(parents))
            message = f"broader {quoted(entry.broader)} of '{entry.id}' is no failure class{near}"
        elif _leads_back(entry.id, parents):
            message = f"broader {quoted(entry.broader)} of '{entry.id}' leads back to '{entry.id}'"
        else:
            continue
        parents[entry.id] = ""
        findings.append(Finding("settings", message, places[entry.id], Nature.UNREADABLE))
    return tuple(dataclasses.replace(entry, broader=parents[entry.id]) for entry in classes), findings


def _leads_back(start: str, parents: Mapping[str, str]) -> bool:
    seen = {start}
    current = parents[start]
    while current and current not in seen:
        seen.add(current)
        current = parents.get(current, "")
    return current == start


def _own_fields(
    fields: tuple[OwnField, ...], spans: Mapping[str, Span]
) -> tuple[tuple[OwnField, ...], list[Finding]]:
    kept: dict[str, OwnField] = {}
    findings: list[Finding] = []
    for number, each in enumerate(fields):
        if each.id in BY_KEY or each.id in kept:
            what = "a field of the format" if each.id in BY_KEY else "named twice"
            place = spans.get(f"fields[{number}].id", START)
            findings.append(
                Finding("settings", f"field {quoted(each.id)} is {what}", place, Nature.UNREADABLE)
            )
        else:
            kept[each.id] = each
    return tuple(kept.values()), findings


def _unknown_teams(root: YamlNode, settings: Settings) -> list[Finding]:
    """Report teams of services and people that are none of the listed ones, where any are listed; they are kept as they are written."""
    known = tuple(name for team in settings.teams for name in (team.id, team.name) if name)
    if not known:
        return []
    lists = [node for key in ("services", "people") if (node := root.get(key))]
    named = [team for node in lists for each in node.items if (team := each.get("team"))]
    return [
        Finding(
            "settings",
            f"team {quoted(team.text)} is none of `teams`{suggestion(team.text, known)}",
            team.span,
            Nature.UNREADABLE,
            "a team is named by its id or its name, as it stands under `teams`",
        )
        for team in named
        if team.kind == "scalar" and not team.absent and team.text not in known
    ]


def _unknown_requirers(root: YamlNode, ids: tuple[str, ...]) -> list[Finding]:
    """Report words under `required_for` that no record can meet."""
    known = ("all", *ids, *STATUS_OF_RECORD)
    fields = root.get("fields")
    asked = [each.get("required_for") for each in (fields.items if fields else ())]
    words = [word for node in asked if node for word in (node.items or (node,)) if word.kind == "scalar"]
    return [
        Finding(
            "settings",
            f"required_for {quoted(word.text)} is no severity, kind or status, nor 'all'{suggestion(word.text, known)}",
            word.span,
            Nature.UNREADABLE,
        )
        for word in words
        if not word.absent and word.text not in (*known, "*")
    ]


def _unknown_kinds(settings: Settings, spans: Mapping[str, Span]) -> list[Finding]:
    kinds = tuple(entry.id for entry in settings.kinds)
    return [
        Finding(
            "settings",
            f"policy.kinds_without_anchors {quoted(kind)} is no kind{suggestion(kind, kinds)}",
            spans.get(f"policy.kinds_without_anchors[{number}]", START),
            Nature.UNREADABLE,
        )
        for number, kind in enumerate(settings.policy.kinds_without_anchors)
        if kind not in kinds and f"policy.kinds_without_anchors[{number}]" in spans
    ]

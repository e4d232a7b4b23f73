"""Readers of the trackers of `afterword.yml`, and of the name of their snapshot."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlsplit

from afterword.model.action import Status
from afterword.model.finding import Finding, Nature
from afterword.model.settings import Settings, Tracker
from afterword.model.span import Span
from afterword.model.words import TRACKER_KINDS
from afterword.parse.settings.settings_fields import by_name, entry_id, file, texts
from afterword.parse.values import scalars
from afterword.parse.values.readers import (
    Read,
    list_of,
    listed,
    mapping_of,
    of_text,
    quoted,
    suggestion,
    text,
    word,
    wrong,
)
from afterword.parse.values.yaml_nodes import YamlNode

FILE_KIND = "file"
"""The kind that is read from an export in the repository, and not asked over the network."""

_LOCAL = ("localhost", "127.0.0.1")
_status = word(tuple(str(status) for status in Status))


def _key_template(value: str, node: YamlNode, name: str, settings: Settings) -> Read[str]:
    if "#" in value and not re.search(r"\s", value):
        return Read(value)
    return wrong(node, "settings", f"{name} {quoted(value)} has no # for the digits, expected such as PAY-#")


def _url_template(value: str, node: YamlNode, name: str, settings: Settings) -> Read[str]:
    read = scalars.url(node, name, settings)
    if read.value is not None and "#" not in value:
        return wrong(node, "settings", f"{name} {quoted(value)} has no # for the key's digits")
    return read


def _api(value: str, node: YamlNode, name: str, settings: Settings) -> Read[str]:
    """Read the address of an interface: a token is sent there, so nobody may read along, and nothing secret stands in it."""
    read = scalars.url(node, name, settings)
    if read.value is None:
        return read
    parts = urlsplit(value)
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        message = f"{name} is more than an address, expected https://HOST/PATH"
        return wrong(node, "settings", message, "a token comes from the environment, never from this file")
    if parts.scheme != "https" and parts.hostname not in _LOCAL:
        return wrong(node, "settings", f"{name} {quoted(value)} is not encrypted, expected https://…")
    return Read(value.rstrip("/"))


def _states(node: YamlNode, name: str, settings: Settings) -> Read[dict[str, str]]:
    read = by_name(_status)(node, name, settings)
    if read.value is None:
        return read
    return Read({each.strip().casefold(): status for each, status in read.value.items()}, read.findings)


def snapshot_file(node: YamlNode, name: str, settings: Settings) -> Read[str]:
    """Read the path of the snapshot. It is written over, so it is no file that could be anything else."""
    read = file(node, name, settings)
    if read.value is not None and not read.value.endswith(".json"):
        return wrong(
            node, "settings", f"{name} {quoted(read.value)} is no JSON file, expected such as tickets.json"
        )
    return read


trackers = list_of(
    mapping_of(
        Tracker,
        {
            "name": text,
            "key": of_text("a template", _key_template),
            "url": of_text("a web address", _url_template),
            "can_open": scalars.boolean,
            "kind": entry_id,
            "api": of_text("a web address", _api),
            "project": text,
            "type": text,
            "labels": texts,
            "states": _states,
            "file": file,
        },
        needs="name",
    ),
    unique=False,
)


def tracker_faults(
    found: tuple[Tracker, ...], spans: Mapping[str, Span], reported: Collection[Span]
) -> tuple[tuple[Tracker, ...], list[Finding]]:
    """Take out trackers whose name is another's, and report those that cannot be asked as they are described.

    What is missing because it could not be read, at one of the places `reported`, is not reported a second time.
    """
    kept: dict[str, Tracker] = {}
    findings: list[Finding] = []
    for number, tracker in enumerate(found):
        place = f"trackers[{number}]"
        other = kept.setdefault(name_in_environment(tracker.name), tracker)
        if other is not tracker:
            is_same = other.name == tracker.name
            clash = (
                "stands twice" if is_same else f"cannot be told from {quoted(other.name)} in the environment"
            )
            message = f"tracker {quoted(tracker.name)} {clash}, the first is read"
            findings.append(_fault(message, spans.get(f"{place}.name", spans[place])))
            continue
        key, lacking = _lacking(tracker)
        if lacking and spans.get(f"{place}.{key}") not in reported:
            kind_place = spans.get(f"{place}.kind", spans[place])
            findings.append(_fault(f"tracker {quoted(tracker.name)} {lacking}", kind_place))
    return tuple(kept.values()), findings


def name_in_environment(tracker: str) -> str:
    """Give how a tracker is called in the names of environment variables: in capitals, every other character `_`."""
    return re.sub(r"[^A-Z0-9]", "_", tracker.upper())


def _fault(message: str, place: Span) -> Finding:
    return Finding("settings", message, place, Nature.UNREADABLE)


def _lacking(tracker: Tracker) -> tuple[str, str]:
    """Say which key and what a tracker that is to be asked does not tell; empty where it tells all that is needed."""
    values: Mapping[str, Any] = {"api": tracker.api, "project": tracker.project}
    if not tracker.kind:
        named = next((key for key, value in {**values, "file": tracker.file}.items() if value), None)
        return "kind", f"has a {named} and no kind, expected such as kind: github" if named else ""
    if tracker.kind not in TRACKER_KINDS:
        expected = suggestion(tracker.kind, TRACKER_KINDS) or f", expected one of {listed(TRACKER_KINDS)}"
        return "kind", f"has the kind {quoted(tracker.kind)}, which is none{expected}"
    if not tracker.key:
        example = "##" if tracker.kind == "github" else "PAY-#"
        return "key", f"has a kind and no key, expected such as key: {example}"
    if tracker.kind == FILE_KIND and not tracker.file:
        return "file", "is read from a file, expected file: PATH"
    return "", ""

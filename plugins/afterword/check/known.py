"""Findings that are known of, and what there is beside them: the common ground of baselines and of what a change brings."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from afterword.check.fingerprint import LinesOf, identity
from afterword.model.finding import Finding, Level, Nature


@dataclass(frozen=True, slots=True)
class Known:
    """`count` findings of one file that say the same of equal texts; `level` is the highest at which they are known, `message` is for readers alone."""

    id: str
    rule: str
    level: Level
    message: str
    count: int = 1


KnownByPath = Mapping[str, Mapping[str, Known]]
"""What is known, by path and identity."""


@dataclass(frozen=True, slots=True)
class Parted:
    """Findings parted by what is known: those that are new in their order, and what of the known is still there."""

    new: tuple[Finding, ...]
    met: KnownByPath


def may_be_known(finding: Finding, settings_path: str | None) -> bool:
    """Tell whether a finding can be known of and left out.

    Faults of the settings cannot: they change what every other finding means. What becomes true with the day cannot either: an action that is overdue
    is a promise that waits, not a habit of old records.
    """
    return finding.nature is not Nature.DATED and finding.path not in ("", settings_path)


def tally(findings: Iterable[Finding], lines_of: LinesOf) -> KnownByPath:
    """Count findings by path and identity."""
    grouped = _grouped(findings, lines_of)
    counted: dict[str, dict[str, Known]] = defaultdict(dict)
    for (path, key), alike in grouped.items():
        counted[path][key] = _known(key, alike)
    return counted


def part(
    findings: Sequence[Finding],
    known: KnownByPath,
    lines_of: LinesOf,
    is_changed: Callable[[Finding], bool] = lambda finding: False,
) -> Parted:
    """Take out of `findings` what is known: as many equal ones as are known of, none at a higher level.

    Where there are more than are known, those `is_changed` tells of are the new ones, else the last.
    """
    new: set[int] = set()
    met: dict[str, dict[str, Known]] = defaultdict(dict)
    for (path, key), alike in _grouped(findings, lines_of).items():
        entry = known.get(path, {}).get(key)
        allowed = [each for each in alike if entry and _rank(each) <= entry.level.rank]
        if entry is None or not allowed:
            new.update(id(each) for each in alike)
            continue
        taken = sorted(allowed, key=is_changed)[: entry.count]
        kept = {id(each) for each in taken}
        new.update(id(each) for each in alike if id(each) not in kept)
        met[path][key] = dataclasses.replace(_known(key, taken), message=entry.message)
    return Parted(tuple(each for each in findings if id(each) in new), met)


def fixed(known: KnownByPath, met: KnownByPath) -> dict[str, tuple[Known, ...]]:
    """Give what is known and no longer there, by path, each with how many of it are gone."""
    gone: dict[str, tuple[Known, ...]] = {}
    for path, entries in known.items():
        there = met.get(path, {})
        missing = (
            dataclasses.replace(entry, count=entry.count - (there[key].count if key in there else 0))
            for key, entry in entries.items()
        )
        gone[path] = tuple(entry for entry in missing if entry.count > 0)
    return {path: entries for path, entries in gone.items() if entries}


def following(known: KnownByPath, there: Mapping[str, Collection[str]]) -> KnownByPath:
    """Let what is known of a file follow it to another path: a record keeps its name, which is its id, when an archive is sorted anew.

    `there` are the paths of the archive's files now, each with the names that its file may have had before, beside its own.
    """
    by_name: dict[str, list[str]] = defaultdict(list)
    for path, former in there.items():
        if path not in known:
            for name in {_name(path), *former}:
                by_name[name].append(path)
    moved: dict[str, str] = {}
    for path in known:
        candidates = by_name.get(_name(path), ())
        if path not in there and len(candidates) == 1 and candidates[0] not in moved.values():
            moved[path] = candidates[0]
    return {moved.get(path, path): entries for path, entries in known.items()}


def _grouped(findings: Iterable[Finding], lines_of: LinesOf) -> dict[tuple[str, str], list[Finding]]:
    grouped: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    lines: dict[str, Sequence[str]] = {}
    for finding in findings:
        if finding.path not in lines:
            lines[finding.path] = lines_of(finding.path)
        grouped[finding.path, identity(finding, lines[finding.path])].append(finding)
    return grouped


def _known(key: str, alike: Sequence[Finding]) -> Known:
    level = max((each.level or Level.WARNING for each in alike), key=lambda each: each.rank)
    return Known(key, alike[0].rule, level, alike[0].message, len(alike))


def _rank(finding: Finding) -> int:
    return (finding.level or Level.WARNING).rank


def _name(path: str) -> str:
    return path.rpartition("/")[2]

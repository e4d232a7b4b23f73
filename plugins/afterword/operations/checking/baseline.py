"""The baseline of an archive: where it lies, leaving out what it knows, writing it, and letting it shrink."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from afterword.check.baseline import BadBaselineError, baseline_text, read_baseline
from afterword.check.known import Known, KnownByPath, fixed, following, may_be_known, part, tally
from afterword.model.finding import Finding
from afterword.model.settings import Settings
from afterword.operations.cannot_run import CannotRunError
from afterword.operations.checking.source_lines import lines_below
from afterword.operations.reading.found import Found
from afterword.sources.files import read_bytes, reason_of, write_atomically

DEFAULT_NAME = ".afterword-baseline.json"
"""Beside `afterword.yml` it is used without being named."""


class Writing(Enum):
    """What a run does to the baseline's file."""

    NOTHING = auto()
    SHRINK = auto()
    """Take out what is no longer found; never add."""
    ANEW = auto()
    """Write what is found now, known before or not."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """A baseline as it was used: how many findings it left out, what of it is fixed by path, and whether its file changed."""

    path: Path
    left_out: int
    fixed: Mapping[str, tuple[Known, ...]]
    writing: Writing
    written: bool


def baseline_path(settings: Settings, root: Path, named: Path | None, writing: Writing) -> Path | None:
    """Choose the file: the named one, else that of the settings, else the usual one where it is there or is to be written."""
    if named is not None:
        return named
    chosen = settings.baseline
    path = root / (chosen or DEFAULT_NAME)
    return path if chosen or writing is not Writing.NOTHING or path.is_file() else None


def telling_all(settings: Settings, root: Path) -> str:
    """Give the command that tells all findings of an archive, those that its baseline knows too, as it stands in a sentence."""
    has_baseline = baseline_path(settings, root, None, Writing.NOTHING) is not None
    return f"`afterword check{' --no-baseline' if has_baseline else ''}`"


def without_known(
    findings: Sequence[Finding],
    found: Found,
    path: Path,
    writing: Writing,
    skipped: Collection[str] = (),
) -> tuple[tuple[Finding, ...], Baseline]:
    """Leave out what the baseline at `path` knows, and write it as asked.

    Its entries stay as they are where they are about files that were not judged, or about rules of `skipped`, which did not run. Raises CannotRunError
    where the file is missing (unless it is written anew) or is no baseline; OSError where it cannot be written.
    """
    settings_path = found.settings.path
    lines_of = lines_below(found.root)
    eligible = [each for each in findings if may_be_known(each, settings_path)]
    known: KnownByPath = {}
    if writing is not Writing.ANEW or path.is_file():
        known = following(_read(path), dict.fromkeys(found.paths(), ()))
    judged, unjudged = _by_turn(known, found.named, skipped)
    if writing is Writing.ANEW:
        judged = tally(eligible, lines_of)
    parted = part(eligible, judged, lines_of)
    written = False
    if writing is not Writing.NOTHING:
        written = _write(path, baseline_text(_joined(unjudged, parted.met)))
    new = {id(each) for each in parted.new}
    kept = tuple(each for each in findings if id(each) in new or not may_be_known(each, settings_path))
    return kept, Baseline(path, len(findings) - len(kept), fixed(judged, parted.met), writing, written)


def _by_turn(
    known: KnownByPath, named: frozenset[str] | None, skipped: Collection[str]
) -> tuple[KnownByPath, KnownByPath]:
    """Part what is known into that whose turn it is now, and the rest."""
    judged: dict[str, dict[str, Known]] = defaultdict(dict)
    unjudged: dict[str, dict[str, Known]] = defaultdict(dict)
    for path, entries in known.items():
        for key, entry in entries.items():
            its_turn = (named is None or path in named) and entry.rule not in skipped
            (judged if its_turn else unjudged)[path][key] = entry
    return judged, unjudged


def _joined(one: KnownByPath, other: KnownByPath) -> KnownByPath:
    return {path: {**one.get(path, {}), **other.get(path, {})} for path in {*one, *other}}


def _read(path: Path) -> KnownByPath:
    try:
        return read_baseline(read_bytes(path).decode("utf-8", "replace"))
    except FileNotFoundError as error:
        raise CannotRunError(
            f"there is no baseline {path}: `afterword check --write-baseline` writes one"
        ) from error
    except OSError as error:
        raise CannotRunError(f"cannot read the baseline {path}: {reason_of(error)}") from error
    except BadBaselineError as error:
        raise CannotRunError(f"the baseline {path} {error}") from error


def _write(path: Path, text: str) -> bool:
    """Write the file where its text changes, and tell whether it did."""
    content = text.encode("utf-8", "surrogatepass")
    if path.is_file() and read_bytes(path) == content:
        return False
    write_atomically(path, content)
    return True

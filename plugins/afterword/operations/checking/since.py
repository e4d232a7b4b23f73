"""What a change brings: the findings that were not there where the work began."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from afterword.check.known import following, may_be_known, part, tally
from afterword.model.finding import Finding, Nature
from afterword.operations.cannot_run import CannotRunError
from afterword.operations.checking.earlier import Earlier, earlier
from afterword.operations.checking.source_lines import lines_below
from afterword.operations.reading.found import Found
from afterword.operations.reading.loading import read
from afterword.parse.source.text import decode, split_lines
from afterword.sources.files import repository_root
from afterword.sources.git import GitError
from afterword.sources.git_files import fork_point


@dataclass(frozen=True, slots=True)
class Since:
    """How many findings were left out because they were there at `commit`."""

    commit: str
    left_out: int


def brought_since(
    findings: Sequence[Finding],
    found: Found,
    revision: str,
    judged: Callable[[Found], Sequence[Finding]],
) -> tuple[tuple[Finding, ...], Since]:
    """Keep those findings that the work since it left `revision` brought, in whichever record they are.

    They are the findings now, less those that the same archive had at the merge base, with its settings of then; `judged` gives all findings of an archive.
    What the day alone makes true is left out, faults of the settings are kept. Raises CannotRunError where git cannot tell what was.
    """
    apart = _in_another_repository(found)
    if apart:
        raise CannotRunError(
            f"cannot judge since '{revision}': {apart} lies in another git repository than {found.root}, such as a submodule; "
            "keep afterword.yml in that one, and run it there"
        )
    settings_path = found.settings.path
    eligible = [each for each in findings if may_be_known(each, settings_path)]
    try:
        commit = fork_point(found.root, revision)
        with earlier(found, commit) as then:
            new = _new(eligible, found, then, judged)
    except GitError as error:
        raise CannotRunError(f"cannot judge since '{revision}': {error}") from error
    kept = tuple(
        each
        for each in findings
        if id(each) in new or (each.nature is not Nature.DATED and not may_be_known(each, settings_path))
    )
    return kept, Since(commit.id, len(findings) - len(kept))


def _in_another_repository(found: Found) -> str:
    """Give the first folder of the archive whose commits are not those of the settings, empty where there is none."""
    ours = repository_root(found.root)
    folders = (each.folder for each in found.settings.archives)
    return next((each for each in folders if repository_root(found.root / each) != ours), "")


def _new(
    findings: Sequence[Finding], found: Found, then: Earlier, judged: Callable[[Found], Sequence[Finding]]
) -> set[int]:
    """Give which of the findings were not there, by their identity as objects."""
    paths_now, paths_then = found.paths(), then.found.paths()
    came, gone = paths_now - paths_then, paths_then - paths_now
    if not findings or not (then.other or came):
        return set()
    lines_now = lines_below(found.root)

    def lines_then(path: str) -> Sequence[str]:
        raw = then.other.get(path)
        return lines_now(path) if raw is None else split_lines(decode(raw)[0])

    texts: dict[str, frozenset[str]] = {}

    def is_changed(finding: Finding) -> bool:
        if finding.path not in then.other:
            return False
        if finding.path not in texts:
            texts[finding.path] = frozenset(lines_then(finding.path))
        lines = lines_now(finding.path)
        return finding.span.line <= len(lines) and lines[finding.span.line - 1] not in texts[finding.path]

    # Only these can be taken out of the findings now; a record that is gone may have another path.
    then.found.named = frozenset(({each.path for each in findings} & paths_then) | gone)
    before = tally(judged(then.found), lines_then)
    names = _former_names(found, came) if gone else {}
    there = {path: names.get(path, ()) for path in came | (before.keys() & paths_now)}
    return {id(each) for each in part(findings, following(before, there), lines_now, is_changed).new}


def _former_names(found: Found, paths: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Give the names that the files of records had before, as far as their aliases say."""
    wanted = dataclasses.replace(
        found,
        waiting=[each for each in found.waiting if each[2] in paths],
        attachments=[],
        pages=[],
        findings=[],
    )
    return {
        record.path: tuple(
            f"{alias.removesuffix('.md').rpartition('/')[2]}.md" for alias in record.header.aliases
        )
        for record in read(wanted).archive.records
    }

"""Whether a site is as its last build left it, and nothing that it is made from has changed: then there is nothing to build."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markdown.util import get_installed_extensions
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.contrib.search import SearchPlugin
from mkdocs.plugins import BasePlugin
from mkdocs.utils import get_build_date

from afterword.mkdocs_plugin.configured import site_folder
from afterword.mkdocs_plugin.dating import MOMENT
from afterword.mkdocs_plugin.plugin import AfterwordPlugin
from afterword.mkdocs_plugin.shell_key import shell_key
from afterword.operations.checking.baseline import telling_all
from afterword.operations.program import program_marks
from afterword.operations.reading.found import incident_lists
from afterword.operations.reading.ledger import place_to_ask
from afterword.operations.settings_file import load_settings
from afterword.operations.snapshot import snapshot_path
from afterword.sources.cache import Cache
from afterword.sources.cache_folder import cache_folder
from afterword.sources.clock import today
from afterword.sources.git import GitError
from afterword.sources.repository import repository_of
from afterword.sources.site_entries import kept_entries
from afterword.sources.site_folder import SiteFolder

_INHERIT = re.compile(r"^INHERIT:\s*[\"']?([^\"'#\n]+)", re.MULTILINE)

FINE, COARSE = 100_000_000, 2_000_000_000
"""Nanoseconds after which a file that is changed again has another time: on file systems that count parts of a second, and on those that do not."""

_OF_A_PAGE = ("markdown.extensions.", "pymdownx.")
"""Packages whose Markdown extensions make a page of its own text, but for those of `_OF_FILES`, which put files from anywhere into it."""

_OF_FILES = ("pymdownx.snippets", "pymdownx.b64")


@dataclass(frozen=True, slots=True)
class SiteState:
    """The hash of all that a site is made from, and where it is kept; `is_settled` is False where a file was written so lately that another change of it might not show."""

    digest: str
    is_settled: bool
    cache: Cache


def state_of(config: MkDocsConfig, plugin: AfterwordPlugin) -> SiteState | None:
    """Look at all that a site is made from, by the times of files; None where other plugins, hooks or extensions of Markdown may make it from anything else."""
    if config.hooks or any(not _is_known(each) for each in config.plugins.values()):
        return None
    if any(map(_reads_files, config.markdown_extensions)):
        return None
    settings_file = plugin.config.config
    begin = time.time_ns()
    place = site_folder(config)
    named = place / settings_file if settings_file else None
    if named is not None and not named.is_file():
        return None
    settings, root = load_settings(named, place.resolve())
    root = root.resolve()
    day = plugin.as_of or today(settings.timezone)
    newest = 0
    lines = [
        *program_marks(),
        *_installed(),
        shell_key(config),
        repr(sorted(plugin.config.items())),
        f"{config.docs_dir} {config.site_dir} {root} {day} {get_build_date()}",
        *(f"{name}={os.environ.get(name)}" for name in (MOMENT, "CI")),
        *(f"{name}={value}" for name, value in sorted(os.environ.items()) if name.startswith("AFTERWORD_")),
        str(shutil.which("dot")),
        telling_all(settings, root),
        _head(place_to_ask(settings, root)),
    ]
    named_files = (settings.path, *incident_lists(settings), snapshot_path(settings))
    files = [*_configuration(config), *(root / name for name in named_files if name)]
    folders = [Path(config.docs_dir), *([Path(config.theme.custom_dir)] if config.theme.custom_dir else [])]
    for path, status in (*_files(files), *(each for folder in folders for each in _below(folder))):
        lines.append(f"{path} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}")
        moment = max(status.st_mtime_ns, status.st_ctime_ns)
        newest = max(newest, moment + (FINE if moment % 1_000_000_000 else COARSE))
    cache = Cache(cache_folder(root if settings.path else place))
    return SiteState(Cache.key(*lines), newest < begin, cache)


def notes_of_unchanged(target: Path, state: SiteState) -> list[str] | None:
    """Give what the last build said, where it left the site as it is now and made it from just this; None where there is something to build."""
    text = state.cache.get(_key(target))
    if text is None:
        return None
    try:
        kept = json.loads(text)
        digest, notes = kept["state"], [str(note) for note in kept["notes"]]
    except (ValueError, TypeError, KeyError):  # as another version of the program may keep it
        return None
    if digest != state.digest:
        return None
    folder = SiteFolder(target, kept_entries(state.cache, target), target)
    return notes if folder.is_untouched() else None


def keep_state(target: Path, state: SiteState, notes: list[str]) -> None:
    """Keep what a site was made from, and what its build said."""
    state.cache.put(_key(target), json.dumps({"state": state.digest, "notes": notes}))


def _key(target: Path) -> str:
    return Cache.key("state", str(target.resolve()))


def _is_known(plugin: BasePlugin[Any]) -> bool:
    """Tell whether a plugin makes nothing of anything that is not looked at here."""
    return isinstance(plugin, AfterwordPlugin | SearchPlugin) or type(plugin).__module__.startswith(
        "material.plugins.search."
    )


def _reads_files(extension: str) -> bool:
    """Tell whether an extension of Markdown may put something else on a page than what is made of its text."""
    named = next((each.value for each in get_installed_extensions() if each.name == extension), extension)
    return not named.startswith(_OF_A_PAGE) or named.startswith(_OF_FILES)


def _installed() -> Iterator[str]:
    """Yield the names of what is installed, versions included."""
    for folder in map(Path, sys.path):
        if folder.is_dir():
            kinds = (".dist-info", ".egg-info", ".pth")
            yield from sorted(path.name for path in folder.iterdir() if path.suffix in kinds)


def _head(folder: Path) -> str:
    """Give the commit that git names, or the reason why it names none."""
    try:
        return repository_of(folder).head
    except GitError as error:
        return str(error)


def _configuration(config: MkDocsConfig) -> Iterator[Path]:
    """Yield the site's configuration, and those that it inherits from."""
    path = Path(config.config_file_path) if config.config_file_path else None
    while path is not None:
        yield path
        found = _INHERIT.search(path.read_text("utf-8", "replace"))
        path = path.parent / found[1].strip() if found else None


def _files(paths: list[Path]) -> Iterator[tuple[str, os.stat_result]]:
    for path in paths:
        try:
            yield str(path), path.stat()
        except OSError:
            continue


def _below(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield all files below a folder, hidden ones left out, those below linked folders as well."""
    for place, folders, names in os.walk(folder, followlinks=True):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            # As strings: there are ten thousand, and making a `Path` takes longer than asking for a file.
            path = os.path.join(place, name)  # noqa: PTH118
            try:
                yield path, os.stat(path)  # noqa: PTH116
            except OSError:
                yield path, os.lstat(path)

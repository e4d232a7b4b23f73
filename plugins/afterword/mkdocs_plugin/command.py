"""What `afterword build` and `afterword serve` run: MkDocs with the site's own configuration, or with one made for it."""

from __future__ import annotations

import datetime as dt
import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, ConfigurationError

from afterword.mkdocs_plugin.dating import dated
from afterword.mkdocs_plugin.plugin import MKDOCS, AfterwordPlugin, log
from afterword.mkdocs_plugin.unchanged import keep_state, notes_of_unchanged, state_of
from afterword.operations.cannot_run import CannotRunError
from afterword.operations.settings_file import load_settings
from afterword.operations.timings import Timings
from afterword.report.one_line import one_line
from afterword.sources.cache import OFF, PLACE
from afterword.sources.files import find_site_config, reason_of, why_no_folder
from afterword.sources.site_folder import TELLING

UNCHANGED = "nothing has changed since the last build, and the site is as it left it"


def build(
    config_file: Path | None,
    site_dir: Path | None = None,
    strict: bool = False,
    as_of: dt.date | None = None,
    timings: Timings | None = None,
    *,
    keep: bool = True,
) -> Path:
    """Build the site as on a day and give its folder; `timings` learn where the time goes, and without `keep` nothing is kept, nor used that was.

    Raises CannotRunError with MkDocs' reason where it stops.
    """
    timings = timings or Timings()
    path = find_config(config_file)
    options: dict[str, Any] = {"strict": True} if strict else {}
    if site_dir is not None:
        reason = why_no_folder(site_dir)
        if reason:
            raise CannotRunError(f"cannot write {site_dir}: {reason}")
        _refuse_other_content(site_dir)
        options["site_dir"] = str(site_dir.absolute())
    with _stopping_plainly(), dated(as_of), _without_cache(not keep), timings.stage(MKDOCS):
        config = load_config(str(path), **options)
        plugin = _plugin(config, path)
        plugin.as_of, plugin.timings = as_of, timings
        config.plugins.on_startup(command="build", dirty=False)
        try:
            _build_if_changed(config, plugin)
        finally:
            config.plugins.on_shutdown()
    return Path(config.site_dir)


def _build_if_changed(config: MkDocsConfig, plugin: AfterwordPlugin) -> None:
    """Build a site, unless it is as its last build left it and would be made from just the same."""
    target = Path(config.site_dir)
    with plugin.timings.stage("find"):
        state = state_of(config, plugin)
        notes = notes_of_unchanged(target, state) if state else None
    if notes is not None:
        for note in (*notes, UNCHANGED):
            log.info(note)
        return
    from mkdocs.commands import build as mkdocs_build  # most of MkDocs, which is not needed before

    mkdocs_build.build(config)
    # What was warned of is to be said again.
    if state is None or not state.is_settled or plugin.making.warned.count:
        return
    site = plugin.making.site
    keep_state(target, state, [*site.notes, *site.search.notes()])


def _refuse_other_content(folder: Path) -> None:
    """Keep MkDocs, which empties the folder it writes to, from a folder that holds something else than a site."""
    if not folder.is_dir():
        return
    names = {entry.name for entry in folder.iterdir() if not entry.name.startswith(".")}
    if names and names.isdisjoint(TELLING):
        raise CannotRunError(
            f"{folder} holds something else than a site, and building would delete it: name a folder that is new or empty"
        )


def serve(
    config_file: Path | None, address: str | None = None, strict: bool = False, open_browser: bool = False
) -> None:
    """Serve the site and build it again on every change, until interrupted. Raises CannotRunError where it cannot begin."""
    from mkdocs.commands import serve as mkdocs_serve  # brings what watches files

    path = find_config(config_file)
    options: dict[str, Any] = {"strict": True} if strict else {}
    with _stopping_plainly():
        config = load_config(str(path), dev_addr=address, **options)
        _plugin(config, path)
        _try_address(*config.dev_addr)
        mkdocs_serve.serve(config_file=str(path), dev_addr=address, open_in_browser=open_browser, **options)


def find_config(named: Path | None) -> Path:
    """Give the site's configuration: the named one, or the one beside the archive's settings or in the current folder."""
    if named is not None:
        if not named.is_file():
            raise CannotRunError(f"{named} is no file")
        return named
    _, root = load_settings(None, Path.cwd())
    found = find_site_config((Path.cwd(), root))
    if found is not None:
        return found
    raise CannotRunError(
        "no mkdocs.yml in this folder or beside afterword.yml; `afterword init` writes one that is complete, the smallest is:\n"
        "  site_name: Post-mortems\n  docs_dir: postmortems\n  theme: { name: material, font: false }\n  plugins: [search, afterword]"
    )


def _try_address(host: str, port: int) -> None:
    """Find out whether something can be served there before the site is built: MkDocs asks afterwards."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as tried:
            # As the server does it: a place that was left a moment ago is free.
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind((host, port))
    except OverflowError as error:
        raise CannotRunError(f"{host}:{port}: expected a port of at most 65535") from error
    except OSError as error:
        raise CannotRunError(
            f"{host}:{port}: {reason_of(error)}, name another place with --address"
        ) from error


def log_to_terminal(verbose: bool) -> None:
    """Let MkDocs' log lines reach the terminal."""
    handler = logging.StreamHandler()
    handler.setFormatter(_PlainFormatter("%(levelname)-7s %(message)s"))
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG if verbose else logging.INFO)
    logger.propagate = False


class _PlainFormatter(logging.Formatter):
    """Names of files stand in log lines: none begins a line with what a build service takes for a command."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the lines of a message, tracebacks included."""
        return "\n".join(one_line(line) for line in super().format(record).splitlines())


def _plugin(config: MkDocsConfig, path: Path) -> AfterwordPlugin:
    for plugin in config.plugins.values():
        if isinstance(plugin, AfterwordPlugin):
            return plugin
    raise CannotRunError(
        f"{path} does not list `afterword` under `plugins`, so the site would be built without the archive"
    )


@contextmanager
def _stopping_plainly() -> Iterator[None]:
    try:
        yield
    except Abort as error:
        # A fault of the archive is in the log already, and MkDocs' own last words would only name its class.
        logged = isinstance(error.__context__, BuildError)
        reason = "the reason stands above" if logged else str(error).rstrip("!").lower()
        raise CannotRunError(f"the site was not built: {reason}") from error
    except ConfigurationError as error:
        raise CannotRunError(str(error)) from error


@contextmanager
def _without_cache(without: bool) -> Iterator[None]:
    """Let nothing be kept for a while."""
    before = os.environ.get(PLACE)
    if without:
        os.environ[PLACE] = OFF
    try:
        yield
    finally:
        if without and before is None:
            del os.environ[PLACE]
        elif before is not None:
            os.environ[PLACE] = before

"""What `afterword build` and `afterword serve` run: MkDocs with the site's own configuration, or with one made for it."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from mkdocs.commands import build as mkdocs_build
from mkdocs.commands import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError

from afterword.operations.loading import CannotRunError, load_settings

CONFIG_NAMES = ("mkdocs.yml", "mkdocs.yaml")


def build(config_file: Path | None, site_dir: Path | None, strict: bool) -> Path:
    """Build the site and give its folder. Raises CannotRunError with MkDocs' reason where it stops."""
    path = find_config(config_file)
    options: dict[str, Any] = {"strict": True} if strict else {}
    if site_dir is not None:
        options["site_dir"] = str(site_dir.absolute())
    try:
        config = load_config(str(path), **options)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs_build.build(config)
        finally:
            config.plugins.on_shutdown()
    except (Abort, ConfigurationError) as error:
        raise CannotRunError(str(error)) from error
    return Path(config.site_dir)


def serve(config_file: Path | None, address: str | None, strict: bool, open_browser: bool) -> None:
    """Serve the site and build it again on every change, until interrupted."""
    options: dict[str, Any] = {"strict": True} if strict else {}
    try:
        mkdocs_serve.serve(
            config_file=str(find_config(config_file)),
            dev_addr=address,
            open_in_browser=open_browser,
            **options,
        )
    except (Abort, ConfigurationError) as error:
        raise CannotRunError(str(error)) from error


def find_config(named: Path | None) -> Path:
    """Give the site's configuration: the named one, or the one beside the archive's settings or in the current folder."""
    if named is not None:
        if not named.is_file():
            raise CannotRunError(f"{named} is no file")
        return named
    _, root = load_settings(None, Path.cwd())
    for folder in (Path.cwd(), root):
        for name in CONFIG_NAMES:
            if (folder / name).is_file():
                return folder / name
    raise CannotRunError(
        "no mkdocs.yml in this folder or beside afterword.yml; a site needs one, the smallest is:\n"
        "  site_name: Post-mortems\n  docs_dir: postmortems\n  theme: { name: material, font: false }\n  plugins: [search, afterword]"
    )


def log_to_terminal(verbose: bool) -> None:
    """Let MkDocs' log lines reach the terminal."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)-7s %(message)s"))
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG if verbose else logging.INFO)
    logger.propagate = False

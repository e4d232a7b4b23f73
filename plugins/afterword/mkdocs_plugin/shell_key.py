"""What the shell of a page depends on: all that the theme puts around the content of pages, as one hash."""

from __future__ import annotations

import importlib.metadata
import platform
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import jinja2
import mkdocs
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_build_datetime

import afterword
from afterword.mkdocs_plugin.others import mentions

_ELSEWHERE = frozenset(
    [
        "config_file_path",
        "docs_dir",
        "site_dir",
        "dev_addr",
        "watch",
        "plugins",
        "hooks",
        "theme",
        "exclude_docs",
        "draft_docs",
        "not_in_nav",
        "validation",
        "strict",
    ]
)
"""Settings that no page shows, or that are taken account of apart; folders differ from one machine to the next."""

_TEMPLATES = frozenset((".html", ".xml", ".txt", ".json", ".yml", ".yaml", ".j2", ".jinja", ".jinja2", ".mo"))
_OWN = (
    "mkdocs_plugin/*.py",
    "render/page/assets.py",
    "render/feeds/subscribing.py",
    "derive/places/address.py",
)
_PLACE = re.compile(r" at 0x[0-9a-fA-F]+")


def shell_key(config: MkDocsConfig) -> str:
    """Give the hash of what the shells of all pages of a site have in common; each says the same for the same site, on whatever machine."""
    digest = sha256()
    for part in (*_program(), *_settings(config), *_theme(config), *_day(config)):
        content = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        digest.update(len(content).to_bytes(8, "big"))
        digest.update(content)
    return digest.hexdigest()


def _program() -> Iterator[str | bytes]:
    yield from (importlib.metadata.version("afterword"), mkdocs.__file__.rpartition("site-packages")[2])
    yield from (mkdocs.__version__, jinja2.__version__, platform.python_version())
    # An installation that is being worked on keeps its version, and one that was installed again is the same.
    package = Path(afterword.__file__).parent
    for pattern in _OWN:
        yield from (path.read_bytes() for path in sorted(package.glob(pattern)))


def _settings(config: MkDocsConfig) -> Iterator[str]:
    for name, value in config.items():
        if name not in _ELSEWHERE:
            yield f"{name}={stable(value)}"
    yield from (
        f"{name}={stable(getattr(plugin, 'config', None))}"
        for name, plugin in config.plugins.items()
        if name != "afterword"
    )


def _theme(config: MkDocsConfig) -> Iterator[str | bytes]:
    theme = config.theme
    yield f"{theme.name} {sorted(theme.static_templates)}"
    yield from (f"{name}={stable(theme[name])}" for name in theme)
    for folder in map(Path, theme.dirs):
        own = theme.custom_dir is not None and folder == Path(theme.custom_dir)
        yield "own" if own else "/".join(folder.parts[-2:])
        for path in _templates(folder, all_files=own):
            yield path.relative_to(folder).as_posix()
            yield path.read_bytes()
        if not own:
            # Thousands of icons: they change with the version.
            yield _version(folder)


def _templates(folder: Path, *, all_files: bool) -> Iterator[Path]:
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_dir():
            # Ours are part of what is made from them, and Python leaves its own beside others.
            if path.name not in ("__pycache__", "afterword") and (
                all_files or path.name not in (".icons", "assets")
            ):
                yield from _templates(path, all_files=all_files)
        elif all_files or path.suffix in _TEMPLATES:
            yield path


def _version(folder: Path) -> str:
    if "material" not in folder.parts:
        return ""
    try:
        return importlib.metadata.version("mkdocs-material")
    except importlib.metadata.PackageNotFoundError:
        return ""


def _day(config: MkDocsConfig) -> Iterator[str]:
    if mentions(config, "build_date_utc"):
        yield get_build_datetime().isoformat()


def stable(value: Any) -> str:
    """Write a setting so that the same one is written the same in every process."""
    if isinstance(value, Config | Mapping):
        return (
            "{" + ",".join(f"{name!r}:{stable(each)}" for name, each in sorted(value.items(), key=str)) + "}"
        )
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(stable, value)) + "]"
    if isinstance(value, set | frozenset):
        return "{" + ",".join(sorted(map(stable, value))) + "}"
    if callable(value) and hasattr(value, "__qualname__"):
        return f"{value.__module__}.{value.__qualname__}"
    return _PLACE.sub("", f"{type(value).__qualname__} {value!r}")

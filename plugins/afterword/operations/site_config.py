"""What Afterword knows of a site's configuration without running it: where it lies, and where its documents and its archive are."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

from afterword.model.settings import ArchiveFolder, Settings
from afterword.parse.source.text import decode
from afterword.parse.values.yaml_nodes import YamlNode, read_yaml
from afterword.sources.files import find_site_config, read_bytes

DOCUMENTS = "docs"
"""Where the documents of a site lie whose configuration does not say."""

BUILT = "site"
"""Where a site is built whose configuration does not say."""

PLUGIN = "afterword"
DEFAULT_FOLDER = "postmortems"


def documents_folder(config: Path) -> Path:
    """Give the documents folder that a site's configuration names; the file is read as text, no code in it runs.

    Raises OSError where it cannot be read.
    """
    return _documents(config, _read(config))


def archive_of_site(config: Path) -> tuple[Path, Path] | None:
    """Give the archive's and the documents folder of a site without `afterword.yml`, None where it does not list the plugin.

    Raises OSError where the configuration cannot be read.
    """
    node = _read(config)
    options = _plugin_options(node.get("plugins") if node is not None else None)
    if options is None:
        return None
    documents, named = _documents(config, node), options.get("folder")
    return documents / usual_folder(documents, named.text if named is not None else None), documents


def folder_option(config: Path) -> str | None:
    """Give the archive's folder, relative to the documents, as the plugin's option `folder` names it; None where it does not.

    Raises OSError where the configuration cannot be read.
    """
    node = _read(config)
    options = _plugin_options(node.get("plugins") if node is not None else None)
    named = options.get("folder") if options is not None else None
    return named.text or None if named is not None else None


def site_address(config: Path) -> str:
    """Give the address at which a site is published as its `site_url` says it, empty where it does not. Raises OSError where the file cannot be read."""
    node = _read(config)
    named = node.get("site_url") if node is not None else None
    return named.text.strip() if named is not None and named.kind == "scalar" else ""


def built_site(config: Path) -> Path:
    """Give the folder into which a site is built. Raises OSError where its configuration cannot be read."""
    node = _read(config)
    named = node.get("site_dir") if node is not None else None
    return (config.parent / (named.text if named is not None and named.text else BUILT)).resolve()


def listed_pages(config: Path) -> frozenset[str] | None:
    """Give the paths that the `nav` of a site's configuration names, None where it has no `nav`. Raises OSError where it cannot be read."""
    node = _read(config)
    nav = node.get("nav") if node is not None else None
    return None if nav is None else frozenset(_texts(nav))


def _texts(node: YamlNode) -> Iterator[str]:
    if node.kind == "scalar":
        yield node.text
    for below in (*node.items, *(value for _, value in node.entries)):
        yield from _texts(below)


def usual_folder(documents: Path, named: str | None) -> str:
    """Tell where below the documents the archive is without settings: as named, else `postmortems`, or that folder itself."""
    return named or (DEFAULT_FOLDER if (documents / DEFAULT_FOLDER).is_dir() else ".")


def _read(config: Path) -> YamlNode | None:
    return read_yaml(decode(read_bytes(config))[0], 1)[0]


def _documents(config: Path, node: YamlNode | None) -> Path:
    named = node.get("docs_dir") if node is not None else None
    return (config.parent / (named.text if named is not None and named.text else DOCUMENTS)).resolve()


def _plugin_options(plugins: YamlNode | None) -> YamlNode | None:
    """Find our plugin in a list of names and of mappings from a name to options, or in one such mapping."""
    for item in (plugins, *plugins.items) if plugins is not None else ():
        if item.kind == "scalar" and item.text == PLUGIN:
            return item
        options = item.get(PLUGIN)
        if options is not None:
            return options
    return None


def address_below(folder: Path, documents: Path) -> str | None:
    """Give the path of a folder below a site's documents, which is where its pages stand; empty for these themselves, None outside."""
    if not folder.is_relative_to(documents):
        return None
    below = folder.relative_to(documents).as_posix()
    return "" if below == "." else below


def with_addresses(settings: Settings, root: Path) -> Settings:
    """Give each folder the address that it has on the site beside the settings, which lie in `root`, if there is one."""
    site = find_site_config([root])
    if site is None:
        return settings
    documents = documents_folder(site)
    archives = tuple(_with_address(folder, root, documents) for folder in settings.archives)
    return dataclasses.replace(settings, archives=archives)


def _with_address(folder: ArchiveFolder, root: Path, documents: Path) -> ArchiveFolder:
    below = address_below((root / folder.folder).resolve(), documents)
    if folder.address is not None or below is None:
        return folder
    return dataclasses.replace(folder, address=below)

"""What Afterword knows of a site's configuration without running it: where it lies, and where its documents are."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from afterword.parse.text import decode
from afterword.parse.yaml_nodes import read_yaml
from afterword.sources.files import read_bytes

NAMES = ("mkdocs.yml", "mkdocs.yaml")
DOCUMENTS = "docs"
"""Where the documents of a site lie whose configuration does not say."""


def find_site_config(folders: Iterable[Path]) -> Path | None:
    """Give the first configuration of a site that lies directly in one of the folders."""
    places = (folder / name for folder in folders for name in NAMES)
    return next((place for place in places if place.is_file()), None)


def documents_folder(config: Path) -> Path:
    """Give the documents folder that a site's configuration names; the file is read as text, no code in it runs.

    Raises OSError where it cannot be read.
    """
    node, _ = read_yaml(decode(read_bytes(config))[0], 1)
    named = node.get("docs_dir") if node is not None else None
    return (config.parent / (named.text if named is not None and named.text else DOCUMENTS)).resolve()

"""The folder beside the site in which MkDocs builds."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig

from afterword.mkdocs_plugin.staging import Staging
from tests.no_room import no_room


def test_nothing_is_left_where_the_disk_is_full(tmp_path: Path) -> None:
    """A build that could not even begin is not there to remove it, and the next one may be long in coming."""
    config = MkDocsConfig()
    config.site_dir = str(tmp_path / "site")
    with no_room(), pytest.raises(OSError, match="large"):
        Staging(config)
    assert list(tmp_path.iterdir()) == []
    assert config.site_dir == str(tmp_path / "site")

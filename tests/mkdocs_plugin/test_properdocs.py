"""ProperDocs, which carries MkDocs 1.x on, loads the same plugin and makes the same site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import afterword
from tests.mkdocs_plugin.larger_site import RECORD_PAGE, built, drawn_site

GENERATOR = re.compile(rb'<meta name="generator" content="[^"]*">')


@pytest.mark.slow
def test_properdocs_makes_the_same_site(tmp_path: Path) -> None:
    """Every file is the same to the byte, but for the name of the generator in each page."""
    folder = drawn_site(tmp_path, "", with_archive=True, pages={})
    mkdocs, properdocs = (built(folder, module, site=module) for module in ("mkdocs", "properdocs"))
    assert RECORD_PAGE in properdocs
    assert b"ProperDocs" in properdocs[RECORD_PAGE]
    assert set(mkdocs) == set(properdocs)
    named = [
        name for name in mkdocs if GENERATOR.sub(b"", mkdocs[name]) != GENERATOR.sub(b"", properdocs[name])
    ]
    assert named == []


@pytest.mark.slow
def test_a_site_of_properdocs_is_found(tmp_path: Path) -> None:
    """Where the configuration has the name that ProperDocs gives it, `build` and `check` take it, and `init` writes no second one."""
    folder = drawn_site(tmp_path, "", with_archive=True, pages={})
    (folder / "mkdocs.yml").rename(folder / "properdocs.yml")
    afterword("build", "--strict", folder=folder)
    assert (folder / "site" / RECORD_PAGE).is_file()
    assert "in 1 record" in afterword("check", folder=folder).stdout
    said = afterword("init", "--ci", "none", folder=folder).stdout
    assert "kept  properdocs.yml" in said
    assert not (folder / "mkdocs.yml").exists()

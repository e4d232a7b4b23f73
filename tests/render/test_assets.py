"""Scripts as they are published."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from afterword.render.page.assets import OTHERS, asset_files

SCRIPTS = sorted(
    path
    for path in Path(str(files("afterword.render"))).joinpath("assets", "js").rglob("*.js")
    if path.name not in OTHERS
)
PUBLISHED = {each.address: each.content.decode() for each in asset_files("a/")}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_published_script_says_the_same_in_fewer_bytes(script: Path) -> None:
    """Comments and indentation alone are gone: each line of code is there, in its order."""
    folder = "a/assets/search/" if script.parent.name == "search" else "a/assets/"
    source, published = script.read_text(encoding="utf-8"), PUBLISHED[folder + script.name]
    wanted, within = [], False
    for line in map(str.strip, source.splitlines()):
        within = within or line.startswith("/*")
        if not within and not line.startswith("//"):
            wanted.append(line)
        within = within and not line.endswith("*/")
    assert [line.rstrip() for line in published.splitlines() if line] == [line for line in wanted if line]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_no_string_goes_on_over_lines(script: Path) -> None:
    """Indentation within a string would be part of it: each line has its backquotes in pairs."""
    for line in script.read_text(encoding="utf-8").splitlines():
        assert len(re.findall(r"(?<!\\)`", line)) % 2 == 0, line

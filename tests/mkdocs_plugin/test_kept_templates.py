"""A site by templates that were compiled before is the same site."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from jinja2 import Environment

from afterword.sources.own_code import HANDED_ON
from tests.mkdocs_plugin.drawn_archive import built, drawn_archive


def test_a_site_is_the_same_by_code_that_was_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The theme's templates are compiled by the first build of somebody who has set nothing, and by none after it."""
    for name in HANDED_ON:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path / "caches")
    compiling, compiled = Environment.compile, [""]

    def compile_it(self: Environment, source: str, name: str, *others: object) -> object:
        compiled.append(name)
        return compiling(self, source, name, *others)  # type: ignore[call-overload]

    monkeypatch.setattr(Environment, "compile", compile_it)
    archive = drawn_archive(tmp_path / "archive")
    without = built(archive, keep=False)
    assert not (tmp_path / "caches").exists()
    for expected in (True, False):
        shutil.rmtree(archive / "site")
        shutil.rmtree(archive / ".afterword", ignore_errors=True)
        compiled.clear()
        assert built(archive) == without
        assert ("main.html" in compiled) is expected

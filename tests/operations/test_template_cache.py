"""What templates were compiled to is taken while all that it was made from is the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from afterword.operations.template_cache import TemplateCache
from afterword.render.page.environment import environment
from afterword.sources.cache import Cache


def shown(folder: Path, text: str = "Hello {{ name }}", *compiler: str) -> str:
    """Show a template by code that is kept in a folder."""
    kept = TemplateCache(Cache(folder), *compiler)
    made = Environment(loader=DictLoader({"greeting": text}), bytecode_cache=kept)  # noqa: S701 - text
    return made.get_template("greeting").render(name="you")


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the names of the templates that are compiled."""
    names: list[str] = []
    compiling = Environment.compile

    def compile_it(self: Environment, source: str, name: str, *others: object) -> object:
        names.append(name)
        return compiling(self, source, name, *others)  # type: ignore[call-overload]

    monkeypatch.setattr(Environment, "compile", compile_it)
    return names


def test_it_is_compiled_once(tmp_path: Path, compiled: list[str]) -> None:
    """The second process takes what the first has compiled, and shows the same."""
    assert [shown(tmp_path) for _ in range(3)] == ["Hello you"] * 3
    assert compiled == ["greeting"]


def test_another_text_is_compiled(tmp_path: Path, compiled: list[str]) -> None:
    """Code belongs to the text that it was made from, and to what compiled it."""
    assert shown(tmp_path) == "Hello you"
    assert shown(tmp_path, "Good day {{ name }}") == "Good day you"
    assert shown(tmp_path, "Hello {{ name }}", "a later version") == "Hello you"
    assert len(compiled) == 3


@pytest.mark.parametrize("damage", [b"", b"nothing of this", None])
def test_what_is_damaged_is_compiled_again(tmp_path: Path, compiled: list[str], damage: bytes | None) -> None:
    """Half a file, or another one, is no code."""
    shown(tmp_path)
    (file,) = (each for each in tmp_path.rglob("*") if each.is_file() and each.name != ".gitignore")
    file.write_bytes(file.read_bytes()[:-9] if damage is None else damage)
    assert shown(tmp_path) == "Hello you"
    assert len(compiled) == 2


def test_pages_are_made_with_it(tmp_path: Path) -> None:
    """The templates of pages find their code there, those of the site's owner among them, whatever this process has compiled before."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "new.html").write_text("{{ 3|plural('action') }}")
    kept = TemplateCache(Cache(tmp_path / "code"))
    assert environment(tmp_path / "own", kept).get_template("new.html").render() == "3 actions"
    assert any(each.is_file() for each in (tmp_path / "code").rglob("*"))

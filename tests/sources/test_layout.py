"""The layout engine as a program beside us: real, missing, broken and hanging; and the cache of what it drew."""

from __future__ import annotations

import stat
import sys
import time
from pathlib import Path

import pytest

from afterword.sources import layout
from afterword.sources.cache import Cache
from afterword.sources.layout import Engine, find_engine, lay_out
from tests.git import git

BAD = "digraph { broken -> -> ]"


def graph(name: str) -> str:
    """Write a graph of one node, named by one letter."""
    return f'digraph {{ "{name}" }}'


@pytest.fixture(scope="module")
def engine() -> Engine:
    """Give the engine that the installation brings along."""
    found = find_engine()
    assert found is not None
    return found


def script(folder: Path, text: str) -> Engine:
    """Write a program that stands in for an engine."""
    program = folder / "engine"
    program.write_text(f"#!{sys.executable}\n{text}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return Engine(str(program), "engine 1")


def names(layouts: tuple[str | None, ...]) -> list[str | None]:
    """Give which of the graphs a to z each layout is of."""
    return [None if layout is None else layout.partition("node ")[2][0] for layout in layouts]


def test_the_wheel_is_the_engine_of_an_installation(engine: Engine) -> None:
    """Without a chosen program the wheel's own is found, with the version that a cache needs."""
    assert Path(engine.program).is_file()
    assert engine.version.startswith("graphviz-pure 0.")


def test_without_the_wheel_dot_is_taken_from_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the wheel is not installed, `dot` is asked for its version and used; without it there is no engine."""
    monkeypatch.setattr(layout, "WHEEL", "no-such-distribution")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_engine() is None
    program = Path(
        script(tmp_path, "import sys; print('dot - graphviz version 2.43.0 (0)', file=sys.stderr)").program
    )
    program.rename(tmp_path / "dot")
    assert find_engine() == Engine(str(tmp_path / "dot"), "dot 2.43.0")


def test_a_chosen_engine_is_never_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that the environment names and that is not there draws nothing and says so."""
    monkeypatch.setenv("AFTERWORD_DOT", str(tmp_path / "mine"))
    result = lay_out([graph("a")], find_engine())
    assert result.layouts == (None,)
    assert result.problem == (
        f"1 of 1 tree not drawn by mine: {tmp_path / 'mine'}, which AFTERWORD_DOT names, cannot be run: no such file or directory"
    )


def test_many_graphs_go_through_in_their_order(engine: Engine) -> None:
    """One layout per graph, in the order of the graphs."""
    result = lay_out([graph(name) for name in "abcdefgh"], engine)
    assert names(result.layouts) == list("abcdefgh")
    assert result.problem is None


def test_no_graphs_need_no_engine() -> None:
    """An archive without trees has no problem, whatever is installed."""
    assert lay_out([], Engine("none", "none")).problem is None


@pytest.mark.parametrize("place", [0, 3, 7])
def test_a_bad_graph_costs_only_itself(engine: Engine, place: int) -> None:
    """The engine drops what follows a syntax error silently; the others are drawn all the same."""
    dots = [graph(name) for name in "abcdefgh"]
    dots[place] = BAD
    result = lay_out(dots, engine)
    expected: list[str | None] = list("abcdefgh")
    expected[place] = None
    assert names(result.layouts) == expected
    assert result.problem is not None
    assert result.problem.startswith("1 of 8 trees not drawn by graphviz-pure")


def test_an_unclosed_graph_does_not_swallow_its_neighbours(engine: Engine) -> None:
    """A graph that ends inside a string takes the next ones in, and is found out by halving."""
    result = lay_out([graph("a"), 'digraph { "x', graph("b"), graph("c")], engine)
    assert names(result.layouts) == ["a", None, "b", "c"]


def test_a_hang_ends_in_time(tmp_path: Path) -> None:
    """An engine that never answers is ended, with whatever it started."""
    sleeper = script(tmp_path, "import subprocess; subprocess.run(['sleep', '60'])")
    before = time.monotonic()
    result = lay_out([graph("a"), graph("b")], sleeper, timeout=1)
    assert time.monotonic() - before < 5
    assert result.layouts == (None, None)
    assert result.problem is not None
    assert "no answer within" in result.problem


@pytest.mark.slow
def test_one_graph_that_hangs_costs_only_itself(tmp_path: Path) -> None:
    """The others are drawn in the time that is left."""
    sleeper = script(
        tmp_path,
        "import re, sys, time\n"
        "names = re.findall('\"(.)\"', sys.stdin.read())\n"
        "if 'x' in names: time.sleep(60)\n"
        "for name in names: print(f'graph 1 1 1\\nnode {name} 1 1 1 1\\nstop')",
    )
    result = lay_out([graph(name) for name in "abxc"], sleeper, timeout=6)
    assert names(result.layouts) == ["a", "b", None, "c"]


def test_layouts_are_told_while_the_engine_goes_on(tmp_path: Path) -> None:
    """The engine here writes its second answer only when somebody has heard of the first."""
    heard = tmp_path / "heard"
    waiting = script(
        tmp_path,
        "import pathlib, time\n"
        f"heard = pathlib.Path({str(heard)!r})\n"
        "print('graph 1 1 1\\nnode a 1 1 1 1\\nstop', flush=True)\n"
        "while not heard.exists(): time.sleep(0.02)\n"
        "print('graph 1 1 1\\nnode b 1 1 1 1\\nstop')",
    )
    told: list[tuple[int, str]] = []

    def hear(position: int, text: str) -> None:
        heard.touch()
        told.append((position, text))

    result = lay_out([graph("a"), graph("b")], waiting, 20, hear)
    assert names(result.layouts) == ["a", "b"]
    assert told == [*enumerate(result.layouts)]


def test_the_last_that_is_told_of_a_drawn_graph_holds(tmp_path: Path) -> None:
    """An engine that passes over a graph shifts the answers behind it: what was told of them is told again, and right."""
    shifting = script(
        tmp_path,
        "import re, sys\n"
        "for name in re.findall('\"(.)\"', sys.stdin.read()):\n"
        "    if name != 'x': print(f'graph 1 1 1\\nnode {name} 1 1 1 1\\nstop')",
    )
    told: dict[int, list[str]] = {}
    result = lay_out(
        [graph(name) for name in "axbc"],
        shifting,
        told=lambda position, text: told.setdefault(position, []).append(text),
    )
    assert names(result.layouts) == ["a", None, "b", "c"]
    assert names(tuple(told[1])) == ["b"]
    assert [told[position][-1] for position in (0, 2, 3)] == [text for text in result.layouts if text]


def test_nobody_waits_for_an_engine_whose_answers_cannot_be_taken(tmp_path: Path) -> None:
    """Where what is told raises an error, the engine is ended at once and the error goes on."""
    hanging = script(tmp_path, "import time; print('graph 1 1 1\\nstop', flush=True); time.sleep(60)")

    def refuse(position: int, text: str) -> None:
        raise ValueError(text)

    before = time.monotonic()
    with pytest.raises(ValueError, match="graph 1 1 1"):
        lay_out([graph("a")], hanging, 30, refuse)
    assert time.monotonic() - before < 5


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        ("'Warning: a font\\nError: no memory\\nWarning: a font'", "Error: no memory"),
        ("'no memory'", "no memory"),
        ("3", "it ended with status 3"),
    ],
)
def test_an_engine_that_ends_badly_is_quoted(tmp_path: Path, end: str, reason: str) -> None:
    """What the engine says on its error output is the reason, its errors first; of one that says nothing, how it ended."""
    failing = script(tmp_path, f"import sys; sys.exit({end})")
    assert lay_out([graph("a")], failing).problem == f"1 of 1 tree not drawn by engine 1: {reason}"


def test_the_cache_gives_back_what_was_put(tmp_path: Path) -> None:
    """Texts are found under their parts, in any script, and under no others."""
    cache = Cache(tmp_path / "not" / "yet")
    cache.put(Cache.key("dot", "engine 1"), "<svg>é 漢\r\n</svg>")
    assert cache.get(Cache.key("dot", "engine 1")) == "<svg>é 漢\r\n</svg>"
    assert cache.get(Cache.key("dot", "engine 2")) is None


def test_the_parts_of_a_key_do_not_run_together() -> None:
    """The same letters in other parts are another key."""
    assert Cache.key("ab", "c") != Cache.key("a", "bc")
    assert Cache.key("\ud800") != Cache.key("?")


@pytest.mark.parametrize("damage", [b"", b"\n", b"\xff\xfe", b"<svg>", None])
def test_a_damaged_entry_is_not_found(tmp_path: Path, damage: bytes | None) -> None:
    """A file cut short or overwritten is a miss, and is written anew."""
    cache = Cache(tmp_path)
    cache.put(Cache.key("a"), "text")
    (file,) = (path for path in tmp_path.rglob("*") if path.is_file())
    file.write_bytes(file.read_bytes()[:-1] if damage is None else damage)
    assert cache.get(Cache.key("a")) is None
    cache.put(Cache.key("a"), "text")
    assert cache.get(Cache.key("a")) == "text"


def test_a_cache_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    """A file where the folder should be ends in misses only."""
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file")
    cache.put(Cache.key("a"), "text")
    assert cache.get(Cache.key("a")) is None


def test_git_leaves_the_cache_alone(tmp_path: Path) -> None:
    """The folder tells git to pass over all that is in it."""
    git(tmp_path, "init", "--quiet")
    Cache(tmp_path / ".afterword" / "cache").put(Cache.key("a"), "text")
    assert git(tmp_path, "status", "--porcelain") == ""

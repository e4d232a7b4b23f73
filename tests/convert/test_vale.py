"""The style for Vale: what Vale documents, and sentences matched as Vale matches them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from afterword.convert.vale import vale_style
from tests.conftest import afterword
from tests.language.sentences import read_sentences

STYLE = {name: yaml.safe_load(text) for name, text in vale_style().items()}
COMMON = {"extends", "message", "link", "level", "ignorecase"}
RULES = {"should-have", "counterfactual", "human-error", "hindsight", "fault", "single-root-cause"}


def found(text: str) -> set[str]:
    """Give the rules that speak: Vale joins tokens, and the keys of a swap, with `|` between word boundaries."""
    return {
        name.removesuffix(".yml")
        for name, rule in STYLE.items()
        if re.search(rf"\b(?:{'|'.join(rule.get('tokens') or rule['swap'])})\b", text, re.IGNORECASE)
    }


@pytest.mark.parametrize("name", sorted(STYLE))
def test_files_hold_what_vale_documents(name: str) -> None:
    """The keys of `existence` and `substitution`, a message with a place for each of their words, and patterns without groups that capture."""
    rule = STYLE[name]
    own = {"existence": "tokens", "substitution": "swap"}[rule["extends"]]
    assert set(rule) - {"link"} == (COMMON - {"link"}) | {own}
    assert rule["message"].count("%s") == (2 if own == "swap" else 1)
    assert rule["level"] == "warning"
    assert rule["link"].startswith("https://")
    assert rule[own]
    for pattern in rule[own]:
        assert re.compile(pattern).groups == 0


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("We should have looked at the graph.", "ShouldHave"),
        ("The team should not have merged it.", "ShouldHave"),
        ("It could have been prevented.", "Counterfactual"),
        ("It was entirely avoidable.", "Counterfactual"),
        ("We failed to verify the backup.", "FailedTo"),
        ("An engineer accidentally deleted the table.", "Accident"),
        ("The cause was human error.", "HumanError"),
        ("The reviewer dropped the ball.", "BadJob"),
        ("This was careless.", "Carelessness"),
        ("It was bound to happen.", "Hindsight"),
        ("It was our fault.", "Fault"),
        ("The root cause was a connection leak.", "SingleRootCause"),
    ],
)
def test_sentences_that_are_reported(text: str, rule: str) -> None:
    """One of each."""
    assert found(text) == {rule}


@pytest.mark.parametrize(
    "text",
    [
        "The dashboard did not alert.",
        "The limit should have been 3.",
        "The check failed to run.",
        "The pod failed to start, a fault of the disk.",
        "Nothing verified the backup.",
        "It would have been 14 March.",
        "The section Root cause names three.",
        "The default is fault tolerance.",
    ],
)
def test_sentences_that_are_not(text: str) -> None:
    """What systems do and fail to do is no blame."""
    assert found(text) == set()


def test_labelled_sentences_bear_out_what_is_said_of_the_style() -> None:
    """Of the sentences labelled for the rules it is right nearly always where it speaks, and silent more often than not: docs/in-your-pipeline.md says so."""
    sentences = read_sentences()
    blameful = [each for each in sentences if each.expected & RULES]
    spoken = [each for each in sentences if found(each.text)]
    right = [each for each in spoken if each.expected & RULES]
    assert len(right) / len(spoken) >= PRECISION
    assert len(right) / len(blameful) >= RECALL


PRECISION = 0.85
RECALL = 0.25


def test_the_command_writes_the_style(tmp_path: Path) -> None:
    """Into a folder of its own below Vale's `StylesPath`; a second run changes nothing."""
    said = afterword("export", "vale", "-o", "styles", folder=tmp_path).stdout.splitlines()
    files = sorted(path.name for path in (tmp_path / "styles/Afterword").iterdir())
    assert files == sorted(STYLE)
    assert said == [f"wrote styles/Afterword/{name}" for name in files]
    before = {name: (tmp_path / "styles/Afterword" / name).read_bytes() for name in files}
    afterword("export", "vale", folder=tmp_path)
    assert before == {name: (tmp_path / "styles/Afterword" / name).read_bytes() for name in files}

"""Causal trees and five whys for Mermaid: its grammar, and labels that try to be more than text."""

from __future__ import annotations

import html
import re

import pytest

from afterword.derive.causes.record_causes import RecordCauses
from afterword.operations import load
from afterword.render.picture.mermaid import causes_mermaid, escaped
from afterword.render.text.wrap import plain
from tests.conftest import REPOSITORY
from tests.render.drawn_archives import a_file
from tests.render.drawn_trees import HOSTILE
from tests.render.pages import archive_of
from tests.render.test_tree_text import ACTIONS, DAY, SHORT_TREE, TREE, WHYS

# What is left unescaped in a label: letters and digits of any script, and signs that neither Mermaid nor Markdown reads there.
LABEL = r'"(?:[^\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]|[ ,\'(!?/.)-]|#\d+;|<br/>)+"'
FORMS = (
    rf"[nw]\d+(?:_\d+)*\[{LABEL}\]",
    r'g\d+(?:_\d+)*\(\("(?:AND|OR)"\)\)',
    r"[ngw]\d+(?:_\d+)* (?:---|-->|-\. the same \.-) [ngw]\d+(?:_\d+)*",
    r'subgraph (?:tree|whys)\["[A-Za-z ]+"\]',
    "end",
    r"classDef [a-z_]+ [a-z0-9:#,\- ]+",
    r"class [ngw0-9_,]+ [a-z_]+",
)
LINE = re.compile(rf"\s*(?:{'|'.join(FORMS)})")
MERMAID_READS = (
    "1. one",
    "2) two",
    "- item",
    "+ item",
    "# head",
    "```mermaid",
    "---",
    "www.example.com",
    "a@b.example",
    "https://example.org/x",
    "%%{init: {}}%%",
    "#35;#quot;",
    "fa:fa-car",
    "$$x^2$$",
    "style foo:#abc;",
    "(_italic_) **bold** ~~gone~~",
    "line\\nbreak",
    "\ufb02°°34¶ß",
    "end",
)


def drawn(body: str) -> list[str]:
    """Write the causes of a record with this body."""
    archive = archive_of({"2026-03-14-a.md": a_file(actions=ACTIONS) + body})
    record = archive.records[0]
    return causes_mermaid(record, RecordCauses.of(record, archive, DAY)).splitlines()


def obeys_the_grammar(lines: list[str]) -> bool:
    """Tell whether each line is one of the few forms that are written."""
    return lines[0] == "flowchart LR" and all(LINE.fullmatch(line) for line in lines[1:])


def test_a_tree_has_nodes_gates_edges_and_classes() -> None:
    """Each node and gate stands there once, gates between a node and its children."""
    lines = drawn(TREE)
    assert obeys_the_grammar(lines)
    assert sum("[" in line for line in lines) == 8
    assert sum("((" in line for line in lines) == 3
    assert sum(" --- " in line for line in lines) == 7 + 3
    assert (
        '  n0_0_0["Early return bypassed the context manager<br/>root cause<br/>✓ action done#58; A1"]'
        in lines
    )
    assert {"  n0 --- g0", "  g0 --- n0_0", "  g0_0 --- n0_0_0"} <= set(lines)
    assert {"  class n0_0_0 action_done", "  class n0_0_0 root_cause", "  class n0_1_1 unaddressed"} <= set(
        lines
    )


def test_a_hybrid_is_two_groups_and_what_joins_them() -> None:
    """Five whys are a chain, and a dotted line leads to the node that says the same."""
    lines = drawn(WHYS.format(method="hybrid", tree=SHORT_TREE))
    assert obeys_the_grammar(lines)
    assert lines[1] == '  subgraph tree["Causal tree"]'
    assert {"    w1 --> w2", "    w2 --> w3", "  w2 -. the same .- n0_0"} <= set(lines)


def test_five_whys_alone() -> None:
    """Without a tree there is no group; states are those of the last answer."""
    lines = drawn(WHYS.format(method="5 whys", tree=""))
    assert obeys_the_grammar(lines)
    assert not any("subgraph" in line for line in lines)
    assert "  class w3 action_done" in lines
    assert not any(re.fullmatch(r"  class w1.*", line) for line in lines)


@pytest.mark.parametrize("label", (*MERMAID_READS, *HOSTILE), ids=range(len(MERMAID_READS) + len(HOSTILE)))
def test_a_label_is_text(label: str) -> None:
    """What Mermaid or its Markdown would read becomes a number; back again it is what was written."""
    line = escaped(label)
    assert not line or re.fullmatch(LABEL, f'"{line}"')
    read = html.unescape(re.sub(r"#(\d+);", r"&#\1;", line)).replace("\u200b", "")
    assert read == plain(label)


def test_what_is_read_after_decoding_is_broken_up() -> None:
    """Line breaks, mathematics and icons are found behind the numbers, too: a mark without width stands between."""
    for label in ("a\\nb", "$$x$$", "fa:fa-car", "\ufb02°°34¶ß"):
        assert "\u200b" in escaped(label)


def test_own_records_obey_the_grammar() -> None:
    """So do all records of this repository that have causes."""
    archive = load(None, start=REPOSITORY).archive
    with_causes = [each for each in archive.records if each.causal_tree or each.five_whys]
    assert len(with_causes) > 15
    for record in with_causes:
        lines = causes_mermaid(record, RecordCauses.of(record, archive, DAY)).splitlines()
        assert obeys_the_grammar(lines), record.id
        nodes = len(list(record.causal_tree.outcome.walk())) if record.causal_tree else 0
        steps = len(record.five_whys.steps) if record.five_whys else 0
        assert sum('["' in line and "subgraph" not in line for line in lines) == nodes + steps

"""Causal trees and five whys for Mermaid, as GitHub and other hosts of Markdown draw it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from afterword.derive.causes.coverage import Coverage, NodeCoverage, NodeState
from afterword.derive.causes.record_causes import RecordCauses
from afterword.model.causes import CausalTree, FiveWhys
from afterword.model.record import Postmortem
from afterword.render.text.labels import answer_words, state_slug, state_words
from afterword.render.text.wrap import plain

_INDENT = "  "
# Frames only: fillings would be read in one of a host's themes and not in the other.
_GREEN, _RED = "stroke:#2da44e", "stroke:#cf222e,stroke-dasharray:6 3"
_LOOKS: Mapping[NodeState | str, str] = {
    "outcome": "font-weight:bold",
    "gate": "stroke-dasharray:2 2",
    "root_cause": "stroke-width:4px",
    NodeState.DONE: _GREEN,
    NodeState.ADDRESSED: _GREEN,
    NodeState.OPEN: "stroke:#bf8700",
    NodeState.ACCEPTED: "stroke:#0969da",
    NodeState.OVERDUE: _RED,
    NodeState.CANCELLED: _RED,
    NodeState.REVIEW_PAST: _RED,
    NodeState.UNADDRESSED: _RED,
    NodeState.MISSING: _RED,
    NodeState.UNWRITTEN: "stroke-dasharray:2 2",
}
_HARMLESS = frozenset(" ,'(!?/")
_BETWEEN_LETTERS = frozenset("-.)")
_READ_LATE = re.compile(r"(?<=\\)(?=n)|(?<=\$)(?=\$)|(?<=:)(?=fa-)|(?<=\ufb02)(?=°)|(?<=¶)(?=ß)")
"""Where Mermaid finds a line break, mathematics, an icon or a character of its own even in what is escaped."""

_NO_WIDTH = "\u200b"

_Classes = dict[NodeState | str, list[str]]
"""The nodes of each class, by what the class says of them."""


def causes_mermaid(record: Postmortem, causes: RecordCauses) -> str:
    """Write a record's causal tree, its five whys, or both with what joins them, as a flowchart from left to right.

    Gates are nodes of their own, the states of nodes classes and words. Nothing that an author writes is read as Mermaid or as Markdown.
    """
    coverage, whys = causes.tree, causes.whys
    lines: list[str] = []
    classes: _Classes = {}
    if record.causal_tree is not None and coverage is not None:
        lines += _titled("tree", "Causal tree", _tree(record.causal_tree, coverage, classes), both=bool(whys))
    if record.five_whys is not None:
        chain = _chain(record.five_whys, whys, classes)
        lines += _titled("whys", "Five whys", chain, both=coverage is not None)
    lines += [f"w{step + 1} -. the same .- {_name(path)}" for step, path in causes.pairs]
    for key, members in classes.items():
        name = state_slug(key).replace("-", "_") if isinstance(key, NodeState) else key
        lines += [f"classDef {name} {_LOOKS[key]}", f"class {','.join(members)} {name}"]
    return "\n".join(["flowchart LR", *(_INDENT + line for line in lines)]) + "\n"


def escaped(line: str) -> str:
    """Write a line so that it stands in a quoted label: what Mermaid or the Markdown in its labels would read becomes its number."""
    text = _READ_LATE.sub(_NO_WIDTH, plain(line))
    return "".join(
        each if _is_harmless(text, position) else f"#{ord(each)};" for position, each in enumerate(text)
    )


def _is_harmless(text: str, position: int) -> bool:
    each = text[position]
    if not each.isascii():
        return True
    if each in _BETWEEN_LETTERS:
        # Not a bullet, a rule, the number of an item, nor a part of an address.
        before, after = text[:position][-1:], text[position + 1 :][:1]
        return before.isalpha() and (after.isalpha() if each == "-" else not after or after == " ")
    return each.isalnum() or (each in _HARMLESS and position > 0)


def _titled(name: str, title: str, lines: Iterable[str], *, both: bool) -> Iterator[str]:
    if not both:
        yield from lines
        return
    yield f'subgraph {name}["{title}"]'
    yield from (_INDENT + line for line in lines)
    yield "end"


def _tree(tree: CausalTree, coverage: Coverage, classes: _Classes) -> Iterator[str]:
    for path, node in tree.paths():
        name, covered = _name(path), coverage.nodes[path]
        said = not node.children or bool(covered.actions or node.accepted)
        yield f'{name}["{_label([node.label.text], covered, said)}"]'
        _sort(name, covered, said, classes)
        if path == "0":
            classes.setdefault("outcome", []).append(name)
        source = name
        if node.gate and node.children:
            source = f"g{name[1:]}"
            yield f'{source}(("{node.gate.value}"))'
            yield f"{name} --- {source}"
            classes.setdefault("gate", []).append(source)
        yield from (f"{source} --- {_name(f'{path}.{number}')}" for number in range(len(node.children)))


def _chain(whys: FiveWhys, covered: Sequence[NodeCoverage], classes: _Classes) -> Iterator[str]:
    for number, (step, cover) in enumerate(zip(whys.steps, covered, strict=True), start=1):
        # An answer counts for the chain: only the last one has a state of its own.
        said = number == len(whys.steps) or bool(cover.actions or cover.node.accepted)
        texts = [step.question.text, answer_words(step.answer.label.text) if step.answer else "(no answer)"]
        yield f'w{number}["{_label(texts, cover, said)}"]'
        _sort(f"w{number}", cover, said, classes)
        if number > 1:
            yield f"w{number - 1} --> w{number}"


def _label(texts: Iterable[str], covered: NodeCoverage, said: bool) -> str:
    parts = [*texts, "root cause" if covered.node.root_cause else "", state_words(covered) if said else ""]
    return "<br/>".join(filter(None, map(escaped, parts))) or "…"


def _sort(name: str, covered: NodeCoverage, said: bool, classes: _Classes) -> None:
    if said:
        classes.setdefault(covered.state, []).append(name)
    if covered.node.root_cause:
        classes.setdefault("root_cause", []).append(name)


def _name(path: str) -> str:
    return "n" + path.replace(".", "_")

"""Causal trees and five whys as text: what is drawn, for a terminal, a log and a mail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from afterword.derive.causes.coverage import Coverage, NodeCoverage, NodeState, ResolvedAction
from afterword.derive.causes.record_causes import RecordCauses
from afterword.derive.timing.calendar import format_day
from afterword.model.causes import Acceptance, CausalTree, FiveWhys
from afterword.model.record import Postmortem
from afterword.render.record.coverage_view import tree_coverage_view
from afterword.render.text.labels import GLYPHS, answer_words
from afterword.render.text.terminal import Terminal, apart, joined, tie
from afterword.render.text.wrap import columns

STATE_STYLES: Mapping[NodeState, str] = {
    NodeState.DONE: "green",
    NodeState.ADDRESSED: "green",
    NodeState.OPEN: "yellow",
    NodeState.OVERDUE: "bold red",
    NodeState.CANCELLED: "red",
    NodeState.ACCEPTED: "cyan",
    NodeState.REVIEW_PAST: "bold red",
    NodeState.UNADDRESSED: "bold red",
    NodeState.MISSING: "bold red",
    NodeState.UNWRITTEN: "dim",
}
_GATE = "bold cyan"
_ROOT_CAUSE = "bold magenta"
_JOIN = "bright_blue"
_SHORT = 16


class Statement(NamedTuple):
    """The words of a statement with all that is said of it; `tied` are those that stay together, with their styles."""

    text: str
    tied: Mapping[str, str]


def causes_text(
    record: Postmortem, causes: RecordCauses, terminal: Terminal, indent: str = ""
) -> Iterator[str]:
    """Write a record's causal tree, its five whys, or both with what joins them; nothing where there is neither."""
    coverage, pairs = causes.tree, causes.pairs
    if record.causal_tree is not None and coverage is not None:
        steps = {path: number + 1 for number, path in reversed(pairs)}
        yield from _tree(record.causal_tree, coverage, steps, terminal, indent)
        yield ""
        yield from terminal.hanging(indent, indent, terminal.words(tree_coverage_view(causes).words), "dim")
    if record.five_whys is None:
        return
    if coverage is not None:
        yield ""
    in_tree = frozenset(number for number, _ in pairs)
    yield from _chain(record.five_whys, causes.whys, in_tree, terminal, indent)
    if coverage is not None and not pairs:
        yield ""
        alone = terminal.words("No answer says the same as a statement of the tree: the two stand apart.")
        yield from terminal.hanging(indent, indent, alone, "dim")


def state_said(
    terminal: Terminal, state: NodeState, actions: Sequence[ResolvedAction], accepted: Acceptance | None
) -> Statement:
    """Give the state of a statement with its sign, the names of its actions, and the reason where a risk is accepted."""
    names = [
        terminal.words(f"{each.ref.record}#{each.ref.id}" if each.ref.record else each.ref.id)
        for each in actions
    ]
    sign = terminal.words(f"{GLYPHS[state]} {state.value}{':' if names else ''}")
    named = ", ".join(names)
    # Names stay with the state, unless they would pull a long line down with it.
    kept = apart(f"{sign} {named}" if named and columns(named) <= _SHORT else sign)
    text = joined((kept, named if columns(named) > _SHORT else ""), " ")
    tied = {kept: STATE_STYLES[state]}
    if accepted is None:
        return Statement(text, tied)
    review = tie(f"looked at again {format_day(accepted.review)}") if accepted.review else ""
    who = joined((accepted.role, review), ", ")
    reason = joined((accepted.reason, f"({who})" if who else ""), " ")
    if state not in (NodeState.ACCEPTED, NodeState.REVIEW_PAST):
        reason = f"accepted: {reason}"
        return Statement(f"{text}; {terminal.words(reason)}", tied)
    return Statement(f"{text}: {terminal.words(reason)}", tied)


def _statement(
    terminal: Terminal, covered: NodeCoverage, text: str, *, is_said: bool, join: str = ""
) -> Statement:
    node = covered.node
    words = [terminal.words(text) or terminal.words("…")]
    tied: dict[str, str] = {}
    if node.gate:
        words.append(f"({node.gate.value})")
        tied[f"({node.gate.value})"] = _GATE
    if node.root_cause:
        words.append(tie("(root cause)"))
        tied[tie("(root cause)")] = _ROOT_CAUSE
    if is_said:
        said = state_said(terminal, covered.state, covered.actions, node.accepted)
        words.append(said.text)
        tied |= said.tied
    if join:
        words.append(apart(join))
        tied[apart(join)] = _JOIN
    return Statement(" ".join(words), tied)


def _tree(
    tree: CausalTree, coverage: Coverage, steps: Mapping[str, int], terminal: Terminal, indent: str
) -> Iterator[str]:
    branch, last_branch, trunk = map(terminal.words, ("├─", "└─", "│"))
    waiting = [("0", tree.outcome, indent, indent)]
    while waiting:
        path, node, first, following = waiting.pop()
        covered = coverage.nodes[path]
        is_said = bool(covered.leaf or covered.actions or node.accepted)
        step = f"= answer {steps[path]}" if path in steps else ""
        said = _statement(terminal, covered, covered.node.label.text, is_said=is_said, join=step)
        yield from terminal.hanging(first, following, said.text, "bold" if path == "0" else "", said.tied)
        below = []
        for number, child in enumerate(node.children):
            is_last = number == len(node.children) - 1
            below.append(
                (
                    f"{path}.{number}",
                    child,
                    f"{following}{last_branch if is_last else branch} ",
                    f"{following}{' ' if is_last else trunk}  ",
                )
            )
        waiting.extend(reversed(below))


def _chain(
    whys: FiveWhys,
    covered: Sequence[NodeCoverage],
    in_tree: frozenset[int],
    terminal: Terminal,
    indent: str,
) -> Iterator[str]:
    wide = len(f"{len(whys.steps)}.")
    for number, (step, cover) in enumerate(zip(whys.steps, covered, strict=True)):
        is_last = number == len(whys.steps) - 1
        trunk = f"{indent}{'' if is_last else terminal.words('│')}".ljust(len(indent) + wide + 1)
        name = f"{indent}{f'{number + 1}.'.ljust(wide)} "
        question = terminal.words(step.question.text) or terminal.words("…")
        yield from terminal.hanging(name, trunk, question, "bold")
        if step.answer is None:
            yield from terminal.hanging(trunk, trunk, terminal.words("(no answer)"), "dim")
        else:
            # An answer counts for the chain: only the last one has a state of its own.
            is_said = bool(is_last or cover.actions or cover.node.accepted)
            join = "= in the tree" if number in in_tree else ""
            said = _statement(
                terminal, cover, answer_words(cover.node.label.text), is_said=is_said, join=join
            )
            yield from terminal.hanging(trunk, trunk, said.text, "", said.tied)
        if not is_last:
            yield terminal.paint(trunk.rstrip(), "dim")

"""Causal trees in Graphviz' language, written from the model alone: plain labels, classes instead of colours, no address."""

from __future__ import annotations

import graphviz

from afterword.derive.coverage import Coverage
from afterword.model.causes import CausalNode, CausalTree
from afterword.render.labels import node_id, node_text, state_slug, walk_paths
from afterword.render.wrap import columns

_GRAPH = {
    "bgcolor": "transparent",
    "nodesep": "0.18",
    "ordering": "out",
    "rankdir": "LR",
    "ranksep": "0.3",
}
# Arial is a face whose widths every engine knows; the page shows its own sans-serif, hence the wide margin.
_NODE = {
    "fontname": "Arial",
    "fontsize": "13",
    "height": "0.4",
    "margin": "0.16,0.09",
    "shape": "box",
}
_EDGE = {"dir": "none", "headport": "w", "tailport": "e"}
_GATE = {"fontsize": "10", "height": "0.3", "margin": "0.05,0.02", "shape": "oval", "width": "0.45"}
_COLUMN_INCHES = 6.6 / 72


def tree_dot(tree: CausalTree, coverage: Coverage) -> str:
    """Write a causal tree as DOT, left to right, the same bytes for the same tree and states.

    Nodes are named by `node_id`, gates stand between a node and its children as nodes of class `gate`. Classes are `outcome` or `factor`,
    `root-cause`, `leaf` and `state-…`.
    """
    gated = any(node.gate for node in tree.outcome.walk())
    texts = {path: node_text(path, node, coverage).lines for path, node in walk_paths(tree)}
    width = _inches(max(max(map(columns, lines)) for lines in texts.values()))
    graph = graphviz.Digraph("tree", graph_attr=_GRAPH, node_attr={**_NODE, "width": width}, edge_attr=_EDGE)
    for path, node in walk_paths(tree):
        name = node_id(path)
        graph.node(
            name,
            label=_label(texts[path]),
            id=name,
            peripheries="2" if node.root_cause else None,
            **{"class": " ".join(_classes(path, node, coverage))},
        )
        source = name
        if node.gate and node.children:
            source = f"gate{name[1:]}"
            graph.node(source, label=node.gate.value, id=source, **_GATE, **{"class": "gate"})
            graph.edge(name, source)
        # Children stand in one column per level, whether or not a gate stands before them.
        reach = "2" if gated and source == name else None
        for position in range(len(node.children)):
            graph.edge(source, node_id(f"{path}.{position}"), minlen=reach)
    return str(graph.source)


def _classes(path: str, node: CausalNode, coverage: Coverage) -> list[str]:
    found = ["outcome" if path == "0" else "factor"]
    if node.root_cause:
        found.append("root-cause")
    if not node.children:
        found.append("leaf")
    covered = coverage.nodes.get(path)
    if covered is not None:
        found.append(f"state-{state_slug(covered.state)}")
    return found


def _label(lines: tuple[str, ...]) -> str:
    r"""Escape the lines, so that `\N`, `&lt;` and `<b>` are text to the engine, and join them by its line break."""
    # Names of characters (`&amp;`) are resolved by the engine before anything is drawn.
    literal = (str(graphviz.escape(line)).replace("&", "&amp;") for line in lines)
    joined: str = graphviz.nohtml("\\n".join(literal))
    return joined


def _inches(most_columns: int) -> str:
    """Give the least width of the nodes of a tree: equal ones stand in straight columns.

    It is counted by us, since engines take characters that they have no measures for as blanks.
    """
    return f"{most_columns * _COLUMN_INCHES + 0.32:.2f}"

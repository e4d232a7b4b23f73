"""One notation for the trees of both parsers, so that they can be compared."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from afterword.model.markup import Kind, Node

Outline = tuple[object, ...]

_KINDS = {
    "paragraph": Kind.PARAGRAPH,
    "heading": Kind.HEADING,
    "bullet_list": Kind.LIST,
    "ordered_list": Kind.LIST,
    "list_item": Kind.ITEM,
    "blockquote": Kind.QUOTE,
    "fence": Kind.CODE_BLOCK,
    "code_block": Kind.CODE_BLOCK,
    "html_block": Kind.HTML_BLOCK,
    "hr": Kind.RULE,
    "table": Kind.TABLE,
    "tr": Kind.ROW,
    "th": Kind.CELL,
    "td": Kind.CELL,
    "text": Kind.TEXT,
    "softbreak": Kind.SOFT_BREAK,
    "hardbreak": Kind.HARD_BREAK,
    "code_inline": Kind.CODE,
    "html_inline": Kind.HTML,
    "em": Kind.EMPHASIS,
    "strong": Kind.STRONG,
    "s": Kind.STRIKE,
    "link": Kind.LINK,
    "image": Kind.IMAGE,
}
_WRAPPERS = {"inline", "thead", "tbody"}


def of_nodes(nodes: tuple[Node, ...]) -> Outline:
    """Outline our own tree."""
    return _joined([_of_node(node) for node in nodes])


def _of_node(node: Node) -> Outline:
    match node.kind:
        case Kind.HEADING:
            facts: Outline = (node.level,)
        case Kind.LIST:
            tight = node.tight or not _has_paragraphs(node)
            facts = (node.ordered, node.level if node.ordered else 0, tight)
        case Kind.CODE_BLOCK:
            facts = (node.info, node.text)
        case Kind.HTML_BLOCK:
            facts = (node.text.rstrip(),)
        case Kind.ROW:
            facts = (node.header,)
        case Kind.TABLE:
            facts = node.aligns
        case Kind.LINK | Kind.IMAGE:
            facts = (node.title,)
        case Kind.TEXT | Kind.CODE | Kind.HTML:
            facts = (node.text,)
        case _:
            facts = ()
    return (node.kind.value, facts, of_nodes(node.children))


def _has_paragraphs(node: Node) -> bool:
    return any(child.kind is Kind.PARAGRAPH for item in node.children for child in item.children)


def _is_tight(tree: SyntaxTreeNode) -> bool:
    return all(child.hidden for item in tree.children for child in item.children if child.type == "paragraph")


def of_markdown_it(text: str) -> Outline:
    """Outline what markdown-it-py reads."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return _of_trees(SyntaxTreeNode(parser.parse(text)).children)


def _of_trees(trees: list[SyntaxTreeNode]) -> Outline:
    made: list[Outline] = []
    for tree in trees:
        if tree.type in _WRAPPERS:
            made.extend(_of_trees(tree.children))  # type: ignore[arg-type]
        else:
            made.append(_of_tree(tree))
    return _joined(made)


def _of_tree(tree: SyntaxTreeNode) -> Outline:
    children = () if tree.type in {"text", "code_inline"} else _of_trees(tree.children)
    facts: Outline = ()
    match tree.type:
        case "heading":
            facts = (int(tree.tag[1]),)
        case "bullet_list":
            facts = (False, 0, _is_tight(tree))
        case "ordered_list":
            facts = (True, int(tree.attrs.get("start", 1)), _is_tight(tree))
        case "fence" | "code_block":
            facts = (tree.info.strip(), tree.content)
        case "html_block":
            facts = (tree.content.rstrip(),)
        case "tr":
            facts = (tree.children[0].type == "th",)
        case "table":
            styles = [str(cell.attrs.get("style", "")) for cell in tree.children[0].children[0].children]
            facts = tuple(style.removeprefix("text-align:") for style in styles)
        case "link" | "image":
            facts = (str(tree.attrs.get("title", "")),)
        case "text" | "code_inline" | "html_inline":
            facts = (tree.content,)
    return (_KINDS[tree.type].value, facts, children)


def _joined(outlines: list[Outline]) -> Outline:
    """Join neighbouring texts, which parsers cut where they like, and leave out empty ones."""
    made: list[Outline] = []
    for kind, facts, children in outlines:  # type: ignore[misc]
        if kind == "text" and made and made[-1][0] == "text":
            made[-1] = ("text", (made[-1][1][0] + facts[0],), ())  # type: ignore[index]
        elif kind != "text" or facts[0]:  # type: ignore[has-type]
            made.append((kind, facts, children))  # type: ignore[has-type]
    return tuple(made)

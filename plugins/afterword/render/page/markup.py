"""Markdown nodes as safe HTML: every text escaped, every address judged, raw HTML by an allow-list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import NamedTuple

from markupsafe import Markup

from afterword.check.links import is_remote
from afterword.derive.words.plain_text import plain_text
from afterword.model.markup import Kind, Node
from afterword.model.record import Postmortem
from afterword.render.page.headings import HeadingIds
from afterword.render.page.links import Links
from afterword.render.page.sanitise import RawHtml, balance
from afterword.render.page.site_page import TocEntry

NOTHING = Markup()
"""No text."""

_PARAGRAPH = Kind.PARAGRAPH
_HEADING = Kind.HEADING
_LIST = Kind.LIST
_ITEM = Kind.ITEM
_QUOTE = Kind.QUOTE
_ALERT = Kind.ALERT
_CODE_BLOCK = Kind.CODE_BLOCK
_HTML_BLOCK = Kind.HTML_BLOCK
_RULE = Kind.RULE
_TABLE = Kind.TABLE
_CELL = Kind.CELL
_FOOTNOTE = Kind.FOOTNOTE
_TEXT = Kind.TEXT
_SOFT_BREAK = Kind.SOFT_BREAK
_HARD_BREAK = Kind.HARD_BREAK
_CODE = Kind.CODE
_HTML = Kind.HTML
_LINK = Kind.LINK
_IMAGE = Kind.IMAGE
_FOOTNOTE_REF = Kind.FOOTNOTE_REF
_WRAPPED = {Kind.EMPHASIS: "em", Kind.STRONG: "strong", Kind.STRIKE: "del"}
_LANGUAGE = re.compile(r"[^\w+#.-]+")


@dataclass(slots=True)
class Notes:
    """The footnotes of one page: their numbers by name, and which of them have been referred to so far."""

    numbers: Mapping[str, int] = field(default_factory=dict)
    referred: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, record: Postmortem) -> Notes:
        """Number the footnotes of a record in the order in which its text first refers to them."""
        defined = [note.text for note in record.footnotes]
        if not defined:
            return cls()
        referred = [
            node.text for node in _in_order(record) if node.kind is Kind.FOOTNOTE_REF and node.text in defined
        ]
        return cls(
            {name: number for number, name in enumerate(dict.fromkeys([*referred, *defined]), start=1)}
        )


def _in_order(record: Postmortem) -> Iterator[Node]:
    """Yield all nodes as they are read: the text, then the footnotes, which may refer to others."""
    for block in record.preamble:
        yield from block.walk()
    for section in record.sections:
        for block in (section.heading, *section.blocks):
            yield from block.walk()
    for note in record.footnotes:
        yield from note.walk()


class _Context(NamedTuple):
    """What the nodes around a node make of it."""

    tight: bool = False
    in_link: bool = False
    head: bool = False


_PLAIN = _Context()
_TIGHT = _Context(tight=True)


class MarkupWriter:
    """Writes the Markdown of one page; ids and footnotes are counted over all that it is given, in that order.

    `outline` gathers the headings it has given an id.
    """

    def __init__(self, links: Links, headings: HeadingIds | None = None, notes: Notes | None = None) -> None:
        self._links = links
        self._headings = headings
        self._notes = notes or Notes()
        self._raw: RawHtml | None = None
        self._met_html = self._met_html_blocks = 0
        self.outline: list[TocEntry] = []

    def blocks(self, nodes: Sequence[Node], slots: Mapping[int, str] | None = None) -> Markup:
        """Write blocks; `slots` puts ready HTML in the place of the blocks at these positions, an empty one takes them out."""
        if not nodes:
            return NOTHING
        slots = slots or {}
        self._raw = None
        parts: list[str] = []
        before = self._met_html_blocks
        for position, node in enumerate(nodes):
            if position in slots:
                if slots[position]:
                    parts.append(f'<hr class="aw-slot-{position}">')
            elif written := self._write(node):
                parts.append(written)
        html = "\n".join(parts)
        if self._met_html_blocks != before:
            html = balance(html)
        # Raw HTML keeps no class: what looks like a slot is one.
        for position, ready in slots.items():
            html = html.replace(f'<hr class="aw-slot-{position}">', ready, 1)
        return Markup(html)  # noqa: S704 - written by us, see above

    def inlines(self, nodes: Sequence[Node]) -> Markup:
        """Write a line of text."""
        if not nodes:
            return NOTHING
        return Markup(self._line(nodes, _PLAIN))  # noqa: S704

    def footnotes(self, definitions: Iterable[Node]) -> Markup:
        """Write the footnotes as a list, each with the way back to where it is referred to."""
        items = []
        numbers = self._notes.numbers
        for note in sorted(definitions, key=lambda each: numbers.get(each.text, 0)):
            number = numbers.get(note.text, 0)
            back = (
                f' <a class="aw-footnote__back" href="#fnref-{number}" aria-label="back to the text">↩</a>'
                if note.text in self._notes.referred
                else ""
            )
            items.append(f'<li id="fn-{number}">{self.blocks(note.children)}{back}</li>')
        return Markup(f'<ol class="aw-footnotes">{"".join(items)}</ol>' if items else "")  # noqa: S704

    def _write(self, top: Node, context: _Context = _PLAIN) -> str:
        """Write a block without recursion into those inside it, since lists may be nested deeper than the interpreter's stack."""
        if top.kind is _PARAGRAPH:
            return self._paragraph(top, context)
        parts: list[str] = []
        waiting: list[tuple[Node, _Context] | str] = [(top, context)]
        while waiting:
            entry = waiting.pop()
            if isinstance(entry, str):
                parts.append(entry)
                continue
            node, around = entry
            if node.kind is _PARAGRAPH:
                parts.append(self._paragraph(node, around))
                continue
            opening, children, inside, closing = self._block(node, around)
            parts.append(opening)
            if closing:
                waiting.append(closing)
            if children:
                waiting += [(child, inside) for child in reversed(children)]
        return "".join(parts)

    def _block(self, node: Node, around: _Context) -> tuple[str, Sequence[Node], _Context, str]:
        """Give the opening of a block, what to write inside it, and its end."""
        kind = node.kind
        if kind is _ITEM:
            return f"<li>{task_box(node.checked)}", node.children, around, "</li>\n"
        if kind is _LIST:
            start = f' start="{node.level}"' if node.ordered and node.level != 1 else ""
            tasks = any(item.checked is not None for item in node.children)
            classes = ' class="aw-tasks"' if tasks else ""
            name = "ol" if node.ordered else "ul"
            inside = _TIGHT if node.tight else _PLAIN
            return f"<{name}{start}{classes}>\n", node.children, inside, f"</{name}>\n"
        if kind is _HEADING:
            return self._heading(node, around), (), _PLAIN, ""
        if kind is _CELL:
            return self._line(node.children, around), (), _PLAIN, ""
        if kind is _QUOTE:
            return "<blockquote>\n", node.children, _PLAIN, "</blockquote>\n"
        if kind is _ALERT:
            name = node.info if node.info.isalpha() else "note"
            title = escape(node.title or name.capitalize())
            opening = (
                f'<div class="aw-alert aw-alert--{escape(name)}"><p class="aw-alert__title">{title}</p>\n'
            )
            return opening, node.children, _PLAIN, "</div>\n"
        if kind is _CODE_BLOCK:
            return _code_block(node), (), around, ""
        if kind is _HTML_BLOCK:
            return self._html(node, inline=False), (), around, "\n"
        if kind is _RULE:
            return "<hr>\n", (), around, ""
        if kind is _TABLE:
            return self._table(node), (), around, ""
        if kind is _FOOTNOTE:
            self._meet(node.children)
            return "", (), around, ""
        return self._line((node,), around), (), around, ""

    def _paragraph(self, node: Node, around: _Context) -> str:
        line = self._line(node.children, around)
        return f"{line}\n" if around.tight else f"<p>{line}</p>\n"

    def _heading(self, node: Node, around: _Context) -> str:
        line = self._line(node.children, around)
        level = max(3, node.level)
        name = ""
        if self._headings:
            written = plain_text([node])
            anchor = self._headings.next(written)
            self.outline.append(TocEntry(anchor, written, level))
            name = f' id="{escape(anchor)}"'
        return f"<h{level}{name}>{line}</h{level}>\n"

    def _table(self, table: Node) -> str:
        """Write a table; short rows stay short, since padding lets a small text grow to megabytes."""
        head: list[str] = []
        body: list[str] = []
        for row in table.children:
            opening = '<th scope="col"' if row.header else "<td"
            cells = []
            for position, cell in enumerate(row.children):
                align = table.aligns[position] if position < len(table.aligns) else ""
                css = f' class="aw-{align}"' if align in ("center", "right") else ""
                cells.append(
                    f"{opening}{css}>{self._line(cell.children, _PLAIN)}</{'th' if row.header else 'td'}>"
                )
            (head if row.header else body).append(f"<tr>{''.join(cells)}</tr>\n")
        return (
            '<div class="aw-scroll" tabindex="0" role="region" aria-label="table"><table class="aw-table">\n'
            f"<thead>\n{''.join(head)}</thead>\n<tbody>\n{''.join(body)}</tbody>\n</table></div>\n"
        )

    def _line(self, nodes: Sequence[Node], around: _Context) -> str:
        """Write inline nodes; a line with raw HTML is balanced by itself."""
        if len(nodes) == 1 and nodes[0].kind is _TEXT:
            return _text(nodes[0].text)
        raw, self._raw = self._raw, None
        before = self._met_html
        html = "".join([self._inline(node, around) for node in nodes])
        self._raw = raw
        return balance(html) if self._met_html != before else html

    def _inline(self, node: Node, around: _Context) -> str:
        """Write one inline node; parsing keeps inlines shallow, so this may call itself."""
        kind = node.kind
        if kind is _TEXT:
            return _text(node.text)
        if kind is _SOFT_BREAK:
            return "\n"
        if kind is _HARD_BREAK:
            return "<br>\n"
        if kind is _CODE:
            return f"<code>{_text(node.text)}</code>"
        if kind in _WRAPPED:
            name = _WRAPPED[kind]
            return f"<{name}>{self._all(node.children, around)}</{name}>"
        if kind is _LINK:
            text = self._all(node.children, around._replace(in_link=True))
            if around.in_link:
                return text
            opening = self._link(node.url, node.title)
            return f"{opening}{text}</{'a' if opening.startswith('<a ') else 'span'}>"
        if kind is _IMAGE:
            self._meet(node.children)
            return self._image(node.url, plain_text(node.children), node.title, {}, around.in_link)
        if kind is _HTML:
            return self._html(node, inline=True)
        if kind is _FOOTNOTE_REF:
            return self._reference(node.text)
        return self._write(node, around)

    def _all(self, nodes: Sequence[Node], around: _Context) -> str:
        return "".join([self._inline(node, around) for node in nodes])

    def _html(self, node: Node, *, inline: bool) -> str:
        """Write raw HTML; elements may stay open until the end of the line or of the blocks."""
        self._meet((node,))
        if self._raw is None:
            self._raw = RawHtml(self._raw_link, self._image)
        return self._raw.write(node.text, inline=inline)

    def _meet(self, nodes: Sequence[Node]) -> None:
        """Count the raw HTML in nodes, so that what it stands in is balanced though it may not be written."""
        for node in nodes:
            for each in node.walk():
                if each.kind is _HTML_BLOCK:
                    self._met_html_blocks += 1
                if each.kind is _HTML_BLOCK or each.kind is _HTML:
                    self._met_html += 1

    def _link(self, url: str, title: str) -> str:
        address = self._links.href(url)
        if address is None:
            return '<span class="aw-dead" title="this link leads nowhere on the site">'
        return f'<a href="{escape(address)}"{_title(title)}{_rel(address)}>'

    def _raw_link(self, url: str, title: str) -> str:
        """Open a raw link; one without an address becomes an element that a closing tag ends as well."""
        address = self._links.href(url) if url else None
        if address is None:
            return "<a>"
        return f'<a href="{escape(address)}"{_title(title)}{_rel(address)}>'

    def _image(self, url: str, alt: str, title: str, sizes: Mapping[str, str], in_link: bool = False) -> str:
        address = self._links.href(url)
        if address is None:
            return (
                f'<span class="aw-dead" title="this image is not published">{escape(alt or "image")}</span>'
            )
        if not self._links.is_image_allowed(address):
            words = escape(alt or "image")
            if in_link:
                return words
            return f'<a class="aw-remote-image" href="{escape(address)}" rel="noopener">{words}</a>'
        measures = "".join(f' {key}="{escape(value)}"' for key, value in sizes.items())
        policy = ' referrerpolicy="no-referrer"' if is_remote(address) else ""
        return f'<img src="{escape(address)}" alt="{escape(alt)}"{_title(title)}{measures} loading="lazy"{policy}>'

    def _reference(self, name: str) -> str:
        number = self._notes.numbers.get(name)
        if number is None:
            return escape(f"[^{name}]", quote=False)
        place = "" if name in self._notes.referred else f' id="fnref-{number}"'
        self._notes.referred.add(name)
        return f'<sup{place}><a class="aw-footnote" href="#fn-{number}" aria-label="footnote {number}">{number}</a></sup>'


def _text(text: str) -> str:
    """Escape text; nearly all of it has nothing to escape."""
    return escape(text, quote=False) if "&" in text or "<" in text or ">" in text else text


def _title(title: str) -> str:
    return f' title="{escape(title)}"' if title else ""


def _rel(address: str) -> str:
    return ' rel="noopener"' if is_remote(address) else ""


def task_box(checked: bool | None) -> str:
    """Write the box of a task, nothing for an item that is none."""
    if checked is None:
        return ""
    words, sign = ("done", "☑") if checked else ("not done", "☐")
    return f'<span class="aw-task" role="img" aria-label="{words}">{sign}</span> '


def _code_block(node: Node) -> str:
    language = _LANGUAGE.sub("", node.info.split()[0])[:40] if node.info.split() else ""
    css = f' class="language-{escape(language)}"' if language else ""
    return f'<pre tabindex="0"><code{css}>{escape(node.text, quote=False)}</code></pre>\n'

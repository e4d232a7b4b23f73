"""The theme's shell as a form: rendered once for pages of a kind, and filled in for each.

Material's template takes milliseconds a page and says nearly the same each time. It is rendered once with marks in the place of what differs, and cut at them. A form is
used only after it gave the same bytes as the template itself for other pages of its kind, and is given up where it did not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote_plus

from jinja2 import Environment
from markupsafe import Markup
from markupsafe import escape as escape_again
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.toc import AnchorLink, TableOfContents

from afterword.mkdocs_plugin.others import own_templates
from afterword.mkdocs_plugin.pages import TITLE_ID, ArchiveFile, ArchivePage, address_of, toc_link
from afterword.mkdocs_plugin.shell import REPOSITORY, without_blank_lines
from afterword.mkdocs_plugin.shell_page import Shell, dressed, encoded, fill
from afterword.render.page.site_page import TocEntry

CHECKED = 2
"""Pages for which a form has to give what the template gives before it is believed."""

MARK = "awq{}zq"
"""What stands in the place of a text that differs; no template says it."""

_ANY_MARK = re.compile("awq[0-9]+zq")
_TOC_ITEM = "partials/toc-item.html"
_TWO = (TocEntry(MARK.format(11), MARK.format(11), 3), TocEntry(MARK.format(12), MARK.format(12), 3))

Change = Callable[[str], str]


def _same(text: str) -> str:
    return text


def _stripped(text: str) -> str:
    return str(Markup(text).striptags())  # noqa: S704 - as the theme's filter does it


def _stripped_and_escaped(text: str) -> str:
    return str(escape_again(_stripped(text)))


def _without_edit(text: str) -> str:
    """Give the address at which a source is looked at instead of edited."""
    return text.replace("blob" if "/blob/" in text else "edit", "raw")


TEXT: tuple[Change, ...] = (_same, _stripped, _stripped_and_escaped, quote_plus)
LINK: tuple[Change, ...] = (_same, _without_edit)
VERBATIM: tuple[Change, ...] = (_same,)
"""What a theme may do to a text before it prints it."""


@dataclass(frozen=True, slots=True)
class _Slot:
    name: str
    change: Change


@dataclass(frozen=True, slots=True)
class _Cut:
    """A text that was cut at its marks: the pieces between, one more than there are slots."""

    pieces: tuple[str, ...]
    slots: tuple[_Slot, ...]

    @staticmethod
    def of(text: str, marks: Mapping[str, tuple[str, Sequence[Change]]]) -> _Cut | None:
        """Cut a text; `marks` are the mark of each name and what may have been done to it. None where something else was."""
        found = {
            change(mark): _Slot(name, change)
            for name, (mark, changes) in marks.items()
            for change in reversed(changes)
        }
        split = re.split("(" + "|".join(map(re.escape, sorted(found, key=len, reverse=True))) + ")", text)
        pieces, slots = tuple(split[::2]), tuple(found[each] for each in split[1::2])
        return None if any(map(_ANY_MARK.search, pieces)) else _Cut(pieces, slots)

    def filled(self, values: Mapping[str, str]) -> str:
        """Give the text with values in the place of marks."""
        parts = [self.pieces[0]]
        for slot, piece in zip(self.slots, self.pieces[1:], strict=True):
            parts += (slot.change(values[slot.name]), piece)
        return "".join(parts)


@dataclass(slots=True)
class _Contents:
    """How the theme writes a table of contents: an entry, one with entries below it, and what stands between two entries of each level."""

    leaf: _Cut
    branch: _Cut
    between_below: str
    between: str = ""

    def written(self, entries: Sequence[TocEntry]) -> str:
        """Write entries of the first level."""
        return self.between.join(map(self.item, entries))

    def item(self, entry: TocEntry) -> str:
        """Write one entry with those below it."""
        values = {"id": entry.id, "entry": escape(entry.title)}
        if not entry.children:
            return self.leaf.filled(values)
        values["below"] = self.between_below.join(map(self.item, entry.children))
        return self.branch.filled(values)


@dataclass(slots=True)
class _Form:
    shell: _Cut
    contents: _Contents | None
    checked: int = 0

    def filled(self, page: ArchivePage, head: str) -> str:
        """Give a page in its shell."""
        made = page.made
        return self.shell.filled(
            {
                "title": page.meta["title"],
                "named": str(page.title),
                "description": page.meta["description"],
                "canonical": page.canonical_url or "",
                "edit": page.edit_url or "",
                "content": page.content or "",
                "head": head,
                "toc": self.contents.written(made.toc) if self.contents and made.toc else "",
            }
        )


def has_forms(config: MkDocsConfig) -> bool:
    """Tell whether the theme is Material as it comes: what a site's owner puts into its templates may look at anything."""
    owned = {name for name, _ in own_templates(config)} - config.theme.static_templates
    return config.theme.name == "material" and not owned


class Forms:
    """The forms of a site's pages by their kind; `say` is told which are given up."""

    def __init__(self, shell: Shell, say: Callable[[str], None]) -> None:
        self._shell, self._say = shell, say
        self._forms: dict[tuple[object, ...], _Form | None] = {}
        # The navigation shows its own pages in another way, and links to what lies below a page are written in another way.
        listed = [page.url for page in shell.listed]
        listed += [
            file.url
            for file in shell.files
            if not isinstance(file, ArchiveFile) or file.archive_page.nav_title is not None
        ]
        self._above = {"", *listed, *(folder for url in listed for folder in _folders(url))}

    def page(self, page: ArchivePage) -> bytes:
        """Make a page whole, from a form where one for its kind is believed."""
        fill(page, self._shell.config, self._shell.site)
        if not self._is_plain(page):
            return self._shell.page(page)
        kind = self._kind(page)
        form = self._forms.get(kind)
        head = self._shell.site.head(address_of(page))
        if form is not None and form.checked >= CHECKED:
            return encoded(form.filled(page, head))
        output = dressed(self._shell.rendered(page), page, self._shell.site)
        if kind not in self._forms:
            self._forms[kind] = self._made(page)
        elif form is not None and form.filled(page, head) == output:
            form.checked += 1
        elif form is not None:
            self._forms[kind] = None
            self._say(
                f"pages such as {page.file.dest_uri} differ in more than their texts: the theme's template is asked for each"
            )
        return encoded(output)

    def _is_plain(self, page: ArchivePage) -> bool:
        """Tell whether a page lies apart from the navigation, and has nothing that is looked for in the whole of it."""
        return (
            page.url not in self._above
            and page.previous_page is None
            and page.next_page is None
            and REPOSITORY not in (page.content or "")
            and all(map(_is_line, (str(page.title), page.meta["title"])))
            and "\n" not in page.meta["description"]
            and all(_is_line(entry.title) for entry in _each(page.made.toc))
        )

    def _kind(self, page: ArchivePage) -> tuple[object, ...]:
        folder = page.url.rstrip("/").rpartition("/")[0]
        edit = page.edit_url
        return (
            folder,
            id(self._shell.nav_of(page)),
            id(page.parent),
            bool(page.meta["description"]),
            page.canonical_url is None,
            (edit is None, "/blob/" in (edit or "")),
            _depth(page.made.toc),
            "<h1" in (page.content or ""),
        )

    def _made(self, page: ArchivePage) -> _Form | None:
        contents = _contents(self._shell.environment) if page.made.toc else None
        marks = {
            "title": (_text_mark(1), TEXT),
            "named": (_text_mark(2), TEXT),
            "description": (_text_mark(3), TEXT),
            "canonical": ("https://awq4zq.example/", VERBATIM),
            "edit": (
                "https://awq5zq.example/" + ("blob/" if "/blob/" in (page.edit_url or "") else "edit/"),
                LINK,
            ),
            "content": ("<h1 awq6zq" if "<h1" in (page.content or "") else "awq6zq", VERBATIM),
        }
        output = self._marked(
            page, {name: mark for name, (mark, _) in marks.items()}, _TWO if contents else ()
        )
        if contents is not None:
            written, contents.between = _between(output, *map(contents.item, _TWO))
            output = output.replace(written, MARK.format(7)) if written else output
            marks["toc"] = (MARK.format(7), VERBATIM)
        head = self._shell.site.head(address_of(page)) + "</head>"
        if output.count(head) != 1:
            return None
        marks["head"] = (MARK.format(9), VERBATIM)
        cut = _Cut.of(output.replace(head, MARK.format(9) + "</head>"), marks)
        return None if cut is None else _Form(cut, contents)

    def _marked(self, page: ArchivePage, marks: Mapping[str, str], entries: tuple[TocEntry, ...]) -> str:
        """Render the template with marks in the page's place; the page is as it was afterwards."""
        before = (page.meta, page.title, page.canonical_url, page.edit_url, page.content, page.toc)
        try:
            described = marks["description"] if page.meta["description"] else ""
            page.meta = {**page.meta, "title": marks["title"], "description": described}
            page.title, page.content = marks["named"], marks["content"]
            page.canonical_url = marks["canonical"] if page.canonical_url is not None else None
            page.edit_url = marks["edit"] if page.edit_url is not None else None
            page.toc = TableOfContents([toc_link(TocEntry(TITLE_ID, MARK.format(10), 1, entries))])
            return dressed(self._shell.rendered(page), page, self._shell.site)
        finally:
            page.meta, page.title, page.canonical_url, page.edit_url, page.content, page.toc = before


def _contents(environment: Environment) -> _Contents | None:
    """Learn how the theme writes the entries of a table of contents; what stands between those of the first level is not known here."""
    template = environment.get_template(_TOC_ITEM)
    marks = {"id": (MARK.format(1), VERBATIM), "entry": (_text_mark(2), TEXT)}

    def written(link: AnchorLink) -> str:
        return without_blank_lines(template.render(toc_item=link))

    def item(*below: TocEntry) -> str:
        link = toc_link(TocEntry(MARK.format(1), "", 2, below))
        link.title = _text_mark(2)
        return written(link)

    both, between = _between(item(*_TWO), *(written(toc_link(each)) for each in _TWO))
    leaf = _Cut.of(item(), marks)
    branch = _Cut.of(
        item(*_TWO).replace(both, MARK.format(5)), {**marks, "below": (MARK.format(5), VERBATIM)}
    )
    return _Contents(leaf, branch, between) if leaf and branch and both else None


def _between(output: str, first: str, second: str) -> tuple[str, str]:
    """Give two texts with what stands between them, and that alone; nothing where they do not stand there one after the other."""
    start = output.find(first)
    end = output.find(second, start + len(first))
    return (
        (output[start : end + len(second)], output[start + len(first) : end])
        if 0 <= start < end
        else ("", "")
    )


def _folders(url: str) -> Iterator[str]:
    while url := url.rstrip("/").rpartition("/")[0]:
        yield f"{url}/"


def _text_mark(number: int) -> str:
    """Give a mark that shows what was done to it: with an apostrophe, which each way of escaping writes in its own way."""
    return f"{MARK.format(number)}&#x27;{MARK.format(number)}"


def _is_line(text: str) -> bool:
    """Tell whether a text has no part in which lines are blank."""
    return "\n" not in text and bool(text.strip())


def _each(entries: Iterable[TocEntry]) -> Iterator[TocEntry]:
    for entry in entries:
        yield entry
        yield from _each(entry.children)


def _depth(entries: Iterable[TocEntry]) -> int:
    return max((1 + _depth(each.children) for each in entries), default=0)

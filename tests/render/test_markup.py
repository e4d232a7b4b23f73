"""Markdown nodes as HTML."""

from __future__ import annotations

import pytest

from afterword.model.archive import Archive
from afterword.model.settings import Settings
from afterword.parse.markdown.markdown import parse_blocks
from afterword.render.page.headings import HeadingIds
from afterword.render.page.links import Links
from afterword.render.page.markup import MarkupWriter
from tests.render.pages import archive_of

FILES = {
    "2026/2026-03-14-a.md": "---\ntitle: A\n---\n",
    "2025/2025-01-02-b.md": "---\ntitle: B\n---\n\n## Action items\n\n| ID | Action |\n|---|---|\n| A3 | x |\n",
}


def rendered(text: str) -> str:
    """Render Markdown as a part of the first record."""
    archive = archive_of(FILES, ("2026/graph.png", "2026/run.exe"))
    record = archive.find("2026-03-14-a")
    links = Links(
        archive, record, "postmortems/2026/2026-03-14-a/", {"postmortems/handbook/index.md": "handbook/"}
    )
    writer = MarkupWriter(links, HeadingIds.beside(("summary", "a3")))
    return str(writer.blocks(parse_blocks(text, 1)))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "a *b* **c** ~~d~~ `e<f`",
            "<p>a <em>b</em> <strong>c</strong> <del>d</del> <code>e&lt;f</code></p>",
        ),
        ("a\\\nb\nc", "<p>a<br>\nb\nc</p>"),
        ("- a\n  - b", "<ul>\n<li>a\n<ul>\n<li>b\n</li>\n</ul>\n</li>\n</ul>"),
        ("3. a", '<ol start="3">\n<li>a\n</li>\n</ol>'),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
        ("---", "<hr>"),
        ('```js x"y\n<b>\n```', '<pre tabindex="0"><code class="language-js">&lt;b&gt;\n</code></pre>'),
        (
            "> [!TIP]\n> a",
            '<div class="aw-alert aw-alert--tip"><p class="aw-alert__title">Tip</p>\n<p>a</p>\n</div>',
        ),
        (
            "- [x] a",
            '<ul class="aw-tasks">\n<li><span class="aw-task" role="img" aria-label="done">☑</span> a\n</li>\n</ul>',
        ),
        ("a&lt;b & c", "<p>a&lt;b &amp; c</p>"),
    ],
)
def test_each_kind_of_node(text: str, html: str) -> None:
    """Every kind of block and inline has its element, and its text is escaped."""
    assert rendered(text).strip() == html


def test_table_scrolls_by_itself() -> None:
    """A table stands in a focusable container, its columns aligned by class; short rows are not padded."""
    html = rendered("| a | b |\n|---|--:|\n| 1 |\n")
    assert '<div class="aw-scroll" tabindex="0" role="region"' in html
    assert '<th scope="col" class="aw-right">b</th>' in html
    assert html.count("<td") == 1


@pytest.mark.parametrize(
    ("target", "href"),
    [
        ("https://example.org/a?b&c", "https://example.org/a?b&amp;c"),
        ("//example.org", "https://example.org"),
        ("https:example.org/a", "https://example.org/a"),
        ("HTTP:/\\\\example.org\\\\a?b\\\\c", "http://example.org/a?b\\c"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("../2025/2025-01-02-b.md", "../../2025/2025-01-02-b/"),
        ("../2025/2025-01-02-b.md#A3", "../../2025/2025-01-02-b/#a3"),
        ("../handbook/index.md#x", "../../../handbook/#x"),
        ("graph.png", "../graph.png"),
        ("#summary", "#summary"),
    ],
)
def test_links_lead_to_the_site(target: str, href: str) -> None:
    """Links to records, ordinary pages and attachments become the way there; anchors of actions are in small letters."""
    assert f'<a href="{href}"' in rendered(f"[x]({target})")


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#10;script:alert(1)",
        "&#1;javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "gone.md",
        "run.exe",
        "/etc/passwd",
        "../../secret.png",
    ],
)
def test_links_that_lead_nowhere_are_text(target: str) -> None:
    """A scheme that is not allowed, and a file that is not published, give no link."""
    html = rendered(f"[x](<{target}>)")
    assert "href" not in html
    assert ">x</span>" in html


def test_remote_image_becomes_a_link() -> None:
    """No page loads an image from another host, whatever way it is written."""
    html = rendered(
        '![x](https://h.example/a.png) ![y](//h.example/b.png) <img src="http://h.example/c.png" alt="z">'
    )
    assert "<img" not in html
    assert html.count('class="aw-remote-image"') == 3


@pytest.mark.parametrize(
    "url",
    [
        "https:/evil.example//good.example/a.png",
        "http:evil.example//good.example/a.png",
        "https:\\evil.example//good.example/a.png",
        "https:///evil.example//good.example/a.png",
        "https://good.example@evil.example/a.png",
        "https://evil.example\\@good.example/a.png",
        "//evil.example?//good.example/a.png",
    ],
)
def test_no_spelling_makes_a_host_an_allowed_one(url: str) -> None:
    """The host that the settings are asked about is the one that browsers load the image from."""
    settings = Settings(image_hosts=("good.example",))
    links = Links(Archive(settings), None, "")
    address = links.href(url)
    assert address is not None
    assert address.startswith(("https://evil", "http://evil", "https://good.example@evil"))
    assert not links.is_image_allowed(address)
    assert links.is_image_allowed("https:/good.example//evil.example/a.png")


def test_hosts_may_be_those_of_a_domain() -> None:
    """A host of the settings may stand for all below it, or for one port; the domain itself is another host."""
    links = Links(Archive(Settings(image_hosts=("*.a.example", "b.example:8080"))), None, "")
    asked = (
        "https://x.a.example/i.png",
        "https://b.example:8080/i.png",
        "https://a.example/i.png",
        "https://b.example/i.png",
        "https://xa.example/i.png",
    )
    assert [links.is_image_allowed(each) for each in asked] == [True, True, False, False, False]


def test_local_image_is_shown() -> None:
    """An attachment is shown as an image with its description."""
    assert '<img src="../graph.png" alt="a &quot;b&quot;" loading="lazy">' in rendered('![a "b"](graph.png)')


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Background & more", "background--more"),
        ("__config", "h-__config"),
        ("Summary", "h-summary"),
        ("A3", "h-a3"),
        ("aw-related", "h-aw-related"),
        ("n-0", "h-n-0"),
        ("exports", "h-exports"),
    ],
)
def test_heading_ids_keep_clear_of_ours(heading: str, anchor: str) -> None:
    """A heading has GitHub's slug, with `h-` before it where that would meet an id of the page or of the theme."""
    assert f'id="{anchor}"' in rendered(f"### `{heading}`")


def test_second_heading_of_a_name_has_a_number() -> None:
    """Two headings of one text have two ids, as on GitHub."""
    html = rendered("### a\n\n### a\n")
    assert 'id="a"' in html
    assert 'id="a-1"' in html

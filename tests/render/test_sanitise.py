"""Raw HTML and SVG of authors."""

from __future__ import annotations

import re
import time

import pytest

from afterword.render.page.attachments import safe_attachment
from tests.render.test_markup import rendered

HOSTILE = [
    "<script>alert(1)</script>",
    "a <script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "a <img src='x' onerror=alert(1)>",
    "<svg onload=alert(1)><circle/></svg>",
    "<iframe src='https://e.example'></iframe>",
    "<object data=x></object><embed src=x>",
    "<form action=/x><input name=q><button>go</button></form>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='java&#9;script:alert(1)'>x</a>",
    '<a href="&#1;javascript:alert(1)">x</a>',
    "<div id=__config class=md-header style='position:fixed' data-md-state=x name=y>x</div>",
    "<b onclick=alert(1)>x</b>",
    "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    '<p title="</p><script>alert(1)</script>">x</p>',
    "<!--><script>alert(1)</script>-->",
    "<style>body{display:none}</style>",
    "<base href=https://e.example><meta http-equiv=refresh content=0>",
    "<link rel=stylesheet href=//e.example>",
]


def inert(html: str) -> bool:
    """Tell whether nothing in some HTML can run, load, submit or take the page's names over."""
    tags = re.findall(r"<[a-zA-Z][^>]*>", html)
    bad = re.compile(
        r"<(?:script|style|iframe|object|embed|form|input|button|svg|math|base|meta|link)\b"
        r"|\son\w+\s*=|javascript:|\sstyle=|\sname=|\sdata-md|id=\"__",
        re.IGNORECASE,
    )
    return not any(bad.search(tag) for tag in tags)


@pytest.mark.parametrize("html", HOSTILE)
@pytest.mark.parametrize("around", ["{}", "- {}", "> {}", "| a |\n|---|\n| {} |", "x {} y"])
def test_hostile_html_is_inert(html: str, around: str) -> None:
    """No raw HTML keeps a script, an event, a form, a style or a name, wherever it stands."""
    assert inert(rendered(around.format(html.replace("|", "\\|"))))


def test_details_may_span_blocks() -> None:
    """An element opened in one block and closed in another holds what lies between."""
    html = rendered("<details open><summary>More</summary>\n\n- a\n\n</details>\n")
    assert re.fullmatch(
        r'<details open=""><summary>More</summary>\s*<ul>\s*<li>a\s*</li>\s*</ul>\s*</details>\s*', html
    )


def test_unclosed_and_surplus_tags_stay_inside() -> None:
    """What is not closed ends with its fragment, what closes nothing disappears."""
    html = rendered("</div></section></td><div><b>\n\nx\n")
    assert html.count("<div") == html.count("</div") == 1
    assert "</section" not in html


@pytest.mark.parametrize("piece", ["<div>", "<b>", "<a '\"", "<script>", "<b><p>", "<!--", "<details>"])
def test_heaps_of_tags_are_quick(piece: str) -> None:
    """Tens of thousands of tags neither hang nor grow the page."""
    begun = time.process_time()
    html = rendered(piece * 20_000)
    assert time.process_time() - begun < 5
    assert len(html) < 500_000


def test_bidirectional_override_from_an_entity_is_dropped() -> None:
    """A character that turns text around does not come back through an entity in raw HTML."""
    assert "\u202e" not in rendered("<div>a&#x202e;b</div>")


SVG = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="alert(1)" viewBox="0 0 9 9">
<script>alert(1)</script><style>@import url(//e.example)</style><foreignObject><p>x</p></foreignObject>
<a xlink:href="javascript:alert(1)"><text>kept</text></a><image href="https://e.example/x.png"/>
<use href="//e.example/x.svg#a"/><use href="#local"/><animate attributeName="href" values="javascript:alert(1)"/>
<rect fill="url(#g)" style="stroke: red; fill: url(https://e.example)" onclick="alert(1)"/></svg>"""


def test_svg_keeps_its_shapes_only() -> None:
    """A drawing keeps shapes, text and local references, and loses all that runs or loads."""
    made = safe_attachment("a.SVG", SVG.encode()).decode()
    assert inert(made.replace("<svg", "<g", 1))
    assert "e.example" not in made
    assert "foreignObject" not in made
    assert "kept" in made
    assert '<use href="#local" />' in made
    assert '<rect fill="url(#g)" stroke="red" />' in made


@pytest.mark.parametrize(
    "content",
    [
        b"<svg",
        b"",
        b"\xff\xfe\x00",
        b"<html/>",
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
    ],
)
def test_broken_svg_says_so(content: bytes) -> None:
    """A drawing that cannot be read becomes one that says it is not shown."""
    assert b"not shown: a.svg" in safe_attachment("x/a.svg", content)


def test_other_attachments_stay_as_they_are() -> None:
    """Only drawings are rewritten."""
    assert safe_attachment("a.txt", b"<svg onload=x>") == b"<svg onload=x>"

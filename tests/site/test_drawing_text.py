"""Text in drawings, measured by a real browser: it stays in its box, and is read in its own direction."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from afterword.render.picture.drawing import standalone
from afterword.render.picture.sketch import TEXT_SIZE, sketch
from afterword.render.picture.svg import dress
from afterword.render.text.text_width import text_width
from tests.conftest import REPOSITORY
from tests.render.drawn_trees import HOSTILE, labelled, laid_out, sketched, tree_of

LABELS = (
    "The connection pool of the payments service was exhausted within four minutes",
    "WWWWWWWW MMMMMMMM WAVE AVATAR To Ty iiiiiiiiiiiiiiiiiiiiii",
    "Ångström café naïve Łódź Ünterföhring ¿dónde?",
    "Служба оплаты недоступна из-за исчерпания пула соединений",
    "Η υπηρεσία πληρωμών δεν ανταποκρίνεται",
    "データベースが応答しなくなったため、すべてのリクエストが失敗した。",
    "支付服务在部署版本 4.2 之后无法使用",
    "결제 서비스가 응답하지 않았습니다",
    "שירות התשלומים (API v2) נפל אחרי deploy של גרסה 4.2",
    "تعطلت خدمة الدفع بعد نشر الإصدار 4.2 (API)",
    "🔥🔥 the database 👩‍👩‍👧‍👦 burned ⚠️ 🇩🇪 👍🏽",
    "e\u0301\u0302 Z\u0337a\u0337l\u0337g\u0337o\u0337 a\u0308o\u0308u\u0308",
    "https://dashboards.example/d/abcdefghijklmnop/checkout-latency?orgId=1&from=1699999999&to=1700000000",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "connection_pool_maximum_size_of_the_payments_service_in_production",
)
OUTSIDE = """() => [...document.querySelectorAll("g.aw-node")].flatMap((node) => {
  const box = node.querySelector("rect").getBBox();
  return [...node.querySelectorAll("text")].filter((text) => {
    const its = text.getBBox();
    return its.x < box.x + 3 || its.x + its.width > box.x + box.width - 3 || its.y < box.y || its.y + its.height > box.y + box.height;
  }).map((text) => text.textContent);
})"""

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """Give one page for all drawings."""
    made = browser.new_page()
    yield made
    made.close()


def shown(page: Page, labels: tuple[str, ...], style: str = "") -> None:
    """Show a tree whose leaves have these labels, each with an action."""
    root = labelled("Outcome", children=tuple(labelled(each, actions=("A1", "A22")) for each in labels))
    drawing = sketch(*tree_of(root))
    svg = dress(drawing, laid_out(drawing), lambda ref: f"#{ref.id}")
    assert svg is not None
    page.set_content(
        f"<style>{style}</style><div class='md-typeset'><div class='aw-drawing'>{svg}</div></div>"
    )


@pytest.mark.parametrize("labels", [LABELS, HOSTILE[:-1]], ids=["scripts", "hostile"])
def test_no_text_leaves_its_box(page: Page, labels: tuple[str, ...]) -> None:
    """Whatever the script, each line lies within the frame of its node, in the page's style and without any."""
    css = REPOSITORY / "plugins/afterword/render/assets/css/30-tree.css"
    theme = ".md-typeset { font: 20px/2 monospace; letter-spacing: 3px }"
    for style in ("", theme + css.read_text(encoding="utf-8")):
        shown(page, labels, style)
        assert page.evaluate(OUTSIDE) == []


def test_lines_are_as_wide_as_measured(page: Page) -> None:
    """For the scripts that the faces have, our table and the browser agree, but for letters that are moved together."""
    shown(page, LABELS[:5])
    lines: list[tuple[str, float]] = page.evaluate(
        "() => [...document.querySelectorAll('.aw-node__text text')].map((text) => [text.textContent, text.getComputedTextLength()])"
    )
    assert len(lines) > 12
    for text, width in lines:
        measured = text_width(text) * TEXT_SIZE
        assert width - 0.5 <= measured <= width * 1.06 + 0.5, text


def test_text_is_read_in_its_direction(page: Page) -> None:
    """The first word of a Hebrew statement stands at the right, also where a Latin name follows; the state below it does not turn."""
    shown(page, (LABELS[8],))
    first, last, state = page.evaluate(
        """() => {
          const [node] = document.querySelectorAll('#svg-n-0-0');
          const at = (text, number) => text.getStartPositionOfChar(number).x;
          const line = node.querySelector('.aw-node__text text');
          const note = node.querySelector('.aw-node__note text');
          return [at(line, 0), at(line, line.textContent.length - 1), at(note, 0) < at(note, note.textContent.length - 1)];
        }"""
    )
    assert first > last
    assert state


def test_the_file_is_drawn_by_itself(page: Page, tmp_path: Path) -> None:
    """A drawing that is opened as a file has its colours, its gates and its links."""
    drawing = sketched("Outcome (AND)\n  Cause -> A1 = open\n  Other (OR)\n    One\n    Two")
    svg = dress(drawing, laid_out(drawing), lambda ref: f"./#{ref.id}", "./")
    assert svg is not None
    file = tmp_path / "tree.svg"
    file.write_text(standalone(svg), encoding="utf-8")
    page.goto(file.as_uri())
    fills = page.evaluate(
        "() => [...document.querySelectorAll('.aw-gate path')].map((each) => getComputedStyle(each).fill)"
    )
    assert fills == ["rgb(255, 255, 255)"] * 2
    assert page.evaluate("() => document.querySelector('#svg-n-0-0 a').href.baseVal") == "./#n-0-0"
    assert page.evaluate(OUTSIDE) == []

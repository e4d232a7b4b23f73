"""Words of scripts that are read from right to left, beside words of ours."""

from __future__ import annotations

import pytest

from afterword.render.words.direction import has_right_to_left, isolated
from tests.render.pages import page_of


@pytest.mark.parametrize("text", ["שירות ה-checkout נפל", "the checkout نفد", "1. خطأ"])
def test_text_read_from_right_to_left_is_isolated(text: str) -> None:
    """Such a text has its own direction, and its markup is escaped."""
    assert has_right_to_left(text)
    assert isolated(f"{text} <") == f"<bdi>{text} &lt;</bdi>"


@pytest.mark.parametrize("text", ["plain", "naïve café", "データベース", "👍🏽 – “so”"])
def test_other_text_stays_as_it_is(text: str) -> None:
    """Nothing is put around text of other scripts: pages of thousands of lines stay small."""
    assert isolated(text) == text


def test_marks_keep_their_places_beside_every_statement() -> None:
    """Nodes, answers, factors, events and reasons are isolated, the marks beside them are not."""
    html = page_of(
        "\n## Timeline\n\n| Time (UTC) | Event |\n|---|---|\n| 14:03 | [TRIGGER] بدأ 4.2 |\n"
        "\n## Contributing factors\n\n- عامل واحد (root cause)\n"
        "\n## Root cause analysis\n\nMethod: hybrid\n\n- نتيجة (AND)\n  - سبب -- accepted: التكلفة (قائد, 2030-01-01)\n"
        "\n1. لماذا؟\n   Because سبب\n2. Why?\n   Because x\n3. Why?\n   Because y\n"
    ).html
    assert "</span> <bdi>بدأ 4.2</bdi></td>" in html
    assert '<bdi>عامل واحد</bdi> <span class="aw-root">' in html
    assert '<b><bdi>نتيجة</bdi></b> <span class="aw-gate-word' in html
    assert "<bdi>التكلفة</bdi>" in html
    assert "(<bdi>قائد</bdi>," in html
    assert "<bdi>لماذا؟</bdi>" in html

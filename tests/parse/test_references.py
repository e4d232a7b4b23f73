"""Links and images that point beside the record."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.model.record import Reference
from afterword.model.span import Span
from afterword.parse.markdown.markdown import parse_body
from afterword.parse.markdown.references import read_references


def read(text: str) -> tuple[Reference, ...]:
    """Read a drawing."""
    return read_references(parse_body(text, 1).notable)


def test_relative_links_and_images_are_references() -> None:
    """They are found at any depth, with their place."""
    found = read(
        "See [log](logs/a.txt#top)\n\n- item\n  - ![graph](../g.png)\n\n| a |\n|---|\n| [b][r] |\n\n[r]: /x.md\n"
    )
    assert found == (
        Reference("logs/a.txt#top", Span(1, 5, 1, 26)),
        Reference("../g.png", Span(4, 5, 4, 23), image=True),
        Reference("/x.md", Span(8, 3, 8, 9)),
    )


def test_a_linked_image_is_two_references() -> None:
    """The image and what it links to are both expected to be there."""
    assert [each.target for each in read("[![a](a.png)](a.csv)\n")] == ["a.csv", "a.png"]


def test_addresses_of_elsewhere_and_of_the_page_are_none() -> None:
    """Scheme, host and fragment alone make no reference, nor does code."""
    text = "[a](https://x.example) [b](//x.example/y) [c](#h) [d](mailto:x@y.example) <https://x.example> `[e](e.md)` [f]()"
    assert read(text) == ()


def test_hidden_schemes_are_none() -> None:
    """Blanks and backslashes do not turn an address of elsewhere into a relative one."""
    assert read("[a](<java script:alert(1)>) [b](&#x09;//x.example) [c](</\\x.example>)\n") == ()


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="[]()!<>#/\\:. a\n&;", max_size=60))
def test_nothing_raises(text: str) -> None:
    """Any text gives references that lie in it."""
    assert all(each.span.line <= text.count("\n") + 1 for each in read(text))

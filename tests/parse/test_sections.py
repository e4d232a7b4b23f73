"""The body cut into sections."""

from __future__ import annotations

from afterword.model.finding import Finding
from afterword.model.markup import Node
from afterword.model.record import Section
from afterword.model.settings import Settings
from afterword.model.span import Span
from afterword.parse.markdown.lexicon import Lexicon
from afterword.parse.markdown.markdown import parse_blocks
from afterword.parse.sections import read_sections
from afterword.parse.source.slugs import github_slug

Cut = tuple[tuple[Node, ...], tuple[Section, ...], tuple[Node, ...], tuple[str, ...], tuple[Finding, ...]]


def cut(text: str, title: str = "") -> Cut:
    """Read the sections of a drawing."""
    lines = text.split("\n")
    end = Span.at(len(lines), len(lines[-1]) + 1)
    return read_sections(parse_blocks(text, 1), lines, Lexicon.of(Settings()), title, end)


def said(findings: tuple[Finding, ...]) -> list[tuple[int, str]]:
    """Give lines and rules."""
    return [(finding.span.line, finding.rule) for finding in findings]


def test_sections_are_known_by_their_aliases() -> None:
    """Key, number, note, blocks and reach of each section are read; what stands before the first is the preamble."""
    preamble, sections, _, _, findings = cut(
        "Intro\n\n## TL;DR\n\nIt broke.\n\n### Detail\n\n## 4. Timeline (UTC)\n\nx\n"
    )
    assert len(preamble) == 1
    summary, timeline = sections
    assert (summary.key, summary.title, summary.number, summary.slug, len(summary.blocks)) == (
        "summary",
        "TL;DR",
        2,
        "tldr",
        2,
    )
    assert (timeline.key, timeline.note, timeline.slug) == ("timeline", "UTC", "4-timeline-utc")
    assert summary.span == Span(3, 1, 9, 1)
    assert timeline.span == Span(9, 1, 12, 1)
    assert not findings


def test_headings_in_lists_and_quotes_open_nothing() -> None:
    """Only top-level headings are sections, but nested ones take part in the numbering of slugs."""
    _, sections, *_ = cut("> ## Impact\n\n- ## Impact\n\n## Impact\n\nx\n")
    assert [(section.key, section.slug) for section in sections] == [("impact", "impact-2")]


def test_a_second_section_of_a_name_is_kept() -> None:
    """The second is marked and reported at its heading, and has a slug of its own."""
    _, sections, _, _, findings = cut("## Impact\n\n## Customer impact\n\n## Impact\n")
    assert [(section.key, section.duplicate, section.slug) for section in sections] == [
        ("impact", False, "impact"),
        ("impact", True, "customer-impact"),
        ("impact", True, "impact-1"),
    ]
    assert said(findings) == [(3, "duplicate-section"), (5, "duplicate-section")]


def test_a_section_at_another_level_is_read_and_reported() -> None:
    """H1 and H3 of a section's name are meant as the section; the hint is the heading to write."""
    _, sections, _, _, findings = cut("# Summary\n\nx\n\n## Lessons learned\n\n### What went well\n\n- a\n")
    assert [(section.key, section.level) for section in sections] == [
        ("summary", 1),
        ("lessons", 2),
        ("went-well", 3),
    ]
    assert said(findings) == [(1, "section-level"), (7, "section-level")]
    assert findings[0].hint == "write `## Summary`"


def test_sub_headings_with_a_sections_name_are_legitimate() -> None:
    """An H3 is a sub-heading where the section stands as H2, and where the section is only an optional one."""
    _, sections, _, _, findings = cut("## Impact\n\n## Action items\n\n### Impact\n\n### Detection\n\nx\n")
    assert [section.key for section in sections] == ["impact", "actions"]
    assert not findings


def test_the_fewest_sections_are_out_of_order() -> None:
    """One section that stands too early is one finding, not one for each that follows."""
    _, *_, findings = cut("## Lessons learned\n\n## Background\n\n## Summary\n\n## Impact\n\n## Timeline\n")
    assert said(findings) == [(1, "section-order")]
    assert findings[0].message == "section 'Lessons learned' stands out of order, expected after 'Timeline'"


def test_an_unknown_section_is_a_hint_with_a_guess() -> None:
    """A near miss is named; a section of its own kind is told without one."""
    _, sections, _, _, findings = cut("## Timelin\n\n## Vendor notes\n\n## Timeline (UTC) 1 to 2 May\n")
    assert [section.key for section in sections] == ["", "", ""]
    assert said(findings) == [(1, "unknown-section"), (3, "unknown-section"), (5, "unknown-section")]
    assert [finding.hint for finding in findings] == [
        "write `## Timeline`",
        None,
        "write `## Timeline (UTC)`",
    ]


def test_the_title_may_be_repeated_once() -> None:
    """An H1 equal to the title is left out; another is a finding and stays."""
    preamble, sections, _, _, findings = cut(
        "# The *pool* ran dry\n\n# Other\n\n## Summary\n\nx\n", "The pool ran dry"
    )
    assert len(preamble) == 1
    assert sections[0].slug == "summary"
    assert said(findings) == [(3, "extra-title")]
    assert said(cut("# The pool ran out\n", "The pool ran dry")[-1]) == [(1, "extra-title")]
    assert said(cut("# The pool ran dry (EU)\n", "The pool ran dry (US)")[-1]) == [(1, "extra-title")]
    assert said(cut("# The pool ran dry (*US*).\n", "The pool ran dry (US)")[-1]) == []


def test_footnotes_belong_to_no_section() -> None:
    """Definitions are taken out wherever they stand."""
    _, sections, footnotes, *_ = cut("## Summary\n\nx[^1]\n\n[^1]: note\n\n## Impact\n\ny\n")
    assert len(footnotes) == 1
    assert [len(section.blocks) for section in sections] == [1, 1]


def test_slugs_are_githubs() -> None:
    """Punctuation goes, blanks become hyphens one by one, taken slugs are numbered without meeting each other."""
    seen: dict[str, int] = {}
    slugs = [github_slug(text, seen) for text in ("A & B", "A", "A", "A-1", "A", "Ünïcode_x 🎉", "")]
    assert slugs == ["a--b", "a", "a-1", "a-1-1", "a-2", "ünïcode_x-", ""]


def test_an_empty_heading_is_a_section_without_name() -> None:
    """Nothing in a heading still cuts the text."""
    _, sections, _, _, findings = cut("##\n\nx\n")
    assert (sections[0].title, sections[0].key) == ("", "")
    assert said(findings) == [(1, "unknown-section")]


def test_anchors_of_emoji_codes_are_their_names() -> None:
    """As on GitHub: `:tada:` is `tada`, the sign itself is nothing."""
    text = "## :tada: Launch\n\n## 🎉 Launch\n"
    lines = text.split("\n")
    _, sections, *_ = read_sections(
        parse_blocks(text, 1), lines, Lexicon.of(Settings()), "", Span(5, 1, 5, 1)
    )
    assert [section.slug for section in sections] == ["tada-launch", "-launch"]

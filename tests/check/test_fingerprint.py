"""Fingerprints: the same for the same fault when lines move, another for another fault."""

from __future__ import annotations

from afterword.check.fingerprint import LENGTH, fingerprints, identity
from afterword.model.finding import Finding
from afterword.model.span import START, Span

LINES = ("# Title", "", "We should have looked.", "We should have looked.", "| A1 | – |")


def _lines(path: str) -> tuple[str, ...]:
    return LINES


def _at(
    line: int, column: int = 4, length: int = 11, rule: str = "should-have", message: str = "m"
) -> Finding:
    return Finding(rule, message, Span.at(line, column, length), path="a.md")


def test_a_moved_line_keeps_its_fingerprint() -> None:
    """Three lines before it, indented, and said in another way: the same finding."""
    moved = ("", "", "", *(f"   {line}" for line in LINES))
    before = fingerprints([_at(3)], _lines)
    after = fingerprints([_at(6, 7, message="other words")], lambda path: moved)
    assert before == after


def test_rule_path_and_text_tell_findings_apart() -> None:
    """Another rule, another file or another text below it is another finding."""
    other_file = Finding("should-have", "m", Span.at(3, 4, 11), path="b.md")
    found = [_at(3), _at(3, rule="hindsight"), other_file, _at(3, 1, 2)]
    assert len(set(fingerprints(found, _lines))) == 4


def test_equal_findings_are_counted_from_the_top() -> None:
    """Two of one text have two fingerprints, whatever the order they are given in; when the second goes, the first stays what it was."""
    first, second = fingerprints([_at(3), _at(4)], _lines)
    assert first != second
    assert fingerprints([_at(4), _at(3)], _lines) == (second, first)
    assert fingerprints([_at(3)], _lines) == (first,)
    assert identity(_at(3), LINES) == identity(_at(4), LINES)


def test_what_is_missing_is_known_by_its_message() -> None:
    """It points at nothing: what is said tells it apart, and counts in it do not."""
    section, other, later = (
        Finding("missing-section", message, START)
        for message in (
            "no section 'Impact' in 9 lines",
            "no section 'Summary' in 9 lines",
            "no section 'Impact' in 12 lines",
        )
    )
    assert identity(section, LINES) == identity(later, LINES)
    assert identity(section, LINES) != identity(other, LINES)


def test_numbers_that_name_something_count() -> None:
    """Actions A1 and A2, and two days, are different things."""
    names = [f"{what} is missing" for what in ("A1", "A2", "2026-03-14", "2026-03-15", "'10'", "'11'")]
    known = {identity(Finding("unknown-action", name, START), LINES) for name in names}
    assert len(known) == len(names)


def test_a_mark_alone_tells_nothing() -> None:
    """A dash in a cell is no text to know a finding by: its message is taken."""
    dash = [
        _at(5, 8, 1, "incomplete-action", message) for message in ("A1 has no owner", "A1 has no due date")
    ]
    assert identity(dash[0], LINES) != identity(dash[1], LINES)


def test_places_outside_the_file_do_not_fail() -> None:
    """A file that cannot be read has no lines; its findings have fingerprints all the same."""
    found = fingerprints([_at(900), _at(1, 500)], lambda path: ())
    assert len(set(found)) == 2
    assert len(identity(_at(900), ())) == LENGTH

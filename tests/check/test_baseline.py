"""The file of known findings: one finding a line, the same bytes every time, and plain words for what is no baseline."""

from __future__ import annotations

import dataclasses

import pytest

from afterword.check.baseline import BadBaselineError, baseline_text, read_baseline
from afterword.check.known import Known, fixed, following, may_be_known, part, tally
from afterword.model.finding import Finding, Level, Nature
from afterword.model.span import START, Span

ONE = Known("0123456789abcdef", "missing-field", Level.ERROR, "no `severity`")
TWO = Known("fedcba9876543210", "bad-time", Level.WARNING, "'25:00' \u202e is no time", 2)
TEXT = """\
{
  "format": 1,
  "findings": {
    "postmortems/a.md": [
      {"rule": "bad-time", "level": "warning", "id": "fedcba9876543210", "count": 2, "message": "'25:00' \\u202e is no time"},
      {"rule": "missing-field", "level": "error", "id": "0123456789abcdef", "message": "no `severity`"}
    ],
    "postmortems/b.md": [
      {"rule": "missing-field", "level": "error", "id": "0123456789abcdef", "message": "no `severity`"}
    ]
  }
}
"""


def test_the_file_has_a_line_for_each_finding() -> None:
    """Sorted by path, rule and message; what a terminal would obey is escaped; reading gives back what was written."""
    known = {"postmortems/b.md": {ONE.id: ONE}, "postmortems/a.md": {ONE.id: ONE, TWO.id: TWO}, "c.md": {}}
    assert baseline_text(known) == TEXT
    assert baseline_text(read_baseline(TEXT)) == TEXT
    assert read_baseline(baseline_text({})) == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is no JSON (line 1, column 1"),
        ("[1, 2", "is no JSON (line 1, column 6"),
        ("[" * 100_000, "is no JSON that can be read"),
        ("[]", "expected an object with `format` and `findings`"),
        ('{"findings": {}}', "expected an object with `format`"),
        ('{"format": 2, "findings": []}', "format 2, which is newer than this version reads, expected 1"),
        ('{"format": 1}', "no object for findings"),
        ('{"format": 1, "findings": {"a.md": {}}}', "no list of findings for a.md"),
        ('{"format": 1, "findings": {"a.md": [3]}}', "no object for finding 1 of a.md"),
        (
            '{"format": 1, "findings": {"a.md": [{"id": "x"}]}}',
            "no `id`, `rule` or `level` in finding 1 of a.md",
        ),
        (TEXT.replace('"count": 2', '"count": 0'), "the count 0 in finding 1 of postmortems/a.md"),
        (TEXT.replace('"warning"', '"loud"'), "no `id`, `rule` or `level`"),
        (f"<<<<<<< HEAD\n{TEXT}", "marks of a merge conflict"),
    ],
)
def test_what_is_no_baseline_is_said_plainly(text: str, said: str) -> None:
    """Whatever the file holds, the reason names what is wrong and what to run."""
    with pytest.raises(BadBaselineError) as raised:
        read_baseline(text)
    assert said in str(raised.value)
    assert "afterword check --" in str(raised.value) or "install a newer" in str(raised.value)


def test_an_entry_that_a_merge_doubled_counts_once() -> None:
    """Both sides kept the line: that is no room for a second finding."""
    line = '{"rule": "r", "level": "error", "id": "i", "message": "m"}'
    read = read_baseline(f'{{"format": 1, "findings": {{"a.md": [{line}, {line}]}}}}')
    assert read["a.md"]["i"].count == 1


LINES = ("We should have looked.", "", "We should have looked.", "Other words.")


def _lines(path: str) -> tuple[str, ...]:
    return LINES


def _at(
    line: int, level: Level = Level.WARNING, path: str = "a.md", nature: Nature = Nature.WARNING
) -> Finding:
    return Finding("should-have", "m", Span.at(line, 4, 11), nature, path=path, level=level)


def test_more_than_is_known_is_new() -> None:
    """Of two equal findings one is known: the other is told, the last unless another place changed."""
    first, second = _at(1), _at(3)
    known = tally([first], _lines)
    assert part([first, second], known, _lines).new == (second,)
    assert part([first, second], known, _lines, lambda finding: finding is first).new == (first,)
    assert part([first], known, _lines).new == ()


def test_what_has_become_more_serious_is_new() -> None:
    """A warning that is known does not hide an error; a known error hides a warning."""
    known = tally([_at(1, Level.WARNING)], _lines)
    assert len(part([_at(1, Level.ERROR)], known, _lines).new) == 1
    assert part([_at(1, Level.INFO)], known, _lines).new == ()


def test_what_is_gone_is_counted() -> None:
    """Of two, one is left: one is fixed."""
    known = tally([_at(1), _at(3), _at(4)], _lines)
    gone = fixed(known, part([_at(1)], known, _lines).met)
    assert sorted(entry.count for entry in gone["a.md"]) == [1, 1]
    assert fixed(known, part([_at(1), _at(3), _at(4)], known, _lines).met) == {}


def test_a_moved_record_takes_along_what_is_known_of_it() -> None:
    """Its name is its id: in another folder it is the same record, unless two could be it."""
    known = tally([_at(1, path="old/x.md"), _at(1, path="stays.md")], _lines)
    none = dict.fromkeys(("new/x.md", "other/x.md", "old/x.md", "stays.md"), ())
    for there, expected in (
        (("new/x.md", "stays.md"), "new/x.md"),
        (("new/x.md", "other/x.md", "stays.md"), "old/x.md"),
        (("old/x.md", "new/x.md", "stays.md"), "old/x.md"),
    ):
        assert set(following(known, {path: none[path] for path in there})) == {expected, "stays.md"}


def test_a_renamed_record_takes_along_what_is_known_of_it() -> None:
    """Where it names its former id as an alias."""
    known = tally([_at(1, path="x.md")], _lines)
    assert set(following(known, {"y.md": ["x.md"]})) == {"y.md"}
    assert set(following(known, {"y.md": []})) == {"x.md"}


def test_settings_and_days_are_never_known() -> None:
    """A fault of the settings, and what the day made true, are told whatever is known."""
    settings = Finding("settings", "m", START, path="afterword.yml")
    assert not may_be_known(settings, "afterword.yml")
    assert not may_be_known(dataclasses.replace(settings, path=""), None)
    assert not may_be_known(_at(1, nature=Nature.DATED), "afterword.yml")
    assert may_be_known(_at(1), "afterword.yml")

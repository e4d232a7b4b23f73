"""Front matter as positioned texts: exact places, plain words for errors, and nothing that can overflow."""

import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.parse.values import yaml_nodes
from afterword.parse.values.yaml_nodes import YamlNode, read_yaml


@pytest.fixture(params=["libyaml", "pure"])
def parser(request, monkeypatch):
    """Run a test with both of PyYAML's parsers."""
    loader = yaml.CSafeLoader if request.param == "libyaml" else yaml.SafeLoader
    monkeypatch.setattr(yaml_nodes, "_LOADER", loader)


def plain(node: YamlNode | None):
    """Give the texts of a node."""
    if node is None:
        return None
    if node.kind == "list":
        return [plain(item) for item in node.items]
    if node.kind == "mapping":
        return {key.text: plain(value) for key, value in node.entries}
    return node.text


def said(text: str, first_line: int = 1) -> list[str]:
    """Give the findings of a text as `line:column rule: message`."""
    return [f"{f.span.line}:{f.span.column} {f.rule}: {f.message}" for f in read_yaml(text, first_line)[1]]


def place(node: YamlNode | None) -> tuple[int, int, int, int]:
    """Give a node's span as a tuple."""
    assert node is not None
    return (node.span.line, node.span.column, node.span.end_line, node.span.end_column)


def test_values_stay_text(parser):
    """Nothing is resolved: what YAML would make a truth value, a number or a date stays as written."""
    root, findings = read_yaml("a: no\nb: 1.10\nc: 10:30\nd: 0777\ne: 2026-03-14\nf: [on, ~]\n", 2)
    assert plain(root) == {
        "a": "no",
        "b": "1.10",
        "c": "10:30",
        "d": "0777",
        "e": "2026-03-14",
        "f": ["on", "~"],
    }
    assert findings == ()


def test_places_are_those_of_the_file(parser):
    """Spans count lines of the file and code points, hold quotes and brackets, and end with the last value."""
    root, _ = read_yaml(
        'é😀: "x😀"  # c\nb:\n  - one\n  - {k: v}\n\n\nc: |\n  foo\n  bar\n\n\nd: [1,\n 2]\n', 2
    )
    assert root is not None
    key = root.entries[0][0]
    assert place(key) == (2, 1, 2, 3)
    assert place(root.get("é😀")) == (2, 5, 2, 9)
    assert place(root.get("b")) == (4, 3, 5, 11)
    assert place(root.get("c")) == (8, 4, 10, 6)
    assert place(root.get("d")) == (13, 4, 14, 4)
    assert place(root) == (2, 1, 14, 4)


def test_dropped_characters_and_odd_line_separators_do_not_move_places(parser):
    """A dropped character keeps its column, and separators that only YAML takes for line ends do not end a line."""
    root, findings = read_yaml("a\ue0ff:\ue0ff \ue0ffx\u2028y\nb: z\n", 2)
    assert plain(root) == {"a": "x y", "b": "z"}
    assert place(root.get("a") if root else None) == (2, 7, 2, 10)
    assert place(root.get("b") if root else None) == (3, 4, 3, 5)
    assert findings == ()


def test_escaped_control_characters_are_dropped(parser):
    """An escape cannot bring back what reading drops."""
    root, _ = read_yaml('a: "x\\u202e\\0\\uE0FFy"', 2)
    assert plain(root) == {"a": "xy"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "title: Pool: full",
            "1:12 yaml-syntax: a colon followed by a blank starts a new key inside an unquoted value",
        ),
        ('a: b\nc: "x\nd: e', "2:4 yaml-syntax: a quote is opened here and not closed"),
        ("a: b\n\tc: d", "2:1 yaml-syntax: a tab cannot indent YAML, expected spaces"),
        ("a: @x", "1:4 yaml-syntax: an unquoted value cannot begin with '@'"),
        ("a: *bold* x", "1:4 yaml-syntax: an unquoted value cannot begin with '*'"),
        ("a: [b, c\nd: e", "1:4 yaml-syntax: a list is opened by '[' and not closed"),
        ("a: [", "1:4 yaml-syntax: a list is opened by '[' and not closed"),
        ("a: [b, {c: ", "1:8 yaml-syntax: a mapping is opened by '{' and not closed"),
        ('a: "]"\nb: ["]", # ]\n', "2:4 yaml-syntax: a list is opened by '[' and not closed"),
        ("a: {b: c\nd: e", "1:4 yaml-syntax: a mapping is opened by '{' and not closed"),
        ("a: b\n c: d", "2:3 yaml-syntax: 'c:' is indented below a value that is already complete"),
        ("a: 'it's'", "1:8 yaml-syntax: text follows a value that has already ended"),
        ("a: - b", "1:4 yaml-syntax: a list cannot begin on the line of its key"),
        ('a: "\\q"', "1:5 yaml-syntax: '\\q' is no escape inside double quotes"),
        ("a: b\nkey:value\nc: d", "2:1 yaml-syntax: expected `key: value`, with a blank after the colon"),
        ("a: >x\n  foo", "1:4 yaml-syntax: '>' begins a block of text on the next line"),
        ("a: ]", "1:4 yaml-syntax: an unquoted value cannot begin with ']'"),
        ("a:\n  - b\n c: d", "3:2 yaml-syntax: this line does not fit the lines above it"),
        ('a: "b" "c"', "1:8 yaml-syntax: text follows a value that has already ended"),
    ],
)
def test_syntax_errors_are_said_in_plain_words(parser, text, expected):
    """Each syntax error is one finding where the author has to look."""
    assert said(text) == [expected]


def test_a_fault_costs_one_entry(parser):
    """All faults of a text are found, and what is sound is read; a forgotten quote around a colon leaves the text."""
    root, findings = read_yaml(
        'title: Pool: full\ndate: "x\nseverity: sev1\nservices:\n- a\n- [b\nkind: outage\n', 2
    )
    assert plain(root) == {"title": "Pool: full", "severity": "sev1", "kind": "outage"}
    assert [(finding.span.line, finding.span.column) for finding in findings] == [(2, 12), (3, 7), (7, 3)]


@pytest.mark.parametrize(
    ("text", "expected", "value"),
    [
        ("a: &x b", "1:4 yaml-feature: '&x' is a YAML anchor", {"a": "b"}),
        ("a: *x", "1:4 yaml-feature: '*x' is a YAML alias", {"a": ""}),
        (
            "a: !!python/object:os.system x",
            "1:4 yaml-feature: '!!python/object:os.system' is a YAML tag",
            {"a": "x"},
        ),
        ("<<: {a: b}", "1:1 yaml-feature: merge keys `<<` are not read", {}),
        ("a: b\n---\nc: d", "2:1 yaml-feature: a second document begins here", {"a": "b"}),
        ("%YAML 1.1\n---\na: b", "1:1 yaml-feature: YAML directives are not read", {"a": "b"}),
        ("? [a]\n: b", "1:3 yaml-feature: a key cannot be a list or a mapping", {}),
        (
            "a: b\nc: d\na: e",
            "3:1 duplicate-key: key 'a' stands twice, first on line 1",
            {"a": "b", "c": "d"},
        ),
    ],
)
def test_features_that_are_not_read(parser, text, expected, value):
    """Anchors, aliases, tags, merges, directives, further documents and duplicate keys are findings, and the rest is read."""
    assert said(text) == [expected]
    assert plain(read_yaml(text, 1)[0]) == value


@pytest.mark.parametrize("text", ["", "\n\n", "# only a remark", "---\n", "~", "null"])
def test_nothing_written_is_nothing(parser, text):
    """A text without a value is no value and no fault."""
    assert read_yaml(text, 1) == (None, ())


def test_sixteen_levels_are_read_and_seventeen_are_not(parser):
    """The limit on depth is exact, and costs only the entry that breaks it."""
    assert said("a: " + "[" * 15 + "]" * 15) == []
    assert said("b: c\na: " + "[" * 16 + "]" * 16) == ["2:19 yaml-feature: nested deeper than 16 levels"]
    assert plain(read_yaml("b: c\na: " + "[" * 16 + "]" * 16, 1)[0]) == {"b": "c"}


_ALIAS_BOMB = "a: &a [x, x]\n" + "".join(f"b{i}: &b{i} [*a, *a, *a, *a, *a, *a]\n" for i in range(1000))


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 60_000,
        "[\n" * 32_000,
        "- " * 32_000,
        "a: " + "{a: " * 16_000,
        _ALIAS_BOMB,
        "a: &a {x: 1}\nb:\n" + "  <<: *a\n" * 6_000,
        'a: "\n' * 12_000,
        "a: b: c\n" * 8_000,
        "x: y\n" * 12_000,
        "a" * 64_000 + ": b",
        "%YAML 1." + "9" * 5_000 + "\n---\na: b",
        'a: "\\U99999999"',
        'a: "\\ud800"',
    ],
    ids=lambda text: text[:12],
)
def test_bombs_are_over_at_once(text):
    """Input made to nest, multiply or repeat ends within a second, with few findings."""
    begin = time.perf_counter()
    _, findings = read_yaml(text, 2)
    assert time.perf_counter() - begin < 1
    assert 1 <= len(findings) <= yaml_nodes.MAX_FINDINGS


@pytest.mark.parametrize(
    "text", ['a: "\\U99999999"', 'a: "\\ud800"', "%YAML 1." + "9" * 5_000, "a: " + "[" * 60_000]
)
def test_the_pure_parser_does_not_raise_either(monkeypatch, text):
    """What libyaml refuses by itself is caught where only the pure parser is there."""
    monkeypatch.setattr(yaml_nodes, "_LOADER", yaml.SafeLoader)
    read_yaml(text, 2)


_YAML_LIKE = st.text(
    st.sampled_from("ab:- \n\t\r[]{}\"'#&*!|>%@`?,~<\\\ue0ff\u2028\x85\x00é😀\ud800"), max_size=80
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), _YAML_LIKE))
def test_no_text_raises_and_every_place_exists(text):
    """Whatever the text, places lie inside it and ends do not precede starts."""
    root, findings = read_yaml(text, 3)
    lines = yaml_nodes._LINE_START.split(text)
    for span in [*(finding.span for finding in findings), *_spans(root)]:
        assert 3 <= span.line <= span.end_line < 3 + len(lines)
        assert (span.line, span.column) <= (span.end_line, span.end_column)
        assert 1 <= span.column <= len(lines[span.line - 3]) + 1


def _spans(node):
    if node is not None:
        yield node.span
        for item in node.items:
            yield from _spans(item)
        for key, value in node.entries:
            yield from _spans(key)
            yield from _spans(value)


def test_nesting_that_the_parser_itself_refuses_is_the_same_finding(parser):
    """libyaml since 0.2.6 gives up at a thousand levels, before the reader has seen the seventeenth."""
    for opening in "[{":
        (finding,) = said("b: c\na: " + opening * 60_000)
        assert finding.startswith("2:")
        assert finding.endswith("yaml-feature: nested deeper than 16 levels")

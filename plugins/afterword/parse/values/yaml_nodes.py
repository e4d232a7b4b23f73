"""YAML read into positioned texts: no value is resolved, nothing is constructed, no alias is followed.

Nodes are built from the parser's events, one at a time, so that no input can recurse, multiply or overflow.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import yaml

from afterword.model.finding import Finding, Nature
from afterword.model.span import Span, make_span
from afterword.model.value import maker, plain_value
from afterword.parse.source.text import DROPPED, visible
from afterword.parse.values.yaml_faults import QUOTE, Fault, explain

MAX_DEPTH = 16
MAX_FINDINGS = 50
MAX_BLOCKS = 1000
"""A broken text is read entry by entry, up to this many."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNREADABLE = re.compile(
    f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff{DROPPED}]"
)
_LINE_BREAK_TO_YAML_ONLY = re.compile("[\u2028\u2029]")
_LINE_START = re.compile(r"\r\n|\n|\r")
_BLOCK_START = re.compile(r"^(?![ \t#\]},\r\n]|-[ \t\r\n]|-$|$)", re.MULTILINE)
_ONE_LINE = re.compile(r"([^\s:#][^:\r\n]*):[ \t]+([^\r\n]*?)(?:[ \t]+#[^\r\n]*)?\s*")


@plain_value()
class YamlNode:
    """One value of a YAML text, with its place in the file, quotes and brackets included.

    A scalar has a `text` and is `plain` where it is not quoted; a list has `items`; a mapping has `entries`, keys being scalars,
    each once.
    """

    kind: Literal["scalar", "list", "mapping"]
    span: Span
    text: str = ""
    plain: bool = False
    items: tuple[YamlNode, ...] = ()
    entries: tuple[tuple[YamlNode, YamlNode], ...] = ()

    @property
    def absent(self) -> bool:
        """Tell whether nothing is written: an empty value, `~` or `null` without quotes."""
        return self.kind == "scalar" and self.plain and self.text in ("", "~", "null")

    def get(self, key: str) -> YamlNode | None:
        """Give a mapping's value."""
        return next((value for name, value in self.entries if name.text == key), None)


make_yaml_node = maker(YamlNode)


def read_yaml(text: str, first_line: int) -> tuple[YamlNode | None, tuple[Finding, ...]]:
    """Read a YAML text whose first line is line `first_line` of its file; None where it holds no value.

    Of a text with syntax errors each top-level entry is read by itself, so that a fault costs one entry and all are found.
    """
    source = _Source.of(text, first_line)
    whole = _Reader(source, 0, source.clean)
    if whole.fault is None:
        return whole.root, tuple(whole.findings)
    return _read_blocks(source, whole)


def _read_blocks(source: _Source, whole: _Reader) -> tuple[YamlNode | None, tuple[Finding, ...]]:
    starts = [match.start() for match in _BLOCK_START.finditer(source.clean)][: MAX_BLOCKS + 1]
    if not starts or len(starts) > MAX_BLOCKS:
        return whole.partial(), (*whole.findings, whole.fault_finding())[:MAX_FINDINGS]
    findings: list[Finding] = []
    collected = _Frame("mapping", starts[0])
    failed = False
    for start, end in zip(starts, [*starts[1:], len(source.clean)], strict=True):
        block = source.clean[start:end]
        reader = _Reader(source, start, block)
        entries = reader.root.entries if reader.root else ()
        findings += reader.findings
        if reader.fault is not None:
            failed = True
            findings.append(reader.fault_finding())
            entries = reader.meant()
        elif reader.root is not None and reader.root.kind != "mapping":
            failed = True
            findings.append(
                Finding(
                    "yaml-syntax",
                    "expected `key: value`, with a blank after the colon",
                    reader.root.span,
                    Nature.UNREADABLE,
                )
            )
        for key, value in entries:
            findings += collected.add(key, value)
        if len(findings) >= MAX_FINDINGS:
            break
    if not failed:
        findings.append(whole.fault_finding())
    findings.sort(key=lambda finding: finding.span)
    root = collected.close(source.span(starts[0], len(source.clean.rstrip())))
    return root, tuple(findings[:MAX_FINDINGS])


@dataclass(frozen=True, slots=True)
class _Source:
    """A text made safe for the parser, and the way back from its indexes to lines and columns of the file."""

    clean: str
    removed: tuple[int, ...]
    line_starts: tuple[int, ...]
    first_line: int

    @classmethod
    def of(cls, text: str, first_line: int) -> _Source:
        # Two separators end a line for YAML and for nobody else; a dropped character must not part a key from its colon.
        text = _LINE_BREAK_TO_YAML_ONLY.sub(" ", text)
        removed = tuple(match.start() - number for number, match in enumerate(_UNREADABLE.finditer(text)))
        clean = _UNREADABLE.sub("", text) if removed else text
        starts = (0, *(match.end() for match in _LINE_START.finditer(text)))
        return cls(clean, removed, starts, first_line)

    def span(self, start: int, end: int) -> Span:
        if start >= end:
            return make_span(*self._place(start), *self._place(start))
        return make_span(*self._place(start), *self._place(end, end=True))

    def _place(self, index: int, *, end: bool = False) -> tuple[int, int]:
        # `removed` holds, for each dropped character, how many kept ones stand before it.
        own = index - 1 if end and index else index
        original = index + bisect_right(self.removed, own)
        line = bisect_right(self.line_starts, original) - 1
        return self.first_line + line, original - self.line_starts[line] + 1


@dataclass(slots=True)
class _Frame:
    """A list or mapping that is being read; `place` is where it begins, `last` the value in it that ends furthest down."""

    kind: Literal["list", "mapping"]
    start: int
    flow: bool = False
    end: int = 0
    place: tuple[int, int] | None = None
    last: Span | None = None
    key: YamlNode | None = None
    items: list[YamlNode] = field(default_factory=list)
    entries: list[tuple[YamlNode, YamlNode]] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    def add(self, key: YamlNode, value: YamlNode) -> Iterator[Finding]:
        if key.kind != "scalar":
            yield _feature(key.span, "a key cannot be a list or a mapping", QUOTE)
        elif key.text == "<<" and key.plain:
            yield _feature(key.span, "merge keys `<<` are not read", "write the keys out")
        elif key.text in self.seen:
            message = f"key '{_short(key.text)}' stands twice, first on line {self.seen[key.text]}"
            yield Finding(
                "duplicate-key",
                message,
                key.span,
                Nature.UNREADABLE,
                "the first is read; remove one of the two",
            )
        else:
            self.seen[key.text] = key.span.line
            self.entries.append((key, value))

    def close(self, span: Span) -> YamlNode:
        return make_yaml_node(self.kind, span, items=tuple(self.items), entries=tuple(self.entries))


_make_frame = maker(_Frame)


class _Reader:
    """One pass over the events of a text that begins at index `base` of the source."""

    def __init__(self, source: _Source, base: int, text: str) -> None:
        self.source = source
        self.base = base
        self.text = text
        self.root: YamlNode | None = None
        self.findings: list[Finding] = []
        self.fault: Fault | None = None
        self.too_deep: Finding | None = None
        self.stack: list[_Frame] = []
        # Where the text is the whole source, and nothing was taken out, the parser's lines and columns are ours.
        self.counts_alike = not base and text is source.clean and not source.removed and "\r" not in text
        try:
            self._read()
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            # The pure parser lets ValueError and OverflowError of numbers in escapes and directives through.
            self.fault = explain(error, text)
            if self.fault.too_deep:
                self._deeper(self.fault.index)

    def _read(self) -> None:
        documents = 0
        loader: Any = _LOADER(self.text)
        stack, alike, shift = self.stack, self.counts_alike, self.source.first_line
        read, scalar = loader.get_event, yaml.ScalarEvent
        ends_of_collections = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
        while (event := read()) is not None:
            kind = type(event)
            if kind is scalar and event.anchor is None and event.tag is None:
                # Most of all events, and of these most are on one line and without quotes.
                begins: Any = event.start_mark
                ends: Any = event.end_mark
                end = ends.index
                if alike and stack and not event.style and begins.index < end:
                    span = make_span(
                        begins.line + shift, begins.column + 1, ends.line + shift, ends.column + 1
                    )
                    node = make_yaml_node("scalar", span, event.value, True)
                    # As `_put` does, without being called a hundred times.
                    frame = stack[-1]
                    if end > frame.end:
                        frame.end, frame.last = end, span
                    if frame.kind == "list":
                        frame.items.append(node)
                    elif frame.key is None:
                        frame.key = node
                    else:
                        self._pair(frame, frame.key, node)
                    continue
            if kind in ends_of_collections:
                self._end(event)
            elif isinstance(event, yaml.NodeEvent):
                self._node(event)
                if self.fault is not None:
                    return
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._feature(event, "a second document begins here", "remove the line `---`")
                    return
                if event.version or event.tags:
                    self._feature(
                        event, "YAML directives are not read", "remove the lines that begin with `%`"
                    )

    def _node(self, event: Any) -> None:
        begins, ends = event.start_mark, event.end_mark
        start, end = begins.index, ends.index
        if isinstance(event, yaml.AliasEvent):
            self._feature(event, f"'*{_short(str(event.anchor))}' is a YAML alias", QUOTE)
            self._put(make_yaml_node("scalar", self._span(start, end), plain=True), end)
            return
        if event.anchor is not None:
            self._feature(event, f"'&{_short(event.anchor)}' is a YAML anchor", QUOTE)
        if event.tag is not None:
            self._feature(event, f"'{_short(self.text[start:end].split()[0])}' is a YAML tag", QUOTE)
        if isinstance(event, yaml.ScalarEvent):
            text, style = event.value, event.style
            if style in ("|", ">"):
                end = start + len(self.text[start:end].rstrip())
                span = self._span(start, end)
            elif self.counts_alike and start < end:
                span = self._marked(begins, ends)
            else:
                span = self._span(start, end)
            # Only in double quotes can a character be written without being in the text.
            if style == '"':
                text = visible(_UNREADABLE.sub("", text))
            self._put(make_yaml_node("scalar", span, text, not style), end)
            return
        kind: Literal["list", "mapping"] = "list" if isinstance(event, yaml.SequenceStartEvent) else "mapping"
        if len(self.stack) >= MAX_DEPTH:
            self._deeper(start)
            return
        frame = _make_frame(kind, start, bool(event.flow_style), end)
        if self.counts_alike:
            frame.place = begins.line + self.source.first_line, begins.column + 1
        self.stack.append(frame)

    def _deeper(self, index: int) -> None:
        message = f"nested deeper than {MAX_DEPTH} levels"
        self.too_deep = _feature(self._span(index, index + 1), message, None)
        self.fault = Fault(index, message, too_deep=True)

    def _end(self, event: Any) -> None:
        frame = self.stack.pop()
        # A block ends for the parser where the next token begins; for an author, with its last value.
        ends, last = event.end_mark, frame.last
        end = ends.index if frame.flow else frame.end
        if frame.place is None or (last is None and not frame.flow):
            span = self._span(frame.start, end)
        elif frame.flow or last is None:
            span = make_span(*frame.place, ends.line + self.source.first_line, ends.column + 1)
        else:
            span = make_span(*frame.place, last.end_line, last.end_column)
        self._put(frame.close(span), end)

    def _put(self, node: YamlNode, end: int) -> None:
        if not self.stack:
            self.root = None if node.absent else node
            return
        frame = self.stack[-1]
        if end > frame.end:
            frame.end, frame.last = end, node.span
        if frame.kind == "list":
            frame.items.append(node)
        elif frame.key is None:
            frame.key = node
        else:
            self._pair(frame, frame.key, node)

    def _pair(self, frame: _Frame, key: YamlNode, value: YamlNode) -> None:
        if key.kind == "scalar" and key.text != "<<" and key.text not in frame.seen:
            frame.seen[key.text] = key.span.line
            frame.entries.append((key, value))
        else:
            self._note(*frame.add(key, value))
        frame.key = None

    def partial(self) -> YamlNode | None:
        """Give what was complete before the fault: the entries of the outermost mapping."""
        if not self.stack or self.stack[0].kind != "mapping":
            return self.root
        frame = self.stack[0]
        return frame.close(self._span(frame.start, frame.end))

    def meant(self) -> tuple[tuple[YamlNode, YamlNode], ...]:
        """Give the entry of a one-line text whose only fault is a colon that wanted quotes."""
        line = _ONE_LINE.fullmatch(self.text)
        if self.fault is None or not self.fault.unquoted_colon or line is None:
            return ()
        key = make_yaml_node("scalar", self._span(*line.span(1)), line.group(1).strip(), plain=True)
        return ((key, make_yaml_node("scalar", self._span(*line.span(2)), line.group(2), plain=True)),)

    def fault_finding(self) -> Finding:
        """Give the finding of the fault that ended the pass."""
        if self.too_deep is not None:
            return self.too_deep
        fault = self.fault or Fault(0, "cannot be read as YAML")
        length = 0 if self.text[fault.index : fault.index + 1] in ("", "\n", "\r") else 1
        span = self._span(fault.index, fault.index + length)
        return Finding("yaml-syntax", fault.message, span, Nature.UNREADABLE, fault.hint)

    def _feature(self, event: Any, message: str, hint: str) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        word = re.match(r"\S*", self.text[start:end])
        self._note(_feature(self._span(start, start + (word.end() if word else 0)), message, hint))

    def _note(self, *findings: Finding) -> None:
        self.findings += findings[: max(0, MAX_FINDINGS - len(self.findings))]

    def _marked(self, begins: Any, ends: Any) -> Span:
        shift = self.source.first_line
        return make_span(begins.line + shift, begins.column + 1, ends.line + shift, ends.column + 1)

    def _span(self, start: int, end: int) -> Span:
        return self.source.span(self.base + start, self.base + end)


def _feature(span: Span, message: str, hint: str | None) -> Finding:
    return Finding("yaml-feature", message, span, Nature.UNREADABLE, hint)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"

"""Readers: from a positioned YAML value to a typed one, or to a finding that names what was expected.

A reader takes the node, the field's path for messages, and the settings; it never raises. Texts stay as written: `no`, `1.10`
and `10:30` mean what the field makes of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from afterword.model.finding import Edit, Finding, Nature
from afterword.model.settings import Settings
from afterword.model.span import Span
from afterword.model.value import plain_value
from afterword.parse.source.edits import only_near, written_over
from afterword.parse.source.guesses import nearest, the_one
from afterword.parse.values.yaml_nodes import YamlNode

T = TypeVar("T")

MAX_ITEMS = 200
MAX_UNKNOWN_KEYS = 20
"""More unknown keys of one mapping are not reported: it is something else altogether."""
_GUESS = re.compile(r"\(did you mean '([^']*)'\?\)$")
_CATALOGUE_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@plain_value()
class Read(Generic[T]):
    """What a reader made of a node; `spans` are the places of the parts of a list or mapping, by their path below it."""

    value: T | None
    findings: tuple[Finding, ...] = ()
    spans: Mapping[str, Span] = field(default_factory=dict)


Reader = Callable[[YamlNode, str, Settings], Read[T]]


def below(prefix: str, path: str) -> str:
    """Join a field's path and one below it; keys keep their `@` in front."""
    return f"@{prefix}{path[1:]}" if path.startswith("@") else prefix + path


def quoted(text: str) -> str:
    """Give a value as messages show it: in quotes, on one line, not too long."""
    line = " ".join(text.split())
    return f"'{line if len(line) <= 60 else line[:59] + '…'}'"


def suggestion(text: str, known: Mapping[str, str] | tuple[str, ...], cutoff: float = 0.6) -> str:
    """Give ` (did you mean 'x'?)` for the nearest of the known words, nothing where none is or several are.

    A mapping leads from every accepted spelling to the word to suggest.
    """
    words = known if isinstance(known, Mapping) else {word: word for word in known}
    folded = {word.casefold().replace("_", "-"): word for word in words}
    sought = re.sub(r"[\s_]+", "-", text.strip().casefold())
    if len(sought) > 60:
        return ""
    means = {word: words[written] for word, written in folded.items()}
    found = nearest(sought, (word for word in folded if abs(len(word) - len(sought)) <= 4), cutoff, means)
    if found is None and len(sought) > 2:
        found = the_one((word for word in folded if word.startswith(sought)), means)
    return f" (did you mean '{means[found]}'?)" if found is not None else ""


def listed(words: tuple[str, ...]) -> str:
    """Give the expected words as a message shows them."""
    return ", ".join(words[:8]) + (", …" if len(words) > 8 else "")


def wrong(
    node: YamlNode, rule: str, message: str, hint: str | None = None, write: str | None = None
) -> Read[T]:
    """Give a value that could not be read; `write` is what it can only mean."""
    edits = rewritten(node, write) if write else ()
    return Read(None, (Finding(rule, message, node.span, Nature.UNREADABLE, hint, edits=edits),))


def rewritten(node: YamlNode, text: str) -> tuple[Edit, ...]:
    """Give the edit that writes another word in the place of a value or key, in its quotes; none where it is not written on one line as it reads."""
    if node.plain:
        return written_over(node.span, node.text, text)
    span = node.span
    inside = Span(span.line, span.column + 1, span.end_line, span.end_column - 1)
    return written_over(inside, node.text, text)


def scalar(node: YamlNode, name: str, expected: str) -> Read[str]:
    """Read one text, trimmed, line breaks as blanks; None without a finding where nothing is written."""
    if node.kind != "scalar":
        return wrong(node, "wrong-type", f"{name} is a {node.kind}, expected {expected}")
    text = " ".join(part.strip() for part in node.text.splitlines()) if "\n" in node.text else node.text
    return Read(None if node.absent else text.strip() or None)


def of_text(expected: str, convert: Callable[[str, YamlNode, str, Settings], Read[T]]) -> Reader[T]:
    """Make a reader of a function of the trimmed text."""

    def read(node: YamlNode, name: str, settings: Settings) -> Read[T]:
        text = scalar(node, name, expected)
        return Read(None, text.findings) if text.value is None else convert(text.value, node, name, settings)

    return read


def text(node: YamlNode, name: str, settings: Settings) -> Read[str]:
    """Read a text as it is written."""
    return scalar(node, name, "text")


def catalogue_id(text: str) -> bool:
    """Tell whether a text may be the id of a service, a class or another word of a catalogue."""
    return _CATALOGUE_ID.fullmatch(text) is not None and len(text) <= 80


def slug(text: str) -> str:
    """Give the catalogue id made from any text; empty where it holds no letter or digit."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower())[:80].strip("-")


@dataclass(frozen=True, slots=True)
class WordReader:
    """Reads one word of a fixed vocabulary; `mended` says that a slip in it may be put right unasked."""

    words: tuple[str, ...]
    rule: str = "unknown-value"
    mended: bool = True

    def __call__(self, node: YamlNode, name: str, settings: Settings) -> Read[str]:
        """Read the word as it is written."""
        text = scalar(node, name, f"one of {listed(self.words)}")
        if text.value is None:
            return Read(None, text.findings)
        if text.value in self.words:
            return Read(text.value)
        near = suggestion(text.value, self.words)
        message = f"{name} {quoted(text.value)} is not one of {listed(self.words)}{near}"
        meant = only_near(text.value, self.words) if self.mended else None
        return wrong(node, self.rule, message, write=meant)


@dataclass(frozen=True, slots=True)
class ListReader(Generic[T]):
    """Reads a list, of which a single value is the short form; what cannot be read is left out, what stands twice is read once if `unique`.

    Spans are numbered as the values are.
    """

    item: Reader[T]
    limit: int = MAX_ITEMS
    unique: bool = True

    def __call__(self, node: YamlNode, name: str, settings: Settings) -> Read[tuple[T, ...]]:
        """Read the entries one by one."""
        if node.absent:
            return Read(None)
        nodes = node.items if node.kind == "list" else (node,)
        values: list[T] = []
        seen: set[T] = set()
        findings: list[Finding] = []
        spans: dict[str, Span] = {}
        if len(nodes) > self.limit:
            message = f"{name} has {len(nodes)} entries, the first {self.limit} are read"
            findings.append(Finding("wrong-type", message, nodes[self.limit].span, Nature.UNREADABLE))
        for each in nodes[: self.limit]:
            result = self.item(each, name, settings)
            findings += result.findings
            if result.value is not None and not (self.unique and result.value in seen):
                if self.unique:
                    seen.add(result.value)
                place = f"[{len(values)}]"
                spans[place] = each.span
                for path, span in result.spans.items():
                    spans[below(place, path)] = span
                values.append(result.value)
        return Read(tuple(values), tuple(findings), spans)


@dataclass(frozen=True, slots=True)
class MappingReader(Generic[T]):
    """Reads a mapping with known keys; `build` gets the values that could be read, by name.

    A scalar in the mapping's place is the value of the key `short`, or what a reader in its place makes of it; without the key `needs` the
    mapping is not read.
    """

    build: Callable[..., T]
    keys: Mapping[str, Reader[Any]]
    short: str | Reader[T] | None = None
    needs: str | None = None

    def __call__(self, node: YamlNode, name: str, settings: Settings) -> Read[T]:
        """Read the known keys, and report the others."""
        if node.absent:
            return Read(None)
        if node.kind == "scalar" and self.short is not None:
            return self._shorthand(node, name, settings)
        if node.kind != "mapping":
            what = "text" if node.kind == "scalar" else "a list"
            return wrong(node, "wrong-type", f"{name} is {what}, expected {self._shape}")
        values, findings, spans = read_entries(node, name, self.keys, settings)
        if self.needs is not None and self.needs not in values:
            if self.needs not in {key.text for key, _ in node.entries}:
                message = f"{name} has no {self.needs}, expected {self._shape}"
                findings.append(Finding("wrong-type", message, node.span, Nature.UNREADABLE))
            return Read(None, tuple(findings))
        return Read(self.build(**values), tuple(findings), spans)

    @property
    def _shape(self) -> str:
        return "{" + ", ".join(self.keys) + "}"

    def _shorthand(self, node: YamlNode, name: str, settings: Settings) -> Read[T]:
        if not isinstance(self.short, str):
            return self.short(node, name, settings) if self.short is not None else Read(None)
        read = self.keys[self.short](node, name, settings)
        value = None if read.value is None else self.build(**{self.short: read.value})
        return Read(value, read.findings)


def word(words: tuple[str, ...], rule: str = "unknown-value", *, mended: bool = True) -> Reader[str]:
    """Make a reader of one word of a fixed vocabulary."""
    return WordReader(words, rule, mended)


def list_of(item: Reader[T], *, limit: int = MAX_ITEMS, unique: bool = True) -> Reader[tuple[T, ...]]:
    """Make a reader of a list."""
    return ListReader(item, limit, unique)


def mapping_of(
    build: Callable[..., T],
    keys: Mapping[str, Reader[Any]],
    short: str | Reader[T] | None = None,
    needs: str | None = None,
) -> Reader[T]:
    """Make a reader of a mapping with known keys."""
    return MappingReader(build, keys, short, needs)


def read_entries(
    node: YamlNode, name: str, keys: Mapping[str, Reader[Any]], settings: Settings
) -> tuple[dict[str, Any], list[Finding], dict[str, Span]]:
    """Read the known keys of a mapping, and report the others."""
    values: dict[str, Any] = {}
    findings: list[Finding] = []
    spans: dict[str, Span] = {}
    unknown = 0
    for key, value in node.entries:
        reader = keys.get(key.text)
        if reader is None:
            unknown += 1
            if unknown <= MAX_UNKNOWN_KEYS:
                beside = [each.text for each, _ in node.entries]
                findings.append(unknown_key(key, name, tuple(keys), beside=beside))
            continue
        spans[f".{key.text}"] = value.span
        spans[f"@.{key.text}"] = key.span
        result = reader(value, f"{name}.{key.text}" if name else key.text, settings)
        findings += result.findings
        for path, span in result.spans.items():
            spans[below(f".{key.text}", path)] = span
        if result.value is not None:
            values[key.text] = result.value
    return values, findings, spans


def unknown_key(
    key: YamlNode,
    name: str,
    known: tuple[str, ...],
    hint: str | None = None,
    beside: Collection[str] = (),
) -> Finding:
    """Report a key that means nothing here; `hint` is the way out where no known key is near, `beside` are the keys of the same mapping."""
    where = f" of {name}" if name else ""
    near = suggestion(key.text, known, 0.7)
    expected = "" if near else f", expected one of {listed(known)}"
    message = f"unknown key {quoted(key.text)}{where}{near or expected}"
    meant = only_near(key.text, known)
    edits = rewritten(key, meant) if meant and meant not in beside else ()
    return Finding("unknown-key", message, key.span, hint=None if near else hint, edits=edits)


def meant_key(finding: Finding) -> str | None:
    """Give the key that an unknown one is guessed to mean."""
    guess = _GUESS.search(finding.message) if finding.rule == "unknown-key" else None
    return guess[1] if guess else None


def untyped_value(node: YamlNode, *, resolve: bool) -> object:
    """Give a value whose type nobody declares: texts, tuples and dictionaries; with `resolve`, truth values and numbers as YAML has them."""
    if node.kind == "list":
        return tuple(untyped_value(item, resolve=resolve) for item in node.items)
    if node.kind == "mapping":
        return {key.text: untyped_value(value, resolve=resolve) for key, value in node.entries}
    if resolve and node.plain:
        if node.absent:
            return None
        if node.text in ("true", "false"):
            return node.text == "true"
        if re.fullmatch(r"-?[0-9]{1,15}", node.text):
            return int(node.text)
        if re.fullmatch(r"-?[0-9]{1,15}\.[0-9]{1,15}", node.text):
            return float(node.text)
    return node.text

"""What the record format reads and the spare parser does not, each with the reason and the tree that is meant."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """A construct that two parsers rightly read in two ways; `expected` lists our nodes as `kind:detail`, in order."""

    text: str
    reason: str
    expected: tuple[str, ...]


DIFFERENCES: dict[str, Difference] = {
    "open task": Difference(
        "- [ ] a", "task lists are an extension", ("list", "item:False", "paragraph", "text:a")
    ),
    "done task": Difference(
        "- [x] a", "task lists are an extension", ("list", "item:True", "paragraph", "text:a")
    ),
    "done task in capitals": Difference(
        "* [X] a", "task lists are an extension", ("list", "item:True", "paragraph", "text:a")
    ),
    "footnote": Difference(
        "a[^1]\n\n[^1]: b",
        "footnotes are an extension",
        ("paragraph", "text:a", "footnote-ref:1", "footnote:1", "paragraph", "text:b"),
    ),
    "alert": Difference("> [!NOTE]\n> a", "alerts are an extension", ("alert:note", "paragraph", "text:a")),
    "alert in small letters": Difference(
        "> [!caution]\n> a", "alerts are an extension", ("alert:caution", "paragraph", "text:a")
    ),
    "emoji code": Difference(
        "a :tada: b", "emoji codes are an extension", ("paragraph", "text:a ", "text:🎉", "text: b")
    ),
    "bare address": Difference(
        "see https://a.example/b.",
        "bare links are an extension",
        ("paragraph", "text:see ", "link", "text:https://a.example/b", "text:."),
    ),
    "bare www": Difference(
        "www.a.example", "bare links are an extension", ("paragraph", "link", "text:www.a.example")
    ),
    "bare mail address": Difference(
        "a@b.example", "bare links are an extension", ("paragraph", "link", "text:a@b.example")
    ),
    "single tilde": Difference(
        "~a~", "GitHub strikes with one tilde, too", ("paragraph", "strike", "text:a")
    ),
    "short row": Difference(
        "| a | b |\n|---|---|\n| 1 |",
        "the spare fills short rows; we keep what is written",
        ("table", "row:head", "cell", "text:a", "cell", "text:b", "row", "cell", "text:1"),
    ),
    "long row": Difference(
        "| a |\n|---|\n| 1 | *2* |",
        "the spare drops excess cells; we keep them, as plain source",
        ("table", "row:head", "cell", "text:a", "row", "cell", "text:1", "cell", "text:*2*"),
    ),
}

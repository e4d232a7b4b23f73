"""Short Markdown constructs, and the places that each is tried in."""

from __future__ import annotations

BLOCKS: dict[str, str] = {
    "paragraph": "one line",
    "two lines": "one\ntwo",
    "two paragraphs": "one\n\ntwo",
    "heading": "## Impact",
    "closed heading": "### Impact ###",
    "heading without text": "#",
    "no heading without blank": "#hash",
    "setext one": "Impact\n======",
    "setext two": "Impact\nand more\n---",
    "rule": "***",
    "rule of dashes with blanks": "- - - -",
    "rule of underscores": "_____",
    "fence": "```\na\n  b\n```",
    "fence with info": "```sh title=x\nls\n```",
    "tilde fence": "~~~\n```\n~~~",
    "fence without end": "```\nleft open",
    "tree fence": "```tree\nOutcome: slow\n├─ cause\n└─ cause\n```",
    "indented code": "    code\n    more",
    "list": "- a\n- b",
    "list of stars": "* a\n* b",
    "list of pluses": "+ a\n+ b",
    "two lists by marker": "- a\n+ b",
    "loose list": "- a\n\n- b",
    "item of two paragraphs": "- a\n\n  b\n- c",
    "nested by two": "- a\n  - b\n    - c\n  - d\n- e",
    "nested by four": "- a\n    - b\n        - c",
    "nested by tab": "- a\n\t- b",
    "list after text": "text\n- a\n- b",
    "ordered": "1. a\n2. b",
    "ordered by parenthesis": "1) a\n2) b",
    "ordered from seven": "7. a\n8. b",
    "ordered after text": "text\n1. a",
    "two does not interrupt": "text\n2. a",
    "bullets in ordered": "1. a\n   - b\n2. c",
    "lazy item": "- a\nlazy",
    "empty item": "- a\n-\n- b",
    "item with fence": "- a\n  ```\n  x\n  ```",
    "item with quote": "- > a\n  > b",
    "quote": "> a\n> b",
    "lazy quote": "> a\nlazy",
    "nested quotes": "> a\n> > b",
    "quote with list": "> - a\n> - b",
    "quote with fence": "> ```\n> x\n> ```",
    "html block": "<div>\n*a*\n</div>",
    "comment": "<!-- internal -->",
    "comment of lines": "<!-- a\n\nb -->",
    "comment and text": "<!-- a --> *b*",
    "details": "<details>\n\n*a*\n\n</details>",
    "table": "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |",
    "table without outer pipes": "a | b\n--|--\n1 | 2",
    "aligned table": "| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |",
    "table of a head": "| a |\n|---|",
    "table with escapes": "| a \\| b | c |\n|---|---|\n| `x \\| y` | **z** |",
    "table with empty cells": "| a | b |\n|---|---|\n| | 2 |\n| 1 | |",
    "timeline table": "| Time (UTC) | Event | Source |\n|---|---|---|\n| 09:00 | [TRIGGER] Roll-out begins | chat |\n| 09:04 | [DETECTED] Page | pager |",
    "action table": "| ID | Action | Owner | Due | Ticket | Category | Status |\n|---|---|---|---|---|---|---|\n| A1 | Alert on a full queue | Kim | 2026-02-01 | [Q-1](https://t.example/Q-1) | detect | done 2026-01-20 |",
    "causal tree": "Method: causal tree\n\n- Checkout failed for ten minutes (AND)\n  - Queue was full (root cause)\n    - No limit on retries -> A1\n  - Page came late (OR)\n    - Threshold too high -- accepted: noisy (SRE lead, 2026-09-01)",
    "five whys": "1. Why did checkout fail?\n   Because the queue was full\n2. Why was it full?\n   Because retries had no limit -> A1",
    "reference definition": "[a]\n\n[a]: https://a.example",
    "several in a row": "# a\ntext\n***\n> b\n",
}
"""Constructs that must read the same wherever they stand."""

INLINES: tuple[str, ...] = (
    "*a*",
    "_a_",
    "**a**",
    "__a__",
    "***a***",
    "**a *b* c**",
    "*a **b** c*",
    "*a **b***",
    "**a*",
    "*a**",
    "a*b*c",
    "a_b_c",
    "a__b__c",
    "snake_case_name and other_name",
    "2 * 3 * 4",
    "* a*",
    "**bold:**text",
    "**bold**text",
    "~~a~~",
    "~~a *b*~~",
    "`a`",
    "`` a`b ``",
    "` a `",
    "`a",
    "`a*b`*",
    "*`a*`",
    "\\*a\\*",
    "\\a",
    "a\\\\b",
    "&amp; &lt; &copy; &#39; &#x41;",
    "&unknown; & &;",
    "\\&amp;",
    "[a](b)",
    "[a](b 'c')",
    "[a](<b c>)",
    "[a]( b )",
    "[a](b(c)d)",
    "[*a* `b`](c)",
    "[a][]",
    "[a] [b](c)",
    "[TRIGGER] started [x](y)",
    "[[a](b)](c)",
    "![a](b)",
    "![a *b* c](d)",
    "[![a](b)](c)",
    "<https://a.example/b?c=d>",
    "<a@b.example>",
    "<b>a</b>",
    "a <!-- b --> c",
    "a <br> b",
    "a < b > c",
    "<not a tag",
    '<a href="b">c</a>',
    "a  \nb",
    "a\\\nb",
    "a\nb",
    "a   \n   b",
    "é *ü* 😀 `ß`",
    "日本*語*です",
    "“*a*”",
    "a\tb",
    "-> A1, A2",
    "→ A1 (AND)",
    "-- accepted: because (lead, 2026-01-01)",
    "~14:05 - 14:10",
)
"""Inline Markdown, tried as a paragraph, a heading, an item and a cell."""


def indented(text: str, by: str) -> str:
    """Set a construct below something, leaving its empty lines empty."""
    return "\n".join(by + line if line else line for line in text.split("\n"))


def cases() -> dict[str, str]:
    """Give every construct in every place, by a name that says both."""
    made: dict[str, str] = {}
    for name, block in BLOCKS.items():
        made[name] = block
        made[f"{name}, in a quote"] = indented(block, "> ").replace("\n\n", "\n>\n")
        made[f"{name}, in an item"] = "- item\n\n" + indented(block, "  ")
        made[f"{name}, in a step"] = "1. step\n\n" + indented(block, "   ")
        made[f"{name}, between headings"] = f"# before\n\n{block}\n\n# after"
    for inline in INLINES:
        made[f"{inline!r}"] = f"x {inline} y"
        made[f"{inline!r} alone"] = f"para\n\n{inline}"
        if "\n" not in inline:
            made[f"{inline!r} in a heading"] = f"## {inline}"
            made[f"{inline!r} in a cell"] = f"| {inline} | b |\n|---|---|\n| c | {inline} |"
    return made

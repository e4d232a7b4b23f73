"""`mermaid-code`: a diagram or formula that the site shows as code."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.rule import Rule
from afterword.check.wording import shown
from afterword.model.finding import Finding, Nature
from afterword.model.markup import Kind
from afterword.model.record import Postmortem

_LANGUAGES = frozenset({"mermaid", "math"})


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report fenced blocks of `mermaid` and `math`."""
    for node in record.notable:
        words = node.info.split() if node.kind is Kind.CODE_BLOCK else []
        if words and words[0].lower() in _LANGUAGES:
            message = f"'{shown(words[0])}' is shown as code"
            hint = "link a picture of it; a causal tree is a list, and is drawn"
            yield Finding("mermaid-code", message, node.span, Nature.HINT, hint)


RULE = Rule(
    id="mermaid-code",
    summary="a fenced block of Mermaid or math, which the site shows as code",
    why="""\
Readers of the site see the source instead of the drawing. A causal tree needs no Mermaid: written as a list under Root cause analysis it is drawn, and its causes are followed up.""",
    bad="""\
```mermaid
graph TD
  A[Checkout failed] --> B[Pool exhausted]
```""",
    better="""\
Method: causal tree

- Checkout failed
  - Pool exhausted -> A1""",
    check=check,
)

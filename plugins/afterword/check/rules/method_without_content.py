"""`method-without-content`: the analysis names a method, and what that method produces is not there."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.rule import Rule
from afterword.model.causes import Method
from afterword.model.finding import Finding, Nature
from afterword.model.record import Postmortem
from afterword.model.span import Span

_TREE = (
    "is no causal tree",
    "expected a bullet list whose outermost item is the outcome, with the causes nested below it",
    "begin each cause with two blanks more than the line that it explains: `- Checkout failed`, `  - The pool ran dry`",
)
_WHYS = (
    "are no whys",
    "expected a numbered list, each item a question with its answer on the next line",
    "`1. Why did checkout fail?`, and on the next line `   Because the pool ran dry`",
)


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report a method without its tree or its chain of whys; a hybrid needs both."""
    causes, method = record.section("causes"), record.method
    if causes is None or method is None:
        return
    place = causes.blocks[0].span if causes.blocks else causes.heading.span
    nature = Nature.REQUIRED if context.requirement(record).methods else Nature.MISSING
    if method is not Method.FIVE_WHYS and record.causal_tree is None:
        yield _finding(method, _TREE, place, nature)
    if method is not Method.CAUSAL_TREE and record.five_whys is None:
        yield _finding(method, _WHYS, place, nature)


def _finding(method: Method, lacks: tuple[str, str, str], place: Span, nature: Nature) -> Finding:
    what, expected, hint = lacks
    return Finding(
        "method-without-content",
        f"the method is '{method.value}', but there {what}, {expected}",
        place,
        nature,
        hint,
    )


RULE = Rule(
    id="method-without-content",
    summary="a root cause analysis that names a method and holds no tree, or no whys, of it",
    why="""\
Nothing is drawn and nothing followed up, although the method promises it. Often the list is there and is read as prose: its items are not nested, or the
whys are not numbered.""",
    bad="""\
## Root cause analysis

Method: causal tree

- Checkout failed
- Connection pool exhausted""",
    better="""\
## Root cause analysis

Method: causal tree

- Checkout failed
  - Connection pool exhausted""",
    check=check,
)

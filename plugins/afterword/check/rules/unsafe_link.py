"""`unsafe-link`: a link with a scheme that is not published."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.links import linked_nodes, scheme_of
from afterword.check.rule import Rule
from afterword.check.wording import shown
from afterword.model.finding import Finding, Nature
from afterword.model.markup import Kind
from afterword.model.record import Postmortem

SAFE = ("http", "https", "mailto")


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report links and images whose scheme could run code, read local files or open another program."""
    for node in linked_nodes(record):
        scheme = scheme_of(node.url)
        if scheme and scheme not in SAFE:
            what = "image" if node.kind is Kind.IMAGE else "link"
            message = f"{what} with scheme '{shown(scheme)}:' is published as text, expected {', '.join(SAFE)} or a relative path"
            yield Finding("unsafe-link", message, node.span, Nature.WARNING)


RULE = Rule(
    id="unsafe-link",
    summary="a link or image with a scheme other than http, https and mailto",
    why="""\
`javascript:` and `data:` run code in the browser of whoever clicks, `file:` works on one machine only. The site shows the text without the link.""",
    bad="""\
See [the dump](file:///home/juno/dump.txt).""",
    better="""\
See [the dump](dump.txt).""",
    check=check,
)

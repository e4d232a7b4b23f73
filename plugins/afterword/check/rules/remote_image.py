"""`remote-image`: an image is loaded from another host."""

from __future__ import annotations

import re
from collections.abc import Iterator

from afterword.check.context import Context
from afterword.check.links import host_of, is_host_among, is_remote, linked_nodes
from afterword.check.rule import Rule
from afterword.check.wording import shown
from afterword.model.finding import Finding, Nature
from afterword.model.markup import Kind
from afterword.model.record import Postmortem
from afterword.model.span import Span

_HTML = Kind.HTML
_HTML_BLOCK = Kind.HTML_BLOCK
_IMAGE = Kind.IMAGE

_HTML_IMAGE = re.compile(r"<img\b[^<>]*?\bsrc\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)


def check(record: Postmortem, context: Context) -> Iterator[Finding]:
    """Report images, in Markdown or HTML, whose host is not in `image_hosts`."""
    allowed = context.settings.image_hosts
    for url, place in _images(record):
        if is_remote(url) and not is_host_among(url, allowed):
            message = f"image is loaded from '{shown(host_of(url))}', published as a link"
            hint = "save it beside the record and link that, or name the host under `image_hosts` in afterword.yml"
            yield Finding("remote-image", message, place, Nature.WARNING, hint)


def _images(record: Postmortem) -> Iterator[tuple[str, Span]]:
    for node in linked_nodes(record):
        if node.kind is _IMAGE:
            yield node.url, node.span
    for node in record.notable:
        if node.kind in (_HTML, _HTML_BLOCK):
            for found in _HTML_IMAGE.finditer(node.text):
                yield found.group(1), node.span


RULE = Rule(
    id="remote-image",
    summary="an image from another host",
    why="""\
Dashboards and chats expire: in a year the graph that explains the incident is a broken image. Until then every reader's visit is told to that host. The site
shows a link instead.""",
    bad="""\
![Connections in use](https://dashboards.example/render/pool.png)""",
    better="""\
![Connections in use, 13:50 to 15:00: the line meets the limit at 14:09](pool.png)""",
    check=check,
)

"""What else takes part in a page: other plugins, hooks, and templates of the site's owner."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.contrib.search import SearchPlugin
from mkdocs.plugins import BasePlugin

EVENTS = (
    "env",
    "pre_page",
    "page_read_source",
    "page_markdown",
    "page_content",
    "page_context",
    "post_page",
    "post_build",
)
"""Events at which somebody may change pages, the templates that they are made with, or the whole site."""

_CONTENT = frozenset(("content", "toc", "markdown"))
"""What a page consists of, and is not there of a page that is not built."""


def listening(config: MkDocsConfig, safe: Collection[str]) -> list[str]:
    """Give the names of the plugins and hooks that listen to what befalls pages, but for Afterword itself, Material's search, and those that are known to leave its pages alone.

    A name of a plugin of the theme may be given without that of the theme, as under `plugins`.
    """
    known = {"search", *safe}
    origins = config.plugins._event_origins
    names: dict[str, None] = {}
    for event in EVENTS:
        for method in config.plugins.events[event]:
            plugin = getattr(method, "__self__", None)
            name = origins.get(method, getattr(method, "__module__", "a hook"))
            if isinstance(plugin, BasePlugin) and (_is_ours(plugin) or _is_off(plugin)):
                continue
            # MkDocs' own search holds the text of every page, also of those that ask to be left out.
            if isinstance(plugin, SearchPlugin) or not {name, name.rpartition("/")[2]} & known:
                names[name] = None
    return list(names)


def looking_around(config: MkDocsConfig) -> str | None:
    """Give the template of the site's owner that shows something of other pages, None where all look at their own page and the navigation alone."""
    found = dict(own_templates(config))
    if not found:
        return None
    environment = config.theme.get_env()
    for name, path in found.items():
        try:
            tree = environment.parse(path.read_text("utf-8"))
        except (jinja2.TemplateError, OSError, UnicodeDecodeError):
            return name
        if _looks_around(tree):
            return name
    return None


def own_templates(config: MkDocsConfig) -> Iterator[tuple[str, Path]]:
    """Yield the templates that neither Material nor MkDocs brings, with their names; those of Afterword's pages are no templates of the theme."""
    for folder in map(Path, config.theme.dirs):
        if folder.parts[-2:] in (("material", "templates"), ("mkdocs", "templates"), ("search", "templates")):
            continue
        for path in sorted(folder.rglob("*.html")):
            name = path.relative_to(folder).as_posix()
            if not name.startswith("afterword/"):
                yield name, path


def mentions(config: MkDocsConfig, word: str) -> bool:
    """Tell whether a template of the site's owner mentions a word."""
    return any(word in path.read_text("utf-8", "replace") for _, path in own_templates(config))


def _looks_around(tree: nodes.Template) -> bool:
    if any(name.name == "pages" for name in tree.find_all(nodes.Name)):
        return True
    if any(
        const.value in _CONTENT
        for each in tree.find_all(nodes.Filter)
        for argument in (*each.args, *each.kwargs)
        for const in (argument, *argument.find_all(nodes.Const))
        if isinstance(const, nodes.Const)
    ):
        return True
    return any(each.attr in _CONTENT and not _is_own(each.node) for each in tree.find_all(nodes.Getattr))


def _is_own(node: nodes.Expr) -> bool:
    """Tell whether something belongs to the page itself, or to the configuration of Markdown."""
    if isinstance(node, nodes.Name):
        return node.name == "page"
    return isinstance(node, nodes.Getattr) and node.attr == "mdx_configs"


def _is_ours(plugin: BasePlugin[Any]) -> bool:
    return type(plugin).__module__.startswith("afterword.")


def _is_off(plugin: BasePlugin[Any]) -> bool:
    return getattr(plugin.config, "enabled", True) is False

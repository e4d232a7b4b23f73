"""The MkDocs plugin: each event handler passes what MkDocs gives to `Making`, which makes the site."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger

from afterword.mkdocs_plugin.configured import is_material
from afterword.mkdocs_plugin.options import AfterwordConfig
from afterword.operations.timings import Timings

if TYPE_CHECKING:  # where nothing has changed nothing is made
    from jinja2 import Environment
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from afterword.mkdocs_plugin.making import Making
    from afterword.mkdocs_plugin.served import Served

log = get_plugin_logger("afterword")

MKDOCS = "mkdocs"
"""The stage of `Timings` that counts the time between two events of this plugin."""

OTHER_THEME = (
    "the pages of the archive are made for Material for MkDocs, and the theme is %s: `theme: { name: material, font: false }` in the site's "
    "configuration shows them as they are meant"
)


class AfterwordPlugin(BasePlugin[AfterwordConfig]):  # type: ignore[no-untyped-call]  # MkDocs leaves __init_subclass__ untyped
    """Publishes the post-mortems below the documents folder."""

    as_of: dt.date | None = None
    """The day that the pages speak of, today where nobody sets it."""

    theme_told: bool = False
    """Whether the log has said that the pages are made for another theme; a served site says so once."""

    served: Served | None = None
    """What lasts from one build to the next where `mkdocs serve` shows the site to an author; None where it is built once."""

    begun: Making | None = None
    """What makes the site in this build, or made it in the last; None before the first."""

    def __init__(self) -> None:
        super().__init__()
        self.timings = Timings()
        """Where the time of a build goes."""

    @property
    def making(self) -> Making:
        """What makes the site in this build."""
        if self.begun is None:
            from afterword.mkdocs_plugin.making import Making

            self.begun = Making(self.as_of, self.timings, self.served)
        return self.begun

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Learn whether the site is served. MkDocs keeps a plugin that has this event from one build to the next."""
        self.begun = self.served = None
        if command == "serve":
            from afterword.mkdocs_plugin.served import Served

            self.served = Served()

    def on_shutdown(self) -> None:
        """Remove what a build has left beside the site."""
        if self.begun is not None:
            self.begun.end()

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the site as it was, and nothing beside it."""
        if self.begun is not None:
            self.begun.end()

    @event_priority(1000)
    def _begin(self, config: MkDocsConfig) -> MkDocsConfig:
        """Begin before other plugins do, so that their warnings are counted."""
        self.begun = None
        self.making.begin()
        return config

    def _judge_theme(self, config: MkDocsConfig) -> MkDocsConfig:
        """Say where the pages will not look as they are meant to."""
        if not self.theme_told and not is_material(config):
            log.info(OTHER_THEME, config.theme.name or "one of this site's own")
        self.theme_told = True
        return config

    on_config = CombinedEvent(_begin, _judge_theme)

    @event_priority(1000)
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Let MkDocs, and all plugins after this one, build beside the site's folder."""
        self.making.stage(config)

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Replace the archive's files by its pages."""
        return self.making.files(files, config, self.config)

    @event_priority(-100)
    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Sort the archive's own pages as readers look for them, where the configuration has no `nav`."""
        self.making.order(nav, config, files)
        return nav

    @event_priority(-1000)
    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Build the archive's pages, where no other plugin or hook may change them."""
        self.making.build(env, config, files)
        return env

    def on_page_context(
        self, context: TemplateContext, /, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give pages of an archive in a larger site a navigation with that archive in it."""
        return self.making.in_context(context, page, nav)

    def on_template_context(
        self, context: TemplateContext, /, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Give the sitemap, and other templates that list pages, the pages that MkDocs does not build."""
        return self.making.with_all_pages(context)

    def on_page_content(self, html: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Fill in the generated part of an archive's home page, and give the archive's pages their scripts."""
        return self.making.filled(html, page)

    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """Give the archive's pages their style sheet, and mend what the theme puts around them; other pages stay as they are."""
        return self.making.dressed(output, page)

    def on_post_template(
        self, output_content: str, /, *, template_name: str, config: MkDocsConfig
    ) -> str | None:
        """Mend pages that are no documents, such as `404.html`, where the site is an archive."""
        return self.making.mended(output_content)

    @event_priority(-50)
    def _fill_search_box(self, *, config: MkDocsConfig) -> None:
        """Let the site's search box find records, after the search plugin has written its index and before Material's offline plugin copies it."""
        self.making.fill_search_box(config)

    @event_priority(-1000)
    def _publish(self, *, config: MkDocsConfig) -> None:
        """Bring the site's own folder up to date, after all other plugins."""
        self.making.publish(config)

    on_post_build = CombinedEvent(_fill_search_box, _publish)

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Watch the files beside the documents, and show an edited record before the whole site is built again."""
        if self.served is None:
            return server
        # It imports a package for watching files, which no build needs.
        from afterword.mkdocs_plugin.live import LiveServer

        return LiveServer(server, self.served)

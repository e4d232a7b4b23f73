"""The MkDocs plugin: each event passes on what MkDocs gives to what makes the site."""

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

log = get_plugin_logger("afterword")

MKDOCS = "mkdocs"
"""What Timings call the time between two events of this plugin."""

OTHER_THEME = (
    "the pages of the archive are made for Material for MkDocs, and the theme is %s: `theme: { name: material, font: false }` in the site's "
    "configuration shows them as they are meant"
)


class AfterwordPlugin(BasePlugin[AfterwordConfig]):  # type: ignore[no-untyped-call]  # MkDocs leaves __init_subclass__ untyped
    """Publishes the post-mortems below the documents folder."""

    as_of: dt.date | None = None
    """The day that the pages speak of, today where nobody sets it."""

    theme_told: bool = False
    """Whether the log has said that the pages are made for another theme: once will do while a site is served."""

    is_served: bool = False
    """Whether the site is shown to whoever writes it."""

    begun: Making | None = None
    """What makes the site, once a build has begun."""

    def __init__(self) -> None:
        super().__init__()
        self.timings = Timings()
        """What learns where the time of a build goes."""

    @property
    def making(self) -> Making:
        """What makes the site."""
        if self.begun is None:
            from afterword.mkdocs_plugin.making import Making

            self.begun = Making(self.as_of, self.timings, is_served=self.is_served)
        return self.begun

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Learn whether the site is shown to whoever writes it. MkDocs keeps a plugin that asks this from one build to the next."""
        self.is_served, self.begun = command == "serve", None

    def on_shutdown(self) -> None:
        """Leave nothing beside the site, whatever ended the build."""
        if self.begun is not None:
            self.begun.end()

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the site as it was."""
        if self.begun is not None:
            self.begun.end()

    @event_priority(1000)
    def _begin(self, config: MkDocsConfig) -> MkDocsConfig:
        """Begin before other plugins do: what they warn of is counted."""
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
        """Put the archive's pages in the place of its files."""
        return self.making.files(files, config, self.config)

    @event_priority(-100)
    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Put the archive's own pages into the order in which readers look for them, where nobody has written another."""
        self.making.order(nav, config, files)
        return nav

    @event_priority(-1000)
    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Build the archive's pages where nobody else has a part in them."""
        self.making.build(env, config, files)
        return env

    def on_page_context(
        self, context: TemplateContext, /, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Show the archive's pages in the navigation of each other, and of nobody else."""
        return self.making.in_context(context, page, nav)

    def on_template_context(
        self, context: TemplateContext, /, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Let the sitemap, and other templates that list pages, know those that MkDocs does not build."""
        return self.making.with_all_pages(context)

    def on_page_content(self, html: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Fill in the generated part of an archive's home page, dress its ordinary pages, and give all of them their scripts."""
        return self.making.filled(html, page)

    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """Give the archive's own pages their style sheet, and mend the theme's shell of those in its folder; other pages stay as they are."""
        return self.making.dressed(output, page)

    def on_post_template(
        self, output_content: str, /, *, template_name: str, config: MkDocsConfig
    ) -> str | None:
        """Mend the shell of pages that are no documents, such as that of a dead address, where the site is an archive."""
        return self.making.mended(output_content)

    @event_priority(-50)
    def _fill_search_box(self, *, config: MkDocsConfig) -> None:
        """Let the site's search box find records, after the search plugin has written its index and before Material's offline plugin copies it."""
        self.making.fill_search_box(config)

    @event_priority(-1000)
    def _publish(self, *, config: MkDocsConfig) -> None:
        """Bring the site's own folder up to date, when nobody adds to what was built any more."""
        self.making.publish(config)

    on_post_build = CombinedEvent(_fill_search_box, _publish)

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Watch the settings beside the documents, and show an edit of a record before all is built again."""
        # It watches files by a package that no build needs.
        from afterword.mkdocs_plugin.live import LiveServer

        for path in self.making.site.watched:
            server.watch(str(path))
        return LiveServer(server, lambda: self.making.built)

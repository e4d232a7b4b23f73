"""The options of the plugin; all else stands in `afterword.yml`."""

from __future__ import annotations

from mkdocs.config import config_options
from mkdocs.config.base import Config


class AfterwordConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves __init_subclass__ untyped
    """What a site's configuration may say below `afterword`."""

    config = config_options.Optional(config_options.Type(str))
    folder = config_options.Optional(config_options.Type(str))
    cache_safe_plugins = config_options.Type(list, default=[])

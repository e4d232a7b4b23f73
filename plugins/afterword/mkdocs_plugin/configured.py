"""What the configuration of a site, and what lies in its documents folder, says to an archive in it."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File

log = get_plugin_logger("afterword")


def site_folder(config: MkDocsConfig) -> Path:
    """Give the folder that the site's configuration lies in."""
    return Path(config.config_file_path).parent if config.config_file_path else Path.cwd()


def has_readable_name(file: File) -> bool:
    """Tell whether a name is UTF-8; MkDocs cannot make an address of another, and a record has one without it."""
    try:
        file.src_uri.encode()
    except UnicodeEncodeError:
        log.info("%s is not published under its name, which is not UTF-8", ascii(file.src_uri))
        return False
    return True


def named_files(config: MkDocsConfig) -> frozenset[str]:
    """Give the files that the site's own settings name: they are published whether a page links to them or not."""
    named = {str(path) for path in (*config.extra_css, *config.extra_javascript)}
    named |= {
        str(config.theme.get(name)) for name in ("logo", "favicon") if isinstance(config.theme.get(name), str)
    }
    return frozenset(named)


def is_material(config: MkDocsConfig) -> bool:
    """Tell whether the theme is Material or extends it: then Material's templates are among its folders."""
    return any(Path(folder).parts[-2:] == ("material", "templates") for folder in config.theme.dirs)


def custom_templates(config: MkDocsConfig) -> Path | None:
    """Give the folder of the site's own templates of the archive's pages, None where there can be none."""
    custom = config.theme.custom_dir
    return Path(custom) / "afterword" if custom else None

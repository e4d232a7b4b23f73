"""Which files of an archive's folder are published beside its pages (docs/format.md, section 1)."""

from __future__ import annotations

from collections.abc import Iterable

from afterword.derive.places.address import attachment_address
from afterword.model.archive import Attachment
from afterword.operations.reading.loading import targets_of_pages
from afterword.operations.reading.opening import Opened
from afterword.render.page.attachments import safe_attachment
from afterword.render.page.site_page import SiteFile
from afterword.sources.files import read_bytes, reason_of


def attachment_files(opened: Opened) -> tuple[list[SiteFile], list[str]]:
    """Give what is published beside the pages, and sentences about what cannot be read."""
    settings = opened.loaded.archive.settings
    files: list[SiteFile] = []
    lost: list[str] = []
    for each in _published(opened):
        try:
            content = read_bytes(opened.loaded.root / each.path)
        except OSError as error:
            lost.append(f"{each.path} is not published: {reason_of(error)}")
            continue
        files.append(SiteFile(attachment_address(each, settings), safe_attachment(each.path, content)))
    return files, lost


def linked_from_outside(opened: Opened, pages: Iterable[str]) -> frozenset[str]:
    """Give the attachments, by `src`, that pages outside the archives link to and nothing inside does: the site showed them before there was an archive."""
    unlinked = {opened.src(each.path) for each in opened.loaded.archive.attachments if not each.linked}
    return targets_of_pages(pages, opened.docs_dir.joinpath) & unlinked if unlinked else frozenset()


def _published(opened: Opened) -> tuple[Attachment, ...]:
    """Give the attachments that a record or an ordinary page links to, of an allowed type and size."""
    archive = opened.loaded.archive
    types = archive.settings.attachment_types
    return tuple(each for each in archive.attachments if each.linked and each.may_be_published(types))

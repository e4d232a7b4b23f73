"""Which files of an archive's folder are published beside its pages (docs/format.md, section 1)."""

from __future__ import annotations

from afterword.model.archive import Attachment
from afterword.operations.opening import Opened


def published_attachments(opened: Opened) -> tuple[Attachment, ...]:
    """Give the attachments that a record or an ordinary page links to, of an allowed type and size."""
    archive = opened.loaded.archive
    types = archive.settings.attachment_types
    return tuple(each for each in archive.attachments if each.linked and each.may_be_published(types))

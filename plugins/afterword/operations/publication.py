"""Which files of an archive's folder are published beside its pages (docs/format.md, section 1)."""

from __future__ import annotations

from pathlib import PurePosixPath

from afterword.model.archive import Attachment
from afterword.model.settings import Settings
from afterword.operations.opening import Opened

MAX_ATTACHMENT = 10 * 1024 * 1024


def published_attachments(opened: Opened) -> tuple[Attachment, ...]:
    """Give the attachments that a record or an ordinary page links to, of an allowed type and size."""
    archive = opened.loaded.archive
    return tuple(
        each for each in archive.attachments if each.linked and is_publishable(each, archive.settings)
    )


def is_publishable(attachment: Attachment, settings: Settings) -> bool:
    """Tell whether an attachment's type and size are allowed."""
    extension = PurePosixPath(attachment.path).suffix.lower().removeprefix(".")
    return extension in settings.attachment_types and attachment.size <= MAX_ATTACHMENT
